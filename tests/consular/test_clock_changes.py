"""Hours in the nights of clock changes and on a day that was skipped."""

from datetime import date, datetime, time, timedelta

import pytest

from embassy.consular.hours import Interval, Opening, Schedule, WeeklyHours, intervals, next_change
from tests.consular.posts import NIGHTLY, WORKDAYS, brussels, utc


@pytest.mark.parametrize(
    ("noon", "length"),
    [(utc("2026-03-28T12:00"), 7), (utc("2026-10-24T12:00"), 9), (utc("2026-05-09T12:00"), 8)],
)
def test_an_emergency_line_is_open_the_whole_night(noon: datetime, length: int) -> None:
    (found,) = intervals(brussels(weekly=NIGHTLY), noon, noon + timedelta(days=1))

    assert found.ends - found.begins == timedelta(hours=length)


@pytest.mark.parametrize(
    ("zone", "day", "opens", "closes", "begins", "ends"),
    [
        ("Europe/Brussels", date(2026, 3, 29), time(1), time(2, 30), time(0), time(1, 30)),
        ("Europe/Brussels", date(2026, 3, 29), time(2, 30), time(5), time(1, 30), time(3)),
        ("Europe/Brussels", date(2026, 3, 29), time(2, 15), time(2, 45), time(1, 15), time(1, 45)),
        ("Europe/Brussels", date(2026, 3, 29), time(1), time(3), time(0), time(1)),
        ("Europe/Brussels", date(2026, 10, 25), time(1), time(2), time(23), time(0)),
        ("Europe/Brussels", date(2026, 10, 25), time(1), time(2, 30), time(23), time(1, 30)),
        ("Europe/Brussels", date(2026, 10, 25), time(1), time(3), time(23), time(2)),
        ("Europe/Brussels", date(2026, 10, 25), time(2, 15), time(2, 45), time(0, 15), time(1, 45)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1), time(1, 45), time(14), time(15, 15)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), time(5), time(15, 45), time(18)),
        ("America/Havana", date(2025, 11, 1), time(20), time(0), time(0), time(4)),
    ],
)
def test_skipped_times_move_forward_and_repeated_ones_are_open_both_times(
    zone: str, day: date, opens: time, closes: time, begins: time, ends: time
) -> None:
    schedule = Schedule(zone, (WeeklyHours(day.weekday(), opens, closes),))
    noon = utc(f"{day}T12:00")

    (found,) = intervals(schedule, noon - timedelta(days=1), noon + timedelta(days=1))

    assert (found.begins.time(), found.ends.time()) == (begins, ends)


def test_hours_that_the_clock_change_swallows_come_again_a_week_later() -> None:
    schedule = brussels(weekly=(WeeklyHours(6, time(2, 15), time(3)),))

    found = next_change(schedule, utc("2026-03-23T00:00"))

    assert found == utc("2026-04-05T00:15")


def test_a_day_that_samoa_skipped_has_no_hours() -> None:
    schedule = Schedule("Pacific/Apia", WORKDAYS[4:] + NIGHTLY[3:4])

    found = intervals(schedule, utc("2011-12-29T00:00"), utc("2012-01-05T00:00"))

    assert found == (Interval(utc("2011-12-30T08:00"), utc("2011-12-30T16:00"), Opening.open),)


def test_hours_join_across_a_day_that_samoa_skipped() -> None:
    schedule = Schedule("Pacific/Apia", (WeeklyHours(3, time(0), time(0)), WeeklyHours(5, time(0), time(0))))

    found = intervals(schedule, utc("2011-12-29T00:00"), utc("2012-01-04T00:00"))

    assert found == (Interval(utc("2011-12-29T10:00"), utc("2011-12-31T10:00"), Opening.open),)
