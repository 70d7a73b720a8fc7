"""The calendar of an office's closures."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid5

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar

from embassy.db.record import Record
from tests.consular.facts import at, closure, hours, mission, office

Door = Callable[..., Record]
KNOWN = "6d7f4b0e-58a5-4b2c-93a1-7f0f6a8d1c11"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Ten in the morning of an ordinary Tuesday in Brussels."""
    with time_machine.travel(at("2026-07-14T08:00"), tick=False):
        yield


def events(client: FlaskClient, language: str = "en") -> list[dict[str, object]]:
    body = client.get(f"/{language}/consular/office/closures.ics").data
    return [
        {name: part.decoded(name) if name.startswith("DT") else str(part[name]) for name in part}
        for part in Calendar.from_ical(body).walk("VEVENT")
    ]


def test_a_subscriber_sees_what_closes_the_office_and_how_certain_it_is(
    client: FlaskClient, hand_in: Door
) -> None:
    known = [
        closure("2026-11-30", "Independence Day"),
        closure("2026-12-24", "Short days", last="2026-12-25", cause="ad_hoc", hours=["09:00-12:00"]),
        closure("2026-07-21", "National Day", status="proposed", cause="host_holiday"),
        closure("2026-08-14", "Eve", status="waived"),
        closure("2026-07-19", "On a Sunday"),
        closure("2026-07-20", "Training", cause="ad_hoc", service="passport"),
        closure("2025-07-01", "Over a year ago"),
    ]
    hand_in("mission", **mission())
    hand_in("office", **office(hours=[*hours(), *hours(service="passport")], closures=known))

    found = [
        (e["DTSTART"], e["DTEND"], e["SUMMARY"], e["STATUS"], e["TRANSP"], e["DESCRIPTION"])
        for e in events(client)
    ]

    assert found == [
        (
            date(2026, 7, 20),
            date(2026, 7, 21),
            "Closed: Training",
            "CONFIRMED",
            "TRANSPARENT",
            "Passports, Confirmed by the post",
        ),
        (
            date(2026, 7, 21),
            date(2026, 7, 22),
            "Perhaps closed: National Day",
            "TENTATIVE",
            "TRANSPARENT",
            "Not yet confirmed by the post",
        ),
        (
            date(2026, 8, 14),
            date(2026, 8, 15),
            "Open all the same: Eve",
            "CANCELLED",
            "TRANSPARENT",
            "Open all the same",
        ),
        (
            date(2026, 11, 30),
            date(2026, 12, 1),
            "Closed: Independence Day",
            "CONFIRMED",
            "TRANSPARENT",
            "Confirmed by the post",
        ),
        (
            date(2026, 12, 24),
            date(2026, 12, 26),
            "Other hours: Short days",
            "CONFIRMED",
            "TRANSPARENT",
            "Confirmed by the post, 09:00-12:00",
        ),
    ]


def test_a_closure_keeps_its_identity_while_its_sequence_rises(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    stored = hand_in(
        "office", **office(closures=[closure("2026-07-21", "Day", uid=KNOWN, status="proposed")])
    )
    proposed = events(client)
    hand_in("office", **office(closures=[closure("2026-07-21", "Day", uid=KNOWN)]))
    confirmed = events(client)

    uid = str(uuid5(stored.uid, str(UUID(KNOWN))))
    assert [(e["UID"], e["SEQUENCE"], e["STATUS"]) for e in (*proposed, *confirmed)] == [
        (uid, "0", "TENTATIVE"),
        (uid, "1", "CONFIRMED"),
    ]


def test_the_calendar_speaks_the_readers_language_where_it_can(client: FlaskClient, hand_in: Door) -> None:
    both = closure("2026-07-21", "") | {"reason": {"en": "National Day", "sq": "Dita Kombëtare"}}
    hand_in("mission", **mission())
    hand_in("office", **office(closures=[both]))

    body = client.get("/sq/consular/office/closures.ics").get_data(as_text=True)

    assert "SUMMARY;LANGUAGE=sq:" in body
    assert "Dita Kombëtare" in body


def test_the_calendar_can_be_subscribed_to_with_a_code(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    page = client.get("/en/consular/office").get_data(as_text=True)
    code = client.get("/qr/en/consular/office/closures.ics")

    assert "webcal://embassy.example/en/consular/office/closures.ics" in page
    assert (code.status_code, code.content_type) == (200, "image/svg+xml")
