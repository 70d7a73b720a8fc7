"""Notices: on the pages they concern from their beginning to their end, and in an archive for good."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from embassy.app import build
from embassy.consular.notice_queries import standing
from embassy.web.house import House
from tests import rooms
from tests.consular.facts import at, mission, notice, of, office, part, words
from tests.events.facts import concert
from tests.plans import plans
from tests.rooms import Door

NINE, SIX = at("2026-07-14T09:00"), at("2026-07-14T18:00")
PLACES = {
    "front": "/en/",
    "list": "/en/consular",
    "mission": "/en/consular/missions/embassy",
    "office": "/en/consular/office",
    "other mission": "/en/consular/missions/other",
    "other office": "/en/consular/zagreb",
    "its event": "/en/events/fair",
    "an event": "/en/events/concert",
    "agreements": "/en/agreements",
    "search": "/ar/search?q=word",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of a Tuesday, standing still."""
    with time_machine.travel(at("2026-07-14T12:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def posts(house: House, hand_in: Door) -> None:
    """Two missions with an office each, and an event of the first."""
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="other", title={"en": "Zagreb"}, host="HR", accreditations=[]))
    # The front page shows three offices, by their names.
    for name in ("office", "second", "third"):
        hand_in("office", **office(slug=name))
    hand_in("office", **office(slug="zagreb", mission="other", title={"en": "Zagreb"}))
    hand_in("event", **concert())
    number = hand_in("event", **concert(slug="fair")).id
    owned = text("UPDATE record SET owner_id = (SELECT id FROM record WHERE slug = 'embassy') WHERE id = :id")
    with house.database.writing() as session:
        session.execute(owned, {"id": number})


