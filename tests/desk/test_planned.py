"""What is planned, by month: on the right day of the legal zone, for whoever works at the desk."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.core.access import Role
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.desk.conftest import Colleague
from tests.desk.drafts import FAIR, begun
from tests.events.facts import concert
from tests.rooms import Door
from tests.servers import NuChecker

DAY = re.compile(r'<td data-day="([^"]+)">(.*?)</td>', re.DOTALL)
Plan = Callable[..., None]


def days(desk: Desk, month: str = "", tag: str = "en") -> dict[str, str]:
    """Return what stands at each day that shows something: the words, their white space folded."""
    page = desk.get(f"/{tag}/desk/planned?month={month}")
    assert page.status_code == 200
    bare = {day: re.sub(r"<[^>]+>", " ", held) for day, held in DAY.findall(page.text)}
    return {day: " ".join(words.split()) for day, words in bare.items()}


@pytest.fixture
def plan(hand_in: Door) -> Plan:
    """Publish an event that readers see from a moment on: `plan("Gala", "2026-12-01T08:00Z")`."""

    def publish(title: str, moment: str) -> None:
        hand_in("event", **concert(slug=title.lower(), title={"en": title}, shown_from=moment))

    return publish


def test_a_month_shows_changes_records_and_wishes_at_their_time_and_leads_to_them(
    ana: Desk, colleague: Colleague, hand_in: Door, plan: Plan
) -> None:
    besa = colleague("besa", Role.approver)
    plan("Gala", "2026-12-03T17:00Z")
    hand_in("event", **concert())
    due, wish, fresh = begun(ana, slug="concert"), begun(ana), begun(ana)
    due.send("submit", city="Liège")
    due.at(besa).send("approve", "/decision", when="2026-12-03T09:30")
    wish.send("submit", **FAIR, shown_from="2026-12-24T11:00Z")
    fresh.send("submit", **FAIR | {"slug": "other", "title.en": "Other"})

    found = days(ana, "2026-12")

    assert found == {
        "Thursday, 3 December 2026": "3 09:30 Autumn concert Event Approved, waits for its time "
        "18:00 Gala Event Published, not yet shown to readers",
        "Thursday, 24 December 2026": "24 12:00 Trade fair in Tirana Event Waits for a decision",
    }
    page = ana.get("/en/desk/planned?month=2026-12").text
    assert "3 planned" in page
    for address in (due.address, wish.address, "/en/desk/records/event/gala"):
        assert f'href="{address}"' in page


def test_what_has_come_is_planned_no_more(ana: Desk, plan: Plan, clock: time_machine.Traveller) -> None:
    plan("Gala", "2026-11-22T12:10Z")
    draft = begun(ana)
    draft.send("submit", **FAIR, shown_from="2026-11-22T12:10Z")
    plan("Ball", "2026-11-22T12:09Z")
    before = days(ana)
    clock.shift(timedelta(minutes=11))

    assert before == {
        "Sunday, 22 November 2026": "22 Today 13:09 Ball Event Published, not yet shown to readers "
        "13:10 Gala Event Published, not yet shown to readers "
        "13:10 Trade fair in Tirana Event Waits for a decision"
    }
    assert days(ana) == {"Sunday, 22 November 2026": "22 Today"}


@pytest.mark.parametrize(
    ("moment", "month", "day", "time"),
    [
        ("2026-11-30T22:59:59Z", "2026-11", "Monday, 30 November 2026", "23:59"),
        ("2026-11-30T23:00Z", "2026-12", "Tuesday, 1 December 2026", "00:00"),
        ("2026-12-31T22:59:59Z", "2026-12", "Thursday, 31 December 2026", "23:59"),
        ("2027-03-27T23:00Z", "2027-03", "Sunday, 28 March 2027", "00:00"),
        ("2027-03-28T01:00Z", "2027-03", "Sunday, 28 March 2027", "03:00"),
        ("2027-03-31T22:00Z", "2027-04", "Thursday, 1 April 2027", "00:00"),
        ("2027-10-31T00:30Z", "2027-10", "Sunday, 31 October 2027", "02:30"),
        ("2027-10-31T01:30Z", "2027-10", "Sunday, 31 October 2027", "02:30"),
        ("2027-10-31T22:59:59Z", "2027-10", "Sunday, 31 October 2027", "23:59"),
        ("2027-10-31T23:00Z", "2027-11", "Monday, 1 November 2027", "00:00"),
    ],
)
def test_a_moment_stands_at_its_day_on_the_clocks_of_the_legal_zone(
    ana: Desk, plan: Plan, moment: str, month: str, day: str, time: str
) -> None:
    plan("Gala", moment)
    first = date.fromisoformat(f"{month}-01")
    around = [first - timedelta(days=1), first, first + timedelta(days=31)]

    found = [days(ana, f"{one:%Y-%m}") for one in around]

    assert [[name for name, said in one.items() if "Gala" in said] for one in found] == [[], [day], []]
    assert f" {time} Gala" in found[1][day]


def test_the_hour_that_comes_twice_is_in_the_order_of_time(ana: Desk, plan: Plan) -> None:
    plan("Second", "2027-10-31T01:15Z")
    plan("First", "2027-10-31T00:45Z")

    told = days(ana, "2027-10")["Sunday, 31 October 2027"]

    assert re.findall(r"\d\d:\d\d \w+", told) == ["02:45 First", "02:15 Second"]


@pytest.mark.parametrize(
    "month",
    [
        "2026-13",
        "2026-00",
        "26-12",
        "december",
        "2026-12-01",
        "2026",
        "0999-12",
        "3000-01",
        "٢٠٢٦-١٢",
        "%00",
        "1" * 101,
    ],
)
def test_what_is_no_month_is_told_apart(ana: Desk, month: str) -> None:
    assert ana.get(f"/en/desk/planned?month={month}").status_code == 400


def test_a_month_leads_to_its_neighbours_and_the_last_to_none_beyond(ana: Desk) -> None:
    led = {
        month: re.findall(
            r'href="[^"]*month=([\d-]+)" rel="(prev|next)"', ana.get(f"/en/desk/planned?month={month}").text
        )
        for month in ("2026-12", "1000-01", "2999-12")
    }

    assert led == {
        "2026-12": [("2026-11", "prev"), ("2027-01", "next")],
        "1000-01": [("1000-02", "next")],
        "2999-12": [("2999-11", "prev")],
    }
    assert "/sq/desk/planned?month=2026-12" in ana.get("/en/desk/planned?month=2026-12").text


@pytest.mark.parametrize(
    ("tag", "names"),
    [("en", ("Monday", "Sunday")), ("sq", ("e hënë", "e diel")), ("ar", ("الاثنين", "الأحد"))],
)
def test_a_week_begins_as_in_the_language(
    ana: Desk, tag: str, names: tuple[str, str], nu_checker: NuChecker
) -> None:
    page = ana.get(f"/{tag}/desk/planned").text
    heads = re.findall(r'<th scope="col">([^<]+)</th>', page)

    assert (heads[0], heads[-1], len(heads)) == (*names, 7)
    assert "Europe/Brussels" in page
    assert nu_checker.complaints(page) == []


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_what_is_planned_and_the_first_page_leads_there(
    colleague: Colleague, plan: Plan, role: Role
) -> None:
    plan("Gala", "2026-12-03T17:00Z")
    desk = colleague("x", role)

    assert "Gala" in days(desk, "2026-12")["Thursday, 3 December 2026"]
    assert 'href="/en/desk/planned"' in desk.get("/en/desk").text


def test_readers_see_nothing_of_it(client: FlaskClient) -> None:
    assert client.get("/en/desk/planned").status_code == 302


def test_kinds_that_are_off_plan_nothing(ana: Desk, house: House, plan: Plan) -> None:
    plan("Gala", "2026-12-03T17:00Z")
    draft = begun(ana)
    draft.send("submit", **FAIR, shown_from="2026-12-24T11:00Z")
    event = house.kinds.pop("event")
    try:
        off = days(ana, "2026-12")
    finally:
        house.kinds["event"] = event

    assert off == {}
    assert len(days(ana, "2026-12")) == 2
