"""Single values: what is read, what is refused and by which sentence."""

import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.facts import Shape, Wrong
from embassy.core.messages import say
from embassy.core.shapes import (
    COUNTRY,
    MAILBOX,
    SLUG,
    WEB,
    Choice,
    Clock,
    Day,
    Flag,
    Instant,
    Line,
    Number,
    Partial,
    Phone,
    Reference,
    Uid,
    Zone,
    plain,
)
from tests.core.values import junk, lines, partial_dates


class Colour(StrEnum):
    """A vocabulary of two words."""

    red = "red"
    dark_blue = "dark_blue"


offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
VALUES: list[tuple[Shape, st.SearchStrategy[Any]]] = [
    (Line(), lines),
    (SLUG, st.lists(st.from_regex("[a-z0-9]{1,12}", fullmatch=True), min_size=1, max_size=9).map("-".join)),
    (COUNTRY, st.from_regex(COUNTRY.pattern, fullmatch=True)),
    (Choice(Colour, {}), st.sampled_from(Colour)),
    (Flag(), st.booleans()),
    (Number(-5, 10_000), st.integers(-5, 10_000)),
    (Number(-90, 90, whole=False), st.floats(-90, 90)),
    (Day(), st.dates(date(1000, 1, 1), date(2999, 12, 31))),
    (Partial(), partial_dates),
    (
        Instant(),
        st.datetimes(datetime(1000, 1, 2), datetime(2999, 12, 30), timezones=offsets).map(  # noqa: DTZ001 - bounds
            lambda moment: moment.astimezone(UTC)
        ),
    ),
    (Clock(), st.times().map(lambda wall: wall.replace(second=0, microsecond=0))),
    (Zone(), st.sampled_from(["Europe/Brussels", "UTC", "America/Argentina/Ushuaia"])),
    (Uid(), st.uuids()),
    (Phone(), st.sampled_from(["+3226401422", "+35542364090", "+390612345678", "+38138500600"])),
    (Reference("mission"), st.sampled_from(["embassy-brussels", "a1"])),
]
SHAPES = [shape for shape, _ in VALUES]


@pytest.mark.parametrize(("shape", "values"), VALUES, ids=lambda one: type(one).__name__)
def test_what_is_dumped_is_read_again_from_json_and_from_a_cell(
    shape: Shape, values: st.SearchStrategy[Any]
) -> None:
    @given(values)
    def both_ways(value: Any) -> None:
        dumped = shape.dump(value)
        cell = shape.gather(shape.spread(dumped))
        assert shape.parse(dumped) == value
        assert (shape.parse(cell) if cell is not None else "") == (value if cell is not None else str(dumped))

    both_ways()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: type(shape).__name__)
def test_junk_is_read_or_refused_and_never_anything_else(shape: Shape) -> None:
    @given(junk)
    def hold(raw: object) -> None:
        try:
            value = shape.parse(raw)
        except Wrong as wrong:
            assert str(wrong.expected)
        else:
            assert shape.parse(shape.dump(value)) == value
            str(shape.dump(value)).encode()

    hold()


def test_text_loses_what_would_break_a_line_of_a_feed_a_log_or_a_header() -> None:
    told = plain(" one\r\ntwo\x00\x1b\x7f\x85\u2028\u2029\udfffthree\t ")

    assert told == "one\ntwothree"


