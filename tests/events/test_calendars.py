"""The calendars of events: what a subscriber receives, over years of changes."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar

from embassy.core.languages import SPOKEN
from tests.events.facts import concert, titled
from tests.rooms import Door

MORNING = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: feeds are made from what the list's query finds, which is tested on both."""
    return sqlite_url


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A morning eleven days before the concert."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def entries(client: FlaskClient, path: str = "/en/events.ics") -> dict[str, Any]:
    """Return the events of a feed by UID."""
    feed = Calendar.from_ical(client.get(path).data)
    return {str(event["UID"]): event for event in feed.walk("VEVENT")}


def only(client: FlaskClient, path: str = "/en/events.ics") -> Any:
    """Return the one event of a feed."""
    (event,) = entries(client, path).values()
    return event


@pytest.mark.parametrize(
    ("changed", "rise"),
    [
        ({"first_day": "2026-12-04"}, 1),
        ({"starts": "19:00"}, 1),
        ({"zone": "Europe/Tirane"}, 1),
        ({"place": "Bozar"}, 1),
        ({"city": "Liège"}, 1),
        ({"status": "cancelled"}, 1),
        ({"recurrence": "FREQ=YEARLY"}, 1),
        ({"title": {"en": "Winter concert"}}, 0),
        ({"summary": {"en": "Other songs."}}, 0),
        ({"organisers": ["Bozar"]}, 0),
    ],
)
def test_the_sequence_rises_with_time_place_and_status_alone(
    changed: dict[str, Any], rise: int, client: FlaskClient, hand_in: Door
) -> None:
    hand_in("event", **concert(sequence=3))
    before = only(client)

    hand_in("event", **concert(**changed))
    after = only(client)

    assert after["UID"] == before["UID"]
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (3, 3 + rise)


