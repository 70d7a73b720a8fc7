"""Repetition rules: which are accepted, how they are written, and when events take place."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from embassy.core.recurrence import Occurrence, RecurrenceError, check, occurrences
from embassy.core.tzdb import zone

BRUSSELS = zone("Europe/Brussels")
FLAG_DAY = "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=28"


def at(*when: int, fold: int = 0) -> datetime:
    year, month, day, hour, minute = when
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=BRUSSELS)


def test_independence_day_comes_every_year() -> None:
    first = date(1912, 11, 28)

    found = islice(occurrences(first, first, FLAG_DAY, since=date(2026, 5, 1)), 3)

    days = [date(year, 11, 28) for year in (2026, 2027, 2028)]
    assert list(found) == [Occurrence(day, day) for day in days]


def test_a_weekly_meeting_keeps_its_local_time() -> None:
    start = at(2026, 3, 20, 9, 0)

    found = occurrences(start, at(2026, 3, 20, 10, 0), "FREQ=WEEKLY;COUNT=3", "Europe/Brussels", since=start)

    assert [occurrence.start.isoformat() for occurrence in found] == [
        "2026-03-20T09:00:00+01:00",
        "2026-03-27T09:00:00+01:00",
        "2026-04-03T09:00:00+02:00",
    ]


def test_a_start_that_the_clock_change_skips_moves_on() -> None:
    start = at(2026, 3, 28, 2, 30)

    found = occurrences(start, at(2026, 3, 28, 3, 30), "FREQ=DAILY;COUNT=2", "Europe/Brussels", since=start)

    assert [(o.start.isoformat(), o.end.isoformat()) for o in found] == [
        ("2026-03-28T02:30:00+01:00", "2026-03-28T03:30:00+01:00"),
        ("2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00"),
    ]


def test_exceptions_are_left_out_and_still_counted() -> None:
    found = occurrences(
        date(2026, 1, 1),
        date(2026, 1, 2),
        "FREQ=MONTHLY;COUNT=3",
        exdates=[date(2026, 2, 1)],
        since=date(2026, 1, 1),
    )

    assert list(found) == [
        Occurrence(date(2026, 1, 1), date(2026, 1, 2)),
        Occurrence(date(2026, 3, 1), date(2026, 3, 2)),
    ]


def test_an_exception_given_in_utc_leaves_out_the_local_start() -> None:
    start = at(2026, 6, 1, 9, 0)

    found = occurrences(
        start,
        start,
        "FREQ=DAILY;COUNT=2",
        "Europe/Brussels",
        exdates=[datetime(2026, 6, 2, 7, 0, tzinfo=UTC)],
        since=start,
    )

    assert list(found) == [Occurrence(start, start)]


def test_what_is_going_on_belongs_to_the_window_and_what_begins_later_does_not() -> None:
    found = occurrences(
        date(2026, 1, 1),
        date(2026, 1, 3),
        "FREQ=WEEKLY",
        since=date(2026, 1, 10),
        until=date(2026, 1, 15),
    )

    assert list(found) == [
        Occurrence(date(2026, 1, 8), date(2026, 1, 10)),
        Occurrence(date(2026, 1, 15), date(2026, 1, 17)),
    ]


def test_without_a_rule_there_is_one_occurrence_even_in_a_repeated_hour() -> None:
    start, end = at(2026, 10, 25, 2, 30, fold=1), at(2026, 10, 25, 3, 0)

    found = occurrences(start, end, None, "Europe/Brussels", since=at(2026, 10, 1, 0, 0))

    assert [(o.start.isoformat(), o.end.isoformat()) for o in found] == [
        ("2026-10-25T02:30:00+01:00", "2026-10-25T03:00:00+01:00")
    ]


def test_an_endless_rule_stops_after_a_century() -> None:
    found = list(occurrences(date(1912, 11, 28), date(1912, 11, 28), FLAG_DAY, since=date(2026, 1, 1)))

    assert (len(found), found[-1].start) == (100, date(2125, 11, 28))


def test_a_rule_is_written_frequency_first_and_in_capitals() -> None:
    canonical = check(" rrule:bymonthday=28;bymonth=11;freq=yearly ", date(1912, 11, 28))

    assert canonical == "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=28"


@pytest.mark.parametrize(
    ("until", "zone_name", "expected"),
    [
        ("20260930", "Europe/Brussels", "FREQ=DAILY;UNTIL=20260930T215959Z"),
        ("20260930T120000Z", "Europe/Brussels", "FREQ=DAILY;UNTIL=20260930T120000Z"),
        ("20260930", None, "FREQ=DAILY;UNTIL=20260930"),
    ],
)
def test_the_end_is_typed_like_the_start(until: str, zone_name: str | None, expected: str) -> None:
    start = at(2026, 6, 1, 9, 0) if zone_name else date(2026, 6, 1)

    canonical = check(f"FREQ=DAILY;UNTIL={until}", start, zone_name)

    assert canonical == expected


@pytest.mark.parametrize("end", ["UNTIL=20260603", "COUNT=3"])
def test_the_last_day_of_a_timed_event_counts(end: str) -> None:
    start = at(2026, 6, 1, 23, 30)
    rule = check(f"FREQ=DAILY;{end}", start, "Europe/Brussels")

    found = occurrences(start, start, rule, "Europe/Brussels", since=start)

    assert [occurrence.start.day for occurrence in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("", "“” is misplaced. A repetition reads like FREQ=YEARLY;BYMONTH=11."),
        (
            "FREQ=DAILY;FREQ=DAILY",
            "“FREQ=DAILY” is misplaced. A repetition reads like FREQ=YEARLY;BYMONTH=11.",
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=48",
            "Calendars do not agree on BYWEEKNO. "
            "Use FREQ, UNTIL, COUNT, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST.",
        ),
        ("FREQ=HOURLY", "FREQ cannot be “HOURLY” in a repetition."),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH cannot be “13” in a repetition."),
        ("FREQ=YEARLY\r\nX-EVIL:1", "FREQ cannot be “YEARLY\r\nX-EVIL:1” in a repetition."),
        ("FREQ=DAILY;UNTIL=20261399", "UNTIL cannot be “20261399” in a repetition."),
        ("COUNT=2", "A repetition needs FREQ, for example FREQ=YEARLY."),
        (
            "FREQ=DAILY;COUNT=2;UNTIL=20270101",
            "A repetition ends by COUNT or by UNTIL. Leave one of them out.",
        ),
        ("FREQ=WEEKLY;BYDAY=2SA", "A numbered weekday such as 2MO needs FREQ=MONTHLY or FREQ=YEARLY."),
        ("FREQ=WEEKLY;BYMONTHDAY=28", "A day of the month needs FREQ=MONTHLY or FREQ=YEARLY."),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses among days. Name them with BYDAY or BYMONTHDAY."),
        ("FREQ=DAILY;UNTIL=20270101T000000Z", "An all-day event repeats until a day. Write UNTIL=20270101."),
        (
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "The repetition does not fall on the first date, 2026-11-28. Change one of them.",
        ),
        (
            "FREQ=YEARLY;UNTIL=20200101",
            "The repetition does not fall on the first date, 2026-11-28. Change one of them.",
        ),
    ],
)
@pytest.mark.timeout(3)
def test_a_rule_that_calendars_could_not_follow_is_refused(value: str, sentence: str) -> None:
    with pytest.raises(RecurrenceError) as refused:
        check(value, date(2026, 11, 28))

    assert str(refused.value.message) == sentence


def test_a_repetition_in_a_repeated_hour_is_refused() -> None:
    with pytest.raises(RecurrenceError, match="the hour that the clock change repeats"):
        check("FREQ=YEARLY", at(2026, 10, 25, 2, 30, fold=1), "Europe/Brussels")


def test_a_floating_time_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-06-01 09:00:00 has no time zone"):
        check("FREQ=DAILY", at(2026, 6, 1, 9, 0).replace(tzinfo=None), "Europe/Brussels")


rules = st.builds(
    ";".join,
    st.tuples(
        st.sampled_from(
            [
                "FREQ=DAILY;BYMONTHDAY=4,18",
                "FREQ=WEEKLY;BYDAY=WE,FR;WKST=SU",
                "FREQ=MONTHLY;BYDAY=1WE,-1FR",
                "FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=2",
                "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU,1WE",
                "FREQ=YEARLY",
            ]
        ),
        st.integers(1, 4).map("INTERVAL={}".format),
        st.sampled_from(["COUNT=7", "UNTIL=20290101", "COUNT=400"]),
    ),
)


@settings(max_examples=60, deadline=None)
@given(rule=rules, hour=st.integers(4, 23), length=st.integers(0, 50))
def test_an_independent_reader_finds_the_same_occurrences(rule: str, hour: int, length: int) -> None:
    start = at(2026, 3, 4, hour, 15)
    end = (start.astimezone(UTC) + timedelta(hours=length)).astimezone(BRUSSELS)
    canonical = check(rule, start, "Europe/Brussels")
    event = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTART;TZID=Europe/Brussels:{start:%Y%m%dT%H%M%S}\r\n"
        f"RRULE:{canonical}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    horizon = datetime(2031, 1, 1, tzinfo=UTC)

    found = list(occurrences(start, end, canonical, "Europe/Brussels", since=start, until=horizon))

    others = recurring_ical_events.of(Calendar.from_ical(event)).between(start, horizon)
    assert [o.start for o in found] == sorted(other["DTSTART"].dt for other in others)
    assert {universal_length(o) for o in found} == {timedelta(hours=length)}


def universal_length(occurrence: Occurrence) -> timedelta:
    assert isinstance(occurrence.start, datetime)
    assert isinstance(occurrence.end, datetime)
    return occurrence.end.astimezone(UTC) - occurrence.start.astimezone(UTC)
