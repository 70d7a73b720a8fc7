"""The map of the world: where a point lies on it, and the circles whose areas are numbers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# Two units of the drawing are a degree; it ends at 60 degrees south, where nobody is represented.
WIDTH, HEIGHT = 720, 300
UNIT = 2
RADIUS = 4.0
LARGEST = 16.0


@dataclass(frozen=True)
class Place:
    """A country on the map: its code, how many missions lie there, and their mean point in degrees."""

    code: str
    number: int
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Circle:
    """A circle of the map, in units of the drawing."""

    code: str
    x: float
    y: float
    radius: float


def circles(places: Iterable[Place]) -> list[Circle]:
    """Return a circle for each place, its area in proportion to the number, the largest first.

    One mission has RADIUS, unless the largest would then outgrow LARGEST.
    """
    ordered = sorted(places, key=lambda place: (-place.number, place.code))
    most = max((place.number for place in ordered), default=1)
    each = min(RADIUS, LARGEST / math.sqrt(most))
    return [
        Circle(one.code, *point(one.latitude, one.longitude), each * math.sqrt(one.number)) for one in ordered
    ]


def point(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a point in degrees lies on the map; what is further south lies on its lower edge."""
    return (longitude + 180) * UNIT, min((90 - latitude) * UNIT, HEIGHT)
