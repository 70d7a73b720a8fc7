"""Days of wall times as instants: from when on somebody who comes finds which state."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import chain, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from embassy.consular.days import Closure, Day, Hours, Opening, State, wall_times

RANKS = {Opening.closed: 0, Opening.by_appointment: 1, Opening.open: 2}
# Hours that begin before a day the zone skips end after it.
DAYS_MET = 3

Timeline = tuple[list[datetime], list[State]]


class _Span(NamedTuple):
    begins: datetime
    ends: datetime
    opening: Opening
    closure: Closure | None


def timeline(where: ZoneInfo, days: Sequence[Day]) -> Timeline:
    """Return instants, in UTC and in order, and the states that hold from each of them on.

    `days` follow each other. The first two only lend the hours that reach past midnight, the last one
    only its midnight.
    """
    midnights = [_instant(where, datetime.combine(day.day, time())) for day in days]
    # A day that the zone skips begins where the next one does.
    lived = [lies[0] < lies[1] for lies in pairwise(midnights)]
    spans = [tuple(_spans(where, day)) if there else () for day, there in zip(days, lived, strict=False)]
    timed = [
        pair
        for position in range(DAYS_MET - 1, len(lived))
        if lived[position]
        for pair in _states(
            days[position],
            chain.from_iterable(spans[position - DAYS_MET + 1 : position + 1]),
            midnights[position],
            midnights[position + 1],
        )
    ]
    return [begins for begins, _ in timed], [state for _, state in timed]


def _states(
    day: Day, spans: Iterable[_Span], midnight: datetime, next_midnight: datetime
) -> Iterator[tuple[datetime, State]]:
    met = [span for span in spans if midnight < span.ends and span.begins < next_midnight]
    edges = {midnight, *(edge for span in met for edge in span[:2] if midnight < edge < next_midnight)}
    for edge in sorted(edges):
        now = (span for span in met if span.begins <= edge < span.ends)
        found = max(now, key=lambda span: RANKS[span.opening], default=None)
        if found is None or (found.opening is Opening.closed and day.closure):
            yield edge, State(Opening.closed, day.closure, day.unconfirmed)
        else:
            yield edge, State(found.opening, found.closure, day.unconfirmed)


def _spans(where: ZoneInfo, day: Day) -> Iterator[_Span]:
    """Yield what begins on the day: its hours and, as closed, the weekly ones that its closure removes."""
    for hours in day.hours:
        opening = Opening.by_appointment if hours.by_appointment else Opening.open
        yield _Span(*_instants(where, day, hours), opening, day.closure)
    for hours in day.removed:
        yield _Span(*_instants(where, day, hours), Opening.closed, day.closure)


def _instants(where: ZoneInfo, day: Day, hours: Hours) -> tuple[datetime, datetime]:
    opens, closes = wall_times(day.day, hours)
    again = _repeats(where, closes) and _repeats(where, closes - closes.resolution)
    return _instant(where, opens), _instant(where, closes, fold=again)


def _instant(where: ZoneInfo, wall: datetime, fold: int = 0) -> datetime:
    return wall.replace(tzinfo=where, fold=fold).astimezone(UTC)


def _repeats(where: ZoneInfo, wall: datetime) -> bool:
    return _instant(where, wall) < _instant(where, wall, fold=1)
