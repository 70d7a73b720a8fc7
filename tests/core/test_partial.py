"""Partial dates: what a source tells of a day, and no more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.partial import UNKNOWN, PartialDate, PartialDateError, Precision, year_first

DAY = date(2013, 12, 9)

partial_dates = st.one_of(
    st.dates().map(PartialDate.on),
    st.dates().map(PartialDate.not_after),
    st.dates().map(PartialDate.not_before),
    st.dates().map(lambda day: PartialDate.in_month(day.year, day.month)),
    st.dates().map(lambda day: PartialDate.in_year(day.year)),
    st.just(UNKNOWN),
)


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2013-12-09", PartialDate.on(DAY), Precision.DAY),
        ("2013-12", PartialDate(date(2013, 12, 1), date(2013, 12, 31)), Precision.MONTH),
        ("2012-02", PartialDate(date(2012, 2, 1), date(2012, 2, 29)), Precision.MONTH),
        ("2013", PartialDate(date(2013, 1, 1), date(2013, 12, 31)), Precision.YEAR),
        ("../2013-12-09", PartialDate(None, DAY), Precision.NOT_AFTER),
        ("2013-12-09/..", PartialDate(DAY, None), Precision.NOT_BEFORE),
        ("", PartialDate(), Precision.UNKNOWN),
        (" 0987-01 ", PartialDate.in_month(987, 1), Precision.MONTH),
    ],
)
def test_each_form_has_its_text(text: str, value: PartialDate, precision: Precision) -> None:
    read = PartialDate.parse(text)

    assert (read, str(read), read.precision) == (value, text.strip(), precision)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2013-13", "“2013-13” does not exist in the calendar."),
        ("2013-02-29", "“2013-02-29” does not exist in the calendar."),
        ("0000", "“0000” does not exist in the calendar."),
        ("../2013", "“../2013” needs an exact day beside the open end."),
        ("2013-12/..", "“2013-12/..” needs an exact day beside the open end."),
        (
            "9.12.2013",
            "“9.12.2013” is not a date; write 2013-12-09, 2013-12, 2013, ../2013-12-09 (not after), "
            "2013-12-09/.. (not before) or leave it empty.",
        ),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(PartialDateError) as refused:
        PartialDate.parse(text)

    assert str(refused.value.message) == message


@pytest.mark.parametrize("text", ["20131209", "2013-W50-1", "2013-1-9", "٢٠١٣", "2013/2014", "../", "-2013"])
def test_other_ways_of_writing_a_date_are_refused(text: str) -> None:
    with pytest.raises(PartialDateError) as refused:
        PartialDate.parse(text)

    assert refused.value.message.values["text"] == text


def test_an_arbitrary_span_is_no_partial_date() -> None:
    with pytest.raises(PartialDateError) as refused:
        PartialDate(date(2013, 12, 9), date(2014, 1, 6))

    assert str(refused.value) == "2013-12-09 to 2014-01-06 is neither a day, a month nor a year."


def test_a_date_sorts_by_its_earliest_day_the_more_exact_first_and_unknown_last() -> None:
    order = [
        "2012-12-31",
        "2013-01-01",
        "../2013-01-01",
        "2013-01",
        "2013",
        "2013-01-01/..",
        "2013-01-02",
        "../9999-12-31",
        "",
    ]

    dates = sorted(map(PartialDate.parse, reversed(order)), key=lambda partial: partial.sort_key)

    assert [str(partial) for partial in dates] == order


@pytest.mark.parametrize(
    ("text", "exact", "unknown"),
    [
        ("2013-12-09", True, False),
        ("2013-12", False, False),
        ("../2013-12-09", False, False),
        ("", False, True),
    ],
)
def test_only_a_day_is_exact_and_only_nothing_unknown(text: str, exact: bool, unknown: bool) -> None:
    partial = PartialDate.parse(text)

    assert (partial.is_exact, partial.is_unknown) == (exact, unknown)


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("2013-12-09", True),
        ("2013-12", True),
        ("2014", False),
        ("../2013-12-08", False),
        ("2013-12-10/..", False),
        ("", True),
    ],
)
def test_a_date_may_include_the_days_it_does_not_rule_out(text: str, possible: bool) -> None:
    assert PartialDate.parse(text).may_include(DAY) is possible


@pytest.mark.parametrize(
    ("one", "other", "before", "coincide"),
    [
        ("2013-12", "2014-01-01", True, False),
        ("2013-12", "2013-12-31", False, True),
        ("../2013-12-09", "2013", False, True),
        ("", "2013", False, True),
        ("2015", "2013", False, False),
    ],
)
def test_the_order_of_two_dates_is_claimed_only_when_certain(
    one: str, other: str, before: bool, coincide: bool
) -> None:
    first, second = PartialDate.parse(one), PartialDate.parse(other)

    assert (first.is_before(second), first.may_coincide(second)) == (before, coincide)


@given(partial_dates)
def test_text_and_value_tell_the_same(partial: PartialDate) -> None:
    assert PartialDate.parse(str(partial)) == partial


@given(partial_dates, partial_dates)
def test_the_order_is_total_and_never_against_what_is_certain(one: PartialDate, other: PartialDate) -> None:
    assert (one.sort_key == other.sort_key) == (one == other)
    assert not (one.is_before(other) and other.sort_key < one.sort_key)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9.12.2013", "2013-12-09"),
        (" 09/12/2013 ", "2013-12-09"),
        ("9-12-2013", "2013-12-09"),
        ("9. 12. 2013", "2013-12-09"),
        ("12.2013", "2013-12"),
        ("2013-12-09", "2013-12-09"),
        ("../2013-12-09", "../2013-12-09"),
        ("9.12.13", "9.12.13"),
        ("soon", "soon"),
    ],
)
def test_a_date_written_day_first_is_read_year_first(written: str, read: str) -> None:
    assert year_first(written) == read
