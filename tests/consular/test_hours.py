"""Opening states, changes, weeks and closures of an office, worked by hand."""

from datetime import date, datetime, time

import pytest

from embassy.consular.hours import (
    Closure,
    Day,
    Hours,
    Interval,
    Opening,
    State,
    WeeklyHours,
    closures,
    intervals,
    next_change,
    next_closures,
    state,
    week,
)
from embassy.consular.vocabulary import Cause, Confirmation
from tests.consular.posts import NIGHT, NIGHTLY, TUESDAY, brussels, closed_on, utc

OPEN, CLOSED, BY_APPOINTMENT = Opening.open, Opening.closed, Opening.by_appointment
INDEPENDENCE = closed_on(date(2025, 11, 28), cause=Cause.sending_holiday)
NATIONAL_DAY = closed_on(date(2026, 7, 21))


@pytest.mark.parametrize(
    ("at", "found", "changes"),
    [
        (utc("2026-07-14T06:59"), CLOSED, utc("2026-07-14T07:00")),
        (utc("2026-07-14T07:00"), OPEN, utc("2026-07-14T15:00")),
        (utc("2026-07-14T14:59"), OPEN, utc("2026-07-14T15:00")),
        (utc("2026-07-14T15:00"), CLOSED, utc("2026-07-15T07:00")),
        (utc("2025-11-27T12:00"), OPEN, utc("2025-11-27T16:00")),
        (utc("2025-11-27T16:00"), CLOSED, utc("2025-12-01T08:00")),
        (utc("2025-11-30T12:00"), CLOSED, utc("2025-12-01T08:00")),
        (utc("2026-12-01T12:00"), OPEN, utc("2026-12-01T16:00")),
        (utc("2026-12-31T22:59"), CLOSED, utc("2027-01-01T08:00")),
        (utc("2028-02-29T09:00"), OPEN, utc("2028-02-29T16:00")),
    ],
)
def test_a_consulate_in_brussels_keeps_its_weekly_hours(
    at: datetime, found: Opening, changes: datetime
) -> None:
    schedule = brussels(INDEPENDENCE, NATIONAL_DAY)

    assert (state(schedule, at), next_change(schedule, at)) == (State(found), changes)


@pytest.mark.parametrize(
    ("holiday", "noon", "reopens"),
    [
        (INDEPENDENCE, utc("2025-11-28T11:00"), utc("2025-12-01T08:00")),
        (NATIONAL_DAY, utc("2026-07-21T10:00"), utc("2026-07-22T07:00")),
    ],
)
def test_a_confirmed_holiday_closes_the_whole_day(
    holiday: Closure, noon: datetime, reopens: datetime
) -> None:
    schedule = brussels(INDEPENDENCE, NATIONAL_DAY)

    found = state(schedule, noon)

    assert found == State(CLOSED, holiday)
    assert next_change(schedule, noon) == reopens


def test_a_proposed_holiday_is_reported_and_closes_nothing() -> None:
    proposed = closed_on(TUESDAY, status=Confirmation.proposed)

    found = state(brussels(proposed), utc("2026-07-14T12:00"))

    assert found == State(OPEN, None, (proposed,))


def test_a_waived_holiday_is_not_even_reported() -> None:
    schedule = brussels(closed_on(TUESDAY, status=Confirmation.waived))

    assert state(schedule, utc("2026-07-14T12:00")) == State(OPEN)
    assert closures(schedule, TUESDAY, TUESDAY) == ()


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("decides", "gives_way"),
    [
        (
            closed_on(TUESDAY, cause=Cause.ad_hoc, instead=((time(10), time(16)),)),
            closed_on(TUESDAY),
        ),
        (
            closed_on(TUESDAY, cause=Cause.ad_hoc),
            closed_on(date(2026, 7, 1), date(2026, 7, 31), Cause.ad_hoc, instead=((time(9), time(13)),)),
        ),
        (closed_on(TUESDAY), closed_on(TUESDAY, instead=((time(9), time(12)),))),
        (closed_on(TUESDAY), closed_on(TUESDAY, cause=Cause.sending_holiday)),
    ],
    ids=[
        "ad hoc before a holiday",
        "a day before a month",
        "closed before other hours",
        "host before sending",
    ],
)
def test_the_more_binding_closure_decides_in_whatever_order(
    decides: Closure, gives_way: Closure, turned: bool
) -> None:
    shut = (gives_way, decides) if turned else (decides, gives_way)

    found = state(brussels(*shut), utc("2026-07-14T12:00"))

    assert found == State(OPEN if decides.hours_instead else CLOSED, decides)


