"""An office's schedules, one for each service and channel, and what each finds at a moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, groupby

from embassy.consular import hours
from embassy.consular.days import clock, minutes
from embassy.consular.hours import Closure, Day, Hours, Opening, Schedule, WeeklyHours
from embassy.consular.models import Office, OfficeClosure
from embassy.consular.vocabulary import Channel, Confirmation, Service, Weekday
from embassy.core.tzdb import zone
from embassy.web.answer import soonest

GENERAL = (Service.general_enquiries, Channel.counter)
EMERGENCY = (Service.emergency_assistance, Channel.emergency)
SOON = timedelta(minutes=30)
AHEAD = timedelta(days=15)
WEEKDAYS = tuple(Weekday)


def schedule(office: Office, service: Service, channel: Channel) -> Schedule:
    """Return the hours of one service through one channel.

    A closure of the whole office leaves its emergency line alone: that is when people need it.
    """
    touched = {service} if channel is Channel.emergency else {service, None}
    weekly = tuple(
        WeeklyHours(
            WEEKDAYS.index(one.weekday),
            one.opens,
            one.closes,
            one.by_appointment,
            one.valid_from,
            one.valid_to,
        )
        for one in office.hours
        if (one.service, one.channel) == (service, channel)
    )
    touching = (one for one in office.closures if one.service in touched)
    if (service, channel) == GENERAL:
        return Schedule(office.zone, weekly, tuple(_closure(one) for one in touching))
    return Schedule(office.zone, weekly, tuple(chain.from_iterable(_of(one, weekly) for one in touching)))


def services(office: Office) -> list[tuple[Service, Channel]]:
    """Return what the office has hours for, general enquiries at the counter first."""
    known = {(one.service, one.channel) for one in office.hours}
    return [(service, channel) for service in Service for channel in Channel if (service, channel) in known]


def span(written: str) -> tuple[time, time]:
    """Return the times of hours written as 09:00-12:00; 24:00 is midnight at the end of the day."""
    opens, closes = (
        time(0) if clock == "24:00" else time.fromisoformat(clock) for clock in written.split("-")
    )
    return opens, closes


def _closure(one: OfficeClosure) -> Closure:
    instead = tuple(span(written) for written in one.hours)
    return Closure(one.first, one.last, one.cause, one.status, instead, reason=one)


@dataclass(frozen=True)
class _Kept(Closure):
    """A day on which the whole office keeps other hours: what these leave of one service's own."""

    kept: tuple[Hours, ...] = ()

    @property
    def hours(self) -> tuple[Hours, ...]:
        return self.kept


def _of(one: OfficeClosure, weekly: tuple[WeeklyHours, ...]) -> Iterable[Closure]:
    """Return what a closure means for one service; hours instead that are its own hold as they stand."""
    return _within(one, weekly) if one.hours and one.service is None else (_closure(one),)


def _within(one: OfficeClosure, weekly: tuple[WeeklyHours, ...]) -> Iterator[Closure]:
    """Yield each day of special hours: a service that is not there on that weekday does not open."""
    for ahead in range((one.last - one.first).days + 1):
        day = one.first + timedelta(days=ahead)
        met = (_meeting(own, span(written)) for own in weekly if own.hold_on(day) for written in one.hours)
        kept = tuple(sorted(hours for hours in met if hours is not None))
        yield _Kept(day, day, one.cause, one.status, reason=one, kept=kept)


def _meeting(own: WeeklyHours, other: tuple[time, time]) -> Hours | None:
    """Return what two runs of hours that begin on one day have in common."""
    (opens, closes), (begins, ends) = minutes(own.opens, own.closes), minutes(*other)
    first, last = max(opens, begins), min(closes, ends)
    return Hours(clock(first), clock(last), own.by_appointment) if first < last else None


class Case(StrEnum):
    """Which sentence tells the opening state."""

    open = "open"
    always = "always"
    soon = "soon"
    doubtful = "doubtful"
    appointment = "appointment"
    closed = "closed"
    shut = "shut"
    unknown = "unknown"


