"""Which days of the weeks ahead a change of hours or closures alters, service by service."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from embassy.consular.hours import Day, Hours, Schedule, week
from embassy.consular.models import Office, OfficeClosure, ServiceHours
from embassy.consular.schedules import schedule, services
from embassy.consular.vocabulary import Channel, Service
from embassy.core.facts import Values

AHEAD = 60


@dataclass(frozen=True)
class Foreseen:
    """The days on which one service through one channel keeps other hours: before, and after."""

    service: Service
    channel: Channel
    days: tuple[tuple[date, tuple[Hours, ...], tuple[Hours, ...]], ...]


def foreseen(before: Values, after: Values, first: date) -> list[Foreseen]:
    """Return what changes in the next 60 days, the first of them included; nothing where no day does."""
    old, new = _office(before), _office(after)
    known = dict.fromkeys([*services(old), *services(new)])
    found = [
        Foreseen(*one, tuple(_changed(schedule(old, *one), schedule(new, *one), first))) for one in known
    ]
    return [one for one in found if one.days]


def _changed(
    old: Schedule, new: Schedule, first: date
) -> Iterator[tuple[date, tuple[Hours, ...], tuple[Hours, ...]]]:
    for before, after in zip(_days(old, first), _days(new, first), strict=True):
        if before.hours != after.hours:
            yield before.day, before.hours, after.hours


def _days(held: Schedule, first: date) -> Iterator[Day]:
    last = first + timedelta(days=AHEAD - 1)
    for ahead in range(0, AHEAD + 7, 7):
        yield from (one for one in week(held, first + timedelta(days=ahead)) if first <= one.day <= last)


def _office(values: Values) -> Office:
    """Return an office that nobody keeps, with the hours and closures of some values."""
    return Office(
        zone=values["zone"],
        hours=[ServiceHours(**one) for one in values["hours"]],
        closures=[OfficeClosure(**one) for one in values["closures"]],
    )
