"""What an `opening_hours` text of OpenStreetMap says, as weekly hours and days that differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from embassy.consular.days import DAY, WeeklyHours
from embassy.consular.osm_syntax import SHUT, Misspelt, Range, Rule, rules
from embassy.core.messages import Message, say

APPOINTMENTS = ("by appointment", "on appointment", "appointment")
HOLIDAYS = say("Only “PH off” is read; hours on a public holiday are special hours of that day.")
COMMENT = say("“by appointment” is the one comment that hours may have. Write others under “notes”.")
ADDED_OFF = say("A comma adds hours and can take none away: put a semicolon before it.")
UNDONE = say("This rule would undo days that stand before it. Put rules of single days last.")
SPECIAL_BY_APPOINTMENT = say("Special hours of a day cannot be by appointment: write when the door is open.")


@dataclass(frozen=True)
class Special:
    """Days on which `spans` replace the weekly hours, none means closed, with the reason if one is given."""

    first: date
    last: date
    spans: tuple[tuple[time, time], ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Understood:
    """Weekly hours and special days; `holidays` tells that public holidays are closed, whichever they are."""

    weekly: tuple[WeeklyHours, ...] = ()
    special: tuple[Special, ...] = ()
    holidays: bool = False


def understood(text: str) -> Understood:
    """Return what a text says; raises Misspelt.

    A rule behind a semicolon replaces, on its days, what stands before it; one behind a comma adds hours.
    Hours past midnight belong to the day on which they begin, also where a later rule closes the next one.
    """
    found = Understood()
    for rule in rules(text):
        found = _after(found, rule)
    return found


def _after(before: Understood, rule: Rule) -> Understood:
    if rule.holidays:
        before = replace(before, holidays=_leaves_holidays(rule))
        if not rule.weekdays:
            return before
    shut = rule.modifier in SHUT
    if shut and rule.adds:
        raise _misspelt(rule, ADDED_OFF)
    asked = False if shut else _by_appointment(rule)
    if rule.ranges and not rule.weekdays and all(one.last for one in rule.ranges):
        return _with_days(before, rule, asked)
    return _with_weeks(before, rule, asked)


def _misspelt(rule: Rule, fix: Message) -> Misspelt:
    return Misspelt(rule.begins.column, rule.begins.said, fix)


def _leaves_holidays(rule: Rule) -> bool:
    if rule.modifier not in SHUT or rule.spans or rule.ranges:
        raise _misspelt(rule, HOLIDAYS)
    return True


def _by_appointment(rule: Rule) -> bool:
    """Say whether a rule's hours are by appointment: so it says, or it leaves open whether it is open."""
    if rule.comment and rule.comment.lower() not in APPOINTMENTS:
        raise _misspelt(rule, COMMENT)
    return bool(rule.comment) or rule.modifier == "Unknown"


def _spans(rule: Rule) -> tuple[tuple[time, time], ...]:
    """Return a rule's hours; open without a time is the whole day."""
    if rule.modifier in SHUT:
        return ()
    return rule.spans or ((time(), time()),)


def _with_days(before: Understood, rule: Rule, asked: bool) -> Understood:
    special, weekly = before.special, before.weekly
    for first, last in _whole(rule.ranges):
        same = next((one for one in special if (one.first, one.last) == (first, last)), None)
        if rule.adds and same is None:
            if _touched(special, Range(first, last), range(7)):
                raise _misspelt(rule, UNDONE)
            weekly += tuple(_weekly(rule, (Range(first, last),), range(7), asked))
            continue
        if asked:
            raise _misspelt(rule, SPECIAL_BY_APPOINTMENT)
        if rule.adds and same:
            added = replace(same, spans=(*same.spans, *_spans(rule)))
            special = tuple(added if one is same else one for one in special)
        else:
            reason = rule.comment if rule.modifier in SHUT else ""
            kept = (part for one in special for part in _beside(one, first, last))
            special = (*kept, Special(first, last, _spans(rule), reason))
    return replace(before, special=special, weekly=weekly)


def _with_weeks(before: Understood, rule: Rule, asked: bool) -> Understood:
    ranges = rule.ranges or (Range(None, None),)
    weekdays = rule.weekdays or range(7)
    if any(_touched(before.special, one, weekdays) for one in ranges):
        raise _misspelt(rule, UNDONE)
    weekly = before.weekly
    if not rule.adds:
        for one in ranges:
            weekly = tuple(part for hours in weekly for part in _outside(hours, one, weekdays))
    return replace(before, weekly=(*weekly, *_weekly(rule, ranges, weekdays, asked)))


def _whole(ranges: Iterable[Range]) -> Iterator[tuple[date, date]]:
    return ((one.first, one.last) for one in ranges if one.first and one.last)


def _weekly(
    rule: Rule, ranges: Iterable[Range], weekdays: Iterable[int], asked: bool
) -> Iterator[WeeklyHours]:
    for first, last in ranges:
        for weekday in sorted(weekdays):
            if _occurs(weekday, first, last):
                yield from (WeeklyHours(weekday, *span, asked, first, last) for span in _spans(rule))


def _occurs(weekday: int, first: date | None, last: date | None) -> bool:
    """Say whether there is such a weekday from the first to the last day."""
    return first is None or last is None or first + (weekday - first.weekday()) % 7 * DAY <= last


def _touched(special: Iterable[Special], within: Range, weekdays: Iterable[int]) -> bool:
    """Say whether some special day lies in a range and on one of the weekdays."""
    for one in special:
        first, last = max(one.first, within.first or one.first), min(one.last, within.last or one.last)
        if first <= last and any(_occurs(weekday, first, last) for weekday in weekdays):
            return True
    return False


def _beside(one: Special, first: date, last: date) -> Iterator[Special]:
    """Yield what other days leave of special ones."""
    if last < one.first or one.last < first:
        yield one
        return
    if one.first < first:
        yield replace(one, last=first - DAY)
    if last < one.last:
        yield replace(one, first=last + DAY)


def _outside(hours: WeeklyHours, within: Range, weekdays: Iterable[int]) -> Iterator[WeeklyHours]:
    """Yield what is left of weekly hours where a rule replaces them on some weekdays of a range."""
    first, last = within
    ends_before = first and hours.valid_to and hours.valid_to < first
    begins_after = last and hours.valid_from and last < hours.valid_from
    if hours.weekday not in weekdays or ends_before or begins_after:
        yield hours
        return
    if first and (hours.valid_from is None or hours.valid_from < first):
        yield replace(hours, valid_to=first - DAY)
    if last and (hours.valid_to is None or last < hours.valid_to):
        yield replace(hours, valid_from=last + DAY)
