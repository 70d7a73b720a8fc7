"""A schedule as an `opening_hours` value of OpenStreetMap, for maps and navigation programs.

The value stands for the office's own clocks. It tells hours by appointment as `unknown "by appointment"`,
and nothing of holidays that the post has not confirmed. A wall time that a clock change skips or repeats is
left to whoever reads it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time
from itertools import groupby
from typing import NamedTuple

from embassy.consular.days import DAY, Day, Hours, WeeklyHours, clock, minutes
from embassy.consular.hours import Schedule
from embassy.consular.stretches import stretches

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
APPOINTMENT = ' unknown "by appointment"'
MOST = 255
DAY_AND_NIGHT = "24/7"
NEVER = "off"


class Told(NamedTuple):
    """What happens on each of some calendar days, the ends of the nights before among it."""

    first: date
    last: date
    hours: tuple[Hours, ...]


def written(schedule: Schedule, since: date) -> str:
    """Return the value that holds from a day on: weekly rules that add up, then days that differ.

    A rule of its own days replaces what the weekly ones say of them from midnight to midnight. Our closures
    take whole evenings with their nights, so the days beside a closed night are told in full.
    """
    weekly = ", ".join(_weekly(schedule, since)) or NEVER
    return "; ".join([weekly, *(_dated(told) for told in _joined(_told(schedule, since)))])


def fitting(value: str) -> str:
    """Return as many whole rules of a value, the nearest days first, as an OpenStreetMap tag holds."""
    return value if len(value) <= MOST else value[: MOST + 1].rpartition("; ")[0] or value


def _weekly(schedule: Schedule, since: date) -> Iterator[str]:
    held = [one for one in schedule.weekly if one.valid_to is None or one.valid_to >= since - DAY]
    if _is_always(held):
        yield DAY_AND_NIGHT
        return
    begins = (since - DAY).replace(month=1, day=1)

    def rule(one: WeeklyHours) -> tuple[str, bool]:
        return _validity(one, begins), one.by_appointment

    for (validity, by_appointment), together in groupby(sorted(held, key=rule), key=rule):
        rows = list(together)
        days = {day: tuple(sorted(one.hours for one in rows if one.weekday == day)) for day in range(7)}
        for spans in dict.fromkeys(days[day] for day in range(7) if days[day]):
            same = [day for day in range(7) if days[day] == spans]
            modifier = APPOINTMENT if by_appointment else ""
            yield f"{validity}{_weekdays(same)} {_times(spans)}{modifier}"


def _is_always(held: list[WeeklyHours]) -> bool:
    whole = {WeeklyHours(day, time(), time()) for day in range(7)}
    return set(held) == whole


def _validity(one: WeeklyHours, begins: date) -> str:
    first = one.valid_from or begins
    if one.valid_to:
        return f"{_day(first)}-{_day(one.valid_to)} "
    return f"{_day(first)}+ " if one.valid_from else ""


def _weekdays(same: list[int]) -> str:
    """Return weekdays as runs: two neighbours stand as a list, three or more as a range."""
    runs = [[day for _, day in run] for _, run in groupby(enumerate(same), lambda pair: pair[1] - pair[0])]
    named = (
        f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}" if len(run) > 2 else ",".join(WEEKDAYS[day] for day in run)
        for run in runs
    )
    return ",".join(named)


def _times(spans: Iterable[Hours]) -> str:
    return ",".join(f"{one.opens:%H:%M}-{_closing(one)}" for one in spans)


def _closing(hours: Hours) -> str:
    """Return when hours close; a whole day round is counted on, since 22:00-22:00 would be no time at all."""
    if hours.closes == time():
        return "24:00"
    if hours.closes == hours.opens:
        return f"{hours.closes.hour + 24:02}:{hours.closes.minute:02}"
    return f"{hours.closes:%H:%M}"


def _day(day: date) -> str:
    return f"{day.year:04} {MONTHS[day.month - 1]} {day.day:02}"


def _told(schedule: Schedule, since: date) -> Iterator[Told]:
    """Yield the days that differ, in their order: those of closures, and those after a night they touch."""
    nights = any(map(_is_overnight, _known(schedule)))
    for one in stretches(schedule, since - DAY):
        if one.day.closure and (nights or one.changes):
            yield Told(one.first, one.first, _calendar(one.before, one.day))
            if one.last > one.first:
                yield Told(one.first + DAY, one.last, _calendar(one.day, one.second))
        elif one.before.closure and any(map(_is_overnight, one.before.hours + one.before.removed)):
            yield Told(one.first, one.first, _calendar(one.before, one.day))


def _known(schedule: Schedule) -> Iterator[Hours]:
    yield from (one.hours for one in schedule.weekly)
    yield from (hours for one in schedule.in_force for hours in one.hours)


def _is_overnight(hours: Hours) -> bool:
    return time() < hours.closes <= hours.opens


def _calendar(before: Day, day: Day) -> tuple[Hours, ...]:
    """Return what a day has from midnight on: the ends of the night before, then its own hours.

    Readers disagree on which of two overlapping rules wins: what is open is cut out of what is not.
    """
    ends = (Hours(time(), one.closes, one.by_appointment) for one in before.hours if _is_overnight(one))
    several = {*ends, *day.hours}
    plain = [one for one in several if not one.by_appointment]
    asked = [one for one in several if one.by_appointment]
    for one in plain:
        asked = [part for other in asked for part in _beside(other, one)]
    return tuple(sorted([*plain, *asked]))


def _beside(asked: Hours, plain: Hours) -> Iterator[Hours]:
    """Yield what open hours leave of hours by appointment that begin on the same day."""
    (opens, closes), (begins, ends) = (minutes(one.opens, one.closes) for one in (asked, plain))
    for first, last in ((opens, min(closes, begins)), (max(opens, ends), closes)):
        if first < last:
            yield Hours(clock(first), clock(last), by_appointment=True)


def _joined(several: Iterable[Told]) -> Iterator[Told]:
    """Yield neighbouring days of like hours as one."""
    held: Told | None = None
    for told in several:
        if held and held.last + DAY == told.first and held.hours == told.hours:
            held = held._replace(last=told.last)
            continue
        if held:
            yield held
        held = told
    if held:
        yield held


def _dated(told: Told) -> str:
    """Return the rules of some days, those by appointment first."""
    days = _day(told.first) if told.first == told.last else f"{_day(told.first)}-{_day(told.last)}"
    kinds = ((True, APPOINTMENT), (False, ""))
    spans = [
        (tuple(one for one in told.hours if one.by_appointment is asked), words) for asked, words in kinds
    ]
    return ", ".join(f"{days} {_times(some)}{words}" for some, words in spans if some) or f"{days} {NEVER}"
