"""How long something took, in words."""

import pytest

from embassy.core.spans import lasting


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (60, "60 days"),
        (61, "2 months"),
        (365, "12 months"),
        (700, "23 months"),
        (731, "2 years"),
        (765, "2 years and 1 month"),
        (1000, "2 years and 9 months"),
    ],
)
def test_the_largest_units_that_tell_something_are_used(days: int, words: str) -> None:
    assert str(lasting(days)) == words
