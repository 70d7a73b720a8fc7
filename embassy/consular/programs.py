"""An office's hours for programs: the state now, rules, days that differ, and intervals in UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from flask import url_for

from embassy.consular import hours, labels, osm
from embassy.consular.days import DAY, Closure, Day, Hours, WeeklyHours
from embassy.consular.hours import Schedule
from embassy.consular.models import Office
from embassy.consular.schedules import GENERAL, WEEKDAYS, Outlook, local_day, outlook, schedule, services
from embassy.consular.vocabulary import Channel, Service
from embassy.core.messages import say
from embassy.core.tzdb import zone
from embassy.web.answer import soonest
from embassy.web.formats import clock
from embassy.web.house import language
from embassy.web.locale import translate
from embassy.web.page import absolute

NOTES = (
    say("Weekly hours, days and closures are told on the office’s clocks; moments and intervals in UTC."),
    say("Hours past midnight belong to the day on which they begin: its closure removes all of them."),
    say("What the post has not confirmed closes nothing yet; it stands among the closures as proposed."),
    say(
        "opening_hours says nothing of proposed closures, and of a time that the clocks skip or repeat only "
        "what clocks show; the intervals are exact."
    ),
)


def told(office: Office, at: datetime, days: int) -> tuple[dict[str, Any], datetime | None]:
    """Return what programs are told of an office at a moment (aware), and until when it is true.

    Intervals run from the midnight before that moment, on the office's clocks, for so many days.
    """
    today = local_day(at, office.zone)
    edges = _midnight(office, today), _midnight(office, today + days * DAY)
    schedules = {one: schedule(office, *one) for one in dict.fromkeys((GENERAL, *services(office)))}
    found = {one: outlook(schedules[one], at) for one in schedules}
    answer = {
        "office": str(office.uid),
        "url": absolute(url_for("consular.show", slug=office.slug)),
        "language": language().tag,
        "zone": office.zone,
        "today": str(today),
        "from": _utc(edges[0]),
        "to": _utc(edges[1]),
        "confirmed_on": str(office.hours_confirmed_on) if office.hours_confirmed_on else None,
        "services": [
            {**_whose(one), **_now(found[one]), **_hours(schedules[one], today, edges)} for one in schedules
        ],
        "notes": [translate(note) for note in NOTES],
    }
    return answer, soonest(*(one.holds_until for one in found.values()))


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(0), zone(office.zone)).astimezone(UTC)


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _whose(one: tuple[Service, Channel]) -> dict[str, str]:
    service, channel = one
    return {
        "service": service,
        "channel": channel,
        "name": translate(labels.SERVICES[service]),
        "reached": translate(labels.CHANNELS[channel]),
    }


def _now(found: Outlook) -> dict[str, Any]:
    """Return the state: `until` ends an opening, `next_opening` is the next one."""
    return {
        "state": found.case,
        "until": _utc(found.until),
        "next_opening": _utc(found.opens),
        "closed_for": found.closure.reason.best(language())[1] if found.closure else None,
        "in_doubt": found.doubt.reason.best(language())[1] if found.doubt else None,
    }


def _hours(held: Schedule, today: date, edges: tuple[datetime, datetime]) -> dict[str, Any]:
    return {
        "weekly": [_weekly(one) for one in held.weekly],
        "week": [_day(one) for one in hours.week(held, today)],
        "closures": [_closure(one) for one in hours.closures(held, today, date.max)],
        "intervals": [
            {"begins": _utc(one.begins), "ends": _utc(one.ends), "opening": one.opening}
            for one in hours.intervals(held, *edges)
        ],
        "opening_hours": osm.written(held, today),
    }


def _weekly(one: WeeklyHours) -> dict[str, Any]:
    return {
        "weekday": WEEKDAYS[one.weekday],
        **_span(one.hours),
        "valid_from": str(one.valid_from) if one.valid_from else None,
        "valid_to": str(one.valid_to) if one.valid_to else None,
    }


def _span(one: Hours) -> dict[str, Any]:
    return {"opens": clock(one.opens), "closes": clock(one.closes), "by_appointment": one.by_appointment}


def _day(one: Day) -> dict[str, Any]:
    reason = one.closure.reason.reason.best(language())[1] if one.closure else None
    return {"day": str(one.day), "hours": _spans(one.hours), "differs_for": reason}


def _spans(several: Iterable[Hours]) -> list[dict[str, Any]]:
    return [_span(one) for one in several]


def _closure(one: Closure) -> dict[str, Any]:
    return {
        "uid": str(one.reason.uid),
        "first": str(one.first),
        "last": str(one.last),
        "cause": one.cause,
        "status": one.status,
        "hours": _spans(one.hours),
        "reason": one.reason.reason.best(language())[1],
    }
