"""What may be said of a day that no act gives: a range with its count, and arithmetic by the clause."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.agreements.clause import Clause, MonthEnd, Trigger
from embassy.agreements.forecast import Experience, Likeness, experience, latest_trigger
from embassy.agreements.rules import Agreed, Manual, Retroactive, parse_rule
from tests.agreements.test_clause import policies, timed

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@pytest.mark.parametrize(
    ("took", "told"),
    [
        ([], None),
        ([1, 2, 3, 4], None),
        ([400, 90, 100, 2000, 300], Experience(Likeness.KIND, 5, 90, 300, 2000)),
        ([1, 2, 3, 4, 5, 6], Experience(Likeness.KIND, 6, 1, 4, 6)),
    ],
)
def test_a_range_is_told_from_five_on(took: list[int], told: Experience | None) -> None:
    assert experience(Likeness.KIND, took) == told


def test_the_last_note_on_14_october_brings_it_into_force_on_1_january() -> None:
    clause = Clause(rule=parse_rule("first_of_nth_month 3"))

    assert clause.days_for(date(2026, 10, 14)) == (date(2027, 1, 1),)
    assert latest_trigger(clause, date(2027, 1, 1)) == date(2026, 10, 31)


def test_an_open_end_of_month_leaves_both_days() -> None:
    clause = Clause(rule=parse_rule("plus_months 1"))

    assert clause.days_for(date(2026, 1, 31)) == (date(2026, 2, 28), date(2026, 3, 1))
    assert latest_trigger(clause, date(2026, 2, 28)) == date(2026, 1, 28)


@pytest.mark.parametrize(
    "clause",
    [
        Clause(rule=Agreed()),
        Clause(rule=Manual()),
        Clause(rule=Retroactive(date(1982, 7, 1))),
        Clause(Trigger.FIXED_DATE, fixed=date(2030, 1, 1)),
        Clause(rule=parse_rule("on"), floor=date(2027, 1, 2)),
    ],
)
def test_where_the_clause_counts_from_nothing_or_comes_later_there_is_no_last_day(clause: Clause) -> None:
    assert latest_trigger(clause, date(2027, 1, 1)) is None


@given(timed, policies, DAYS)
def test_the_last_day_is_in_time_and_the_next_is_not(
    rule: object, policy: MonthEnd | None, wanted: date
) -> None:
    clause = Clause(rule=rule, month_end=policy)  # type: ignore[arg-type]

    last = latest_trigger(clause, wanted)

    assert last is not None
    assert clause.days_for(last)[-1] <= wanted < clause.days_for(last + ONE_DAY)[-1]
