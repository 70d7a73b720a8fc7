"""Opening states against opening-hours-py, over random schedules, zones and days."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from embassy.consular.hours import (
    Closure,
    Interval,
    Opening,
    Schedule,
    WeeklyHours,
    intervals,
    next_change,
    overlaps,
    state,
)
from embassy.consular.vocabulary import Cause, Confirmation
from embassy.core import tzdb

ZONES = (
    "Europe/Brussels",
    "Europe/Tirane",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Pacific/Apia",
    "America/St_Johns",
    "America/Havana",
)
SPOKEN = {"open": Opening.open, "unknown": Opening.by_appointment, "closed": Opening.closed}
# Every time drawn and every offset of these zones is a multiple of it: between two steps nothing changes.
STEP = timedelta(minutes=15)
DAY = timedelta(days=1)
# Years that are over: the oracle's own tz database may be older than ours and know other laws to come.
BEGINNING, END = datetime(2014, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC)
NEVER, FOREVER = date(1900, 1, 1), date(9999, 12, 31)


CHANGES = {
    zone: [change for change in tzdb.chronicle(zone).changes(until=END) if BEGINNING < change.at < END]
    for zone in ZONES
}
NOTABLE = [date(2024, 2, 29), date(2020, 2, 28), date(2024, 12, 31), date(2025, 1, 1)]
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
quarters = st.integers(0, 95).map(lambda count: (BEGINNING + count * STEP).time())


@st.composite
def situations(draw: st.DrawFn) -> tuple[Schedule, datetime]:
    """A schedule, with or without nights, and an instant shortly before a day that matters to it."""
    zone, nights = draw(st.sampled_from(ZONES)), draw(st.booleans())
    some = st.dates(BEGINNING.date(), END.date() - DAY)
    day = draw(
        st.one_of(
            some,
            st.sampled_from(NOTABLE),
            st.sampled_from([change.at.date() for change in CHANGES[zone]] or NOTABLE),
        )
    )
    near = st.integers(-4, 4).map(lambda ahead: day + ahead * DAY)
    pairs = st.tuples(quarters, quarters).filter(lambda pair: nights or not overnight(*pair))
    week = draw(st.lists(weekly(pairs, near), min_size=1, max_size=14))
    kept = [hours for number, hours in enumerate(week) if not clashes(week, number)]
    shut = draw(st.lists(closures(pairs, near), max_size=4, unique_by=rank))
    return Schedule(zone, tuple(kept), tuple(shut)), datetime.combine(day, time(), UTC) - DAY / 2


def overnight(opens: time, closes: time) -> bool:
    return time() < closes <= opens


def clashes(week: Sequence[WeeklyHours], number: int) -> bool:
    return any(refusal.path[0] == number for refusal in overlaps(week[: number + 1]))


def rank(closure: Closure) -> tuple[bool, timedelta]:
    """Of two closures that the schedule ranks alike neither is drawn: their order is tested by hand."""
    return closure.cause is Cause.ad_hoc, closure.first - closure.last


@st.composite
def weekly(
    draw: st.DrawFn, pairs: st.SearchStrategy[tuple[time, time]], near: st.SearchStrategy[date]
) -> WeeklyHours:
    first, last = draw(st.none() | near), draw(st.none() | near)
    if first and last:
        first, last = min(first, last), max(first, last)
    return WeeklyHours(draw(st.integers(0, 6)), *draw(pairs), draw(st.booleans()), first, last)


@st.composite
def closures(
    draw: st.DrawFn, pairs: st.SearchStrategy[tuple[time, time]], near: st.SearchStrategy[date]
) -> Closure:
    first, last = sorted((draw(near), draw(near)))
    cause, status = draw(st.sampled_from(Cause)), draw(st.sampled_from(Confirmation))
    return Closure(first, last, cause, status, tuple(draw(st.lists(pairs, max_size=2))))


def oracle(schedule: Schedule) -> OpeningHours:
    """The schedule as an OpenStreetMap value: rules that add up, then rules that each replace whole days."""
    usual = [
        f"{span(hours.valid_from or NEVER, hours.valid_to or FOREVER)} {WEEKDAYS[hours.weekday]} "
        f"{clock(hours.opens, hours.closes)} {'unknown' if hours.by_appointment else 'open'}"
        for hours in schedule.weekly
    ]
    instead = [
        f"{span(closure.first, closure.last)} "
        + (",".join(clock(*pair) for pair in closure.hours_instead) or "off")
        for closure in sorted(confirmed(schedule), key=rank)
    ]
    return OpeningHours(
        "; ".join([", ".join(usual), *instead]), timezone=ZoneInfo(schedule.zone), auto_country=False
    )


def confirmed(schedule: Schedule) -> list[Closure]:
    return [closure for closure in schedule.closures if closure.status is Confirmation.confirmed]


def span(first: date, last: date) -> str:
    return f"{first:%Y %b %d}-{last:%Y %b %d}"


def clock(opens: time, closes: time) -> str:
    return f"{opens:%H:%M}-{closes:%H:%M}"


def comparable(schedule: Schedule, first: datetime, last: datetime) -> Iterator[datetime]:
    """Every step but those where the two differ on purpose."""
    touched = list(touched_by_clock_changes(schedule))
    for step in range((last - first) // STEP):
        at = first + step * STEP
        if not any(begins <= at < ends for begins, ends in touched) and not in_disputed_night(schedule, at):
            yield at


def touched_by_clock_changes(schedule: Schedule) -> Iterator[tuple[datetime, datetime]]:
    """Times around a change that skips or repeats the very wall time at which some hours open or close.

    We move a skipped wall time forward by the gap, the oracle to the end of the gap; we open at the first
    of two like wall times and close at the last, the oracle compares wall times and so may close between.
    """
    pairs = [(hours.opens, hours.closes) for hours in schedule.weekly]
    pairs += [pair for closure in schedule.closures for pair in closure.hours_instead]
    edges = {edge for pair in pairs for edge in pair}
    for change in CHANGES[schedule.zone]:
        walls = sorted(change.at.replace(tzinfo=None) + offset for offset in (change.before, change.after))
        days = {wall.date() for wall in walls}
        if any(walls[0] < datetime.combine(day, edge) < walls[1] for day in days for edge in edges):
            shift = abs(change.after - change.before)
            yield change.at - shift, change.at + shift


def in_disputed_night(schedule: Schedule, at: datetime) -> bool:
    """On a day with a closure, or after one, where some hours pass midnight.

    For us the whole night belongs to the evening; to the oracle a rule replaces what happens on a calendar
    day, even the end of the night before, and leaves the end of its own night to the next day.
    """
    pairs = [(hours.opens, hours.closes) for hours in schedule.weekly]
    pairs += [pair for closure in confirmed(schedule) for pair in closure.hours_instead]
    day = at.astimezone(tzdb.zone(schedule.zone)).date()
    shut = any(closure.covers(day) or closure.covers(day - DAY) for closure in confirmed(schedule))
    return shut and any(overnight(*pair) for pair in pairs)


@settings(max_examples=100, deadline=None)
@given(situations())
def test_every_quarter_of_an_hour_finds_what_the_oracle_finds(found: tuple[Schedule, datetime]) -> None:
    schedule, first = found
    instants = list(comparable(schedule, first, first + 2 * DAY))
    expected = oracle(schedule)

    ours = [state(schedule, at).opening for at in instants]

    assert ours == [SPOKEN[str(expected.state(at.astimezone(ZoneInfo("UTC")))[0])] for at in instants]


@settings(max_examples=60, deadline=None)
@given(situations())
def test_changes_and_intervals_are_those_of_the_states(found: tuple[Schedule, datetime]) -> None:
    schedule, first = found
    last = first + 3 * DAY
    states = [(first + n * STEP, state(schedule, first + n * STEP).opening) for n in range(3 * 96)]
    runs = [states[0], *(after for before, after in pairwise(states) if before[1] != after[1])]

    following = next_change(schedule, first)

    edges = [*(begins for begins, _ in runs), last]
    assert min(following or last, last) == edges[1]
    assert intervals(schedule, first, last) == tuple(
        Interval(begins, ends, opening)
        for (begins, opening), ends in zip(runs, edges[1:], strict=True)
        if opening is not Opening.closed
    )
