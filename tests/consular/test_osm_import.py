"""Hours that come in as OpenStreetMap text: by a table, as JSON, and refused where they cannot be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from embassy.consular.room import OFFICE
from embassy.core.facts import Refused
from embassy.core.languages import SPOKEN
from embassy.core.messages import Message
from embassy.db.commands import check
from embassy.web.importing import described, read, refused_row
from embassy.web.locale import translate
from embassy.web.tabular import Row
from tests.consular.facts import hours, office

TABLE = '''slug,mission,title.en,summary.en,address,city.en,country,zone,hours.service,hours.channel,hours.osm
brussels,embassy,Office,Hours.,Avenue 1,Brussels,BE,Europe/Brussels,,,Mo-Fr 09:00-17:00; PH off
brussels,,,,,,,,visa,phone,"Tu 14:00-16:00 ""by appointment"""
'''


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: nothing is written."""
    return sqlite_url


def rows(folder: Path, text: str) -> Iterator[Row]:
    """A text as a table of offices is read."""
    file = folder / "offices.csv"
    file.write_text(text, encoding="utf-8")
    yield from read(OFFICE, file)


def refusals(given: Any) -> list[tuple[tuple[str | int, ...], object, Message]]:
    """What is wrong with some hours."""
    with pytest.raises(Refused) as refused:
        check(OFFICE, office(hours=given))
    return [(one.path, one.value, one.expected) for one in refused.value.refusals]


def test_a_table_gives_each_service_a_text(tmp_path: Path) -> None:
    visas = hours("14:00", "16:00", ("tuesday",), "visa", "phone", by_appointment="yes")

    (row,) = rows(tmp_path, TABLE)

    assert check(OFFICE, row.raw)["hours"] == check(OFFICE, office(hours=[*hours(), *visas]))["hours"]


def test_text_alone_tells_the_hours_of_the_general_counter() -> None:
    found = check(OFFICE, office(hours="2026 Dec 01+ Mo-Fr 09:00-17:00"))

    assert found["hours"] == check(OFFICE, office(hours=hours(valid_from="2026-12-01")))["hours"]


def test_text_and_lines_stand_beside_each_other() -> None:
    visas = hours("14:00", "16:00", ("tuesday",), "visa")

    found = check(OFFICE, office(hours=[{"osm": "Mo-Fr 09:00-17:00"}, *visas]))

    assert found["hours"] == check(OFFICE, office(hours=[*hours(), *visas]))["hours"]


def test_a_mistake_is_named_with_its_line_and_column(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, TABLE.replace("Tu 14:00-16:00", "Tu 14:00"))

    with pytest.raises(Refused) as refused:
        check(OFFICE, row.raw)

    (bad,) = refused_row(row, refused.value)
    assert (bad.line, bad.column, bad.value) == (3, "hours.osm", 'Tu 14:00 "by appointment"')
    assert str(bad.expected) == (
        'Character 10, “"by appointment"”: Say also when it closes, such as 09:00-17:00.'
    )


def test_the_desk_tells_a_mistake_in_the_readers_language() -> None:
    ((path, _, expected),) = refusals("Mo-Fr 09:00-17:00; Nov 28 off")

    assert path == ("hours", 0, "osm")
    assert translate(expected, SPOKEN["sq"]) == (
        "Shenja 20, «Nov»: Shkruani datën me vitin, për shembull 2026 Nov 28."
    )


def test_what_is_no_weekly_hour_is_refused_with_the_place_where_it_belongs() -> None:
    (single,) = refusals([{"osm": "Mo 09:00-12:00; 2026 Nov 30 off"}])
    twice = refusals([{"osm": "Mo 09:00-12:00", "weekday": "monday", "opens": "09:00"}])
    (number,) = refusals([{"osm": 7}])
    (unknown,) = refusals([{"osm": "Mo 09:00-12:00", "service": "tea"}])
    (nothing,) = refusals(7)
    (letter,) = refusals(["Mo 09:00-12:00"])

    assert single[0] == ("hours", 0, "osm")
    assert str(single[2]) == "2026-11-30 stands under “closures”, with its reason: leave it out here."
    assert [(path, value) for path, value, _ in twice] == [
        (("hours", 0, "opens"), "09:00"),
        (("hours", 0, "weekday"), "monday"),
    ]
    assert (number[0], unknown[0]) == (("hours", 0, "osm"), ("hours", 0, "service"))
    assert (nothing[0], letter[0]) == (("hours",), ("hours", 0))


def test_the_description_of_the_columns_names_the_text() -> None:
    assert "hours.osm" in described(OFFICE)
    assert "as OpenStreetMap writes opening_hours." in described(OFFICE)
