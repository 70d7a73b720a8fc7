"""Repetition of events: the RRULE value checked (RFC 5545 section 3.3.10), and its occurrences."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from types import MappingProxyType

from dateutil.rrule import rrulestr

from embassy.core.messages import Message, say
from embassy.core.tzdb import zone as zone_named

CENTURY = timedelta(days=36525)
# dateutil would seek every 30 February until the year 9999; with this interval it looks at one year only.
FAR = "120000"
_DAY = timedelta(days=1)
_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"


def _several(shape: str) -> re.Pattern[str]:
    return re.compile(rf"{shape}(?:,{shape})*")


# What every calendar program reads, FREQ first as some insist; BYWEEKNO and BYYEARDAY are widely ignored.
SHAPES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
        "UNTIL": re.compile(r"[12]\d{7}(?:T\d{6}Z)?"),
        "COUNT": re.compile(r"[1-9]\d{0,3}"),
        "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
        "BYMONTH": _several("(?:1[0-2]|[1-9])"),
        "BYMONTHDAY": _several("-?(?:3[01]|[12][0-9]|[1-9])"),
        "BYDAY": _several(f"(?:[+-]?[1-5])?{_WEEKDAY}"),
        "BYSETPOS": _several(r"-?[1-9]\d?"),
        "WKST": re.compile(_WEEKDAY),
    }
)


class RecurrenceError(ValueError):
    """A repetition that calendars could not follow; `message` says what to write instead."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Occurrence:
    """One time an event takes place: two dates, both included, or two aware datetimes in its zone."""

    start: date
    end: date


def check(value: str, start: date, zone: str | None = None) -> str:
    """The RRULE value in canonical form; RecurrenceError for one that calendars could not follow.

    `start` is the first occurrence: a date, or an aware datetime with the IANA name of its zone. A last day
    given to a timed event becomes the end of that day, in UTC as section 3.3.10 wants it.
    """
    parts = _parts(value)
    _check_together(parts)
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], zone)
    canonical = _joined(parts)
    first = _local(start, zone)
    if first.fold:
        raise RecurrenceError(
            say("A repeated event cannot start in the hour that the clock change repeats. Move its start.")
        )
    if list(_starts(_joined({**parts, "INTERVAL": FAR}), first, zone, horizon=first)) != [first]:
        raise RecurrenceError(
            say(
                "The repetition does not fall on the first date, %(start)s. Change one of them.",
                start=first.date(),
            )
        )
    return canonical


def occurrences(
    start: date,
    end: date,
    rrule: str | None,
    zone: str | None = None,
    exdates: Collection[date] = (),
    *,
    since: date,
    until: date | None = None,
) -> Iterator[Occurrence]:
    """In order, the occurrences of a checked rule that are not over at `since` and start by `until`.

    `since` and `until` are dates for an all-day event and aware datetimes for a timed one, as `start` and
    `end` are; without `until` the iterator ends after a century. Each lasts exactly as long as the first
    (section 3.8.5.3), and a start that a clock change skips moves on by the change (section 3.3.5).
    """
    until = since + CENTURY if until is None else until
    first = _local(start, zone)
    starts = [first] if rrule is None else _starts(rrule, first, zone, _local(until, zone) + _DAY)
    left_out = {_local(moment, zone) for moment in exdates}
    length = universal(end) - universal(start)
    for local in starts:
        began = _from_local(local, zone)
        if began > universal(until):
            return
        if began + length >= universal(since) and local not in left_out:
            yield Occurrence(_shown(began, zone), _shown(began + length, zone))


def universal(moment: date) -> datetime:
    """An aware datetime in UTC, or midnight UTC of a date; ValueError for a floating time."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), UTC)
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone.")
    return moment.astimezone(UTC)


def _local(moment: date, zone: str | None) -> datetime:
    """The zone's wall clock, as rules repeat it; without a zone, midnight."""
    there = universal(moment) if zone is None else universal(moment).astimezone(zone_named(zone))
    return there.replace(tzinfo=None)


def _from_local(local: datetime, zone: str | None) -> datetime:
    return local.replace(tzinfo=UTC if zone is None else zone_named(zone)).astimezone(UTC)


def _shown(moment: datetime, zone: str | None) -> date:
    return moment.date() if zone is None else moment.astimezone(zone_named(zone))


def _split(value: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in value.split(";"))


def _joined(parts: Mapping[str, str]) -> str:
    return ";".join(f"{name}={parts[name]}" for name in SHAPES if name in parts)


def _starts(canonical: str, first: datetime, zone: str | None, horizon: datetime) -> Iterator[datetime]:
    """The starts up to the horizon, by the wall clock."""
    parts = _split(canonical)
    count = parts.pop("COUNT", None)
    until = parts.pop("UNTIL", None)
    last = horizon if until is None else min(horizon, _local(_instant(until), zone))
    parts["UNTIL"] = f"{last:%Y%m%dT%H%M%S}"
    return islice(rrulestr(_joined(parts), dtstart=first), None if count is None else int(count))


def _instant(until: str) -> datetime:
    shape = "%Y%m%dT%H%M%SZ" if "T" in until else "%Y%m%d"
    return datetime.strptime(until, shape).replace(tzinfo=UTC)


def _until(text: str, zone: str | None) -> str:
    try:
        last = _instant(text)
    except ValueError:
        raise _wrong("UNTIL", text) from None
    if zone is None:
        if "T" in text:
            raise RecurrenceError(
                say("An all-day event repeats until a day. Write UNTIL=%(day)s.", day=text.partition("T")[0])
            )
        return text
    if "T" not in text:
        end_of_day = datetime.combine(last, time(23, 59, 59), zone_named(zone))
        last = end_of_day.astimezone(UTC)
    return f"{last:%Y%m%dT%H%M%SZ}"


def _wrong(name: str, text: str) -> RecurrenceError:
    return RecurrenceError(say("%(part)s cannot be “%(text)s” in a repetition.", part=name, text=text))


def _parts(value: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in value.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, text = part.partition("=")
        if not equals or name in parts:
            raise RecurrenceError(
                say("“%(part)s” is misplaced. A repetition reads like FREQ=YEARLY;BYMONTH=11.", part=part)
            )
        if name not in SHAPES:
            raise RecurrenceError(
                say("Calendars do not agree on %(part)s. Use %(parts)s.", part=name, parts=", ".join(SHAPES))
            )
        if SHAPES[name].fullmatch(text) is None:
            raise _wrong(name, text)
        parts[name] = text
    return parts


def _check_together(parts: Mapping[str, str]) -> None:
    """What section 3.3.10 forbids between the parts."""
    often = parts.get("FREQ")
    if often is None:
        raise RecurrenceError(say("A repetition needs FREQ, for example FREQ=YEARLY."))
    if "COUNT" in parts and "UNTIL" in parts:
        raise RecurrenceError(say("A repetition ends by COUNT or by UNTIL. Leave one of them out."))
    if often in ("DAILY", "WEEKLY") and any(sign.isdigit() for sign in parts.get("BYDAY", "")):
        raise RecurrenceError(say("A numbered weekday such as 2MO needs FREQ=MONTHLY or FREQ=YEARLY."))
    if often == "WEEKLY" and "BYMONTHDAY" in parts:
        raise RecurrenceError(say("A day of the month needs FREQ=MONTHLY or FREQ=YEARLY."))
    if "BYSETPOS" in parts and not parts.keys() & {"BYMONTH", "BYMONTHDAY", "BYDAY"}:
        raise RecurrenceError(say("BYSETPOS chooses among days. Name them with BYDAY or BYMONTHDAY."))
