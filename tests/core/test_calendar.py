"""Calendar feeds byte by byte, and as two independent readers understand them."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
import recurring_ical_events
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from embassy.core import tzdb
from embassy.core.calendar import Entry, Status, write
from embassy.core.recurrence import RecurrenceError, occurrences
from tests.core.feeds import BRUSSELS, FEED, FLAG_DAY, PUBLISHED, RECEPTION, lines, section, values


def test_an_empty_feed_is_a_calendar_with_one_zone() -> None:
    content = write(FEED, [])

    calendar = lines(content)
    assert calendar[:14] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Embassy//Event feeds 1.0//EN",
        r"DESCRIPTION;LANGUAGE=sq:Të gjitha ngjarjet\npublike",
        r"X-WR-CALDESC:Të gjitha ngjarjet\npublike",
        r"NAME;LANGUAGE=sq:Ngjarje\, takime\; vizita",
        r"X-WR-CALNAME:Ngjarje\, takime\; vizita",
        "COLOR:firebrick",
        "LAST-MODIFIED:20260501T123000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "SOURCE;VALUE=URI:https://embassy.example/sq/events.ics",
        "URL:https://embassy.example/sq/events",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VTIMEZONE",
    ]
    assert [line for line in calendar if line.startswith(("TZID", "BEGIN:V", "END:V"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Tirane",
        "END:VTIMEZONE",
        "END:VCALENDAR",
    ]
    assert calendar[-1] == ""


def test_a_timed_event_is_written_in_full() -> None:
    content = write(FEED, [RECEPTION])

    assert section(content, "VEVENT") == [
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=sq:Pritje",
        "DTSTART;TZID=Europe/Brussels:20261127T180000",
        "DTEND;TZID=Europe/Brussels:20261127T203000",
        "DTSTAMP:20260501T123000Z",
        "UID:00000000-0000-0000-0000-000000000007",
        "SEQUENCE:2",
        r"CATEGORIES;LANGUAGE=sq:Zyrtare,Kulturë\, art",
        "CONFERENCE;VALUE=URI:https://meet.example/a%20b?x=1,2",
        "CREATED:20260102T030405Z",
        "DESCRIPTION;LANGUAGE=en:Reception at the residence.",
        "GEO:50.826000;4.360000",
        "IMAGE;VALUE=URI:https://embassy.example/files/1.png",
        "LAST-MODIFIED:20260501T123000Z",
        r"LOCATION;LANGUAGE=fr:Rue Tenbosch 30\, 1000 Bruxelles",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://embassy.example/sq/events/pritje",
        "END:VEVENT",
    ]


def test_a_bare_event_has_no_empty_properties() -> None:
    bare = Entry(
        uid=UUID(int=9),
        changed_at=PUBLISHED,
        created_at=PUBLISHED,
        sequence=0,
        status=Status.tentative,
        transparent=True,
        start=date(2026, 6, 1),
        end=date(2026, 6, 3),
        summary=("Forum", "en"),
    )

    content = write(FEED, [bare])

    assert section(content, "VEVENT") == [
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=en:Forum",
        "DTSTART;VALUE=DATE:20260601",
        "DTEND;VALUE=DATE:20260604",
        "DTSTAMP:20260501T123000Z",
        "UID:00000000-0000-0000-0000-000000000009",
        "SEQUENCE:0",
        "CREATED:20260501T123000Z",
        "LAST-MODIFIED:20260501T123000Z",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    assert "BEGIN:VTIMEZONE" not in lines(content)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (RECEPTION, [":OPAQUE"]),
        (replace(RECEPTION, transparent=True), [":TRANSPARENT"]),
        (replace(RECEPTION, status=Status.cancelled), [":TRANSPARENT"]),
        (FLAG_DAY, [":TRANSPARENT"]),
    ],
)
def test_only_a_timed_event_that_takes_place_fills_the_hours(entry: Entry, expected: list[str]) -> None:
    content = write(FEED, [entry])

    assert values(content, "TRANSP") == expected


def test_an_unknown_end_is_left_out() -> None:
    content = write(FEED, [replace(RECEPTION, end=RECEPTION.start)])

    assert values(content, "DTEND") == []


def test_the_second_run_of_a_repeated_hour_is_written_in_utc() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS)

    content = write(FEED, [replace(RECEPTION, start=first, end=first.replace(fold=1))])

    assert values(content, "DTSTART") == [";TZID=Europe/Brussels:20261025T023000"]
    assert values(content, "DTEND") == [":20261025T013000Z"]


def test_exceptions_are_typed_like_the_start() -> None:
    weekly = replace(
        RECEPTION,
        rrule="FREQ=WEEKLY;UNTIL=20261231",
        exdates=(datetime(2026, 12, 11, 17, tzinfo=UTC), datetime(2026, 12, 4, 17, tzinfo=UTC)),
    )
    yearly = replace(FLAG_DAY, exdates=(date(1943, 11, 28),))

    timed, all_day = write(FEED, [weekly]), write(FEED, [yearly])

    assert values(timed, "RRULE") == [":FREQ=WEEKLY;UNTIL=20261231T225959Z"]
    assert values(timed, "EXDATE") == [
        ";TZID=Europe/Brussels:20261204T180000",
        ";TZID=Europe/Brussels:20261211T180000",
    ]
    assert values(all_day, "EXDATE") == [";VALUE=DATE:19431128"]


def test_a_yearly_day_is_found_by_another_reader() -> None:
    calendar = Calendar.from_ical(write(FEED, [FLAG_DAY]))

    days = recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2028, 12, 31))

    assert [day["DTSTART"].dt for day in days] == [date(year, 11, 28) for year in (2026, 2027, 2028)]


def test_entries_stand_by_start_then_uid() -> None:
    entries = [
        replace(RECEPTION, uid=UUID(int=3)),
        replace(RECEPTION, uid=UUID(int=1)),
        replace(RECEPTION, uid=UUID(int=4), start=datetime(2026, 11, 27, 16, 59, tzinfo=UTC)),
        replace(FLAG_DAY, uid=UUID(int=9)),
    ]

    content = write(FEED, entries)

    uids = [int(line[-1]) for line in lines(content) if line.startswith("UID:")]
    assert uids == [9, 4, 1, 3]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(8)))
def test_the_order_of_entries_does_not_change_a_byte(order: Sequence[int]) -> None:
    zones = ["Africa/Cairo", "Europe/Brussels", "America/Nuuk", "UTC"]
    entries = [replace(RECEPTION, uid=UUID(int=n), zone=zones[n % 4]) for n in range(8)]

    content = write(FEED, [entries[n] for n in order])

    assert content == write(FEED, entries)


def test_another_process_writes_the_same_bytes() -> None:
    program = (
        "import sys; from embassy.core.calendar import write; "
        "from tests.core.feeds import FEED, FLAG_DAY, RECEPTION; "
        "sys.stdout.buffer.write(write(FEED, {FLAG_DAY, RECEPTION}))"
    )

    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": ".", "PYTHONTZPATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York"))
    ]

    assert runs == [write(FEED, [RECEPTION, FLAG_DAY])] * 2


def test_nothing_is_written_that_readers_must_not_get() -> None:
    content = write(FEED, [RECEPTION, FLAG_DAY])

    names = {re.split("[:;]", line)[0] for line in lines(content)}
    top = section(content, "VCALENDAR")
    calendar = top[: top.index("BEGIN:VTIMEZONE")]
    assert names & {"METHOD", "ATTENDEE", "ORGANIZER", "CLASS", "RDATE", "BEGIN:VALARM"} == set()
    assert [line for line in calendar if line.startswith("UID")] == []


moments = st.integers(-600_000_000, 2_800_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@settings(max_examples=120, deadline=None)
@given(
    starts=st.lists(st.tuples(moments, st.sampled_from(sorted(tzdb.names()))), min_size=1, max_size=5),
    minutes=st.integers(1, 600_000),
)
def test_a_reader_of_the_file_alone_meets_at_the_published_instants(
    starts: list[tuple[datetime, str]], minutes: int
) -> None:
    length = timedelta(minutes=minutes)
    entries = [
        replace(RECEPTION, uid=UUID(int=n), start=start, end=start + length, zone=zone)
        for n, (start, zone) in enumerate(starts)
    ]

    content = write(FEED, entries)

    zones = tzical(StringIO(content.decode()))
    times = re.findall(r"^(DTSTART|DTEND)(?:;TZID=(.*))?:(.*)$", after_zones(content), re.MULTILINE)
    read = {
        wanted: [instant(stamp, zone, zones) for name, zone, stamp in times if name == wanted]
        for wanted in ("DTSTART", "DTEND")
    }
    inorder = sorted(start for start, _ in starts)
    assert read == {"DTSTART": inorder, "DTEND": [start + length for start in inorder]}


def after_zones(content: bytes) -> str:
    return "\n".join(lines(content)).rpartition("END:VTIMEZONE")[2]


def instant(stamp: str, zone: str, zones: tzical) -> datetime:
    reader = zones.get(zone) if zone else UTC
    return datetime.fromisoformat(stamp.removesuffix("Z")).replace(tzinfo=reader).astimezone(UTC)


def test_a_zone_covers_the_long_and_the_short_of_its_events() -> None:
    early, late = datetime(2014, 6, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    long = replace(RECEPTION, start=early, end=late, zone="Africa/Cairo")
    short = replace(long, uid=UUID(int=9), start=early + timedelta(days=1), end=early + timedelta(days=2))

    content = write(FEED, [long, short])

    zone = tzical(StringIO(content.decode())).get("Africa/Cairo")
    seasons = [at.astimezone(tzdb.zone("Africa/Cairo")).replace(tzinfo=zone) for at in (early, late)]
    assert [season.utcoffset() for season in seasons] == [timedelta(hours=3), timedelta(hours=2)]


@pytest.mark.parametrize("name", ["Africa/Cairo", "America/Nuuk", "Europe/Brussels", "Asia/Gaza"])
def test_an_open_end_is_followed_for_ten_years(name: str) -> None:
    start = datetime(2026, 1, 6, 9, 0, tzinfo=tzdb.zone(name))
    until = PUBLISHED + timedelta(days=3650)
    weekly = replace(RECEPTION, start=start, end=start, zone=name, rrule="FREQ=WEEKLY")

    zones = tzical(StringIO(write(FEED, [weekly]).decode()))

    times = [o.start for o in occurrences(start, start, "FREQ=WEEKLY", name, since=start, until=until)]
    assert len(times) == 538
    read = [time.replace(tzinfo=zones.get(name)) for time in times if isinstance(time, datetime)]
    assert [time.utcoffset() for time in read] == [
        time.utcoffset() for time in times if isinstance(time, datetime)
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"zone": None}, "aware datetimes and a zone"),
        ({"start": date(2026, 11, 27)}, "aware datetimes and a zone"),
        ({"exdates": (date(2026, 11, 27),)}, "aware datetimes and a zone"),
        ({"exdates": (PUBLISHED,)}, "Only a repeated entry"),
        ({"end": PUBLISHED}, "ends before it starts"),
        ({"geo": (90.1, 0.0)}, "90 degrees"),
        ({"geo": (0.0, float("nan"))}, "180 of longitude"),
        ({"start": datetime.fromisoformat("2026-11-27T18:00")}, "2026-11-27 18:00:00 has no time zone"),
    ],
)
def test_an_entry_no_calendar_could_hold_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        replace(RECEPTION, **change)


def test_one_uid_stands_for_one_entry() -> None:
    with pytest.raises(ValueError, match="same uid"):
        write(FEED, [RECEPTION, replace(FLAG_DAY, uid=RECEPTION.uid)])


def test_a_rule_that_was_never_checked_is_refused() -> None:
    with pytest.raises(RecurrenceError, match="HOURLY"):
        write(FEED, [replace(RECEPTION, rrule="FREQ=HOURLY")])


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(tzdb.UnknownZoneError):
        write(FEED, [replace(RECEPTION, zone="Europe/Atlantis")])
