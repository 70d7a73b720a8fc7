"""A kept answer is never anything but what a fresh one would be."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from embassy.app import create_app
from embassy.config import SAMPLE, Settings
from embassy.db.migrate import upgrade
from embassy.db.record import Record
from embassy.web.freshness import Freshness
from tests.consular.facts import notice
from tests.events.facts import concert
from tests.rooms import Door, Reader

BEGINNING = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADDRESSES = (
    "/en/",
    "/en/events",
    "/sq/events?when=past",
    "/en/events.json",
    "/en/events.ics",
    "/en/events/event-1",
    "/en/events/event-2.ics",
    "/en/search?q=event",
    "/en/consular/notices",
    "/sitemap.xml",
)


class KeptAnswers(RuleBasedStateMachine):
    """Random writes, embargoes and moves of the clock; after each, every address is asked twice."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="embassy-fresh-"))
        url = f"sqlite:///{self.folder / 'embassy.sqlite'}"
        upgrade(url)
        given = Settings(
            self.folder, url, "https://embassy.example", SAMPLE / "deployment.toml", "0123456789abcdef" * 2
        )
        self.clock = time_machine.travel(BEGINNING, tick=False)
        self.now = self.clock.start()
        self.service, self.fresh = create_app(given), create_app(given)
        for app in (self.service, self.fresh):
            app.test_client_class = Reader

    @initialize()
    def begin(self) -> None:
        self.write(1, 1, 0, "confirmed")

    @rule(
        number=st.integers(1, 3),
        day=st.integers(-3, 9),
        shown=st.integers(-5, 60 * 40),
        status=st.sampled_from(["confirmed", "announced", "cancelled"]),
    )
    def write(self, number: int, day: int, shown: int, status: str) -> None:
        now = datetime.now(UTC)
        facts = concert(
            slug=f"event-{number}",
            title={"en": f"Event {number} on day {day}"},
            first_day=str((now + timedelta(days=day)).date()),
            shown_from=(now + timedelta(minutes=shown)).isoformat(),
            status=status,
        )
        Door(self.service.extensions["embassy"])("event", **facts)

    @rule(number=st.integers(1, 3), reason=st.sampled_from(["", "Moved elsewhere."]))
    def withdraw(self, number: int, reason: str) -> None:
        facts = concert(slug=f"event-{number}", publication="withdrawn", reason=reason)
        Door(self.service.extensions["embassy"])("event", **facts)

    @rule(begins=st.integers(-90, 90), lasts=st.integers(1, 90), shown=st.integers(-5, 90))
    def give_notice(self, begins: int, lasts: int, shown: int) -> None:
        now = datetime.now(UTC)
        facts = notice(
            level="emergency",
            headline={"en": f"Notice given {now}"},
            begins=(now + timedelta(minutes=begins)).isoformat(),
            ends=(now + timedelta(minutes=begins + lasts)).isoformat(),
            shown_from=(now + timedelta(minutes=shown)).isoformat(),
        )
        Door(self.service.extensions["embassy"])("notice", **facts)

    @rule(minutes=st.integers(1, 60 * 30))
    def wait(self, minutes: int) -> None:
        self.now.shift(timedelta(minutes=minutes))

    @rule(minutes=st.integers(1, 90))
    def set_the_clock_back(self, minutes: int) -> None:
        self.now.shift(timedelta(minutes=-minutes))

    @invariant()
    def kept_is_fresh(self) -> None:
        empty_store(self.fresh)
        for address in ADDRESSES:
            kept = self.service.test_client().get(address)
            fresh = self.fresh.test_client().get(address)
            assert (kept.status_code, kept.data) == (fresh.status_code, fresh.data), address
            assert kept.headers.get("ETag") == fresh.headers.get("ETag")
            assert kept.headers.get("Cache-Control") == fresh.headers.get("Cache-Control")

    def teardown(self) -> None:
        self.clock.stop()
        for app in (self.service, self.fresh):
            app.extensions["embassy"].database.dispose()
        shutil.rmtree(self.folder)


def empty_store(app: Any) -> None:
    """Make a service forget what it kept, so that it answers afresh."""
    freshness(app).store.answers.clear()


def freshness(app: Any) -> Freshness:
    """Return the freshness layer of a service."""
    layer: Freshness = app.extensions["embassy.freshness"]
    return layer


TestKeptAnswers = KeptAnswers.TestCase
TestKeptAnswers.settings = hypothesis_settings(max_examples=12, stateful_step_count=12, deadline=None)


def test_an_answer_is_kept_and_served_without_asking_flask(
    client: FlaskClient, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/en/events")

    kept = freshness(app).store.find(("/en/events", ""))
    monkeypatch.setitem(app.view_functions, "events.index", None)
    again = client.get("/en/events")

    assert kept is not None
    assert again.data == kept.body


def test_a_write_ends_what_was_kept(client: FlaskClient, hand_in: Callable[..., Record]) -> None:
    before = client.get("/en/events.json").get_json()

    hand_in("event", **concert())
    after = client.get("/en/events.json").get_json()

    assert (before["total"], after["total"]) == (0, 1)


def test_an_embargo_ends_without_a_write_and_no_header_tells_when(
    client: FlaskClient, hand_in: Callable[..., Record]
) -> None:
    with time_machine.travel(BEGINNING, tick=False) as clock:
        hand_in("event", **concert(shown_from="2026-11-22T12:00:07Z"))
        hidden = client.get("/en/events.ics")
        clock.shift(timedelta(seconds=8))
        shown = client.get("/en/events.ics")

    assert b"BEGIN:VEVENT" not in hidden.data
    assert b"BEGIN:VEVENT" in shown.data
    assert hidden.headers["Cache-Control"] == "public, max-age=300"
    assert hidden.headers["ETag"] != shown.headers["ETag"]


def test_an_unknown_parameter_is_answered_but_not_kept(client: FlaskClient, app: Any) -> None:
    answered = client.get("/en/events?utm_source=letter")

    assert answered.status_code == 200
    assert freshness(app).store.find(("/en/events", "utm_source=letter")) is None


def test_a_request_with_a_cookie_passes_by_the_store(client: FlaskClient, app: Any) -> None:
    client.set_cookie("session", "1", domain="embassy.example")

    client.get("/en/events")

    assert freshness(app).store.find(("/en/events", "")) is None


def test_the_store_forgets_the_oldest_when_it_is_full(client: FlaskClient, app: Any) -> None:
    freshness(app).store.capacity = 40_000
    for address in ("/en/events", "/sq/events", "/fr/events"):
        client.get(address)

    kept = list(freshness(app).store.answers)

    assert kept[-1] == ("/fr/events", "")
    assert ("/en/events", "") not in kept
