"""What an event may say, and what follows from a change of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from embassy.core import recurrence
from embassy.core.calendar import counted
from embassy.core.facts import Refusal, Values
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN, PartialDate
from embassy.core.tzdb import zone as zone_named
from embassy.events.feed import span
from embassy.events.models import Event, Occurrence

DAYS_AHEAD = 30 * 366
MOVES = (
    "first_day",
    "last_day",
    "starts",
    "ends",
    "zone",
    "recurrence",
    "place",
    "city",
    "country",
    "status",
)


def check(values: Values) -> list[Refusal]:
    """Return what in an event's facts does not fit together."""
    first, last = values["first_day"], values["last_day"] or UNKNOWN
    refusals = []
    if last.is_before(first):
        refusals.append(Refusal(("last_day",), last, say("The last day cannot lie before the first.")))
    if values["starts"] and not first.is_exact:
        refusals.append(Refusal(("starts",), values["starts"], say("A time needs an exact first day.")))
    if values["ends"] and not values["starts"]:
        refusals.append(Refusal(("ends",), values["ends"], say("An end needs a start.")))
    if values["recurrence"]:
        refusals += _wrong_recurrence(values)
    if (values["latitude"] is None) != (values["longitude"] is None):
        refusals.append(Refusal(("longitude",), None, say("Latitude and longitude stand together.")))
    return [*refusals, *_ends_too_early(values)]


def _wrong_recurrence(values: Values) -> Iterator[Refusal]:
    first: PartialDate = values["first_day"]
    if not first.is_exact or first.earliest is None:
        yield Refusal(("recurrence",), values["recurrence"], say("A repetition needs an exact first day."))
        return
    try:
        recurrence.check(values["recurrence"], *_start(first.earliest, values["starts"], values["zone"]))
    except recurrence.RecurrenceError as error:
        yield Refusal(("recurrence",), values["recurrence"], error.message)


def _ends_too_early(values: Values) -> Iterator[Refusal]:
    facts = (values[name] for name in ("first_day", "last_day", "starts", "ends", "zone"))
    when = span(*facts)
    if when is not None and values["ends"] and when.ends_at.astimezone(UTC) <= when.begins_at.astimezone(UTC):
        yield Refusal(
            ("ends",), values["ends"], say("The end lies after the start; a last day is an exact one.")
        )


def _start(day: date, starts: time | None, zone: str) -> tuple[date, str | None]:
    if starts is None:
        return day, None
    return datetime.combine(day, starts, zone_named(zone)), zone


def revise(before: Values | None, after: dict[str, Any]) -> dict[str, Any]:
    """Write the repetition canonically; raise the sequence when time, place or status changed."""
    if after["recurrence"]:
        start = _start(after["first_day"].earliest, after["starts"], after["zone"])
        after = {**after, "recurrence": recurrence.check(after["recurrence"], *start)}
    return counted(before, after, MOVES)


def project(event: Event) -> None:
    """Work out the days on which the event takes place, thirty years ahead where it repeats."""
    event.occurrences = [Occurrence(first_day=first, last_day=last) for first, last in _days(event)]


def _days(event: Event) -> Iterator[tuple[date, date]]:
    first, last = event.first_day.earliest, event.last_day.latest or event.first_day.latest
    if first is None or last is None:
        return
    if not event.recurrence:
        yield first, last
        return
    start, zone = _start(first, event.starts, event.zone)
    until = start + timedelta(days=DAYS_AHEAD)
    for found in recurrence.occurrences(start, start, event.recurrence, zone, since=start, until=until):
        day = found.start.date() if isinstance(found.start, datetime) else found.start
        yield day, day + (last - first)
