"""One source, five outputs: each read by another reader than its writer, into the same hours."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser
from itertools import count, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from icalendar import Calendar
from opening_hours import OpeningHours

from embassy.consular.days import minutes
from embassy.consular.hours import Closure, Schedule
from embassy.consular.vocabulary import Weekday
from tests.consular.facts import mission, office
from tests.consular.test_hours_oracle import situations, touched_by_clock_changes
from tests.rooms import Door

DAY = timedelta(days=1)
WEEKDAYS = [str(one) for one in Weekday]
RANKS = {"closed": 0, "by_appointment": 1, "open": 2}
AD_HOC = "Closed for another reason"
CLOCKS = re.compile(r"(\d\d:\d\d)[–-](\d\d:\d\d)")
NUMBERS = count(1)

Wall = tuple[date, str, str, str]
Span = tuple[datetime, datetime, str]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: no output knows which."""
    return sqlite_url


def facts(schedule: Schedule, slug: str) -> dict[str, Any]:
    """An office that keeps a schedule at its general counter."""
    whose = {"service": "general_enquiries", "channel": "counter"}
    weekly = [
        {
            **whose,
            "weekday": WEEKDAYS[one.weekday],
            "opens": f"{one.opens:%H:%M}",
            "closes": f"{one.closes:%H:%M}",
            "by_appointment": one.by_appointment,
            "valid_from": str(one.valid_from or ""),
            "valid_to": str(one.valid_to or ""),
        }
        for one in schedule.weekly
    ]
    closures = [
        {
            "first": str(one.first),
            "last": str(one.last),
            "cause": one.cause,
            "status": one.status,
            "hours": [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in one.hours_instead],
            "reason": {"en": "Because"},
        }
        for one in schedule.closures
    ]
    ours = office(slug=slug, shown_from="2000-01-01T00:00Z", zone=schedule.zone)
    return ours | {"hours": weekly, "closures": closures}


def tidy(closure: Closure) -> Closure:
    """Return a closure with one of its hours where they overlap, as no office is let say."""
    pairs = sorted(closure.hours_instead)
    clash = len(pairs) > 1 and minutes(*pairs[1])[0] < minutes(*pairs[0])[1]
    return replace(closure, hours_instead=tuple(pairs[:1] if clash else pairs))


def joined(spans: Iterable[Span], first: datetime, last: datetime) -> list[Span]:
    """Return spans between two instants, joined; where they overlap, open wins."""
    held = list(spans)
    edges = sorted({first, last, *(edge for one in held for edge in one[:2] if first < edge < last)})
    found: list[Span] = []
    for begins, ends in pairwise(edges):
        here = [one[2] for one in held if one[0] <= begins < one[1]]
        opening = max(here, key=RANKS.__getitem__, default="closed")
        if found and found[-1][2] == opening:
            found[-1] = (found[-1][0], ends, opening)
        else:
            found.append((begins, ends, opening))
    return [one for one in found if one[2] != "closed"]


def instants(walls: Iterable[Wall], zone: str) -> Iterator[Span]:
    """Yield wall times as instants: one that comes twice opens at its first and closes at its last."""
    for day, opens, closes, opening in walls:
        begins = datetime.combine(day, time.fromisoformat(opens))
        ends = datetime.combine(day, time.fromisoformat(closes))
        ends += DAY if ends <= begins else timedelta()
        twice = comes_twice(ends, zone) and comes_twice(ends - timedelta(seconds=1), zone)
        yield instant(begins, zone, 0), instant(ends, zone, int(twice)), opening


def instant(wall: datetime, zone: str, fold: int) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def comes_twice(wall: datetime, zone: str) -> bool:
    return instant(wall, zone, 0) < instant(wall, zone, 1)


class Week(HTMLParser):
    """The table of this week: for each row its hours, each with whether it is by appointment."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str, str]]] = []
        self.within, self.opening_hours, self.named = False, "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the table, its rows and the text for maps begin."""
        if tag == "table":
            self.within = dict(attrs).get("class") == "hours"
        self.named = ("id", "opening-hours") in attrs
        if tag == "tr" and self.within:
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        """Read hours, and the note behind them."""
        if self.named:
            self.opening_hours += data
        if not self.within or not self.rows:
            return
        row = self.rows[-1]
        if "day and night" in data:
            row.append(("00:00", "00:00", "open"))
        elif clocks := CLOCKS.search(data):
            row.append((*clocks.groups(), "open"))  # type: ignore[arg-type]
        elif data.strip() == "by appointment":
            row[-1] = (*row[-1][:2], "by_appointment")

    def handle_endtag(self, tag: str) -> None:
        """Note where what is read ends."""
        self.within = self.within and tag != "table"
        self.named = self.named and tag != "code"


def of_page(page: str, day: date) -> Iterator[Wall]:
    """Yield the hours of the week in which a day lies, as the page's table has them."""
    monday = day - day.weekday() * DAY
    for ahead, row in enumerate(Week(page).rows[1:]):
        yield from ((monday + ahead * DAY, *hours) for hours in row)


def of_json_ld(page: str, days: list[date]) -> Iterator[Wall]:
    """Yield the hours of some days as search engines are told them; a minute before is the whole day."""
    told = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])

    def holds(one: dict[str, str], day: date) -> bool:
        weekday = one.get("dayOfWeek", f"/{day:%A}").rpartition("/")[2]
        within = one.get("validFrom", "0001-01-01") <= str(day) <= one.get("validThrough", "9999-12-31")
        return within and weekday == f"{day:%A}"

    for day in days:
        special = [one for one in told["specialOpeningHoursSpecification"] if holds(one, day)]
        usual = [one for one in told["openingHoursSpecification"] if holds(one, day)]
        for one in special or usual:
            if (one["opens"], one["closes"]) != ("00:00", "00:00"):
                yield day, one["opens"], whole(one["opens"], one["closes"]), "open"


