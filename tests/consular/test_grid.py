"""Hours as people type them into a grid, and the days ahead that a change alters."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embassy.consular.foreseen import AHEAD, foreseen
from embassy.consular.grid import Spans, hours, lines, read, write
from embassy.consular.room import OFFICE
from embassy.consular.vocabulary import Channel, Service, Weekday
from embassy.core.facts import Wrong
from embassy.db.commands import check
from tests.consular import facts

MORNING = (time(9), time(12))
AFTERNOON = (time(14), time(16, 30))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
parts = st.fixed_dictionaries(
    {
        "service": st.sampled_from(Service),
        "channel": st.sampled_from(Channel),
        "weekday": st.sampled_from(Weekday),
        "opens": times,
        "closes": times,
        "valid_from": st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        "valid_to": st.none() | st.dates(date(2027, 1, 1), date(2027, 1, 3)),
        "by_appointment": st.booleans(),
    }
)


@pytest.mark.parametrize(
    ("written", "spans"),
    [
        ("", ()),
        ("  –  ", ()),
        ("9-12", (MORNING,)),
        ("9:00-12:00", (MORNING,)),
        ("9h–12h", (MORNING,)),
        ("09.00 — 12.00", (MORNING,)),
        ("9:00–12:00, 14:00–16:30", (MORNING, AFTERNOON)),
        ("14h - 16h30; 9 − 12", (MORNING, AFTERNOON)),
        ("9-12\n14-16:30", (MORNING, AFTERNOON)),
        ("٩:٠٠–١٢:٠٠، ١٤:٠٠–١٦:٣٠", (MORNING, AFTERNOON)),
        ("۹-۱۲", (MORNING,)),
        ("22:00-6:00", ((time(22), time(6)),)),
        ("0-24", ((time(0), time(0)),)),
        ("18:00-24:00", ((time(18), time(0)),)),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, spans: Spans) -> None:
    assert read(written) == spans


@pytest.mark.parametrize(
    "written", ["9", "9-", "nine to five", "9-25", "24-6", "9:60-12", "9-24:30", "9-12-14", "9-12,", "9²-12"]
)
def test_what_is_no_time_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Wrong, match="Write hours such as 9:00–12:00, 14:00–16:00"):
        read(written)


@given(st.lists(st.tuples(times, times), max_size=4))
def test_what_a_cell_shows_is_read_as_it_was(spans: list[tuple[time, time]]) -> None:
    held = tuple(sorted(spans))

    assert read(write(held)) == held


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(written: str) -> None:
    try:
        spans = read(written)
    except Wrong:
        spans = ()

    assert read(write(spans)) == spans


@given(st.lists(parts, max_size=12))
def test_a_grid_holds_every_hour_and_leaves_their_order_where_nothing_changed(held: list[Any]) -> None:
    grid = lines(held)

    assert hours(grid, held) == held
    assert lines(hours(grid)) == grid
    assert len(hours(grid)) == len(held)


def office(**other: Any) -> Any:
    """Return the values of an office."""
    return check(OFFICE, facts.office(**other))


def test_the_days_that_change_are_foreseen_for_each_service() -> None:
    monday = facts.hours("09:00", "12:00", ("monday",))
    visas = facts.hours("10:00", "11:00", ("tuesday",), "visa", valid_from="2027-01-01", by_appointment="yes")
    before, after = office(closures=[], hours=monday), office(closures=[], hours=[*monday, *visas])
    shorter = office(closures=[], hours=facts.hours("09:00", "11:00", ("monday",)))

    found = foreseen(before, after, date(2026, 11, 22))
    fewer = foreseen(before, shorter, date(2026, 11, 22))

    assert [(one.service, one.channel) for one in found] == [(Service.visa, Channel.counter)]
    assert found[0].days == (
        (date(2027, 1, 5), (), ((time(10), time(11), True),)),
        (date(2027, 1, 12), (), ((time(10), time(11), True),)),
        (date(2027, 1, 19), (), ((time(10), time(11), True),)),
    )
    assert [str(day) for day, _before, _after in fewer[0].days] == [
        str(date(2026, 11, 23) + timedelta(weeks=week)) for week in range(9)
    ]


def test_a_day_that_is_closed_anyway_does_not_change() -> None:
    shut = [facts.closure("2026-11-23", "Alphabet Day")]
    before = office(closures=shut, hours=facts.hours("09:00", "12:00", ("monday",)))
    after = office(closures=shut, hours=facts.hours("09:00", "11:00", ("monday",)))

    found = foreseen(before, after, date(2026, 11, 22))

    assert date(2026, 11, 23) not in {day for day, *_hours in found[0].days}


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
@settings(max_examples=20)
def test_sixty_days_are_looked_at_from_any_day_on(first: date) -> None:
    every = facts.hours("09:00", "12:00", facts.EVERY_DAY)
    found = foreseen(office(closures=[], hours=[]), office(closures=[], hours=every), first)

    assert [day for day, *_hours in found[0].days] == [
        first + timedelta(days=ahead) for ahead in range(AHEAD)
    ]
    assert foreseen(office(), office(), first) == []
