"""Dates, times, countries and lists as each language writes them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from embassy.core.languages import SPOKEN
from embassy.core.messages import say
from embassy.core.partial import PartialDate
from embassy.web import formats
from tests.rooms import ADDRESS

On = Callable[[str], AbstractContextManager[None]]
DAY = date(2013, 12, 9)


@pytest.fixture
def on(site: Flask) -> On:
    """Be on a page in a language."""

    @contextmanager
    def page(tag: str) -> Iterator[None]:
        with site.test_request_context(f"/{tag}/", base_url=ADDRESS):
            site.preprocess_request()
            yield

    return page


@pytest.mark.parametrize(
    ("tag", "day", "weekday", "month"),
    [
        ("en", "9 December 2013", "Monday, 9 December 2013", "December 2013"),
        ("sq", "9 dhjetor 2013", "e hënë, 9 dhjetor 2013", "dhjetor 2013"),
        ("fr", "9 décembre 2013", "lundi 9 décembre 2013", "décembre 2013"),
        ("nl", "9 december 2013", "maandag 9 december 2013", "december 2013"),
        ("de", "9. Dezember 2013", "Montag, 9. Dezember 2013", "Dezember 2013"),
        ("sr", "9. децембра 2013.", "понедељак, 9. децембра 2013.", "децембар 2013."),
        ("sr-Latn", "9. decembra 2013.", "ponedeljak, 9. decembra 2013.", "decembar 2013."),
        ("ar", "9 ديسمبر 2013", "الاثنين، 9 ديسمبر 2013", "ديسمبر 2013"),
    ],
)
def test_a_day_has_its_month_in_words(on: On, tag: str, day: str, weekday: str, month: str) -> None:
    with on(tag):
        assert (formats.day(DAY), formats.day(DAY, weekday=True), formats.month(DAY)) == (day, weekday, month)


@pytest.mark.parametrize(
    ("tag", "within", "across"),
    [
        ("en", "14–15 May 2014", "30 May – 2 June 2014"),
        ("sq", "14 – 15 maj 2014", "30 maj – 2 qershor 2014"),
        ("fr", "14–15 mai 2014", "30 mai – 2 juin 2014"),
        ("nl", "14–15 mei 2014", "30 mei – 2 juni 2014"),
        ("de", "14.–15. Mai 2014", "30. Mai – 2. Juni 2014"),
        ("sr", "14.–15. маја 2014.", "30. маја – 2. јуна 2014."),
        ("sr-Latn", "14.–15. maja 2014.", "30. maja – 2. juna 2014."),
        ("ar", "14–15 مايو 2014", "30 مايو – 2 يونيو 2014"),
    ],
)
def test_a_run_of_days_is_written_once(on: On, tag: str, within: str, across: str) -> None:
    with on(tag):
        told = [
            formats.days(date(2014, 5, 14), date(2014, 5, 15)),
            formats.days(date(2014, 5, 30), date(2014, 6, 2)),
        ]

    assert [run.replace("\u2009", " ") for run in told] == [within, across]


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_month_is_a_whole_word_in_a_day_and_in_a_run_of_days(on: On, tag: str) -> None:
    with on(tag):
        for number in range(1, 13):
            first, last = date(2026, number, 3), date(2026, number, 5)
            word = formats.day(last).split(" ")[1]
            assert formats.days(first, last).split().count(word) == 1


@pytest.mark.parametrize("tag", SPOKEN)
def test_one_day_is_no_run_and_the_clock_has_24_hours(on: On, tag: str) -> None:
    with on(tag):
        assert formats.days(DAY, DAY) == formats.day(DAY, weekday=True)
        assert (formats.clock(time(9, 5)), formats.clock(time(17, 30)), formats.clock(time(0))) == (
            "09:05",
            "17:30",
            "00:00",
        )
        assert "23:30" in formats.moment(datetime(2013, 12, 9, 22, 30, tzinfo=UTC), "Europe/Brussels")


@pytest.mark.parametrize(
    ("tag", "countries", "together", "monday"),
    [
        ("en", ["Kosovo*", "Belgium"], "A, B and C", "Monday"),
        ("sq", ["Kosova*", "Belgjikë"], "A, B dhe C", "e hënë"),
        ("fr", ["Kosovo*", "Belgique"], "A, B et C", "lundi"),
        ("nl", ["Kosovo*", "België"], "A, B en C", "maandag"),
        ("de", ["Kosovo*", "Belgien"], "A, B und C", "Montag"),
        ("sr", ["Косово*", "Белгија"], "A, B и C", "понедељак"),
        ("sr-Latn", ["Kosovo*", "Belgija"], "A, B i C", "ponedeljak"),
        ("ar", ["كوسوفو*", "بلجيكا"], "A وB وC", "الاثنين"),
    ],
)
def test_names_and_lists_are_those_of_the_language(
    on: On, tag: str, countries: list[str], together: str, monday: str
) -> None:
    with on(tag):
        assert [formats.country(code) for code in ("XK", "BE")] == countries
        assert (formats.listed(["A", "B", "C"]), formats.weekday(0)) == (together, monday)


def test_a_code_that_no_country_has_stays_a_code(on: On) -> None:
    with on("en"):
        assert formats.country("QQ") == "QQ"


def test_a_footnote_stands_once_for_each_party_that_has_one(on: On) -> None:
    with on("nl"):
        (note,) = formats.footnotes(["BE", "XK", "AL", "XK"])

    assert note.startswith("* Deze benaming laat de standpunten")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2013-12-09", "9 December 2013"),
        ("2013-12", "December 2013"),
        ("2013", "2013"),
        ("../2013-12-09", "not after 9 December 2013"),
        ("2013-12-09/..", "not before 9 December 2013"),
        ("", "date unknown"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(on: On, written: str, told: str) -> None:
    with on("en"):
        assert formats.partial(PartialDate.parse(written)) == told


def test_days_and_sentences_inside_a_sentence_are_told_in_the_language_of_the_page(on: On) -> None:
    sentence = say("%(one)s, %(other)s, %(inner)s, %(plain)s", one=DAY, other=PartialDate.in_year(2013),
                   inner=say("since %(day)s", day=DAY), plain="x")  # fmt: skip

    with on("de"):
        told = formats.said(sentence)

    assert told == "9. Dezember 2013, 2013, since 9. Dezember 2013, x"
    assert formats.said(5) == 5


def test_a_telephone_number_reads_from_left_to_right_in_every_script(on: On) -> None:
    with on("ar"):
        shown = formats.telephone("+3226401422")

    assert shown == '<bdi dir="ltr">+32\u00a02\u00a0640\u00a014\u00a022</bdi>'