def whole(opens: str, closes: str) -> str:
    minute = timedelta(minutes=1)
    return opens if f"{datetime.fromisoformat(f'2000-01-02T{closes}') + minute:%H:%M}" == opens else closes


def of_calendar(body: bytes, weekly: list[dict[str, Any]], days: list[date]) -> Iterator[Wall]:
    """Yield the hours of some days: those of the calendar's closures, else the weekly ones it cannot tell.

    Of several closures on a day one for another reason decides, then the one of fewer days.
    """
    every: list[Any] = Calendar.from_ical(body).walk("VEVENT")
    events = [event for event in every if event["STATUS"] == "CONFIRMED"]
    for day in days:
        known = [event for event in events if event["DTSTART"].dt <= day < event["DTEND"].dt]
        if not known:
            yield from (
                (day, one["opens"], one["closes"], "by_appointment" if one["by_appointment"] else "open")
                for one in weekly
                if one["weekday"] == WEEKDAYS[day.weekday()]
                and (one["valid_from"] or "0001-01-01") <= str(day) <= (one["valid_to"] or "9999-12-31")
            )
            continue
        event = min(known, key=lambda one: (not is_ad_hoc(one), length(one), kept(one)))
        yield from ((day, *pair, "open") for pair in kept(event))


def is_ad_hoc(event: Any) -> bool:
    return AD_HOC in event["CATEGORIES"].cats


def length(event: Any) -> timedelta:
    found: timedelta = event["DTEND"].dt - event["DTSTART"].dt
    return found


def kept(event: Any) -> list[tuple[str, str]]:
    return sorted((opens, closes) for opens, closes in CLOCKS.findall(str(event["DESCRIPTION"])))


def of_map(value: str, zone: str, first: datetime, last: datetime) -> Iterator[Span]:
    """Yield the spans that opening-hours-py finds in the text for maps."""
    spoken = {"open": "open", "unknown": "by_appointment"}
    read = OpeningHours(value, timezone=ZoneInfo(zone), auto_country=False)
    edges = first.astimezone(ZoneInfo(zone)), last.astimezone(ZoneInfo(zone))
    for begins, ends, state, _ in read.intervals(*edges):
        if str(state) in spoken and begins is not None:
            yield begins.astimezone(UTC), (ends or last).astimezone(UTC), spoken[str(state)]


def without(spans: list[Span], cuts: Iterable[tuple[datetime, datetime]]) -> list[Span]:
    """Return spans without what lies in the times cut out."""
    for begins, ends in cuts:
        pieces = ((one, (one[0], min(one[1], begins)), (max(one[0], ends), one[1])) for one in spans)
        spans = [(*part, one[2]) for one, *parts in pieces for part in parts if part[0] < part[1]]
    return spans


def open_only(spans: Iterable[Span]) -> Iterator[Span]:
    return (one for one in spans if one[2] == "open")


@settings(
    max_examples=25,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(situations())
def test_five_outputs_tell_the_same_hours(
    client: FlaskClient, hand_in: Door, found: tuple[Schedule, datetime]
) -> None:
    drawn, at = found
    schedule = replace(drawn, closures=tuple(map(tidy, drawn.closures)))
    slug, zone = f"office-{next(NUMBERS)}", ZoneInfo(schedule.zone)
    today = at.astimezone(zone).date()
    days = [today + ahead * DAY for ahead in range(-1, 7 - today.weekday())]
    first, last = (
        instant(datetime.combine(day, time()), schedule.zone, 0) for day in (today, days[-1] + DAY)
    )
    with time_machine.travel(at - 7 * DAY, tick=False):
        hand_in("mission", **mission(shown_from="2000-01-01T00:00Z"))
        hand_in("office", **facts(schedule, slug))
        earlier = client.get(f"/en/consular/{slug}").text
    with time_machine.travel(at, tick=False):
        page = client.get(f"/en/consular/{slug}").text
        told = client.get(f"/en/consular/{slug}/hours.json?days=30").get_json()
        calendar = client.get(f"/en/consular/{slug}/closures.ics").data

    def within(walls: Iterable[Wall]) -> list[Span]:
        return joined(instants(walls, schedule.zone), first, last)

    (general,) = told["services"]
    spans = [
        (datetime.fromisoformat(one["begins"]), datetime.fromisoformat(one["ends"]), one["opening"])
        for one in general["intervals"]
    ]
    exact = joined(spans, first, last)
    walls = [*of_page(earlier, today - 7 * DAY), *of_page(page, today)]
    clocks = [pair for pair in touched_by_clock_changes(schedule) if pair[0] < last and first < pair[1]]
    mapped = of_map(general["opening_hours"], schedule.zone, first, last)
    shown = Week(page).opening_hours.removeprefix("opening_hours=")

    assert within(walls) == exact
    assert within(of_calendar(calendar, general["weekly"], days)) == exact
    assert within(of_json_ld(page, days)) == joined(open_only(exact), first, last)
    assert without(joined(mapped, first, last), clocks) == without(exact, clocks)
    assert f"{general['opening_hours']}; ".startswith(f"{shown}; ")
