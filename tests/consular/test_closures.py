"""Which closures visitors are told of."""

from datetime import date, time

import pytest

from embassy.consular.days import DAY
from embassy.consular.hours import Closure, Schedule, WeeklyHours, closures, next_closures
from embassy.consular.vocabulary import Cause, Confirmation
from tests.consular.posts import TUESDAY, WORKDAYS, brussels, closed_on

NEW_YEAR = closed_on(date(2026, 1, 1))
LABOUR = closed_on(date(2026, 5, 1))
SUNDAY = closed_on(date(2026, 11, 15))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_closures_come_in_order_and_within_the_days_asked_for() -> None:
    summer = closed_on(date(2026, 8, 3), date(2026, 8, 14), Cause.ad_hoc)
    schedule = brussels(summer, LABOUR, NEW_YEAR)

    assert closures(schedule, *YEAR) == (NEW_YEAR, LABOUR, summer)
    assert closures(schedule, date(2026, 5, 1), date(2026, 8, 3)) == (LABOUR, summer)
    assert closures(schedule, date(2026, 5, 2), date(2026, 8, 2)) == ()


def test_the_next_closures_begin_with_the_one_that_lasts() -> None:
    summer = closed_on(date(2026, 8, 3), date(2026, 8, 14), Cause.ad_hoc)
    winter = closed_on(date(2026, 12, 24), date(2026, 12, 31), Cause.ad_hoc)

    found = next_closures(brussels(NEW_YEAR, winter, summer, SUNDAY), date(2026, 8, 14), 1)

    assert found == (summer,)


@pytest.mark.parametrize(
    "untold",
    [
        SUNDAY,
        closed_on(TUESDAY, instead=((time(9), time(17)),)),
        closed_on(date(2026, 11, 15), status=Confirmation.proposed),
    ],
    ids=["without weekly hours", "with the usual hours", "proposed, without weekly hours"],
)
def test_a_closure_that_changes_no_hours_is_not_told(untold: Closure) -> None:
    assert closures(brussels(LABOUR, untold), *YEAR) == (LABOUR,)


@pytest.mark.parametrize("status", [Confirmation.confirmed, Confirmation.proposed])
def test_a_holiday_of_both_states_is_told_once(status: Confirmation) -> None:
    sending = closed_on(date(2026, 5, 1), cause=Cause.sending_holiday, status=status)

    assert closures(brussels(sending, LABOUR), *YEAR) == (LABOUR,)


def test_a_proposal_that_would_close_no_more_is_not_told() -> None:
    host = closed_on(date(2026, 5, 1), status=Confirmation.proposed)
    sending = closed_on(date(2026, 5, 1), cause=Cause.sending_holiday)

    assert closures(brussels(host, sending), *YEAR) == (sending,)


def test_a_proposed_holiday_is_told_among_the_confirmed() -> None:
    proposed = closed_on(date(2026, 4, 6), status=Confirmation.proposed)

    assert closures(brussels(LABOUR, proposed), *YEAR) == (proposed, LABOUR)


def test_proposed_hours_that_would_open_on_a_holiday_are_told() -> None:
    passports = closed_on(
        date(2026, 5, 1),
        cause=Cause.ad_hoc,
        status=Confirmation.proposed,
        instead=((time(9), time(10)),),
    )

    assert closures(brussels(LABOUR, passports), *YEAR) == (passports, LABOUR)


def test_a_long_closure_is_told_once_a_shorter_one_has_ended() -> None:
    forever = closed_on(TUESDAY, date.max, Cause.ad_hoc)
    fortnight = closed_on(TUESDAY, date(2026, 7, 28), Cause.ad_hoc)
    tuesdays = brussels(forever, fortnight, weekly=WORKDAYS[1:2])

    assert next_closures(tuesdays, TUESDAY, 3) == (fortnight, forever)


def test_a_long_closure_is_told_for_the_hours_that_begin_within_it() -> None:
    saturdays = WeeklyHours(5, time(9), time(12), valid_from=date(2031, 1, 1))
    forever = closed_on(TUESDAY, date.max, Cause.ad_hoc)

    told = Schedule("Europe/Brussels", (saturdays,), (forever,))
    untold = Schedule("Europe/Brussels", (), (forever,))

    assert (next_closures(told, TUESDAY, 3), next_closures(untold, TUESDAY, 3)) == ((forever,), ())
    assert closures(told, TUESDAY, date(2031, 1, 3)) == ()
    assert closures(told, TUESDAY, date(2031, 1, 4)) == (forever,)


def test_special_hours_within_a_long_closure_are_told_beside_it() -> None:
    summer = closed_on(date(2026, 8, 3), date(2026, 8, 14), Cause.ad_hoc)
    passports = closed_on(date(2026, 8, 5), cause=Cause.ad_hoc, instead=((time(9), time(10)),))

    found = closures(Schedule("Europe/Brussels", WORKDAYS, (passports, summer)), *YEAR)

    assert found == (summer, passports)


def test_a_closure_that_takes_away_special_hours_is_told_on_a_day_without_weekly_ones() -> None:
    saturday = date(2026, 7, 18)
    open_day = closed_on(saturday, saturday + DAY, instead=((time(10), time(12)),))
    shut = closed_on(saturday, cause=Cause.ad_hoc)

    assert closures(brussels(open_day, shut), saturday, saturday) == (shut,)
    assert closures(brussels(shut), saturday, saturday) == ()
