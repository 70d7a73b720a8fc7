"""What stands on an office's door at a moment: its state, this week, closures and services."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from embassy.consular import osm
from embassy.consular.hours import Closure, Day, Hours, Schedule, next_closures, week
from embassy.consular.models import Office
from embassy.consular.schedules import (
    EMERGENCY,
    GENERAL,
    Outlook,
    local_day,
    outlook,
    runs,
    schedule,
    services,
)
from embassy.consular.vocabulary import Channel, Service
from embassy.consular.wording import Told, told

CLOSURES = 3


@dataclass(frozen=True)
class Counter:
    """One service through one channel: its state and this week's hours, neighbouring days together."""

    service: Service
    channel: Channel
    told: Told
    runs: tuple[tuple[date, date, tuple[Hours, ...]], ...]


@dataclass(frozen=True)
class Door:
    """An office at a moment, on its own clocks. `is_old`: long ago the post confirmed its hours.

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


def counter(one: tuple[Service, Channel], plan: Schedule, found: Outlook) -> Counter:
    """Return what is to be said of a service through a channel: its schedule, and what that finds."""
    days = week(plan, local_day(found.at, plan.zone))
    return Counter(*one, told(found), tuple(runs(days)))


def door(office: Office, at: datetime, confirmed_for: int) -> Door:
    """Return what is to be said of an office at a moment (aware), whose confirmation holds so many days."""
    today = local_day(at, office.zone)
    schedules = {one: schedule(office, *one) for one in (GENERAL, *services(office))}
    found = {one: outlook(schedules[one], at) for one in schedules}
    counters = tuple(
        counter(one, schedules[one], found[one]) for one in schedules if one not in (GENERAL, EMERGENCY)
    )
    return Door(
        today=today,
        state=told(found[GENERAL]),
        week=week(schedules[GENERAL], today),
        closures=next_closures(schedules[GENERAL], today, CLOSURES),
        emergency=told(found[EMERGENCY]) if EMERGENCY in found else None,
        counters=counters,
        is_old=is_old(office.hours_confirmed_on, today, confirmed_for),
        opening_hours=osm.fitting(osm.written(schedules[GENERAL], today)),
        holds_until=min(one.holds_until for one in found.values()),
    )


def is_old(confirmed: date | None, today: date, confirmed_for: int) -> bool:
    """Say whether hours were confirmed, and that more days ago than a confirmation holds."""
    return confirmed is not None and today - confirmed > timedelta(days=confirmed_for)
