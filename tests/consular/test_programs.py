"""An office's hours as programs get them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.consular.facts import at, closure, hours, mission, office, part

Door = Callable[..., Record]
PATH = "/en/consular/office/hours.json"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Ten in the morning of an ordinary Tuesday in Brussels."""
    with time_machine.travel(at("2026-07-14T08:00"), tick=False):
        yield


def told(client: FlaskClient, path: str = PATH) -> dict[str, Any]:
    found: dict[str, Any] = client.get(path).get_json()
    return found


def test_programs_get_the_state_the_rules_the_days_and_the_intervals(
    client: FlaskClient, hand_in: Door
) -> None:
    differing = [
        closure("2026-07-15", "Short day", cause="ad_hoc", hours=["10:00-12:00"]),
        closure("2026-07-16", "Perhaps a holiday", status="proposed"),
    ]
    weekly = [*hours(days=("tuesday", "thursday")), *hours("14:00", "15:00", ("wednesday",), "visa", "phone")]
    hand_in("mission", **mission())
    record = hand_in("office", **office(hours=weekly, closures=differing, hours_confirmed_on="2026-07-01"))

    found = told(client, f"{PATH}?days=2")

    general, visas = found.pop("services")
    uids = [one.pop("uid") for one in general["closures"]]
    assert len(found.pop("notes")) == 4
    assert found == {
        "office": str(record.uid),
        "url": "https://embassy.example/en/consular/office",
        "language": "en",
        "zone": "Europe/Brussels",
        "today": "2026-07-14",
        "from": "2026-07-13T22:00:00Z",
        "to": "2026-07-15T22:00:00Z",
        "confirmed_on": "2026-07-01",
    }
    usual = {"opens": "09:00", "closes": "17:00", "by_appointment": False}
    short = {"opens": "10:00", "closes": "12:00", "by_appointment": False}
    assert general == {
        "service": "general_enquiries",
        "channel": "counter",
        "name": "General enquiries",
        "reached": "at the counter",
        "state": "open",
        "until": "2026-07-14T15:00:00Z",
        "next_opening": "2026-07-15T08:00:00Z",
        "closed_for": None,
        "in_doubt": None,
        "weekly": [
            {"weekday": day, **usual, "valid_from": None, "valid_to": None} for day in ("tuesday", "thursday")
        ],
        "week": [
            {"day": f"2026-07-{13 + ahead}", "hours": kept, "differs_for": reason}
            for ahead, (kept, reason) in enumerate(
                [([], None), ([usual], None), ([short], "Short day"), ([usual], None), *[([], None)] * 3]
            )
        ],
        "closures": [
            {
                "first": "2026-07-15",
                "last": "2026-07-15",
                "cause": "ad_hoc",
                "status": "confirmed",
                "hours": [short],
                "reason": "Short day",
            },
            {
                "first": "2026-07-16",
                "last": "2026-07-16",
                "cause": "sending_holiday",
                "status": "proposed",
                "hours": [],
                "reason": "Perhaps a holiday",
            },
        ],
        "intervals": [
            {"begins": "2026-07-14T07:00:00Z", "ends": "2026-07-14T15:00:00Z", "opening": "open"},
            {"begins": "2026-07-15T08:00:00Z", "ends": "2026-07-15T10:00:00Z", "opening": "open"},
        ],
        "opening_hours": "Tu,Th 09:00-17:00; 2026 Jul 15 10:00-12:00",
    }
    assert len(set(uids)) == 2
    assert (visas["reached"], [one["hours"] for one in visas["closures"]]) == ("by telephone", [[]])


def test_a_closed_day_and_a_doubt_are_told_with_their_reasons(client: FlaskClient, hand_in: Door) -> None:
    shut = closure("2026-07-14", "Staff day", cause="ad_hoc")
    doubt = closure("2026-07-15", "Perhaps a holiday", status="proposed")
    hand_in("mission", **mission())
    hand_in("office", **office(hours=hours(), closures=[shut, doubt]))

    found = told(client)

    (general,) = found["services"]
    told_now = [general[name] for name in ("state", "until", "next_opening", "closed_for", "in_doubt")]
    assert told_now == ["shut", None, "2026-07-15T07:00:00Z", "Staff day", "Perhaps a holiday"]
    assert (found["to"], found["confirmed_on"]) == ("2026-07-27T22:00:00Z", None)


def test_the_answer_holds_until_the_state_changes(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(hours=hours()))

    with time_machine.travel(at("2026-07-14T14:59:50"), tick=False):
        before = client.get(PATH)
    with time_machine.travel(at("2026-07-14T15:00"), tick=False):
        after = client.get(PATH)

    assert before.headers["Cache-Control"] == "public, max-age=10"
    assert [one.get_json()["services"][0]["state"] for one in (before, after)] == ["soon", "closed"]
    assert after.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("days", ["0", "367", "many", "1.5"])
def test_days_that_are_no_number_in_reach_are_refused_in_words(
    days: str, client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    refused = client.get(f"{PATH}?days={days}")

    assert refused.status_code == 400
    assert "A whole number from 1 to 366." in refused.text


def test_an_office_no_longer_listed_has_no_hours_to_give(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(publication="archived"))

    assert (client.get(PATH).status_code, client.get("/en/consular/none/hours.json").status_code) == (
        410,
        404,
    )
    assert "opening_hours" not in client.get("/en/consular/office").text


def test_a_mapper_finds_the_text_on_the_page(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(hours=hours(), closures=[closure("2026-07-21", "National Day")]))

    page = client.get("/en/consular/office").text

    assert part(page, '<code id="opening-hours" dir="ltr">', "</code>") == (
        "opening_hours=Mo-Fr 09:00-17:00; 2026 Jul 21 off"
    )
    assert f'href="{PATH}"' in page
