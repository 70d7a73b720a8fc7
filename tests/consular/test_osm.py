"""Hours as OpenStreetMap values: read by opening-hours-py and by ourselves, and found to be the same."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from embassy.consular import osm
from embassy.consular.days import DAY
from embassy.consular.hours import Schedule, WeeklyHours, intervals, overlaps, state
from embassy.consular.osm_reading import Special, understood
from embassy.consular.osm_syntax import Misspelt
from embassy.consular.vocabulary import Cause, Confirmation
from tests.consular.posts import NIGHTLY, WORKDAYS, brussels, closed_on
from tests.consular.test_hours_oracle import SPOKEN, STEP, situations, touched_by_clock_changes

SUNDAY = date(2026, 11, 29)
NOON = (time(9), time(12))
APPOINTED = "unknown"


def read_by_oracle(value: str, zone: str) -> OpeningHours:
    """A value as opening-hours-py reads it, without the holidays of any country."""
    return OpeningHours(value, timezone=ZoneInfo(zone), auto_country=False)


def test_a_mapper_reads_the_week_and_the_days_ahead_that_differ() -> None:
    post = brussels(
        closed_on(date(2026, 11, 27)),
        closed_on(date(2026, 11, 30), date(2026, 12, 1)),
        closed_on(date(2026, 12, 24), cause=Cause.ad_hoc, instead=(NOON,)),
        closed_on(date(2026, 12, 25)),
        closed_on(date(2026, 12, 26)),
        closed_on(date(2027, 1, 1), status=Confirmation.proposed),
        weekly=(*WORKDAYS, WeeklyHours(5, time(9), time(12), by_appointment=True)),
    )

    assert osm.written(post, SUNDAY) == (
        'Mo-Fr 09:00-17:00, Sa 09:00-12:00 unknown "by appointment"; '
        "2026 Nov 30-2026 Dec 01 off; 2026 Dec 24 09:00-12:00; 2026 Dec 25-2026 Dec 26 off"
    )


def test_weekdays_of_like_hours_stand_together_and_validity_before_them() -> None:
    weekly = (
        *(WeeklyHours(day, time(9), time(12)) for day in (0, 1, 3, 5)),
        *(WeeklyHours(day, time(14), time(0)) for day in (0, 1)),
        WeeklyHours(2, time(9), time(12), valid_from=date(2026, 12, 2)),
        WeeklyHours(4, time(9), time(12), valid_to=date(2026, 12, 4)),
        WeeklyHours(6, time(22), time(22), valid_from=date(2026, 12, 2), valid_to=date(2027, 1, 31)),
        WeeklyHours(6, time(9), time(12), valid_to=date(2026, 11, 1)),
    )

    assert osm.written(Schedule("Europe/Brussels", weekly), SUNDAY) == (
        "Mo,Tu 09:00-12:00,14:00-24:00, Th,Sa 09:00-12:00, 2026 Dec 02+ We 09:00-12:00, "
        "2026 Dec 02-2027 Jan 31 Su 22:00-46:00, 2026 Jan 01-2026 Dec 04 Fr 09:00-12:00"
    )


def test_day_and_night_and_never_have_words_of_their_own() -> None:
    always = tuple(WeeklyHours(day, time(), time()) for day in range(7))

    values = [osm.written(brussels(weekly=weekly), SUNDAY) for weekly in (always, ())]

    assert values == ["24/7", "off"]


def test_a_closed_night_is_told_day_by_day() -> None:
    post = brussels(closed_on(date(2026, 12, 1)), weekly=NIGHTLY)

    assert osm.written(post, SUNDAY) == (
        "Mo-Su 22:00-06:00; 2026 Dec 01 00:00-06:00; 2026 Dec 02 22:00-06:00"
    )


def test_a_tag_takes_the_nearest_days_that_fit() -> None:
    shut = [closed_on(date(2026, 12, day)) for day in range(1, 30) if day % 7 in (1, 3)]
    shut += [closed_on(date(2027, 1, day)) for day in range(5, 29) if day % 7 in (0, 5)]
    value = osm.written(brussels(*shut), SUNDAY)

    fitted = osm.fitting(value)

    assert (len(fitted) <= osm.MOST, value.startswith(f"{fitted}; "), fitted.count("off")) == (True, True, 13)
    assert osm.fitting(fitted) == fitted
    assert osm.fitting("Mo " * 100) == "Mo " * 100


@settings(max_examples=100, deadline=None)
@given(situations())
def test_every_quarter_of_an_hour_is_read_as_we_tell_it(found: tuple[Schedule, datetime]) -> None:
    schedule, noon = found
    since = noon.date()
    first = datetime.combine(since, time(), UTC) + DAY
    clocks = list(touched_by_clock_changes(schedule))
    instants = [first + step * STEP for step in range(4 * 96)]
    clear = [at for at in instants if not any(begins <= at < ends for begins, ends in clocks)]

    value = read_by_oracle(osm.written(schedule, since), schedule.zone)

    told = [SPOKEN[str(value.state(at.astimezone(ZoneInfo("UTC")))[0])] for at in clear]
    assert told == [state(schedule, at).opening for at in clear]


def weekly(text: str) -> list[str]:
    """Weekly hours that a text is read into, each as a short line."""
    return [
        f"{osm.WEEKDAYS[one.weekday]} {one.opens:%H:%M}-{one.closes:%H:%M}"
        f"{' asked' * one.by_appointment} {one.valid_from or ''}/{one.valid_to or ''}"
        for one in understood(text).weekly
    ]


def special(text: str) -> list[str]:
    """Special days that a text is read into, each as a short line."""

    def spans(one: Special) -> str:
        return " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in one.spans)

    found = understood(text).special
    return [f"{one.first}/{one.last} {spans(one)} {one.reason}".strip() for one in found]


WRITTEN = {
    "Mo-We 09:00-12:00,14:00-17:00": [
        f"{day} {span} /" for day in ("Mo", "Tu", "We") for span in ("09:00-12:00", "14:00-17:00")
    ],
    "Sa-Mo 9:00–12:00": ["Mo 09:00-12:00 /", "Sa 09:00-12:00 /", "Su 09:00-12:00 /"],
    "mo,fr: 22:00-06:00": ["Mo 22:00-06:00 /", "Fr 22:00-06:00 /"],
    "Mo 22:00-30:00, Tu 08:00-24:00": ["Mo 22:00-06:00 /", "Tu 08:00-00:00 /"],
    "Mo 22:00-46:00": ["Mo 22:00-22:00 /"],
    "24/7": [f"{day} 00:00-00:00 /" for day in osm.WEEKDAYS],
    "Mo open; Tu closed": ["Mo 00:00-00:00 /"],
    "Mo-Tu 09:00-12:00; Tu off": ["Mo 09:00-12:00 /"],
    "Mo-Tu 09:00-12:00; Tu 10:00-11:00;": ["Mo 09:00-12:00 /", "Tu 10:00-11:00 /"],
    "Mo 09:00-12:00, Mo 14:00-17:00": ["Mo 09:00-12:00 /", "Mo 14:00-17:00 /"],
    'Mo 09:00-12:00 "by appointment"': ["Mo 09:00-12:00 asked /"],
    "Mo 09:00-12:00 unknown": ["Mo 09:00-12:00 asked /"],
    "Mo 09:00-12:00; PH off": ["Mo 09:00-12:00 /"],
    "2026 Dec 02+ We 09:00-12:00": ["We 09:00-12:00 2026-12-02/"],
    "2026 Dec 02+ 09:00-12:00; Mo-Sa off": ["Su 09:00-12:00 2026-12-02/"],
    "2026 Dec 01-2026 Dec 03 Mo-Th 09:00-12:00": [
        f"{day} 09:00-12:00 2026-12-01/2026-12-03" for day in ("Tu", "We", "Th")
    ],
    "Mo 09:00-12:00; 2026 Jun 01-Aug 31 Mo 08:00-10:00": [
        "Mo 09:00-12:00 /2026-05-31",
        "Mo 09:00-12:00 2026-09-01/",
        "Mo 08:00-10:00 2026-06-01/2026-08-31",
    ],
    "2026 Jan 01-Mar 31 Mo 09:00-12:00, 2026 Sep 01+ Mo 09:00-12:00; 2026 Jun 01-Aug 31 Mo 08:00-10:00": [
        "Mo 09:00-12:00 2026-01-01/2026-03-31",
        "Mo 09:00-12:00 2026-09-01/",
        "Mo 08:00-10:00 2026-06-01/2026-08-31",
    ],
    "Mo 09:00-12:00, 2026 Nov 30 14:00-15:00": ["Mo 09:00-12:00 /", "Mo 14:00-15:00 2026-11-30/2026-11-30"],
}


@pytest.mark.parametrize("text", WRITTEN)
def test_hours_are_read_as_offices_write_them(text: str) -> None:
    assert weekly(text) == WRITTEN[text]


DATED = {
    "2026 Nov 28 off": ["2026-11-28/2026-11-28"],
    '2026 Nov 28 off "Flag Day"': ["2026-11-28/2026-11-28  Flag Day"],
    "2026 Dec 24-26 closed": ["2026-12-24/2026-12-26"],
    "2026 Dec 24-2027 Jan 02 off": ["2026-12-24/2027-01-02"],
    "2026 Nov 28,2026 Dec 01 off": ["2026-11-28/2026-11-28", "2026-12-01/2026-12-01"],
    "2026 Dec 24 09:00-12:00, 2026 Dec 24 14:00-15:00": ["2026-12-24/2026-12-24 09:00-12:00 14:00-15:00"],
    "2026 Dec 20-31 off; 2026 Dec 24-26 09:00-12:00": [
        "2026-12-20/2026-12-23",
        "2026-12-27/2026-12-31",
        "2026-12-24/2026-12-26 09:00-12:00",
    ],
    "2026 Nov 28 off; 2026 Dec 01 off": ["2026-11-28/2026-11-28", "2026-12-01/2026-12-01"],
    "2026 Dec 24 off, 2026 Dec 28 09:00-10:00": ["2026-12-24/2026-12-24"],
}


@pytest.mark.parametrize("text", DATED)
def test_single_days_are_read_with_their_reason(text: str) -> None:
    assert special(text) == DATED[text]


def test_closed_on_public_holidays_is_left_to_the_holidays() -> None:
    found = [understood(f"Mo 09:00-12:00; {rule}").holidays for rule in ("PH off", "Tu,PH off", "Tu off")]

    assert found == [True, True, False]
    assert weekly("Mo-Tu 09:00-12:00; Tu,PH off") == ["Mo 09:00-12:00 /"]


WRONG = {
    "": (1, "", "Write weekdays"),
    "Mo-Fr 09:00-17:00; ; Sa off": (20, ";", "Write weekdays"),
    "Mo-Fr": (6, "", "Write weekdays"),
    "Mo-Fr 09.00-17.00": (7, "09", "Write weekdays"),
    "9-17": (1, "9", "Write weekdays"),
    "Mon-Fri 09:00-17:00": (1, "Mon", "Write weekdays"),
    "Mo-Fry 09:00-17:00": (4, "Fry", "A weekday"),
    "Mo 09:00": (9, "", "Say also when it closes"),
    "Mo 09:00+": (9, "+", "Say also when it closes"),
    "Mo 09:00-sunset": (10, "sunset", "Write times of the clock"),
    "Mo 25:00-26:00": (4, "25:00", "There is no such time."),
    "Mo 09:60-10:00": (4, "09:60", "There is no such time."),
    "Mo 09:00-48:01": (10, "48:01", "There is no such time."),
    "Mo 09:00-34:00": (4, "09:00", "These hours last longer than a day."),
    "Nov 28 off": (1, "Nov", "Write the date with its year"),
    "2026 28 off": (6, "28", "Write the date with its year"),
    "2026 Nov off": (10, "off", "Write the date with its year"),
    "2026 Nov 31 off": (1, "2026", "There is no such day."),
    "2026 Dec 24-Jan 02 off": (13, "Jan", "The last day cannot lie before the first."),
    "Mo[1] 09:00-12:00": (3, "[", "Write the dates instead"),
    "Mo 09:00-12:00 || Tu off": (16, "||", "Put a semicolon between rules."),
    "SH off": (1, "SH", "School holidays are not known here."),
    "PH 09:00-12:00": (1, "PH", "Only “PH off” is read"),
    "Mo 09:00-12:00, Tu off": (17, "Tu", "A comma adds hours"),
    'Mo 09:00-12:00 "ring twice"': (1, "Mo", "“by appointment” is the one comment"),
    '2026 Dec 24 09:00-12:00 "by appointment"': (1, "2026", "Special hours of a day cannot be"),
    "2026 Nov 30 off; Mo 09:00-12:00": (18, "Mo", "This rule would undo"),
    "2026 Nov 28-30 off, 2026 Nov 30 09:00-12:00": (21, "2026", "This rule would undo"),
    "Mo" * 1001: (2001, "Mo", "At most 2000 characters"),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_mistake_is_told_with_its_column_and_what_to_write(text: str) -> None:
    column, found, fix = WRONG[text]

    with pytest.raises(Misspelt) as refused:
        understood(text)

    assert (refused.value.column, refused.value.found) == (column, found)
    assert str(refused.value.fix).startswith(fix)
    assert f"Character {column}," in str(refused.value.expected)


def schedule_of(text: str, zone: str) -> Schedule:
    """A text as we read it, its special days all confirmed."""
    read = understood(text)
    shut = [closed_on(one.first, one.last, Cause.ad_hoc, instead=one.spans) for one in read.special]
    return Schedule(zone, read.weekly, tuple(shut))


DAYS = st.lists(st.sampled_from(osm.WEEKDAYS), min_size=1, max_size=3, unique=True).map(",".join)
RUNS = st.tuples(st.sampled_from(osm.WEEKDAYS), st.sampled_from(osm.WEEKDAYS)).map("-".join)
DATES = st.integers(1, 27).map(lambda day: f"2025 Jan {day:02}")
SPREADS = st.integers(1, 13).flatmap(
    lambda first: st.integers(first, 27).map(lambda last: f"2025 Jan {first:02}-{last}")
)
SPANS = st.lists(st.integers(0, 23), min_size=2, max_size=4, unique=True).map(
    lambda hours: ",".join(
        f"{opens:02}:00-{closes:02}:00"
        for opens, closes in zip(*[iter(sorted(hours)[: len(hours) // 2 * 2])] * 2, strict=True)
    )
)
WEEKS = st.one_of(DAYS, RUNS, st.tuples(st.one_of(SPREADS, st.just("2025 Jan 09+")), DAYS).map(" ".join))
HOURS = st.one_of(SPANS, SPANS.map(lambda spans: f'{spans} unknown "by appointment"'))
RULES = st.one_of(st.tuples(WEEKS, HOURS), st.tuples(WEEKS, st.just("off"))).map(" ".join)
SINGLE = st.one_of(st.tuples(st.one_of(DATES, SPREADS), SPANS), st.tuples(DATES, st.just("off"))).map(
    " ".join
)
ADDED = st.tuples(WEEKS, HOURS).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(RULES, min_size=1, max_size=4).map("; ".join),
    st.lists(ADDED, max_size=2),
    st.lists(SINGLE, max_size=3),
)
def test_texts_mean_to_us_what_they_mean_to_the_oracle(
    replacing: str, adding: list[str], single: list[str]
) -> None:
    text = "; ".join([", ".join([replacing, *adding]), *single])
    first = datetime(2024, 12, 31, 12, tzinfo=UTC)
    instants = [first + step * STEP for step in range(0, 29 * 96, 4)]
    expected, ours = read_by_oracle(text, "UTC"), schedule_of(text, "UTC")
    assume(not overlaps(ours.weekly))

    found = [state(ours, at).opening for at in instants]

    assert found == [SPOKEN[str(expected.state(at.astimezone(ZoneInfo("UTC")))[0])] for at in instants]


@settings(max_examples=100, deadline=None)
@given(situations())
def test_what_we_write_we_read_as_the_same_hours(found: tuple[Schedule, datetime]) -> None:
    schedule, noon = found
    first = datetime.combine(noon.date(), time(), UTC) + DAY
    text = osm.written(schedule, noon.date())
    assume("; " not in text or APPOINTED not in text.partition("; ")[2])

    ours = schedule_of(text, schedule.zone)

    assert intervals(ours, first, first + 4 * DAY) == intervals(schedule, first, first + 4 * DAY)