def test_special_hours_replace_the_weekly_ones_and_open_a_sunday() -> None:
    voting = closed_on(date(2026, 7, 19), cause=Cause.ad_hoc, instead=((time(7), time(12)),))
    short = closed_on(TUESDAY, cause=Cause.ad_hoc, instead=((time(14), time(16)), (time(9), time(10))))

    found = intervals(brussels(voting, short), utc("2026-07-14T00:00"), utc("2026-07-20T00:00"))

    assert [found[0], found[1], found[-1]] == [
        Interval(utc("2026-07-14T07:00"), utc("2026-07-14T08:00"), OPEN),
        Interval(utc("2026-07-14T12:00"), utc("2026-07-14T14:00"), OPEN),
        Interval(utc("2026-07-19T05:00"), utc("2026-07-19T10:00"), OPEN),
    ]


def test_hours_that_join_do_not_change_at_noon_or_midnight() -> None:
    parts = ((time(9), time(12)), (time(12), time(0)), (time(0), time(2)))
    weekly = tuple(WeeklyHours(weekday, *part) for weekday, part in zip((1, 1, 2), parts, strict=True))

    found = next_change(brussels(weekly=weekly), utc("2026-07-14T07:00"))

    assert found == utc("2026-07-15T00:00")


def test_hours_by_appointment_are_a_state_of_their_own() -> None:
    weekly = (
        WeeklyHours(1, time(9), time(12)),
        WeeklyHours(1, time(12), time(14), by_appointment=True),
    )
    schedule = brussels(weekly=weekly)

    found = intervals(schedule, utc("2026-07-14T08:00"), utc("2026-07-14T11:30"))

    assert found == (
        Interval(utc("2026-07-14T08:00"), utc("2026-07-14T10:00"), OPEN),
        Interval(utc("2026-07-14T10:00"), utc("2026-07-14T11:30"), BY_APPOINTMENT),
    )
    assert next_change(schedule, utc("2026-07-14T08:00")) == utc("2026-07-14T10:00")


def test_being_open_outranks_being_there_by_appointment() -> None:
    weekly = (WeeklyHours(0, *NIGHT, by_appointment=True),)
    early = closed_on(TUESDAY, cause=Cause.ad_hoc, instead=((time(5), time(8)),))

    found = intervals(brussels(early, weekly=weekly), utc("2026-07-14T00:00"), utc("2026-07-14T12:00"))

    assert found == (
        Interval(utc("2026-07-14T00:00"), utc("2026-07-14T03:00"), BY_APPOINTMENT),
        Interval(utc("2026-07-14T03:00"), utc("2026-07-14T06:00"), OPEN),
    )


def test_a_closed_day_loses_its_whole_night_and_keeps_that_of_the_day_before() -> None:
    shut = closed_on(TUESDAY)
    schedule = brussels(shut, weekly=NIGHTLY)

    found = intervals(schedule, utc("2026-07-14T00:00"), utc("2026-07-16T00:00"))

    assert found == (
        Interval(utc("2026-07-14T00:00"), utc("2026-07-14T04:00"), OPEN),
        Interval(utc("2026-07-15T20:00"), utc("2026-07-16T00:00"), OPEN),
    )
    assert state(schedule, utc("2026-07-14T01:00")) == State(OPEN)
    assert state(schedule, utc("2026-07-14T12:00")) == State(CLOSED, shut)
    assert state(schedule, utc("2026-07-15T01:00")) == State(CLOSED, shut)
    assert state(schedule, utc("2026-07-15T04:00")) == State(CLOSED)


