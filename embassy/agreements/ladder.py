"""Where the marks and lines of a ladder of ratification and of a family tree stand.

Across, a ladder is measured in per cent of its width, so that it fits a phone and a sheet of paper; all else
is pixels. Words stand beside it as text, which alone can wrap in every language.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import ceil

START, BEFORE_LAST, END = 0.0, 80.0, 100.0
"""Where the first rung stands, that before entry into force, and the last."""
MOST = 12
"""How many bodies stand in one line: on the narrowest phone their marks just do not touch."""
LINE = 24
INDENT = 20


class Rung(StrEnum):
    """What a party passes on its way, in this order."""

    SIGNATURE = "signature"
    ASSENT = "assent"
    CONSENT = "consent"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Point:
    """Where a mark stands: `x` per cent, `y` pixels."""

    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line between two marks of one height; `passed` where both are done."""

    start: float
    end: float
    y: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Track:
    """The way of one party: a mark for each rung, in their order, and the lines between them."""

    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Twig:
    """The lines before a row of a tree, each by its distance in pixels from the left, `width` in all.

    `rails` pass it; its own `rail` leads to its `mark` and ends there in the last row of a branch. A `shoot`
    leads on from the mark to the rows below.
    """

    width: int
    rails: tuple[int, ...]
    rail: int | None
    is_last: bool
    mark: int
    shoot: int | None


def columns(parties: Collection[Sequence[Rung]]) -> list[Rung]:
    """Return the rungs that any party has, in their order."""
    return [rung for rung in Rung if any(rung in rungs for rungs in parties)]


def tracks(
    parties: Sequence[Sequence[Rung]], passed: Sequence[Sequence[bool]], *, mirrored: bool = False
) -> tuple[Track, ...]:
    """Return the way of each party; the same rung of all stands one below the other.

    `passed` says of each rung whether it is done. `mirrored` is for readers from right to left.
    """
    places = _places(columns(parties))
    drawn = (_track(_points(rungs, places), done) for rungs, done in zip(parties, passed, strict=True))
    return tuple(_mirrored(track) if mirrored else track for track in drawn)


def twigs(depths: Sequence[int], *, mirrored: bool = False) -> tuple[Twig, ...]:
    """Return the lines of a tree before each of its rows, told by how deep each one stands below the root."""
    return tuple(_twig(depths[number], depths[number + 1 :], mirrored) for number in range(len(depths)))


def _places(held: Sequence[Rung]) -> dict[Rung, float]:
    """Return where each rung stands; between signature and consent there is room for the bodies."""
    if Rung.ASSENT not in held:
        step = (END - START) / max(1, len(held) - 1)
        return {rung: round(START + step * number, 2) for number, rung in enumerate(held)}
    before = BEFORE_LAST if Rung.IN_FORCE in held else END
    return {Rung.SIGNATURE: START, Rung.ASSENT: before, Rung.CONSENT: before, Rung.IN_FORCE: END}


def _points(rungs: Sequence[Rung], places: dict[Rung, float]) -> Iterator[Point]:
    bodies = rungs.count(Rung.ASSENT)
    lines = max(1, ceil(bodies / MOST))
    each = ceil(bodies / lines)
    number = 0
    for rung in rungs:
        if rung is Rung.ASSENT:
            line, place = divmod(number, each)
            gaps = min(each, bodies - line * each) + 1
            yield Point(round(START + (places[rung] - START) * (place + 1) / gaps, 2), _height(line))
            number += 1
        else:
            yield Point(places[rung], _height(0 if rung is Rung.SIGNATURE else lines - 1))


def _height(line: int) -> int:
    return LINE // 2 + LINE * line


def _track(points: Iterator[Point], passed: Sequence[bool]) -> Track:
    marks = tuple(points)
    height = max((mark.y for mark in marks), default=0) + LINE // 2
    done = [one and other for one, other in pairwise(passed)]
    found = (
        stretch
        for (one, other), both in zip(pairwise(marks), done, strict=True)
        for stretch in _between(one, other, both)
    )
    return Track(marks, tuple(found), height)


def _between(one: Point, other: Point, passed: bool) -> Iterator[Stretch]:
    """Yield the line between two marks; where the second stands a line lower, it goes on there."""
    if one.y == other.y:
        yield Stretch(one.x, other.x, one.y, passed)
    else:
        yield Stretch(one.x, END, one.y, passed)
        yield Stretch(START, other.x, other.y, passed)


def _mirrored(track: Track) -> Track:
    return replace(
        track,
        points=tuple(replace(point, x=round(100 - point.x, 2)) for point in track.points),
        stretches=tuple(
            replace(line, start=round(100 - line.start, 2), end=round(100 - line.end, 2))
            for line in track.stretches
        ),
    )


def _twig(depth: int, below: Sequence[int], mirrored: bool) -> Twig:
    width = INDENT * (depth + 1)

    def place(level: int) -> int:
        across = INDENT * level + INDENT // 2
        return width - across if mirrored else across

    def goes_on(level: int) -> bool:
        return next((other for other in below if other <= level), None) == level

    return Twig(
        width,
        tuple(place(level - 1) for level in range(1, depth) if goes_on(level)),
        place(depth - 1) if depth else None,
        not goes_on(depth),
        place(depth),
        place(depth) if below and below[0] > depth else None,
    )
