"""Runs of days on which one closure, or none, decides the hours, for formats with dated rules."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from embassy.consular.days import DAY, Day
from embassy.consular.hours import Schedule, week


class Stretch(NamedTuple):
    """Days from the first to the last: the first of them, the day before it, and the day after that first.

    `changes`: the closure that decides keeps other hours than usual on some of the days.
    """

    first: date
    last: date
    before: Day
    day: Day
    second: Day
    changes: bool


def stretches(schedule: Schedule, since: date) -> Iterator[Stretch]:
    """Yield the stretches from a day on, in their order, up to the first day after the last closure."""
    edges = sorted({max(edge, since) for edge in _edges(schedule)})
    for first, following in pairwise([*edges, *(edge + DAY for edge in edges[-1:])]):
        last = following - DAY
        yield Stretch(
            first,
            last,
            _found(schedule, first - DAY),
            _found(schedule, first),
            _found(schedule, first + DAY),
            _changes(schedule, first, last),
        )


def _edges(schedule: Schedule) -> Iterator[date]:
    """Yield the days from which on another closure decides, or the weekly hours are other ones."""
    for closure in schedule.in_force:
        yield from (closure.first, closure.last + DAY)
    for weekly in schedule.weekly:
        yield from filter(None, (weekly.valid_from, weekly.valid_to and weekly.valid_to + DAY))


def _found(schedule: Schedule, day: date) -> Day:
    return week(schedule, day)[day.weekday()]


def _changes(schedule: Schedule, first: date, last: date) -> bool:
    """Look at each weekday once: between two edges all weeks are alike."""
    days = (_found(schedule, first + ahead * DAY) for ahead in range(min(7, (last - first).days + 1)))
    return any(day.closure is not None and day.hours != day.removed for day in days)
