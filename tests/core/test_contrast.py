"""Contrast of colours (WCAG 2.2) and readable tints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.contrast import contrast, lightened, luminance

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#8A1C2B", "#ffffff", 8.99),
        ("#123456", "#123456", 1.0),
    ],
)
def test_the_ratio_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


def test_the_brightest_is_white_and_the_darkest_black() -> None:
    assert (luminance("#000000"), round(luminance("#ffffff"), 9)) == (0, 1)


@given(colours)
def test_a_tint_is_readable_on_the_dark_and_no_lighter_than_it_must_be(colour: str) -> None:
    tint = lightened(colour, "#191613", 5.5)

    assert contrast(tint, "#191613") >= 5.5
    assert tint == colour or contrast(colour, "#191613") < 5.5


def test_where_nothing_is_enough_the_tint_is_white() -> None:
    assert lightened("#8a1c2b", "#ffffff", 4.5) == "#ffffff"
