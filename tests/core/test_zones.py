"""VTIMEZONEs, read by dateutil and by icalendar, against the tz database."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from embassy.core import tzdb
from embassy.core.zones import vtimezone

SINGLE_WEEKDAY = re.compile(r"RRULE:FREQ=YEARLY;BYMONTH=\d+;BYDAY=(?:-1|[1-4])[A-Z]{2}\r\n")
AROUND = [timedelta(seconds=seconds) for seconds in (-86400, -3601, -1, 0, 1, 3599, 3600, 86400)]


def written(name: str, first: int, last: int) -> str:
    zone = vtimezone(name, datetime(first, 1, 1, tzinfo=UTC), datetime(last, 12, 31, tzinfo=UTC))
    return str(zone.to_ical(), "utf-8")


def instants(name: str, first: int, last: int) -> list[datetime]:
    """The edges of the span and the hours around each change in it, as unambiguous local times."""
    begin, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 12, 31, tzinfo=UTC)
    changes = tzdb.chronicle(name).changes(until=end)
    near = [begin, end, *(change.at + step for change in changes for step in AROUND)]
    local = [at.astimezone(tzdb.zone(name)) for at in near if begin <= at <= end]
    return [at for at in local if not at.fold]


spans = st.tuples(st.integers(1900, 2060), st.integers(0, 12)).map(lambda span: (span[0], sum(span)))


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(tzdb.names())), span=spans)
def test_dateutil_reads_what_the_tz_database_says(name: str, span: tuple[int, int]) -> None:
    expected = instants(name, *span)

    reader = tzical(StringIO(f"BEGIN:VCALENDAR\r\n{written(name, *span)}END:VCALENDAR\r\n")).get(name)

    read = [at.replace(tzinfo=reader) for at in expected]
    assert [(at.utcoffset(), at.tzname()) for at in read] == [
        (at.utcoffset(), at.tzname()) for at in expected
    ]


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(tzdb.names())), span=spans)
def test_icalendar_reads_what_the_tz_database_says(name: str, span: tuple[int, int]) -> None:
    expected = instants(name, *span)
    # A name of its own keeps the library from taking the machine's zone instead of ours.
    strange = f"{name}-{span[0]}-{span[1]}"
    zone = written(name, *span).replace(f"TZID:{name}", f"TZID:{strange}")
    events = "".join(
        f"BEGIN:VEVENT\r\nDTSTART;TZID={strange}:{at:%Y%m%dT%H%M%S}\r\nEND:VEVENT\r\n" for at in expected
    )

    read = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{zone}{events}END:VCALENDAR\r\n").walk("VEVENT")

    assert [event.decoded("DTSTART").astimezone(UTC) for event in read] == [
        at.astimezone(UTC) for at in expected
    ]


def test_brussels_is_two_yearly_rules() -> None:
    zone = written("Europe/Brussels", 2012, 2012)

    assert zone.splitlines() == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Brussels",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_the_bytes_of_a_yearly_zone_stay_while_the_years_pass() -> None:
    later = {written("Europe/Brussels", year, year + 3) for year in range(1997, 2060)}

    assert later == {written("Europe/Brussels", 2012, 2012)}


def test_the_first_summer_of_the_footer_needs_nothing_before_it() -> None:
    summer = datetime(1996, 6, 1, tzinfo=UTC)

    zone = vtimezone("Europe/Brussels", summer, summer)

    assert str(zone.to_ical(), "utf-8") == written("Europe/Brussels", 2012, 2012)


@pytest.mark.parametrize(
    ("name", "first", "last", "observances"),
    [
        ("Africa/Casablanca", 2024, 2025, 6),
        ("Europe/Istanbul", 2012, 2017, 11),
        ("Europe/Moscow", 2009, 2015, 7),
        ("Africa/Cairo", 2024, 2026, 7),
        ("America/Nuuk", 2024, 2024, 3),
        ("Asia/Kolkata", 2024, 2030, 1),
        ("UTC", 2024, 2030, 1),
    ],
)
def test_other_zones_have_one_observance_per_change(
    name: str, first: int, last: int, observances: int
) -> None:
    zone = written(name, first, last)

    assert (zone.count("DTSTART"), zone.count("RRULE"), zone.count("RDATE")) == (observances, 0, 0)


def test_a_rule_that_begins_within_the_span_follows_single_changes() -> None:
    zone = written("America/New_York", 2005, 2008)

    starts = [line for line in zone.splitlines() if line.startswith(("DTSTART", "RRULE"))]

    assert starts == [
        "DTSTART:20041031T020000",
        "DTSTART:20050403T020000",
        "DTSTART:20051030T020000",
        "DTSTART:20060402T020000",
        "DTSTART:20061029T020000",
        "DTSTART:20070311T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "DTSTART:20071104T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    ]


def test_every_zone_has_a_standard_part_and_single_weekdays() -> None:
    zones = {name: written(name, 2026, 2026) for name in tzdb.names()}

    rules = {name: zone.count("BYDAY=") for name, zone in zones.items()}
    single = {name: len(SINGLE_WEEKDAY.findall(zone)) for name, zone in zones.items()}

    assert {name for name, zone in zones.items() if "BEGIN:STANDARD" not in zone} == set()
    assert rules == single
    assert set(rules.values()) == {0, 2}


def test_times_before_the_first_change_are_covered() -> None:
    zone = vtimezone("Europe/Brussels", datetime(1800, 1, 1, tzinfo=UTC), datetime(1801, 1, 1, tzinfo=UTC))

    (observance,) = zone.subcomponents

    assert observance["DTSTART"].to_ical() == b"16010101T000000"
    assert observance["TZOFFSETTO"].to_ical() == "+001730"
