"""What strangers send: refused, or answered without harm to anybody else's answer."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.core.facts import Refused
from embassy.db.record import Record
from embassy.web.respond import neutral
from tests.consular.facts import mission, office
from tests.events.facts import concert
from tests.web.test_freshness import freshness

Door = Callable[..., Record]


def test_nobody_can_say_that_we_stand_below_another_path(client: FlaskClient, app: Any) -> None:
    forged = client.get("/en/events", environ_overrides={"SCRIPT_NAME": "//evil.example"})
    clean = client.get("/en/events")

    assert forged.status_code == 400
    assert list(freshness(app).store.answers) == [("/en/events", "")]
    assert b"evil.example" not in clean.data


def test_another_port_of_our_host_is_refused(client: FlaskClient) -> None:
    answered = client.get("/en/events/", base_url="https://embassy.example:9999")

    assert (answered.status_code, answered.headers.get("Location")) == (400, None)


@pytest.mark.parametrize(
    "since",
    [
        "Mon, 01 Jan 2014 00:00:00 +99999999999999999999",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    ],
)
def test_an_impossible_date_is_no_date(client: FlaskClient, since: str) -> None:
    assert client.get("/en/events.ics", headers={"If-Modified-Since": since}).status_code == 200


def test_no_code_is_drawn_of_an_endless_address(client: FlaskClient) -> None:
    assert client.get(f"/qr/en/events/{'a' * 400}.ics").status_code == 404


@pytest.mark.parametrize("path", ["none/such.ics", "en/events", "en/events/a b/c.ics"])
def test_a_code_is_drawn_of_our_calendars_alone(client: FlaskClient, path: str) -> None:
    assert client.get(f"/qr/{path}").status_code == 404


def test_an_office_has_no_endless_list_of_closures(hand_in: Door) -> None:
    day = {"first": "2027-01-04", "last": "2027-01-04", "cause": "ad_hoc", "status": "confirmed"}
    closures = [day | {"reason": {"en": f"Reason {number}"}} for number in range(201)]
    hand_in("mission", **mission())

    with pytest.raises(Refused, match="At most 200 closures"):
        hand_in("office", **office(closures=closures))


def test_an_event_without_an_end_lasts_as_long_as_its_day(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert(ends=None))

    assert '"endDate": "2026-12-04T00:00:00+01:00"' in client.get("/en/events/concert").get_data(as_text=True)


def test_an_event_of_unknown_date_says_so(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert(first_day=None, starts=None, ends=None))

    assert "date unknown" in client.get("/en/events/concert").get_data(as_text=True)


@pytest.mark.parametrize("query", ["q=a&q=b", "q=%FF"])
def test_what_two_questions_could_share_is_not_kept(client: FlaskClient, app: Any, query: str) -> None:
    client.get(f"/en/search?{query}")

    assert list(freshness(app).store.answers) == []


def test_the_store_counts_the_length_of_addresses(client: FlaskClient, app: Any) -> None:
    client.get(f"/en/search?q={'a' * 150}")

    store = freshness(app).store
    (answer,) = (answer for answer, _ in store.answers.values())

    assert store.size == 2 * len(answer.body) + len("/en/search") + len(f"q={'a' * 150}") + 1024


def test_a_search_of_countless_words_is_cut_short(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert())

    told = client.get("/en/search?q=a+u+t+m+n+c+o+e+r+s+platypus")

    assert b"Autumn concert" in told.data
    assert told.status_code == 200


@pytest.mark.parametrize(
    "facts",
    [
        {"first_day": "2027-03-28", "starts": "02:45", "ends": "03:15"},
        {"first_day": "2026-12-01", "last_day": "2026-12", "starts": "18:00", "ends": "17:00"},
        {"first_day": "2026-12-05", "last_day": "2026-12-01", "starts": None, "ends": None},
        {"latitude": 50.8},
        {"first_day": "2026", "starts": None, "ends": None, "recurrence": "FREQ=YEARLY"},
        {"first_day": "9999-12-31"},
        {"first_day": "0001-01-01"},
    ],
    ids=[
        "clock change",
        "inexact last day",
        "backwards",
        "half a place",
        "each unknown day",
        "end of time",
        "before the calendar",
    ],
)
def test_an_event_that_would_break_every_calendar_is_refused(hand_in: Door, facts: dict[str, str]) -> None:
    with pytest.raises(Refused):
        hand_in("event", **concert(**facts))


def test_a_repetition_is_kept_as_calendars_write_it(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert(recurrence="count=3;freq=yearly"))

    assert b"\r\nRRULE:FREQ=YEARLY;COUNT=3\r\n" in client.get("/en/events/concert.ics").data


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a; -1", "a; '-1"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("plain; words", "plain; words"),
        (["+1", "x"], "'+1; x"),
        (None, ""),
    ],
)
def test_no_cell_runs_in_a_spreadsheet(cell: object, shown: str) -> None:
    assert neutral(cell) == shown
