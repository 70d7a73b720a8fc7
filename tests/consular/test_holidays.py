"""Holidays as they are computed for both states, and as closures that an office may confirm."""

import json
from datetime import date

import holidays
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embassy.cli import main
from embassy.config import SAMPLE
from embassy.consular.holidays import computed, knows, regions
from embassy.consular.hours import Closure, closures
from embassy.consular.proposals import both, named, proposed
from embassy.consular.room import OFFICE
from embassy.consular.vocabulary import Cause, Confirmation
from embassy.core.languages import SPOKEN
from embassy.db.commands import check
from tests.consular.facts import office
from tests.consular.posts import brussels

HOST, SENDING = Cause.host_holiday, Cause.sending_holiday
KNOWN = sorted(one for one in holidays.list_supported_countries(include_aliases=False) if len(one) == 2)
# Law 7651 of 21 December 1992, as amended (a day that falls on a weekend is taken on the next working day),
# and the royal decree of 18 April 1974 with the ten days of Belgium, looked up by hand. Belgium leaves a
# holiday of a weekend to each employer. Eid al-Fitr and Eid al-Adha are those announced for Albania.
BY_HAND = [
    ("2026-01-01", HOST, "New Year’s Day"),
    ("2026-01-02", SENDING, "New Year’s Day"),
    ("2026-03-16", SENDING, "Summer Day (substitute day)"),
    ("2026-03-20", SENDING, "Eid al-Fitr"),
    ("2026-03-23", SENDING, "Nowruz (substitute day)"),
    ("2026-04-06", HOST, "Easter Monday"),
    ("2026-04-13", SENDING, "Orthodox Easter (substitute day)"),
    ("2026-05-01", HOST, "Labour Day"),
    ("2026-05-14", HOST, "Ascension Day"),
    ("2026-05-25", HOST, "Whit Monday"),
    ("2026-05-27", SENDING, "Eid al-Adha"),
    ("2026-07-21", HOST, "National Day"),
    ("2026-09-07", SENDING, "Mother Teresa’s Canonisation Day (substitute day)"),
    ("2026-11-11", HOST, "Armistice Day"),
    ("2026-11-23", SENDING, "Alphabet Day (substitute day)"),
    ("2026-11-30", SENDING, "Flag and Independence Day (substitute day)"),
    ("2026-12-01", SENDING, "Liberation Day (substitute day)"),
    ("2026-12-08", SENDING, "National Youth Day"),
    ("2026-12-25", HOST, "Christmas Day"),
]


def shut(host: str, sending: str, year: int) -> list[Closure]:
    """Return the closures of an office that keeps office hours once all proposals are confirmed."""
    return [
        Closure(one["first"], one["last"], one["cause"], Confirmation.confirmed, reason=one["reason"])
        for one in proposed(host, sending, year)
    ]


def test_albania_in_brussels_is_closed_on_nineteen_weekdays_of_2026() -> None:
    found = closures(brussels(*shut("BE", "AL", 2026)), date(2026, 1, 1), date(2026, 12, 31))

    assert [(str(one.first), one.cause, one.reason.texts["en"]) for one in found] == BY_HAND
    assert {one.first.weekday() for one in found} <= set(range(5))


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_sample_holds_the_days_of_both_states_as_proposals(year: int) -> None:
    sample = next(
        one for one in json.loads((SAMPLE / "office.json").read_text()) if one["slug"] == "brussels"
    )
    held = [one for one in sample["closures"] if one["first"].startswith(str(year))]

    found = closures(brussels(*shut("BE", "AL", year)), date(year, 1, 1), date(year, 12, 31))

    assert [(one["first"], one["cause"]) for one in held] == [(str(one.first), one.cause) for one in found]
    assert {one["status"] for one in held} == {"proposed"}
    assert {frozenset(one["reason"]) for one in held} == {frozenset(SPOKEN) - {"sr-Latn"} | {"source"}}


def test_every_day_has_its_name_in_every_language() -> None:
    for holiday in both("BE", "AL", 2027):
        assert set(named(holiday).texts) == set(SPOKEN) - {"sr-Latn"}


