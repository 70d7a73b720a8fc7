"""Contrast of colours (WCAG 2.2)."""

import pytest

from embassy.core.contrast import contrast, luminance


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#8A1C2B", "#ffffff", 9.2),
        ("#123456", "#123456", 1.0),
    ],
)
def test_the_ratio_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


def test_the_brightest_is_white_and_the_darkest_black() -> None:
    assert (luminance("#000000"), round(luminance("#ffffff"), 9)) == (0, 1)