@dataclass(frozen=True)
class Outlook:
    """What a service's schedule finds at a moment; moments are aware UTC.

    `until` ends an opening, `opens` is the next one. `closure` is why it is shut today. `doubt` is a
    holiday that the post has not confirmed, today or on the day of the next opening, `doubted` that day.
    """

    case: Case
    at: datetime
    zone: str
    until: datetime | None = None
    opens: datetime | None = None
    closure: OfficeClosure | None = None
    doubt: OfficeClosure | None = None
    doubted: date | None = None

    @property
    def holds_until(self) -> datetime:
        """Return when it must be worked out again: closing draws near, something changes, or midnight."""
        warned = self.until - SOON if self.until and self.until - SOON > self.at else None
        moments = soonest(warned, self.until, self.opens, next_midnight(self.at, self.zone))
        return moments or self.at


def outlook(schedule: Schedule, at: datetime) -> Outlook:
    """Work out what is to be said of a schedule at a moment (aware)."""
    if not schedule.weekly and not any(closure.hours for closure in schedule.in_force):
        return Outlook(Case.unknown, at, schedule.zone)
    found = hours.state(schedule, at)
    until = hours.next_change(schedule, at) if found.opening is not Opening.closed else None
    opens = _next_opening(schedule, at)
    shut = found.closure if found.opening is Opening.closed and found.closure else None
    doubted, doubt = _doubt(schedule, at, found.opening, opens)
    return Outlook(
        case=_case(found, at, until, doubted == local_day(at, schedule.zone)),
        at=at,
        zone=schedule.zone,
        until=until,
        opens=opens,
        closure=shut.reason if shut else None,
        doubt=doubt.reason if doubt else None,
        doubted=doubted,
    )


def local_day(at: datetime, zone_name: str) -> date:
    """Return the day it is in a zone."""
    return at.astimezone(zone(zone_name)).date()


def runs(days: Iterable[Day]) -> Iterator[tuple[date, date, tuple[Hours, ...]]]:
    """Yield neighbouring days with the same hours, from first to last; days without hours are left out."""
    for same, together in groupby(days, key=lambda day: day.hours):
        if same:
            neighbours = list(together)
            yield neighbours[0].day, neighbours[-1].day, same


def _case(found: hours.State, at: datetime, until: datetime | None, doubtful: bool) -> Case:
    if found.opening is Opening.closed:
        return Case.shut if found.closure and not found.closure.hours else Case.closed
    if doubtful:
        return Case.doubtful
    if found.opening is Opening.by_appointment:
        return Case.appointment
    if until is None:
        return Case.always
    return Case.soon if until - at <= SOON else Case.open


def _next_opening(schedule: Schedule, at: datetime) -> datetime | None:
    """Return when it opens next after being closed, or None where it never closes or never opens."""
    moment: datetime | None = at
    while moment and moment - at < AHEAD and hours.state(schedule, moment).opening is not Opening.closed:
        moment = hours.next_change(schedule, moment)
    if moment is None or hours.state(schedule, moment).opening is not Opening.closed:
        return None
    return hours.next_change(schedule, moment)


def _doubt(
    schedule: Schedule, at: datetime, opening: Opening, opens: datetime | None
) -> tuple[date | None, Closure | None]:
    """Return the day in doubt and the proposal that puts it there: today while open, else the next day."""
    asked = opens if opening is Opening.closed else at
    if asked is None:
        return None, None
    day = local_day(asked, schedule.zone)
    telling = hours.closures(schedule, day, day)
    doubt = next((closure for closure in telling if closure.status is Confirmation.proposed), None)
    return (day, doubt) if doubt else (None, None)


def next_midnight(at: datetime, zone_name: str) -> datetime:
    """Return the moment at which the day changes in a zone."""
    following = local_day(at, zone_name) + timedelta(days=1)
    return datetime.combine(following, time(0), zone(zone_name)).astimezone(UTC)
