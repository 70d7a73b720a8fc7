"""The list of events and an event's page: what is on, what is past, how sure it is."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.events.facts import concert, titled
from tests.every.markup import Markup
from tests.rooms import Door

EVENING = datetime(2026, 12, 3, 22, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 12, 3, 23, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Half past eleven in Brussels on the evening of the concert."""
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


def slugs(client: FlaskClient, query: str = "") -> list[str]:
    """Return the slugs that the list shows, in its order."""
    return [
        record["url"].rpartition("/")[2] for record in _told(client, f"/en/events.json{query}")["records"]
    ]


def _told(client: FlaskClient, path: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(client.get(path).data)
    return told


def listed(client: FlaskClient, query: str = "", tag: str = "en") -> list[str]:
    """Return the slugs on the page of the list, in its order."""
    links = Markup(client.get(f"/{tag}/events{query}").text).all("a")
    found = (re.fullmatch(rf"/{tag}/events/([a-z0-9-]+)", link["href"]) for link in links)
    return [match[1] for match in found if match]


def test_today_is_ahead_until_midnight_in_the_legal_zone(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())

    before = listed(client), listed(client, "?when=past")
    clock.move_to(MIDNIGHT)
    after = listed(client), listed(client, "?when=past")

    assert before == (["concert"], [])
    assert after == ([], ["concert"])


def test_a_page_says_until_when_it_is_true(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    clock.move_to(MIDNIGHT.replace(hour=22, minute=59, second=50))

    answer = client.get("/en/events")

    assert answer.headers["Cache-Control"] == "public, max-age=10"


def test_events_ahead_come_by_their_next_day_and_past_ones_latest_first(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    days = {"b": "2026-12-05", "a": "2026-12-09", "d": "2026-11-01", "c": "2026-10-01", "unknown": ""}
    for slug, day in days.items():
        hand_in("event", **titled(slug, first_day=day, starts="", ends=""))
    hand_in("event", **titled("yearly", first_day="2020-12-07", recurrence="FREQ=YEARLY"))

    ahead, past = listed(client), listed(client, "?when=past")

    assert clock is not None
    assert ahead == ["b", "yearly", "a"]
    assert past == ["d", "c", "unknown"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=cultural", ["concert"]),
        ("category=academic", ["lecture"]),
        ("city=Elbasan", ["lecture"]),
        ("q=AUTUMN", ["concert"]),
        ("q=koncert+vjeshte", ["concert"]),
        ("q=kenge", ["concert"]),
        ("q=nothing", []),
        ("q=%25", ["concert", "lecture"]),
        ("category=cultural&city=Elbasan", []),
        ("", ["concert", "lecture"]),
    ],
)
def test_filters_narrow_the_page_and_the_table_alike(
    query: str, found: list[str], client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    hand_in("event", **titled("lecture", category="academic", city="Elbasan", first_day="2026-12-20"))

    page, table = listed(client, f"?{query}"), slugs(client, f"?when=upcoming&{query}")

    assert clock is not None
    assert page == table == found


@pytest.mark.parametrize("query", ["when=soon", "category=music", f"q={'x' * 101}", "city=%00"])
def test_a_wish_that_cannot_be_is_refused(query: str, client: FlaskClient) -> None:
    assert client.get(f"/en/events?{query}").status_code == 400


def test_fifty_stand_on_a_page_and_the_next_page_follows(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in.all("event", (titled(f"event-{number:02}", first_day="2026-12-05") for number in range(51)))

    first, second = listed(client), listed(client, "?page=2")

    assert clock is not None
    assert (len(first), len(second)) == (50, 1)
    assert len({*first, *second}) == 51
    assert client.get("/en/events?page=3").status_code == 404
    assert "51 events" in client.get("/en/events").text


@pytest.mark.parametrize(
    ("status", "ahead", "over"),
    [
        ("announced", "Announced", "Announced; outcome not recorded"),
        ("tentative", "Not yet certain", "Not yet certain"),
        ("postponed", "Postponed", "Postponed"),
        ("cancelled", "Cancelled", "Cancelled"),
    ],
)
def test_a_past_announcement_tells_no_more_than_it_knew(
    status: str, ahead: str, over: str, client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert(status=status))

    before = client.get("/en/events/concert").text
    clock.move_to(MIDNIGHT)
    after = client.get("/en/events/concert").text, client.get("/en/events?when=past").text

    assert f">{ahead}</span>" in before
    assert all(f">{over}</span>" in page for page in after)


def test_the_page_tells_when_where_and_in_whose_time(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert(place="Bozar", organisers=["Embassy of Albania", "Bozar"]))

    page = client.get("/en/events/concert").text

    assert clock is not None
    for said in (
        "Thursday",
        "3 December 2026",
        "18:00 to 20:00",
        "Bozar, Bruxelles",
        "Belgium",
        "Europe/Brussels",
        "Embassy of Albania and Bozar",
    ):
        assert said in page, said


def test_search_engines_read_the_same_facts(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert(status="cancelled", title={"en": "</script><b> &   Concert"}))

    (described,) = Markup(client.get("/en/events/concert").text).schema()

    assert clock is not None
    assert described["@type"] == "Event"
    assert described["name"] == "</script><b> & Concert"
    assert (described["startDate"], described["endDate"]) == (
        "2026-12-03T18:00:00+01:00",
        "2026-12-03T20:00:00+01:00",
    )
    assert described["eventStatus"] == "https://schema.org/EventCancelled"
    assert described["url"] == "https://embassy.example/en/events/concert"


def test_an_event_of_unknown_day_is_shown_but_described_to_no_machine(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("event", **titled("someday", first_day="2027", starts="", ends=""))

    page = client.get("/en/events/someday").text

    assert "2027" in page
    assert Markup(page).schema() == []
    assert "someday.ics" not in page.replace('href="https://embassy.example/en/events/someday.ics"', "")


def test_a_withdrawn_event_says_why_and_is_in_no_list(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert(publication="withdrawn", reason="The hall was flooded."))

    page = client.get("/en/events/concert")

    assert (page.status_code, "The hall was flooded." in page.text) == (200, True)
    assert slugs(client) == []


def test_a_former_address_leads_to_the_present_one_in_each_form(client: FlaskClient, hand_in: Door) -> None:
    record = hand_in("event", **concert())
    hand_in("event", **concert(slug="gala", uid=str(record.uid)))

    led = {form: client.get(f"/sq/events/concert{form}") for form in ("", ".ics")}

    assert {form: (answer.status_code, answer.headers["Location"]) for form, answer in led.items()} == {
        "": (301, "/sq/events/gala"),
        ".ics": (301, "/sq/events/gala.ics"),
    }


def test_json_and_csv_hold_the_same_cells(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    hand_in("event", **titled("lecture", first_day="2026-12", starts="", ends="", city="=SUM(A1)"))

    told = _told(client, "/sq/events.json")
    rows = list(csv.DictReader(client.get("/sq/events.csv").text.splitlines()))

    assert clock is not None
    assert (told["language"], told["total"]) == ("sq", 2)
    assert [list(record) for record in told["records"]] == [list(row) for row in rows]
    neutral = json.loads(json.dumps(told["records"]).replace("=SUM", "'=SUM"))
    assert neutral == rows
    assert {record["slug"] if "slug" in record else record["first_day"] for record in rows} == {
        "2026-12-03",
        "2026-12",
    }


@pytest.mark.parametrize(
    "path", ["/en/events", "/en/events.json", "/en/events.csv", "/en/events.ics", "/en/"]
)
def test_three_events_take_as_many_queries_as_one(
    path: str,
    client: FlaskClient,
    hand_in: Door,
    clock: time_machine.Traveller,
    queries: Callable[[], list[str]],
) -> None:
    hand_in("event", **concert())
    client.get(path)
    hand_in("event", **concert(place="Bozar"))
    queries()
    client.get(path)
    of_one = queries()
    for slug in ("second", "third"):
        hand_in("event", **titled(slug, first_day="2026-12-05"))
    queries()

    client.get(path)

    of_three = queries()
    assert clock is not None
    assert of_three == of_one
    assert len(of_one) < 10
