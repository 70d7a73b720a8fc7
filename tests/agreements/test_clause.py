"""Entry-into-force clauses: rules, month's ends, floors and their text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.agreements.clause import BY_CONSENT, Clause, MonthEnd, Trigger
from embassy.agreements.rules import (
    ON,
    Agreed,
    ClauseError,
    FirstOfMonthAfter,
    FirstOfNthMonth,
    Manual,
    PlusDays,
    PlusMonths,
    Retroactive,
    Rule,
    parse_rule,
)

RECENT = st.dates(date(1800, 1, 1), date(2200, 12, 31))
periods = st.one_of(
    st.integers(1, 3_660).map(PlusDays),
    st.integers(1, 120).map(PlusMonths),
)
timed = st.one_of(
    st.just(ON), periods, st.integers(1, 120).map(FirstOfNthMonth), periods.map(FirstOfMonthAfter)
)
rules = st.one_of(timed, st.dates().map(Retroactive), st.just(Agreed()), st.just(Manual()))
policies = st.sampled_from([None, *MonthEnd])


@pytest.mark.parametrize(
    ("rule", "trigger", "entered"),
    [
        ("on", date(2004, 2, 27), date(2004, 2, 27)),
        ("plus_days 30", date(1990, 8, 3), date(1990, 9, 2)),
        ("plus_months 3", date(2011, 10, 17), date(2012, 1, 17)),
        ("plus_months 12", date(2012, 2, 28), date(2013, 2, 28)),
        ("first_of_nth_month 3", date(2011, 10, 17), date(2012, 1, 1)),
        ("first_of_nth_month 1", date(2011, 12, 31), date(2012, 1, 1)),
        ("first_of_month_after(plus_months 3)", date(1999, 8, 10), date(1999, 12, 1)),
        ("first_of_month_after(plus_days 30)", date(2000, 1, 1), date(2000, 2, 1)),
        ("first_of_month_after(plus_days 31)", date(2000, 1, 1), date(2000, 3, 1)),
        ("retroactive 1982-07-01", date(1982, 10, 8), date(1982, 7, 1)),
    ],
)
def test_each_rule_gives_its_day(rule: str, trigger: date, entered: date) -> None:
    clause = Clause(rule=parse_rule(rule))

    days = clause.days_for(trigger)

    assert days == (entered,)


@pytest.mark.parametrize(
    ("rule", "entered"),
    [("first_of_nth_month 3", date(1999, 12, 1)), ("first_of_month_after(plus_months 3)", date(2000, 1, 1))],
)
def test_a_deposit_on_the_first_earns_no_shortcut(rule: str, entered: date) -> None:
    spain = Clause(Trigger.NTH_DEPOSIT, parse_rule(rule), deposits=5)

    days = spain.days_for(date(1999, 9, 1))

    assert days == (entered,)


@pytest.mark.parametrize("rule", [Agreed(), Manual()])
def test_a_day_left_to_the_parties_is_not_computed(rule: Rule) -> None:
    assert Clause(rule=rule).days_for(date(1999, 9, 1)) == ()


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        (MonthEnd.CLAMP, (date(2011, 2, 28),)),
        (MonthEnd.ROLL_FORWARD, (date(2011, 3, 1),)),
        (None, (date(2011, 2, 28), date(2011, 3, 1))),
    ],
)
def test_a_month_too_short_gives_both_days_unless_the_policy_is_set(
    policy: MonthEnd | None, days: tuple[date, ...]
) -> None:
    clause = Clause(rule=PlusMonths(1), month_end=policy)

    found = clause.days_for(date(2011, 1, 31))

    assert found == days


def test_a_month_too_short_moves_the_first_of_the_month_after_as_well() -> None:
    clause = Clause(rule=FirstOfMonthAfter(PlusMonths(1)))

    days = clause.days_for(date(2011, 1, 31))

    assert days == (date(2011, 3, 1), date(2011, 4, 1))


@pytest.mark.parametrize(
    ("floor", "days"),
    [
        (date(2011, 2, 1), (date(2011, 2, 28), date(2011, 3, 1))),
        (date(2011, 3, 1), (date(2011, 3, 1),)),
        (date(2012, 1, 1), (date(2012, 1, 1),)),
    ],
)
def test_no_day_lies_before_the_floor(floor: date, days: tuple[date, ...]) -> None:
    clause = Clause(rule=PlusMonths(1), floor=floor)

    assert clause.days_for(date(2011, 1, 31)) == days


def test_an_agreement_silent_on_it_awaits_the_consent_of_all_at_once() -> None:
    assert BY_CONSENT.days_for(date(2004, 2, 27)) == (date(2004, 2, 27),)
    assert BY_CONSENT.trigger is Trigger.ALL_PARTIES


def test_a_notification_counts_from_receipt_unless_said_otherwise() -> None:
    assert Clause() == Clause(Trigger.LAST_NOTIFICATION_RECEIVED, ON)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("on", ON),
        ("plus_days 30", PlusDays(30)),
        ("plus_months 3", PlusMonths(3)),
        ("first_of_nth_month 3", FirstOfNthMonth(3)),
        ("first_of_month_after(plus_months 3)", FirstOfMonthAfter(PlusMonths(3))),
        (" First_Of_Month_After ( plus_days   30 ) ", FirstOfMonthAfter(PlusDays(30))),
        ("agreed", Agreed()),
        ("retroactive 1982-07-01", Retroactive(date(1982, 7, 1))),
        ("manual", Manual()),
    ],
)
def test_a_rule_is_read_from_its_text(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plus_days",
        "plus_days 3)",
        "plus_days ٣",
        "plus_days 99999",
        "first_of_month_after(on)",
        "on 3",
        "soon",
    ],
)
def test_what_is_no_rule_is_refused_with_all_that_are(text: str) -> None:
    with pytest.raises(ClauseError) as refused:
        parse_rule(text)

    assert str(refused.value.message) == (
        f"“{text}” is not a rule; write on, plus_days 30, plus_months 3, first_of_nth_month 3, "
        "first_of_month_after(plus_months 3), agreed, retroactive 1982-07-01 or manual."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("plus_days 0", "A period of 0 is not possible; give 1 to 3660."),
        ("plus_days 3661", "A period of 3661 is not possible; give 1 to 3660."),
        ("first_of_nth_month 121", "A period of 121 is not possible; give 1 to 120."),
        ("first_of_month_after(plus_months 0)", "A period of 0 is not possible; give 1 to 120."),
        ("retroactive 1982-02-30", "“1982-02-30” does not exist in the calendar."),
    ],
)
def test_an_impossible_rule_is_refused(text: str, message: str) -> None:
    with pytest.raises(ClauseError) as refused:
        parse_rule(text)

    assert str(refused.value.message) == message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on", "on the same day"),
        ("plus_days 1", "1 day later"),
        ("plus_days 30", "30 days later"),
        ("plus_months 3", "3 months later"),
        ("first_of_nth_month 3", "on the first day of a month, 3 months after that of the event"),
        (
            "first_of_month_after(plus_months 3)",
            "3 months later, then on the first day of the month that follows",
        ),
        ("agreed", "on a day the parties agree upon"),
        ("retroactive 1982-07-01", "with effect from 1982-07-01"),
        ("manual", "as the clause describes"),
    ],
)
def test_a_rule_reads_as_words(text: str, words: str) -> None:
    assert str(parse_rule(text).words) == words


@pytest.mark.parametrize(
    ("trigger", "rule", "deposits", "fixed", "message"),
    [
        (
            Trigger.NTH_DEPOSIT,
            ON,
            None,
            None,
            "Give a number of deposits where the trigger is the n-th deposit, only there.",
        ),
        (
            Trigger.SIGNATURE,
            ON,
            20,
            None,
            "Give a number of deposits where the trigger is the n-th deposit, only there.",
        ),
        (Trigger.NTH_DEPOSIT, ON, 0, None, "At least one deposit is needed."),
        (Trigger.FIXED_DATE, ON, None, None, "Give a day where the trigger is a fixed date, and only there."),
        (
            Trigger.EXCHANGE,
            ON,
            None,
            date(2020, 1, 1),
            "Give a day where the trigger is a fixed date, and only there.",
        ),
        (
            Trigger.FIXED_DATE,
            PlusDays(1),
            None,
            date(2020, 1, 1),
            "A fixed date is the day itself; its rule is “on”.",
        ),
    ],
)
def test_a_clause_that_contradicts_itself_is_refused(
    trigger: Trigger, rule: Rule, deposits: int | None, fixed: date | None, message: str
) -> None:
    with pytest.raises(ClauseError) as refused:
        Clause(trigger, rule, deposits, fixed)

    assert str(refused.value.message) == message


@given(rules)
def test_a_rule_and_its_text_tell_the_same(rule: Rule) -> None:
    assert parse_rule(str(rule)) == rule


@given(timed, RECENT, policies)
def test_a_computed_day_never_lies_before_its_trigger(
    rule: Rule, trigger: date, policy: MonthEnd | None
) -> None:
    days = Clause(rule=rule, month_end=policy).days_for(trigger)

    assert [day for day in days if day < trigger] == []
    assert list(days) == sorted(set(days))


@given(timed, RECENT, RECENT, policies)
def test_a_later_trigger_never_gives_an_earlier_day(
    rule: Rule, one: date, other: date, policy: MonthEnd | None
) -> None:
    clause = Clause(rule=rule, month_end=policy)

    earlier, later = clause.days_for(min(one, other)), clause.days_for(max(one, other))

    assert (earlier[0] <= later[0], earlier[-1] <= later[-1]) == (True, True)
