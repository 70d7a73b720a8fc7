"""Weekly hours that overlap are refused, with the line and the other hours named."""

from datetime import date, time

import pytest

from embassy.consular.hours import WeeklyHours, overlaps

MONDAY, TUESDAY, SUNDAY = 0, 1, 6
MORNING = WeeklyHours(MONDAY, time(9), time(12))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MORNING, WeeklyHours(MONDAY, time(11, 59), time(13))),
        (MORNING, MORNING),
        (WeeklyHours(MONDAY, time(22), time(6)), WeeklyHours(TUESDAY, time(5), time(9))),
        (WeeklyHours(SUNDAY, time(22), time(10)), MORNING),
        (MORNING, WeeklyHours(SUNDAY, time(9, 30), time(9, 30))),
        (
            WeeklyHours(MONDAY, time(22), time(6), valid_to=date(2026, 7, 13)),
            WeeklyHours(TUESDAY, time(5), time(9), valid_from=date(2026, 7, 14)),
        ),
        (
            WeeklyHours(MONDAY, time(9), time(12), valid_from=date(2026, 7, 7), valid_to=date(2026, 7, 13)),
            WeeklyHours(MONDAY, time(9), time(12), valid_from=date(2026, 7, 13)),
        ),
    ],
)
def test_hours_that_share_a_minute_are_refused_in_either_order(one: WeeklyHours, other: WeeklyHours) -> None:
    assert [refusal.path for refusal in overlaps((one, other))] == [(1, "opens")]
    assert [refusal.path for refusal in overlaps((other, one))] == [(1, "opens")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MORNING, WeeklyHours(MONDAY, time(12), time(17))),
        (MORNING, WeeklyHours(TUESDAY, time(9), time(12))),
        (MORNING, WeeklyHours(SUNDAY, time(9), time(9))),
        (WeeklyHours(MONDAY, time(9), time(0)), WeeklyHours(TUESDAY, time(0), time(9))),
        (
            WeeklyHours(MONDAY, time(22), time(6), valid_to=date(2026, 7, 13)),
            WeeklyHours(TUESDAY, time(5), time(9), valid_from=date(2026, 7, 15)),
        ),
        (
            WeeklyHours(MONDAY, time(9), time(12), valid_to=date(2026, 7, 19)),
            WeeklyHours(MONDAY, time(9), time(12), valid_from=date(2026, 7, 14)),
        ),
    ],
)
def test_hours_without_a_common_minute_are_accepted(one: WeeklyHours, other: WeeklyHours) -> None:
    assert overlaps((one, other)) == ()
    assert overlaps((other, one)) == ()


def test_a_refusal_names_the_line_and_the_hours_it_overlaps() -> None:
    (refusal,) = overlaps((MORNING, WeeklyHours(TUESDAY, time(9), time(12)), MORNING))

    assert (refusal.path, refusal.value, str(refusal.expected)) == (
        (2, "opens"),
        time(9),
        "These hours overlap those in line 1, from 09:00 to 12:00. "
        "Change the times of one of them, or the dates from and to which they hold.",
    )
