"""What stands on an office's door at a moment: its state, this week, closures and services."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from embassy.consular import osm
from embassy.consular.hours import Closure, Day, Hours, next_closures, week
from embassy.consular.models import Office
from embassy.consular.schedules import EMERGENCY, GENERAL, local_day, outlook, runs, schedule, services
from embassy.consular.vocabulary import Channel, Service
from embassy.consular.wording import Told, told

CLOSURES = 3
OLD = timedelta(days=365)


@dataclass(frozen=True)
class Counter:
    """One service through one channel: its state and this week's hours, neighbouring days together."""

    service: Service
    channel: Channel
    told: Told
    runs: tuple[tuple[date, date, tuple[Hours, ...]], ...]


@dataclass(frozen=True)
class Door:
    """An office at a moment, on its own clocks. `is_old`: the post confirmed its hours over a year ago.

    `opening_hours` is what an OpenStreetMap tag holds of its hours.
    """

    today: date
    state: Told
    week: tuple[Day, ...]
    closures: tuple[Closure, ...]
    emergency: Told | None
    counters: tuple[Counter, ...]
    is_old: bool
    opening_hours: str
    holds_until: datetime


def door(office: Office, at: datetime) -> Door:
    """Return what is to be said of an office at a moment (aware)."""
    today = local_day(at, office.zone)
    schedules = {one: schedule(office, *one) for one in (GENERAL, *services(office))}
    found = {one: outlook(schedules[one], at) for one in schedules}
    counters = tuple(
        Counter(*one, told(found[one]), tuple(runs(week(schedules[one], today))))
        for one in schedules
        if one not in (GENERAL, EMERGENCY)
    )
    return Door(
        today=today,
        state=told(found[GENERAL]),
        week=week(schedules[GENERAL], today),
        closures=next_closures(schedules[GENERAL], today, CLOSURES),
        emergency=told(found[EMERGENCY]) if EMERGENCY in found else None,
        counters=counters,
        is_old=office.hours_confirmed_on is not None and today - office.hours_confirmed_on > OLD,
        opening_hours=osm.fitting(osm.written(schedules[GENERAL], today)),
        holds_until=min(one.holds_until for one in found.values()),
    )
