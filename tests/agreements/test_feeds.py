"""Milestones as calendars and as news: certain or not, kept by name, and nothing told before its time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar

from embassy.core.atom import ATOM
from embassy.db.record import Record
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement

Door = Callable[..., Record]
CLAUSE = [{"trigger": "last_notification_received", "rule": "first_of_nth_month 3"}]
NOTES = [
    act(f"note-{code.lower()}", "internal_procedures_notified", day, party=code, received=day)
    for code, day in (("AL", "2026-09-01"), ("BE", "2026-10-17"))
]
PACT = "/en/agreements/pact.ics"


pytestmark = pytest.mark.usefixtures("clock")


def milestones(client: FlaskClient, path: str = PACT) -> dict[str, tuple[date, str]]:
    """Return what a calendar holds: day and status by summary."""
    body = client.get(path).get_data()
    events: Any = Calendar.from_ical(body).walk("VEVENT")
    return {str(one["SUMMARY"]): (one["DTSTART"].dt, str(one["STATUS"])) for one in events}


def uids(client: FlaskClient) -> dict[str, tuple[str, int]]:
    """Return name and sequence of each milestone by summary."""
    events: Any = Calendar.from_ical(client.get(PACT).get_data()).walk("VEVENT")
    return {str(one["SUMMARY"]): (str(one["UID"]), int(one["SEQUENCE"])) for one in events}


def news(client: FlaskClient, path: str) -> list[tuple[str | None, str | None]]:
    """Return title and summary of the entries of a news feed."""
    root: Element = fromstring(client.get(path).get_data())  # noqa: S314 - our own
    names = {"a": ATOM}
    return [
        (one.findtext("a:title", None, names), one.findtext("a:summary", None, names))
        for one in root.findall("a:entry", names)
    ]


def test_a_computed_entry_into_force_is_tentative_until_a_source_asserts_it(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("agreement", **agreement(SIGNED, *NOTES, clause=CLAUSE))

    before = milestones(client)
    began = act("in", "entry_into_force_asserted", "2026-11-20", effective="2027-01-01")
    hand_in("agreement", **agreement(SIGNED, *NOTES, began, clause=CLAUSE))

    noted = "Notification that internal procedures are complete · Pact on rivers"
    assert before == {
        "Signature · Pact on rivers": (date(2020, 5, 4), "CONFIRMED"),
        f"Albania: {noted}": (date(2026, 9, 1), "CONFIRMED"),
        f"Belgium: {noted}": (date(2026, 10, 17), "CONFIRMED"),
        "In force · Pact on rivers": (date(2027, 1, 1), "TENTATIVE"),
    }
    assert milestones(client) == before | {"In force · Pact on rivers": (date(2027, 1, 1), "CONFIRMED")}


def test_a_milestone_keeps_its_name_when_it_is_corrected_or_asserted(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))
    before = uids(client)
    later = {"known_from": "2021-05-01"}
    corrected = SIGNED | later | {"corrects": "signed", "uid": "mended", "event_date": "2020-05-05"}
    again = IN_FORCE | later | {"corrects": "in-force", "uid": "later", "event_date": "2021-04-01"}

    hand_in("agreement", **agreement(SIGNED, IN_FORCE, corrected, again))

    after = uids(client)
    assert {name: uid for name, (uid, _number) in after.items()} == {
        name: uid for name, (uid, _number) in before.items()
    }
    assert [after[name][1] > before[name][1] for name in before] == [True, True]


def test_what_was_only_announced_is_tentative(client: FlaskClient, hand_in: Door) -> None:
    announced = act("signing", "signed", "2026-11-10", known_from="2026-11-01")
    vague = act("opened", "negotiation_opened", "2026-05", known_from="2026-06-01")
    hand_in("agreement", **agreement(announced, vague))

    assert milestones(client) == {"Signature · Pact on rivers": (date(2026, 11, 10), "TENTATIVE")}


def test_an_act_under_embargo_is_told_at_its_time(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    ends = datetime(2026, 12, 1, 9, tzinfo=UTC)
    hidden = act("told", "body_assented", "2026-11-20", party="AL", shown_from=ends.isoformat())
    hand_in("agreement", **agreement(SIGNED, hidden))
    paths = (PACT, "/en/agreements.ics", "/en/agreements/pact.atom", "/en/agreements.atom")

    before = [(client.get(path).get_data(), client.get(path).headers["Last-Modified"]) for path in paths]
    clock.move_to(ends)
    after = [(client.get(path).get_data(), client.get(path).headers["Last-Modified"]) for path in paths]

    assert [b"Assent" in body for body, _told in before] == [False] * 4
    assert [b"Assent" in body for body, _told in after] == [True, True, True, False]
    assert [one[1] == other[1] for one, other in zip(before, after, strict=True)] == [False] * 4


def test_the_list_as_a_calendar_holds_what_was_asked_for_since_last_year(
    client: FlaskClient, hand_in: Door
) -> None:
    french = [{"code": "AL", "country": "AL"}, {"code": "FR", "country": "FR"}]
    lately = act("signed", "signed", "2026-02-03")
    hand_in("agreement", **agreement(lately, title={"en": "Belgian"}))
    hand_in("agreement", **agreement(lately, slug="french", title={"en": "French"}, parties=french))
    hand_in("agreement", **agreement(SIGNED, slug="old", title={"en": "Old"}))

    def held(query: str = "") -> list[str]:
        return sorted(milestones(client, f"/en/agreements.ics{query}"))

    assert held() == ["Signature · Belgian", "Signature · French"]
    assert held("?party=AL&partner=FR") == ["Signature · French"]
    assert held("?q=belgian") == ["Signature · Belgian"]
    assert held("?year=2020") == []


def test_news_tell_where_each_agreement_stands(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(act("signed", "signed", "2026-02-03")))

    assert news(client, "/en/agreements.atom") == [
        ("Pact on rivers", "Signed on 3 February 2026. No date of entry into force is known.")
    ]
    assert news(client, "/sq/agreements/pact.atom") == [("Nënshkrimi", "Pakti i lumenjve")]


@pytest.mark.parametrize("path", ["/en/agreements", "/en/agreements/pact"])
def test_pages_offer_the_calendar_and_the_news_of_what_they_show(
    client: FlaskClient, hand_in: Door, path: str
) -> None:
    hand_in("agreement", **agreement(SIGNED))

    page = client.get(f"{path}?party=AL" if path.endswith("agreements") else path).text
    asked = "?party=AL" if path.endswith("agreements") else ""

    assert f'value="https://embassy.example{path}.ics{asked}"' in page
    assert f'<a href="{path}.atom{asked}">' in page


@pytest.mark.parametrize("other", [{"audience": "staff"}, {"shown_from": "2027-01-01T00:00Z"}])
def test_a_hidden_agreement_has_no_feeds(client: FlaskClient, hand_in: Door, other: dict[str, Any]) -> None:
    hand_in("agreement", **agreement(act("signed", "signed", "2026-02-03"), **other))

    answers = [client.get(f"/en/agreements/pact.{form}").status_code for form in ("ics", "atom")]

    assert (answers, milestones(client, "/en/agreements.ics"), news(client, "/en/agreements.atom")) == (
        [404, 404],
        {},
        [],
    )


@pytest.mark.parametrize("other", [{"audience": "staff"}, {"shown_from": "2027-01-01T00:00Z"}])
@pytest.mark.parametrize("form", ["ics", "atom"])
def test_a_hidden_act_brings_no_agreement_into_a_feed(
    client: FlaskClient, hand_in: Door, form: str, other: dict[str, Any]
) -> None:
    hand_in("agreement", **agreement(SIGNED))
    before = client.get(f"/en/agreements.{form}").get_data()
    hidden = act("told", "body_assented", "2026-11-20", party="AL", **other)

    hand_in("agreement", **agreement(SIGNED, hidden))

    assert client.get(f"/en/agreements.{form}").get_data() == before
    assert b"Pact" not in before
