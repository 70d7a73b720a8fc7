"""What office hours are made of: weekly hours, closures, and what a day and an instant have of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from embassy.consular.vocabulary import Cause, Confirmation
from embassy.core.facts import Refusal
from embassy.core.messages import say

DAY = timedelta(days=1)
SOME_DAY = date(2000, 1, 1)


class Opening(StrEnum):
    """What somebody who comes at an instant finds."""

    open = "open"
    closed = "closed"
    by_appointment = "by_appointment"


OPENINGS = {
    Opening.open: say("Open"),
    Opening.closed: say("Closed"),
    Opening.by_appointment: say("By appointment only"),
}


class Hours(NamedTuple):
    """Wall times of one day; `closes` at or before `opens` lies on the next day, 00:00 is 24:00."""

    opens: time
    closes: time
    by_appointment: bool = False


@dataclass(frozen=True)
class WeeklyHours:
    """Hours on one weekday (Monday is 0), from `valid_from` to `valid_to`, both included.

    Validity and weekday are those of the day on which the hours begin.
    """

    weekday: int
    opens: time
    closes: time
    by_appointment: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def hours(self) -> Hours:
        return Hours(self.opens, self.closes, self.by_appointment)

    def hold_on(self, day: date) -> bool:
        return (
            day.weekday() == self.weekday
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class Closure:
    """Days from `first` to `last` on which `hours_instead` replace the weekly hours; none means closed.

    The hours instead hold on each of the days, whatever its weekday. `reason` is passed through.
    """

    first: date
    last: date
    cause: Cause
    status: Confirmation
    hours_instead: tuple[tuple[time, time], ...] = ()
    reason: Any = None

    @property
    def hours(self) -> tuple[Hours, ...]:
        return tuple(sorted(Hours(opens, closes) for opens, closes in self.hours_instead))

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class State:
    """What an instant finds, the closure that decides it, and proposals for that day.

    `closure` is there also while its hours instead are open.
    """

    opening: Opening
    closure: Closure | None = None
    unconfirmed: tuple[Closure, ...] = ()


@dataclass(frozen=True)
class Day:
    """The hours that begin on a day, the closure that decides them, and proposals that do not yet.

    `removed` are the weekly hours that the closure replaces.
    """

    day: date
    hours: tuple[Hours, ...]
    closure: Closure | None = None
    unconfirmed: tuple[Closure, ...] = ()
    removed: tuple[Hours, ...] = ()


@dataclass(frozen=True)
class Interval:
    """A time, in UTC, during which the opening is the same."""

    begins: datetime
    ends: datetime
    opening: Opening


def overlaps(weekly: Sequence[WeeklyHours]) -> tuple[Refusal, ...]:
    """Return a refusal for all hours that overlap earlier ones, at (position, "opens")."""
    return tuple(
        Refusal(
            (position, "opens"),
            hours.opens,
            say(
                "These hours overlap those in line %(line)d, from %(opens)s to %(closes)s. "
                "Change the times of one of them, or the dates from and to which they hold.",
                line=line,
                opens=f"{earlier.opens:%H:%M}",
                closes=f"{earlier.closes:%H:%M}",
            ),
        )
        for position, hours in enumerate(weekly)
        for line, earlier in enumerate(weekly[:position], start=1)
        if any(_overlap(earlier, hours, ahead) for ahead in (-1, 0, 1))
    )


def minutes(opens: time, closes: time) -> tuple[int, int]:
    """Return hours as minutes from the midnight before they begin."""
    first, last = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    return first, last if last > first else last + 24 * 60


def clock(minute: int) -> time:
    """Return the time so many minutes after a midnight."""
    return time(minute // 60 % 24, minute % 60)


def wall_times(day: date, hours: Hours | WeeklyHours) -> tuple[datetime, datetime]:
    """Return when hours that begin on the day open and close, by the clock on the wall."""
    opens, closes = datetime.combine(day, hours.opens), datetime.combine(day, hours.closes)
    return opens, closes if closes > opens else closes + DAY


def _overlap(one: WeeklyHours, other: WeeklyHours, ahead: int) -> bool:
    """Say whether hours share a minute where the other ones begin so many days after the first."""
    if (one.weekday + ahead) % 7 != other.weekday:
        return False
    (begins, ends), (opens, closes) = wall_times(SOME_DAY, one), wall_times(SOME_DAY + ahead * DAY, other)
    if ends <= opens or closes <= begins:
        return False
    earliest = max(_ordinal(one.valid_from, date.min), _ordinal(other.valid_from, date.min) - ahead)
    latest = min(_ordinal(one.valid_to, date.max), _ordinal(other.valid_to, date.max) - ahead)
    return earliest + (one.weekday + 1 - earliest) % 7 <= latest


def _ordinal(day: date | None, default: date) -> int:
    return (day or default).toordinal()