@pytest.mark.parametrize(
    ("shape", "raw", "expected"),
    [
        (Line(3), "four", "Text of at most 3 characters."),
        (Line(3), 4, "Text is expected here."),
        (Line(9, r"\d+", say("Figures.")), "four", "Figures."),
        (
            SLUG,
            "Gala Concert",
            "Small letters a to z, figures and single hyphens, such as “gala-concert-2012”.",
        ),
        (
            SLUG,
            "gala--concert",
            "Small letters a to z, figures and single hyphens, such as “gala-concert-2012”.",
        ),
        (COUNTRY, "be", "A two-letter ISO 3166-1 country code in capitals, such as BE."),
        (WEB, "javascript:alert(1)", "A web address that begins with https:// or http://."),
        (MAILBOX, "a@b", "A mailbox such as consulate@example.org."),
        (Choice(Colour, {}), "green", "One of: red, dark_blue."),
        (Choice(Colour, {}), ["red"], "One of: red, dark_blue."),
        (Flag(), "true", "Write “yes” or “no”."),
        (Flag(), 1, "Write “yes” or “no”."),
        (Number(0, 9), "ten", "A whole number from 0 to 9."),
        (Number(0, 9), 10, "A whole number from 0 to 9."),
        (Number(0, 9), 1.9, "A whole number from 0 to 9."),
        (Number(0, 9), "1_0", "A whole number from 0 to 9."),
        (Number(0, 9), "٣", "A whole number from 0 to 9."),
        (Number(0, 9), "1" * 5000, "A whole number from 0 to 9."),
        (Number(-90, 90, whole=False), 10**400, "A number from -90 to 90."),
        (Day(), "3000-01-01", str(Day().expects)),
        (Number(0, 9), True, "A whole number from 0 to 9."),
        (Number(-90, 90, whole=False), float("nan"), "A number from -90 to 90."),
        (Number(-90, 90, whole=False), "90.5", "A number from -90 to 90."),
        (Day(), "2013-02-29", str(Day().expects)),
        (Day(), "9.12.2013", str(Day().expects)),
        (Instant(), "2014-05-14T09:00", str(Instant().expects)),
        (Instant(), "9999-12-31T23:00-12:00", str(Instant().expects)),
        (Instant(), "yesterday", str(Instant().expects)),
        (Clock(), "9:00", "A time on the 24-hour clock, such as 09:00; 24:00 is the end of the day."),
        (Clock(), "0٣:00", "A time on the 24-hour clock, such as 09:00; 24:00 is the end of the day."),
        (Zone(), "Europe/Bruxelles", "A time zone by its IANA name, such as Europe/Brussels."),
        (Uid(), "1", "A UUID, such as 0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a."),
        (Phone(), "02 640 14 22", "A telephone number with its country code, such as +32 2 640 14 22."),
        (Phone(), "+32 1", "A telephone number with its country code, such as +32 2 640 14 22."),
        (Phone(), "+32 2 640 14 22 99 88", "Fewer figures: no number after +32 has so many."),
        (Phone(), "+32 2 640 14 22 ext. 5", "A telephone number without an extension."),
        (Phone("BE"), "call us", "A telephone number with its country code, such as +32 2 640 14 22."),
        (Phone("BE"), "02 640", "More figures: no number after +32 has so few."),
        (
            Reference("mission"),
            "Embassy",
            "Small letters a to z, figures and single hyphens, such as “gala-concert-2012”.",
        ),
    ],
)
def test_a_refusal_says_what_is_expected(shape: Shape, raw: object, expected: str) -> None:
    with pytest.raises(Wrong) as refused:
        shape.parse(raw)

    assert str(refused.value.expected) == expected


@pytest.mark.parametrize(
    ("shape", "raw", "value"),
    [
        (Flag(), "yes", True),
        (Flag(), False, False),
        (Number(0, 9), "7", 7),
        (Number(0, 9), 7.0, 7),
        (Number(-90, 90, whole=False), "-4.5", -4.5),
        (Day(), "2012-02-29", date(2012, 2, 29)),
        (Instant(), "2014-05-14T09:00+02:00", datetime(2014, 5, 14, 7, tzinfo=UTC)),
        (Clock(), "24:00", time(0)),
        (Uid(), "0B0C5F0E6C1F4C559D0E0D0F4A1C2B3A", uuid.UUID("0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a")),
        (Phone(), "+32 (0)2 640 14 22", "+3226401422"),
        (Phone("BE"), "02 640 14 22", "+3226401422"),
        (Phone("BE"), "Tel. 02/640.14.22", "+3226401422"),
        (Phone("BE"), "00355 4 236 4090", "+35542364090"),
        (Phone("BE"), "+355 4 236 4090", "+35542364090"),
        (Phone("XK"), "038 500 600", "+38338500600"),
    ],
)
def test_other_spellings_of_a_value_are_read(shape: Shape, raw: object, value: object) -> None:
    assert shape.parse(raw) == value


@given(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
def test_a_number_as_its_country_writes_it_is_the_same_from_abroad(country: str) -> None:
    number = phonenumbers.example_number(country)
    assert number is not None
    home, abroad, kept = (
        phonenumbers.format_number(number, form)
        for form in (
            phonenumbers.PhoneNumberFormat.NATIONAL,
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
            phonenumbers.PhoneNumberFormat.E164,
        )
    )

    assert [Phone(country).parse(home), Phone().parse(abroad)] == [kept, kept]


def test_a_reference_says_which_kind_it_wants() -> None:
    told = str(Reference("mission").expects)

    assert told == "The slug of a record of the kind “mission” that exists already."


def test_a_value_that_is_missing_leaves_its_cell_empty() -> None:
    assert (dict(Day().spread(None)), Day().gather({"": "  "})) == ({"": ""}, None)
