"""A schedule as an `opening_hours` value of OpenStreetMap, for maps and navigation programs.

The value stands for the office's own clocks. It tells hours by appointment as `unknown "by appointment"`,
and nothing of holidays that the post has not confirmed. A wall time that a clock change skips or repeats is
left to whoever reads it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time
from itertools import groupby, pairwise
from typing import NamedTuple

from embassy.consular.days import DAY, Day, Hours, WeeklyHours
from embassy.consular.hours import Schedule, week

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
    edges = sorted({max(edge, since - DAY) for edge in _edges(schedule)})
    nights = any(map(_is_overnight, _known(schedule)))
    for first, following in pairwise([*edges, *(edge + DAY for edge in edges[-1:])]):
        begins, before, last = _found(schedule, first), _found(schedule, first - DAY), following - DAY
        if begins.closure and (nights or _changes(schedule, first, last)):
            yield Told(first, first, _calendar(before, begins))
            if last > first:
                yield Told(first + DAY, last, _calendar(begins, _found(schedule, first + DAY)))
        elif before.closure and any(map(_is_overnight, before.hours + before.removed)):
            yield Told(first, first, _calendar(before, begins))


def _edges(schedule: Schedule) -> Iterator[date]:
    """Yield the days from which on another closure decides, or the weekly hours are other ones."""
    for closure in schedule.in_force:
        yield from (closure.first, closure.last + DAY)
    for weekly in schedule.weekly:
        yield from filter(None, (weekly.valid_from, weekly.valid_to and weekly.valid_to + DAY))


def _known(schedule: Schedule) -> Iterator[Hours]:
    yield from (one.hours for one in schedule.weekly)
    yield from (hours for one in schedule.in_force for hours in one.hours)


def _is_overnight(hours: Hours) -> bool:
    return time() < hours.closes <= hours.opens


def _found(schedule: Schedule, day: date) -> Day:
    return week(schedule, day)[day.weekday()]


def _changes(schedule: Schedule, first: date, last: date) -> bool:
    """Say whether a closure changes the hours of any weekday it covers."""
    days = (_found(schedule, first + ahead * DAY) for ahead in range(min(7, (last - first).days + 1)))
    return any(day.hours != day.removed for day in days)


def _calendar(before: Day, day: Day) -> tuple[Hours, ...]:
    """Return what a day has from midnight on: the ends of the night before, then its own hours."""
    ends = (Hours(time(), one.closes, one.by_appointment) for one in before.hours if _is_overnight(one))
    return tuple(sorted({*ends, *day.hours}))


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
    """Return the rules of some days; where hours overlap those without an appointment come last and win."""
    days = _day(told.first) if told.first == told.last else f"{_day(told.first)}-{_day(told.last)}"
    kinds = ((True, APPOINTMENT), (False, ""))
    spans = [
        (tuple(one for one in told.hours if one.by_appointment is asked), words) for asked, words in kinds
    ]
    return ", ".join(f"{days} {_times(some)}{words}" for some, words in spans if some) or f"{days} {NEVER}"