def test_closures_in_a_row_each_answer_for_their_own_day() -> None:
    first, second = closed_on(TUESDAY), closed_on(date(2026, 7, 15), cause=Cause.ad_hoc)

    found = state(brussels(first, second, weekly=NIGHTLY), utc("2026-07-15T01:00"))

    assert found == State(CLOSED, second)


def test_hours_that_end_at_midnight_and_hours_of_a_whole_day_join() -> None:
    weekly = (
        WeeklyHours(1, time(9), time(9)),
        WeeklyHours(2, time(9), time(0)),
        WeeklyHours(3, time(0), time(0)),
    )

    found = intervals(brussels(weekly=weekly), utc("2026-07-14T00:00"), utc("2026-07-20T00:00"))

    assert found == (Interval(utc("2026-07-14T07:00"), utc("2026-07-16T22:00"), OPEN),)


@pytest.mark.parametrize(
    ("weekly", "found"), [((), ()), (tuple(WeeklyHours(day, time(0), time(0)) for day in range(7)), (OPEN,))]
)
def test_an_office_that_never_opens_or_closes_never_changes(
    weekly: tuple[WeeklyHours, ...], found: tuple[Opening, ...]
) -> None:
    schedule = brussels(closed_on(date(2026, 7, 5), status=Confirmation.waived), weekly=weekly)
    first, last = utc("2026-03-01T00:00"), utc("2026-11-01T00:00")

    assert next_change(schedule, first) is None
    assert intervals(schedule, first, last) == tuple(Interval(first, last, opening) for opening in found)


def test_weekly_hours_hold_from_the_first_to_the_last_night_of_their_validity() -> None:
    nights = (WeeklyHours(1, *NIGHT, valid_from=TUESDAY, valid_to=TUESDAY),)

    found = intervals(brussels(weekly=nights), utc("2026-01-01T00:00"), utc("2027-01-01T00:00"))

    assert found == (Interval(utc("2026-07-14T20:00"), utc("2026-07-15T04:00"), OPEN),)


def test_the_next_change_is_found_years_ahead() -> None:
    weekly = (WeeklyHours(1, time(9), time(17), valid_from=date(2040, 2, 29)),)

    found = next_change(brussels(weekly=weekly), utc("2026-07-14T12:00"))

    assert found == utc("2040-03-06T08:00")


def test_an_office_closed_until_further_notice_does_not_change() -> None:
    shut = closed_on(TUESDAY, date.max, Cause.ad_hoc)
    schedule = brussels(shut)

    assert next_change(schedule, utc("2026-07-14T12:00")) is None
    assert state(schedule, utc("2999-01-01T12:00")) == State(CLOSED, shut)
    assert next_closures(schedule, TUESDAY, 5) == (shut,)


def test_the_state_does_not_depend_on_the_zone_of_the_question() -> None:
    at = utc("2026-07-14T09:30").astimezone()

    assert state(brussels(), at) == State(OPEN)


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="offset-naive and offset-aware"):
        state(brussels(), utc("2026-07-14T09:30").replace(tzinfo=None))


def test_a_week_shows_its_hours_closures_and_proposals() -> None:
    proposed = closed_on(date(2026, 7, 24), status=Confirmation.proposed)
    usual = (Hours(time(9), time(12)), Hours(time(14), time(16), by_appointment=True))
    weekly = tuple(WeeklyHours(weekday, *hours) for weekday in range(5) for hours in reversed(usual))

    found = week(brussels(NATIONAL_DAY, proposed, weekly=weekly), date(2026, 7, 26))

    assert found == (
        Day(date(2026, 7, 20), usual),
        Day(date(2026, 7, 21), (), NATIONAL_DAY, removed=usual),
        Day(date(2026, 7, 22), usual),
        Day(date(2026, 7, 23), usual),
        Day(date(2026, 7, 24), usual, unconfirmed=(proposed,)),
        Day(date(2026, 7, 25), ()),
        Day(date(2026, 7, 26), ()),
    )
