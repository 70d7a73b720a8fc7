"""The map of the world: circles whose areas are the numbers of missions, where they lie."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.consular.atlas import HEIGHT, LARGEST, RADIUS, WIDTH, Circle, Place, circles, point

CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
PLACES = st.lists(
    st.builds(Place, CODES, st.integers(1, 10_000), st.floats(-90, 90), st.floats(-180, 180)),
    unique_by=lambda place: place.code,
)


def test_a_country_with_one_mission_is_a_circle_where_it_lies() -> None:
    assert circles([Place("GB", 1, 51.5, 0)]) == [Circle("GB", 360.0, 77.0, RADIUS)]


@given(PLACES)
def test_areas_are_in_proportion_and_the_largest_lie_below(places: list[Place]) -> None:
    drawn = circles(places)

    number = {place.code: place.number for place in places}
    each = {round(circle.radius**2 / number[circle.code], 6) for circle in drawn}
    assert len(each) == bool(places)
    assert [circle.radius for circle in drawn] == sorted((one.radius for one in drawn), reverse=True)
    assert {circle.code for circle in drawn} == set(number)


@given(PLACES)
def test_no_circle_outgrows_the_map(places: list[Place]) -> None:
    for circle in circles(places):
        assert 0 <= circle.x <= WIDTH
        assert 0 <= circle.y <= HEIGHT
        assert circle.radius <= LARGEST + 1e-9


@given(st.integers(1, 10_000))
def test_one_mission_is_as_large_as_it_may_be(most: int) -> None:
    one, *_ = reversed(circles([Place("AA", most, 0, 0), Place("BB", 1, 0, 0)]))

    assert one.radius == min(RADIUS, LARGEST / math.sqrt(most))


@pytest.mark.parametrize(
    ("degrees", "drawn"),
    [((90, -180), (0, 0)), ((-60, 180), (WIDTH, HEIGHT)), ((-90, 0), (360, HEIGHT)), ((0, 0), (360, 180))],
)
def test_a_point_lies_where_its_degrees_say(degrees: tuple[float, float], drawn: tuple[float, float]) -> None:
    assert point(*degrees) == drawn
