"""Posts, closures and moments for the tests of consular hours."""

from datetime import date, datetime, time

from embassy.consular.hours import Closure, Schedule, WeeklyHours
from embassy.consular.vocabulary import Cause, Confirmation

TUESDAY = date(2026, 7, 14)
NIGHT = (time(22), time(6))
WORKDAYS = tuple(WeeklyHours(weekday, time(9), time(17)) for weekday in range(5))
NIGHTLY = tuple(WeeklyHours(weekday, *NIGHT) for weekday in range(7))


def closed_on(
    first: date,
    last: date | None = None,
    cause: Cause = Cause.host_holiday,
    status: Confirmation = Confirmation.confirmed,
    instead: tuple[tuple[time, time], ...] = (),
) -> Closure:
    return Closure(first, last or first, cause, status, instead)


def brussels(*shut: Closure, weekly: tuple[WeeklyHours, ...] = WORKDAYS) -> Schedule:
    return Schedule("Europe/Brussels", weekly, shut)


def utc(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}Z")
