"""When an office is open: pure functions of a schedule and an instant, in the zone of the office."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache, partial
from itertools import islice

from embassy.consular.days import (
    DAY,
    OPENINGS,
    Closure,
    Day,
    Hours,
    Interval,
    Opening,
    State,
    WeeklyHours,
    overlaps,
)
from embassy.consular.vocabulary import Cause, Confirmation
from embassy.consular.walls import DAYS_MET, Timeline, timeline
from embassy.core.tzdb import zone

__all__ = [
    "OPENINGS",
    "Closure",
    "Day",
    "Hours",
    "Interval",
    "Opening",
    "Schedule",
    "State",
    "WeeklyHours",
    "closures",
    "intervals",
    "next_change",
    "next_closures",
    "overlaps",
    "state",
    "week",
]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_DAY = (date(9998, 12, 1) - EPOCH.date()).days
STRETCH_DAYS = 8
# Two weeks and a margin: a clock change or a skipped day may swallow the only hours of one of them.
SETTLED_DAYS = 18


@dataclass(frozen=True)
class Schedule:
    """The hours of one service of an office through one channel; `zone` is an IANA name.

    A confirmed ad hoc closure outranks a confirmed holiday, which outranks the weekly hours; proposed and
    waived closures decide nothing. Among equals the one of fewer days decides, then the one that closes.

    Hours past midnight belong to the day on which they begin: a closure of that day removes the whole of
    them, and a closure of the next day leaves them whole.

    A wall time that a clock change skips moves forward by the gap (RFC 5545, 3.3.5), and a day that a zone
    skips has no hours. One that comes twice is the first when opening and the last when closing, unless
    the hours end just where the repetition begins: nobody whose watch lies within the hours finds it closed.
    """

    zone: str
    weekly: tuple[WeeklyHours, ...]
    closures: tuple[Closure, ...] = ()

    @cached_property
    def in_force(self) -> tuple[Closure, ...]:
        """The confirmed closures, the most binding first."""
        confirmed = (closure for closure in self.closures if closure.status is Confirmation.confirmed)
        return tuple(sorted(confirmed, key=_precedence))

    @cached_property
    def proposed(self) -> tuple[Closure, ...]:
        return tuple(closure for closure in self.closures if closure.status is Confirmation.proposed)

    @cached_property
    def turns(self) -> tuple[int, ...]:
        """The days, counted from 1970, before which one week is not like the next."""
        starts = [hours.valid_from for hours in self.weekly] + [closure.first for closure in self.closures]
        ends = [hours.valid_to for hours in self.weekly] + [closure.last for closure in self.closures]
        days = {_number(day) for day in starts if day} | {_number(day) + 1 for day in ends if day}
        return tuple(sorted(days))

    @cached_property
    def stretch(self) -> Callable[[int], Timeline]:
        """The timeline of a numbered stretch of days; the latest asked for are kept."""
        return lru_cache(maxsize=64)(partial(_stretch, self))


def state(schedule: Schedule, at: datetime) -> State:
    """Return what somebody who comes at this instant (aware) finds."""
    begins, states = schedule.stretch((at - EPOCH).days // STRETCH_DAYS)
    return states[bisect_right(begins, at) - 1]


def next_change(schedule: Schedule, at: datetime) -> datetime | None:
    """Return the next instant, in UTC, at which the opening is another one; None if it stays for ever.

    Where hours join, at noon or at midnight, nothing changes.
    """
    now = state(schedule, at).opening
    for number in _stretches_ahead(schedule, (at - EPOCH).days):
        begins, states = schedule.stretch(number)
        for position in range(bisect_right(begins, at), len(begins)):
            if states[position].opening is not now:
                return begins[position]
    return None


def intervals(schedule: Schedule, first: datetime, last: datetime) -> tuple[Interval, ...]:
    """Return when the office is open or sees people by appointment between two instants, joined and cut."""
    found = []
    while first < last:
        opening = state(schedule, first).opening
        ends = min(next_change(schedule, first) or last, last)
        if opening is not Opening.closed:
            found.append(Interval(first, ends, opening))
        first = ends
    return tuple(found)


def week(schedule: Schedule, day: date) -> tuple[Day, ...]:
    """Return the seven days, Monday first, of the week in which the day lies."""
    monday = day - day.weekday() * DAY
    return tuple(_days(schedule, monday, 7))


def closures(schedule: Schedule, first: date, last: date) -> tuple[Closure, ...]:
    """Return, in their order, the closures that change a day's hours between two days, both included.

    Proposed ones are those that would. A closure of days that would have no hours without it either, or on
    which another one decides, changes nothing.
    """
    return tuple(_telling(schedule, first, last))


def next_closures(schedule: Schedule, day: date, limit: int) -> tuple[Closure, ...]:
    """Return at most so many closures that change the hours of this day or a later one, in their order."""
    return tuple(islice(_telling(schedule, day, date.max), limit))


def _number(day: date) -> int:
    return (day - EPOCH.date()).days


def _precedence(closure: Closure) -> tuple[bool, timedelta, tuple[Hours, ...], Cause, date]:
    of_holiday = closure.cause is not Cause.ad_hoc
    return of_holiday, closure.last - closure.first, closure.hours, closure.cause, closure.first


def _days(schedule: Schedule, first: date, count: int) -> Iterator[Day]:
    last = first + (count - 1) * DAY
    in_force = [closure for closure in schedule.in_force if closure.first <= last and first <= closure.last]
    proposed = [closure for closure in schedule.proposed if closure.first <= last and first <= closure.last]
    for ahead in range(count):
        day = first + ahead * DAY
        usual = tuple(sorted(hours.hours for hours in schedule.weekly if hours.hold_on(day)))
        unconfirmed = tuple(closure for closure in proposed if closure.covers(day))
        decisive = next((closure for closure in in_force if closure.covers(day)), None)
        if decisive:
            yield Day(day, decisive.hours, decisive, unconfirmed, removed=usual)
        else:
            yield Day(day, usual, unconfirmed=unconfirmed)


def _telling(schedule: Schedule, first: date, last: date) -> Iterator[Closure]:
    known = (*schedule.in_force, *schedule.proposed)
    for closure in sorted(known, key=lambda closure: (closure.first, closure.last, _precedence(closure))):
        begins, ends = max(first, closure.first), min(last, closure.last)
        if any(_tells(schedule, closure, day) for day in _unlike_days(schedule, begins, ends)):
            yield closure


def _tells(schedule: Schedule, closure: Closure, day: Day) -> bool:
    if closure.status is Confirmation.confirmed:
        others = (one.hours for one in schedule.in_force if one is not closure and one.covers(day.day))
        return closure is day.closure and {day.removed, *others} != {closure.hours}
    outranks = day.closure is None or _precedence(closure) < _precedence(day.closure)
    return outranks and closure.hours != day.hours


def _unlike_days(schedule: Schedule, first: date, last: date) -> Iterator[Day]:
    """Yield the days of the first week and of each week after a turn: up to the next turn all are alike."""
    begins, ends = _number(first), _number(last)
    for turn in (begins, *(turn for turn in schedule.turns if begins < turn <= ends)):
        yield from _days(schedule, EPOCH.date() + turn * DAY, min(7, ends - turn + 1))


def _stretches_ahead(schedule: Schedule, today: int) -> Iterator[int]:
    """Yield the stretches, from today's on, in which the opening can first change.

    After a turn all weeks are alike: what has not changed once they have settled will not change.
    """
    following = today // STRETCH_DAYS
    for turn in (today, *(turn for turn in schedule.turns if today < turn <= LAST_DAY)):
        begins, ends = (turn - 2) // STRETCH_DAYS, (turn + SETTLED_DAYS) // STRETCH_DAYS
        yield from range(max(begins, following), ends + 1)
        following = max(following, ends + 1)


def _stretch(schedule: Schedule, number: int) -> Timeline:
    """Return the timeline of a stretch, with a day more at either end for the zone's distance from UTC."""
    first = EPOCH.date() + (number * STRETCH_DAYS - DAYS_MET) * DAY
    return timeline(zone(schedule.zone), tuple(_days(schedule, first, DAYS_MET + STRETCH_DAYS + 2)))