def banner(client: FlaskClient, path: str) -> str:
    """Return what stands above a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return part(answer.text, '<section class="notices"', "</section>").partition("> ")[2]


def bearing(client: FlaskClient) -> set[str]:
    """Return the places above which a notice stands."""
    return {name for name, path in PLACES.items() if banner(client, path)}


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(
    ("facts", "places"),
    [
        ({}, set(PLACES)),
        ({"missions": of("embassy", "other"), "level": "emergency"}, set(PLACES)),
        (
            {"missions": of("embassy"), "level": "emergency"},
            {"front", "list", "mission", "office", "its event"},
        ),
        ({"missions": of("embassy"), "level": "security"}, {"front", "mission", "office"}),
        ({"missions": of("other"), "level": "service_change"}, {"other mission", "other office"}),
        ({"missions": of("other"), "level": "emergency"}, {"list", "other mission", "other office"}),
        ({"begins": "2026-07-14T12:00:01Z"}, set()),
        ({"ends": "2026-07-14T12:00Z"}, set()),
        ({"ends": ""}, set(PLACES)),
        ({"audience": "staff"}, set()),
        ({"shown_from": "2026-07-14T12:01Z"}, set()),
        ({"publication": "archived"}, set()),
        ({"publication": "withdrawn", "reason": "A mistake."}, set()),
    ],
)
def test_a_notice_stands_on_the_pages_it_concerns(
    client: FlaskClient, hand_in: Door, facts: dict[str, object], places: set[str]
) -> None:
    hand_in("notice", **notice(**facts))

    assert bearing(client) == places


@pytest.mark.parametrize("hidden", [{"audience": "staff"}, {"shown_from": "2026-07-14T12:01Z"}])
def test_an_emergency_of_the_only_mission_there_is_stands_on_every_page(
    client: FlaskClient, hand_in: Door, hidden: dict[str, str]
) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="hidden", **hidden))
    hand_in("notice", **notice(missions=of("embassy"), level="emergency"))

    found = {path: bool(banner(client, path)) for path in ("/en/agreements", "/sq/events", "/ar/search")}

    assert found == dict.fromkeys(found, True)


def test_kept_answers_show_and_drop_notices_in_time(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    paths = ("/en/", "/en/agreements", "/sr/events", "/en/consular/notices")
    clock.move_to(NINE - timedelta(seconds=40))
    for path in paths:
        client.get(path)
    hand_in("notice", **notice(level="emergency"))
    seen = []
    for moment in (NINE - timedelta(seconds=1), NINE, SIX - timedelta(seconds=1), SIX):
        clock.move_to(moment)
        found = {path: client.get(path) for path in paths}
        seen.append([(bool(banner(client, path)), found[path].headers["Cache-Control"]) for path in paths])

    assert seen == [
        [(False, "public, max-age=1")] * 4,
        [(True, "public, max-age=30")] * 4,
        [(True, "public, max-age=1")] * 4,
        [(False, "public, max-age=30")] * 4,
    ]


def test_an_emergency_shows_at_once_when_it_is_published_over_kept_answers(
    client: FlaskClient, hand_in: Door
) -> None:
    before = banner(client, "/en/agreements")

    hand_in("notice", **notice(level="emergency"))
    told = banner(client, "/en/agreements")
    hand_in("notice", **notice(level="emergency", publication="withdrawn", reason="It is over."))

    assert (before, banner(client, "/en/agreements")) == ("", "")
    assert told == (
        "Emergency Until: Tuesday, 14 July 2026, 20:00 Lines are down Nobody answers the telephone."
    )


def test_an_embargo_on_a_notice_ends_without_a_write_and_no_header_tells_when(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("notice", **notice(shown_from="2026-07-14T12:00:07Z"))
    hidden = client.get("/en/agreements")
    clock.shift(timedelta(seconds=7))

    assert hidden.headers["Cache-Control"] == "public, max-age=30"
    assert (words(hidden.text).count("Lines are down"), bool(banner(client, "/en/agreements"))) == (0, True)


def test_what_presses_most_stands_first(client: FlaskClient, hand_in: Door) -> None:
    levels = {"a": "information", "b": "emergency", "c": "service_change", "d": "security", "e": "emergency"}
    for hour, (slug, level) in enumerate(levels.items(), 1):
        hand_in("notice", **notice(slug=slug, level=level, begins=f"2026-07-14T0{hour}:00Z"))

    page = client.get("/en/agreements").text

    assert re.findall(r'<a href="/en/consular/notices/(.)">', page) == ["e", "b", "d", "c", "a"]
    assert re.findall(r'<div class="notice (\w+)">', page) == ["alarm", "alarm", "stop", "soon", "asked"]
    assert part(page, '<section class="notices"', "</section>").count("Nobody answers") == 3


def test_the_database_keeps_the_order_of_moments(house: House, hand_in: Door) -> None:
    number = hand_in("notice", **notice()).id

    with pytest.raises(IntegrityError, match="in_order"), house.database.writing() as session:
        session.execute(text("UPDATE notice SET ends = begins WHERE id = :id"), {"id": number})


def test_a_page_asks_once_for_its_notices_however_many(
    app: Flask, client: FlaskClient, hand_in: Door, queries: Callable[[], list[str]]
) -> None:
    def asked() -> list[str]:
        app.extensions["embassy.freshness"].store.answers.clear()
        client.get("/en/agreements")
        return [statement for statement in queries() if " notice" in statement]

    hand_in("mission", **mission())
    hand_in("notice", **notice())
    at_one = asked()
    for slug in ("second", "third"):
        hand_in("notice", **notice(slug=slug, missions=of("embassy")))

    assert (len(at_one), asked()) == (1, at_one)


def test_no_page_looks_through_the_archive_for_its_notices(sqlite_url: str, tmp_path: Path) -> None:
    house = build(rooms.settings(tmp_path, sqlite_url))

    with plans(house) as found, house.database.reading() as session:
        session.execute(standing(), {"now": NINE}).unique().all()
    house.database.dispose()

    (steps,) = found.values()
    assert [step for step in steps if step.startswith(("SEARCH", "SCAN"))] == [
        "SEARCH notice USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH notice USING COVERING INDEX ix_notice_ends (ends=?)",
        "SEARCH notice USING COVERING INDEX ix_notice_ends (ends>?)",
        "SEARCH record USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH notice_mission_1 USING INDEX ix_notice_mission_notice_id (notice_id=?) LEFT-JOIN",
        "SEARCH record USING COVERING INDEX ix_record_record_kind_audience_publication_shown_from "
        "(record_kind=? AND audience=? AND publication=? AND shown_from<?)",
        "SEARCH notice_mission USING INDEX ix_notice_mission_notice_id (notice_id=?)",
    ]