def test_every_language_and_category_has_the_same_events(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert())
    hand_in("event", **titled("lecture", category="academic"))

    found = {tag: entries(client, f"/{tag}/events.ics") for tag in SPOKEN}

    same = ("DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "CREATED", "LAST-MODIFIED")
    facts = {
        tag: {uid: [event[name].to_ical() for name in same] for uid, event in of_tag.items()}
        for tag, of_tag in found.items()
    }
    assert len(facts["en"]) == 2
    assert all(of_tag == facts["en"] for of_tag in facts.values())
    cultural, academic = (
        set(entries(client, f"/sq/events/category/{category}.ics")) for category in ("cultural", "academic")
    )
    assert cultural | academic == set(facts["en"])
    assert cultural & academic == set()


def test_a_text_says_which_language_it_is_in(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert())

    albanian, dutch = only(client, "/sq/events.ics"), only(client, "/nl/events.ics")

    assert (str(albanian["SUMMARY"]), albanian["SUMMARY"].params["LANGUAGE"]) == ("Koncert vjeshte", "sq")
    assert (str(dutch["SUMMARY"]), dutch["SUMMARY"].params["LANGUAGE"]) == ("Autumn concert", "en")


def test_days_known_in_part_stay_out_of_calendars(client: FlaskClient, hand_in: Door) -> None:
    for slug, day in {"year": "2027", "month": "2027-03", "after": "2027-01-01/..", "unknown": ""}.items():
        hand_in("event", **titled(slug, first_day=day, starts="", ends=""))

    assert entries(client) == {}
    assert entries(client, "/en/events/month.ics") == {}


def test_a_day_without_a_time_ends_on_the_next_day_and_keeps_nobody_busy(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("event", **titled("forum", first_day="2026-12-03", last_day="2026-12-04", starts="", ends=""))

    event = only(client)

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 3), date(2026, 12, 5))
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_cancelled_event_stays_for_a_year_and_says_so(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    hand_in("event", **concert(status="cancelled"))

    event = only(client)
    clock.move_to(datetime(2027, 12, 3, 12, tzinfo=UTC))
    a_year_on = only(client)
    clock.shift(timedelta(days=3))

    assert (event["STATUS"], event["TRANSP"], int(event["SEQUENCE"])) == ("CANCELLED", "TRANSPARENT", 1)
    assert str(event["SUMMARY"]) == "Cancelled: Autumn concert"
    assert a_year_on["UID"] == event["UID"]
    assert entries(client) == {}


def test_a_postponed_event_is_tentative_and_says_so(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert(status="postponed"))

    event = only(client)

    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    assert str(event["SUMMARY"]) == "Postponed: Autumn concert"


def test_one_edit_changes_one_event_of_the_feed(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    hand_in("event", **titled("lecture"))
    before = {uid: event.to_ical() for uid, event in entries(client).items()}

    clock.shift(timedelta(hours=1))
    record = hand_in("event", **concert(place="Bozar"))
    after = {uid: event.to_ical() for uid, event in entries(client).items()}

    assert {uid for uid in before if before[uid] != after[uid]} == {str(record.uid)}


def test_a_feed_is_answered_as_calendar_programs_need_it(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert())

    answer = client.get("/en/events.ics")

    assert answer.content_type == "text/calendar; charset=utf-8"
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "public, max-age=300",
        "Content-Disposition": "inline",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Last-Modified": "Sun, 22 Nov 2026 09:00:00 GMT",
        "Vary": "Accept-Encoding",
    }
    assert {name: answer.headers.get(name) for name in headers} == headers
    assert "Set-Cookie" not in answer.headers
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_feed_takes_no_other_method(method: str, client: FlaskClient) -> None:
    answer = client.open("/en/events.ics", method=method)

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_whoever_has_the_feed_is_told_so_and_no_more(form: str, client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert())
    whole = client.get("/en/events.ics")

    again = client.get("/en/events.ics", headers={"If-None-Match": form.format(whole.headers["ETag"])})

    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary", "Last-Modified"):
        assert again.headers[name] == whole.headers[name]
    assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(again.headers.keys())


def test_the_etag_has_the_last_word_over_the_date(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert())
    changed = client.get("/en/events.ics").headers["Last-Modified"]

    by_date = client.get("/en/events.ics", headers={"If-Modified-Since": changed})
    by_etag = client.get("/en/events.ics", headers={"If-Modified-Since": changed, "If-None-Match": '"old"'})

    assert (by_date.status_code, by_etag.status_code) == (304, 200)


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_compressed_feed_has_its_own_etag(coding: str, client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert())
    plain = client.get("/en/events.ics")

    packed = client.get("/en/events.ics", headers={"Accept-Encoding": coding})

    assert packed.headers["Content-Encoding"] == coding
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = client.get(
        "/en/events.ics", headers={"Accept-Encoding": coding, "If-None-Match": packed.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "ending",
    [
        {"publication": "withdrawn", "reason": "The hall was flooded."},
        {"publication": "withdrawn", "reason": ""},
        {"audience": "staff"},
        {"shown_from": "2026-11-23T09:00:00Z"},
    ],
)
def test_whatever_takes_an_event_away_is_news_to_whoever_asks_by_date(
    ending: dict[str, str], client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    before = client.get("/en/events.ics").headers["Last-Modified"]

    clock.shift(timedelta(hours=1))
    hand_in("event", **concert(**ending))
    after = client.get("/en/events.ics", headers={"If-Modified-Since": before})

    assert after.status_code == 200
    assert after.headers["Last-Modified"] == "Sun, 22 Nov 2026 10:00:00 GMT"
    assert b"BEGIN:VEVENT" not in after.data


@pytest.mark.parametrize(
    "hidden",
    [
        {"publication": "withdrawn", "reason": ""},
        {"audience": "staff"},
        {"shown_from": "2026-11-23T09:00:00Z"},
    ],
)
def test_what_readers_never_saw_moves_no_date_of_a_feed(
    hidden: dict[str, str], client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    before = client.get("/en/events.ics").headers

    clock.shift(timedelta(hours=1))
    hand_in("event", **concert(slug="secret", **hidden))
    hand_in("event", **concert(slug="secret", city="Ghent", **hidden))
    after = client.get("/en/events.ics").headers

    assert (after["Last-Modified"], after["ETag"]) == (before["Last-Modified"], before["ETag"])


def test_a_calendar_of_a_year_holds_what_takes_place_in_it(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **titled("turn", first_day="2019-12-31", last_day="2020-01-01", starts=None, ends=None))
    hand_in("event", **titled("spring", first_day="2020-04-01", category="academic"))
    hand_in("event", **titled("yearly", first_day="2018-06-01", recurrence="FREQ=YEARLY"))

    held = {
        path: sorted(str(one["SUMMARY"]) for one in entries(client, f"/en/events/{path}.ics").values())
        for path in ("year/2017", "year/2019", "year/2020", "category/academic/2020")
    }

    assert held == {
        "year/2017": [],
        "year/2019": ["Turn", "Yearly"],
        "year/2020": ["Spring", "Turn", "Yearly"],
        "category/academic/2020": ["Spring"],
    }


def test_the_list_of_past_events_leads_to_the_calendars_of_single_years(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("event", **titled("spring", first_day="2020-04-01", category="academic"))
    hand_in("event", **titled("autumn", first_day="2024-10-01"))
    hand_in("event", **titled("sometime", first_day="2022", starts=None, ends=None))

    led = [
        re.findall(r'href="(/en/events/[^"]*\d{4}\.ics)"', client.get(f"/en/events{asked}").text)
        for asked in ("", "?when=past", "?when=past&category=academic")
    ]

    assert led == [
        [],
        ["/en/events/year/2024.ics", "/en/events/year/2020.ics"],
        ["/en/events/category/academic/2020.ics"],
    ]


def talks(day: str) -> Iterator[dict[str, Any]]:
    """Yield the facts of 240 events whose words are more than a calendar program may take."""
    long = {"title": {"en": "𝄞" * 200}, "summary": {"en": "𝄞" * 600}, "place": "𝄞" * 300}
    return (titled(f"talk-{number}", first_day=day) | long for number in range(240))


def test_a_calendar_too_large_for_some_programs_holds_this_year_and_leads_to_the_others(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in.all("event", [concert(), *talks("2027-03-01")])

    feed = client.get("/en/events.ics")
    following = client.get("/en/events/year/2027.ics")

    assert len(feed.data) < 1024 * 1024 < len(following.data)
    (calendar,) = Calendar.from_ical(feed.data, multiple=True)
    assert [str(one["SUMMARY"]) for one in calendar.walk("VEVENT")] == ["Autumn concert"]
    assert str(calendar["DESCRIPTION"]).partition(". ")[2] == (
        "This calendar holds 2026 alone. Every other year has its own, "
        "such as https://embassy.example/en/events/year/2027.ics."
    )
    assert len(Calendar.from_ical(following.data).walk("VEVENT")) == 240


def test_the_new_year_of_a_calendar_too_large_is_news_to_whoever_asks_by_date(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in.all("event", [titled("ball", first_day="2027-01-01"), *talks("2028-03-01")])
    since = {"If-Modified-Since": client.get("/en/events.ics").headers["Last-Modified"]}

    clock.move_to(datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC))
    last = client.get("/en/events.ics", headers=since)
    clock.shift(timedelta(seconds=1))
    first = client.get("/en/events.ics", headers=since)

    assert (last.status_code, first.status_code) == (304, 200)
    assert first.headers["Last-Modified"] == "Thu, 31 Dec 2026 23:00:00 GMT"
    assert [str(one["SUMMARY"]) for one in Calendar.from_ical(first.data).walk("VEVENT")] == ["Ball"]


def test_an_event_that_left_the_feed_is_edited_unseen_and_may_come_back(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    dates = []

    for facts in ({"audience": "staff"}, {"audience": "staff", "city": "Gent"}, {"city": "Gent"}):
        clock.shift(timedelta(hours=1))
        hand_in("event", **concert(**facts))
        dates.append(client.get("/en/events.ics").headers["Last-Modified"])

    assert dates == [f"Sun, 22 Nov 2026 {hour}:00:00 GMT" for hour in (10, 10, 12)]


def test_the_end_of_an_embargo_is_news_to_whoever_asks_by_date(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert(shown_from="2026-11-22T11:30:00Z"))
    before = client.get("/en/events.ics").headers["Last-Modified"]

    clock.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC))
    after = client.get("/en/events.ics", headers={"If-Modified-Since": before})

    assert (before, after.status_code) == ("Thu, 01 Jan 1970 00:00:00 GMT", 200)
    assert after.headers["Last-Modified"] == "Sun, 22 Nov 2026 11:30:00 GMT"


def test_an_empty_feed_is_a_whole_calendar(client: FlaskClient) -> None:
    answer = client.get("/ar/events.ics")

    feed = Calendar.from_ical(answer.data)
    assert [part.name for part in feed.subcomponents] == ["VTIMEZONE"]
    assert "METHOD" not in feed
    assert "UID" not in feed


def test_time_alone_changes_no_byte_of_a_feed(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert())
    before = client.get("/en/events.ics").data

    clock.shift(timedelta(days=30))

    assert client.get("/en/events.ics").data == before
