"""Weekly hours as a grid: a line for each service and channel, a cell of written hours for each weekday."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from embassy.consular.vocabulary import Channel, Service, Weekday
from embassy.core.facts import Values, Wrong
from embassy.core.messages import say

Spans = tuple[tuple[time, time], ...]
CLOCK = r"(\d{1,2})\s*(?:[:.hH]\s*(\d{2})?)?"
DASH = "[-‐‑‒–—−]"
SPAN = re.compile(rf"\s*{CLOCK}\s*{DASH}\s*{CLOCK}\s*")
BETWEEN = re.compile("[,;+&/\n،؛]")
NONE = re.compile(rf"\s*{DASH}*\s*")
EXPECTED = say("Write hours such as 9:00–12:00, 14:00–16:00; leave it empty where there are none.")


@dataclass(frozen=True)
class Line:
    """The week of one service through one channel, for a time, with or without appointment; Monday first."""

    service: Service
    channel: Channel
    valid_from: date | None
    valid_to: date | None
    by_appointment: bool
    cells: tuple[Spans, ...]


def read(written: str) -> Spans:
    """Return the hours that somebody wrote, in order; raises Wrong.

    9-12, 9:00–12:00, 9h–12h30 and figures of any script are understood; 24:00 is midnight at the end of the
    day. Hours that end at or before they begin end on the next day.
    """
    plain = re.sub(r"\d", lambda figure: str(unicodedata.digit(figure[0])), written)
    if NONE.fullmatch(plain):
        return ()
    return tuple(sorted(_span(one) for one in BETWEEN.split(plain)))


def write(spans: Spans) -> str:
    """Return hours as a cell has them."""
    return ", ".join(f"{opens:%H:%M}–{_closing(closes)}" for opens, closes in spans)


def lines(hours: Iterable[Values]) -> list[Line]:
    """Lay the weekly hours of an office out in lines, in the order in which each is first named."""
    found: dict[Any, dict[Weekday, list[tuple[time, time]]]] = {}
    for one in hours:
        key = tuple(one[name] for name in ("service", "channel", "valid_from", "valid_to", "by_appointment"))
        found.setdefault(key, {}).setdefault(one["weekday"], []).append((one["opens"], one["closes"]))
    return [_line(cells, *key) for key, cells in found.items()]


def hours(grid: Iterable[Line], before: Sequence[Values] = ()) -> list[dict[str, Any]]:
    """Return the weekly hours that a grid holds, as they stood where it holds the same."""
    found = [one for line in grid for one in _of(line)]
    same = sorted(found, key=_order) == sorted(before, key=_order)
    return [dict(one) for one in (before if same else found)]


def _line(
    cells: Mapping[Weekday, list[tuple[time, time]]],
    service: Service,
    channel: Channel,
    valid_from: date | None,
    valid_to: date | None,
    by_appointment: bool,
) -> Line:
    week = tuple(tuple(sorted(cells.get(weekday, ()))) for weekday in Weekday)
    return Line(service, channel, valid_from, valid_to, by_appointment, week)


def _of(line: Line) -> Iterator[dict[str, Any]]:
    for weekday, spans in zip(Weekday, line.cells, strict=True):
        for opens, closes in spans:
            yield {
                "service": line.service,
                "channel": line.channel,
                "weekday": weekday,
                "opens": opens,
                "closes": closes,
                "valid_from": line.valid_from,
                "valid_to": line.valid_to,
                "by_appointment": line.by_appointment,
            }


def _order(one: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(one[name]) for name in sorted(one))


def _span(written: str) -> tuple[time, time]:
    found = SPAN.fullmatch(written)
    if not found:
        raise Wrong(EXPECTED)
    hour, minute, last_hour, last_minute = (int(figures or 0) for figures in found.groups())
    if (last_hour, last_minute) == (24, 0):
        last_hour = 0
    try:
        return time(hour, minute), time(last_hour, last_minute)
    except ValueError:
        raise Wrong(EXPECTED) from None


def _closing(closes: time) -> str:
    return f"{closes:%H:%M}" if closes != time(0) else "24:00"