@pytest.mark.parametrize(
    ("country", "day", "tag", "name"),
    [
        ("AL", date(2027, 3, 9), "fr", "Aïd el-Fitr (date prévue)"),
        ("AL", date(2027, 5, 17), "de", "Opferfest (Ersatztag, voraussichtlich)"),
        ("BE", date(2027, 5, 17), "ar", "اثنين العنصرة"),
        ("RS", date(2027, 2, 15), "sr", "Дан државности Србије"),
        ("XK", date(2027, 1, 7), "sr-Latn", "Pravoslavni Božić"),
        ("EG", date(2027, 1, 7), "ar", "عيد الميلاد المجيد"),
        ("US", date(2027, 12, 31), "sq", "Viti i Ri (pushim i shtyrë)"),
    ],
)
def test_names_come_from_our_catalogues_or_from_the_library(
    country: str, day: date, tag: str, name: str
) -> None:
    found = {one.day: named(one).texts.get(tag) for one in computed(country, day.year, HOST)}

    assert found[day] == name


def test_two_holidays_of_one_day_stand_together() -> None:
    found = {str(one.day): named(one).texts for one in computed("AL", 2028, SENDING)}

    assert found["2028-04-17"]["en"] == "Catholic Easter (substitute day); Orthodox Easter (substitute day)"
    assert found["2028-04-17"]["de"] == "Katholisches Osterfest (Ersatztag); Orthodoxes Osterfest (Ersatztag)"


def test_a_region_keeps_its_own_days() -> None:
    days = {one.day for one in computed("GB", 2027, HOST, "SCT")}

    assert date(2027, 11, 30) in days
    assert date(2027, 11, 30) not in {one.day for one in computed("GB", 2027, HOST, "ENG")}
    assert regions("BE") == ("Flemish", "French", "German")


def test_a_country_that_nobody_computed_has_no_days() -> None:
    assert (knows("ZZ"), regions("ZZ"), computed("ZZ", 2027, HOST)) == (False, (), ())
    assert computed("AL", 1990, SENDING) == ()
    assert [one["cause"] for one in proposed("ZZ", "AL", 2027)] == [SENDING] * 24


def test_a_day_of_both_states_is_proposed_once_as_the_host_country_has_it() -> None:
    found = {str(one["first"]): one["cause"] for one in proposed("BE", "AL", 2026)}

    assert {day: found[day] for day in ("2026-01-01", "2026-04-06", "2026-04-05", "2026-04-12")} == {
        "2026-01-01": HOST,
        "2026-04-06": HOST,
        "2026-04-05": HOST,
        "2026-04-12": SENDING,
    }


def test_the_command_line_writes_closures_that_an_office_takes_in() -> None:
    ran = CliRunner().invoke(main, ["holidays", "GB", "AL", "2027", "--region", "SCT"])

    closures_of = check(OFFICE, office(closures=json.loads(ran.output)))["closures"]
    assert [one["first"] for one in closures_of] == [
        one["first"] for one in proposed("GB", "AL", 2027, "SCT")
    ]
    assert {one["cause"] for one in closures_of} == {HOST, SENDING}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["BE", "QQ"], "Nobody computes the holidays of “QQ”. Give a code such as BE."),
        (["BE", "AL", "--region=X"], "There is no region “X” of BE. Known are: Flemish, French, German."),
        (["AL", "AL", "--region=X"], "There is no region “X” of AL. Known are: none."),
    ],
)
def test_the_command_line_says_what_it_does_not_know(asked: list[str], told: str) -> None:
    ran = CliRunner().invoke(main, ["holidays", *asked[:2], "2027", *asked[2:]])

    assert (ran.exit_code, ran.output) == (1, f"Error: {told}\n")


@given(st.sampled_from(KNOWN), st.integers(1950, 2100))
@example("IN", 1999)
@settings(max_examples=30, deadline=None)
def test_any_year_of_any_country_is_named_and_in_order(country: str, year: int) -> None:
    found = computed(country, year, HOST)

    assert [one.day for one in found] == sorted({one.day for one in found})
    assert {one.day.year for one in found} <= {year}
    assert all(one.texts["en"] and named(one).texts["en"] for one in found)
    assert all("'" not in words for one in found for words in named(one).texts.values())


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN), st.integers(2000, 2050))
@settings(max_examples=20, deadline=None)
def test_no_day_is_proposed_twice(host: str, sending: str, year: int) -> None:
    days = [one["first"] for one in proposed(host, sending, year)]

    assert days == sorted({one.day for one in both(host, sending, year)})
