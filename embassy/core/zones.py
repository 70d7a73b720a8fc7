"""VTIMEZONE components that agree with the tz database at every clock change (RFC 5545 section 3.6.5)."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDatetime, vInline, vUTCOffset

from embassy.core.tzdb import Chronicle, ClockChange, chronicle

# Readers guess at times before the first observance; Outlook's calendar begins here.
BEGINNING = datetime(1601, 1, 1, tzinfo=UTC)


def vtimezone(name: str, first: datetime, last: datetime) -> Timezone:
    """The zone's VTIMEZONE, true from `first` to `last` (aware); UnknownZoneError for an unknown name.

    Changes that follow the POSIX footer are two observances with one yearly BYDAY each (Outlook reads no
    more); they start where the footer began to hold, so the bytes stay while the years pass, and they are
    true beyond `last` too. All others, and those of a footer whose clock leaves its day (Cairo, Nuuk), are
    one observance per change.
    """
    known = chronicle(name)
    changes = known.changes(until=last)
    settled = _settled(known, changes)
    component = Timezone()
    component["TZID"] = vInline(name)
    for change in _single(known, changes, settled, first):
        if change.at <= last:
            component.add_component(_observance(change))
    if settled < len(changes) and changes[settled].at <= last:
        rules = {rule.after: rule.rrule for rule in known.yearly}
        for change in changes[settled : settled + 2]:
            component.add_component(_observance(change, rules[change.after]))
    return component


def _settled(known: Chronicle, changes: tuple[ClockChange, ...]) -> int:
    """The position from which every change follows the footer and can be said with one BYDAY."""
    position = len(changes)
    if all(rule.plain for rule in known.yearly):
        while position and _follows(known, changes[position - 1]):
            position -= 1
    return position


def _follows(known: Chronicle, change: ClockChange) -> bool:
    return any(rule.in_year(change.at.year) == change for rule in known.yearly)


def _single(
    known: Chronicle, changes: tuple[ClockChange, ...], settled: int, first: datetime
) -> Iterator[ClockChange]:
    """The changes that need an observance of their own, from the one in force at `first`."""
    begin = bisect_right(changes, first, key=lambda change: change.at) - 1
    if begin >= settled:
        return
    # Outlook wants a STANDARD part in every zone.
    while begin >= 0 and changes[begin].summer:
        begin -= 1
    if begin < 0:
        offset, _, abbreviation = known.first
        yield ClockChange(BEGINNING - offset, offset, offset, abbreviation, summer=False)
    yield from changes[max(begin, 0) : settled]


def _observance(change: ClockChange, rrule: str | None = None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.summer else TimezoneStandard()
    part["DTSTART"] = vDatetime((change.at + change.before).replace(tzinfo=None))
    part["TZOFFSETFROM"] = vUTCOffset(change.before)
    part["TZOFFSETTO"] = vUTCOffset(change.after)
    part["TZNAME"] = vInline(change.name)
    if rrule is not None:
        part["RRULE"] = vInline(rrule)
    return part
