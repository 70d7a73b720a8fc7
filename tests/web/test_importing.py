"""Importing and exporting: all of a file or nothing, and the same again afterwards."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from embassy.consular.room import MISSION
from embassy.core.facts import Refused
from embassy.core.shapes import Flag, plain
from embassy.db.base import Base
from embassy.db.commands import Outcome, check
from embassy.db.database import Database
from embassy.db.ledger import Ledger
from embassy.events.models import Category, EventStatus
from embassy.events.room import EVENT
from embassy.web.importing import (
    MOST_NAMED,
    BadRow,
    FileRefused,
    described,
    dump,
    faults,
    load,
    read,
    refusal,
)
from embassy.web.tabular import write_csv, write_json
from tests.core.values import lines, partial_dates, words
from tests.db.writing import Pen, overtaken, writer
from tests.events.facts import concert

HEADING = "slug,title.en,summary.en,category,status,zone,first_day,starts\r\n"
GOOD = "gala,Gala,A gala.,cultural,confirmed,Europe/Brussels,2026-12-03,18:00\r\n"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def contested(postgresql_url: str) -> Iterator[Database]:
    opened = Database(postgresql_url)
    yield opened
    opened.dispose()


@pytest.fixture
def bring(database: Database, tmp_path: Path) -> Callable[..., Counter[Outcome]]:
    """Import a text as a file of events."""

    def bring(text: str | bytes, name: str = "events.csv") -> Counter[Outcome]:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load(database, EVENT, read(EVENT, path), writer(), lambda _done, _of: None)

    return bring


def exported(database: Database) -> list[dict[str, Any]]:
    with database.reading() as session:
        return dump(session, EVENT)


def emptied(database: Database) -> None:
    with database.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != Ledger.__tablename__:
                session.execute(delete(table))


spoken = st.none() | words().map(EVENT.own[0].shape.dump)
printed = st.lists(lines.filter(bool), max_size=2)
events = st.fixed_dictionaries(
    {
        "title": words().map(EVENT.own[0].shape.dump),
        "summary": words().map(EVENT.own[0].shape.dump),
        "description": spoken,
        "category": st.sampled_from(Category),
        "status": st.sampled_from(EventStatus),
        "first_day": partial_dates.map(str),
        "zone": st.sampled_from(["Europe/Brussels", "Asia/Tokyo"]),
        "place": lines | st.sampled_from(["=HYPERLINK(1)", "'=1", "@home", "+1", "'t Hof"]),
        "place_note": spoken,
        "organisers": printed,
        "performers": printed,
        "source": lines,
        "sequence": st.integers(0, 9),
        "publication": st.sampled_from(["published", "withdrawn", "archived"]),
        "reason": lines,
        "shown_from": st.none()
        | st.datetimes().map(lambda moment: f"{moment.replace(year=2028).isoformat()}Z"),
    }
)


def _with_point(facts: dict[str, Any], point: tuple[float, float] | None) -> dict[str, Any]:
    return facts if point is None else facts | {"latitude": point[0], "longitude": point[1]}


points = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_is_exported_and_imported_into_an_empty_house_is_the_same(
    database: Database, bring: Callable[..., Counter[Outcome]], form: str
) -> None:
    @settings(max_examples=10, deadline=None)
    @given(st.lists(st.builds(_with_point, events, points), min_size=1, max_size=3))
    def the_same(drawn: list[dict[str, Any]]) -> None:
        emptied(database)
        facts = [{"slug": f"event-{number}", **one} for number, one in enumerate(drawn)]
        bring(write_json(facts), "events.json")
        before = exported(database)
        emptied(database)
        bring(write_csv(before, EVENT.facts) if form == "csv" else write_json(before), f"events.{form}")
        assert exported(database) == before
        assert len(before) == len(drawn)

    the_same()


def test_a_good_file_is_loaded_and_a_second_time_changes_nothing(
    database: Database, bring: Callable[..., Counter[Outcome]]
) -> None:
    first = bring("\ufeff" + HEADING + GOOD)
    before = exported(database), database.content_version()

    again = bring(HEADING + GOOD)

    assert (first, again) == ({Outcome.created: 1}, {Outcome.unchanged: 1})
    assert (exported(database), database.content_version()) == before
    assert bring(HEADING + GOOD.replace("18:00", "19:00")) == {Outcome.changed: 1}


def test_every_bad_row_is_named_and_nothing_is_loaded(
    database: Database, bring: Callable[..., Counter[Outcome]]
) -> None:
    table = (
        HEADING
        + GOOD
        + "Fair,Fair,A fair.,fair,confirmed,Europe/Brussels,2026-13-01,\r\n"
        + 'talk,,"A\r\ntalk.",academic,confirmed,Brussels,2026-12,18:00\r\n'
        + "gala-2,Gala,A gala.,cultural,confirmed,Europe/Brussels,2026-12,18:00\r\n"
    )

    with pytest.raises(FileRefused) as refused:
        bring(table)

    assert [(bad.line, bad.column, bad.value, str(bad.expected)) for bad in refused.value.rows] == [
        (3, "slug", "Fair", "Small letters a to z, figures and single hyphens, such as “gala-concert-2012”."),
        (3, "category", "fair", f"One of: {', '.join(Category)}."),
        (
            3,
            "first_day",
            "2026-13-01",
            "A date as far as it is known: 2013-12-09, 2013-12, 2013, "
            "../2013-12-09 (not after) or 2013-12-09/.. (not before).",
        ),
        (4, "title", None, "This is needed and is missing."),
        (4, "zone", "Brussels", "A time zone by its IANA name, such as Europe/Brussels."),
        (6, "starts", time(18), "A time needs an exact first day."),
    ]
    assert exported(database) == []


def test_what_does_not_fit_together_is_named_by_line(bring: Callable[..., Counter[Outcome]]) -> None:
    with pytest.raises(FileRefused) as refused:
        bring(HEADING + GOOD.replace("2026-12-03", "2026-12"))

    assert [(bad.line, bad.column, str(bad.expected)) for bad in refused.value.rows] == [
        (2, "starts", "A time needs an exact first day.")
    ]


def test_a_record_that_stands_twice_is_refused_with_both_lines(
    database: Database, bring: Callable[..., Counter[Outcome]]
) -> None:
    with pytest.raises(FileRefused) as refused:
        bring(HEADING + GOOD + GOOD.replace("gala", "fair") + GOOD)

    assert [(bad.line, bad.column, bad.value, str(bad.expected)) for bad in refused.value.rows] == [
        (4, "slug", "gala", "Each record once; this one stands on line 2 already.")
    ]
    assert exported(database) == []


def test_a_clash_with_what_is_there_is_named_and_nothing_is_loaded(
    database: Database, bring: Callable[..., Counter[Outcome]]
) -> None:
    Pen(database)(concert(slug="fair"))
    uid = "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"

    with pytest.raises(FileRefused) as refused:
        bring(write_json([concert(slug="gala"), concert(slug="fair", uid=uid)]), "events.json")

    assert [(bad.line, bad.column, bad.value, str(bad.expected)) for bad in refused.value.rows] == [
        (21, "slug", "fair", "Another record has this address already.")
    ]
    assert [record["slug"] for record in exported(database)] == ["fair"]


def test_a_file_that_somebody_overtakes_is_refused_by_line_and_nothing_of_it_is_loaded(
    contested: Database, tmp_path: Path
) -> None:
    file = tmp_path / "events.csv"
    file.write_text(HEADING + GOOD.replace("gala", "ball") + GOOD + GOOD.replace("gala", "fair"), newline="")
    rows = read(EVENT, file)

    slower = overtaken(
        contested,
        concert(slug="gala"),
        lambda: load(contested, EVENT, rows, writer(), lambda _done, _of: None),
    )

    refused = slower.exception()
    assert isinstance(refused, FileRefused)
    assert [(bad.line, bad.column, bad.value, str(bad.expected)) for bad in refused.rows] == [
        (3, "slug", "gala", "Somebody changed this record since you read it.")
    ]
    assert [record["slug"] for record in exported(contested)] == ["gala"]


@pytest.mark.parametrize(
    ("file", "name", "bad"),
    [
        (b"slug\r\nn\xc3\xa4 \xff\r\n", "events.csv", (2, "", "", "Text in UTF-8.")),
        (b"PK\x03\x04\xff", "events.xlsx", (1, "", "", "Text in UTF-8.")),
        (b"", "events.csv", (1, "slug", "", "The first line names the columns, slug among them.")),
        (b"", "events.JSON", (1, "", "", "A list of records: [ {…}, {…} ].")),
        (
            b'[{"slug": "a", "slug": "b"}]',
            "events.json",
            (1, "slug", "", "This field stands twice in one record."),
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(
    database: Database,
    bring: Callable[..., Counter[Outcome]],
    file: bytes,
    name: str,
    bad: tuple[object, ...],
) -> None:
    with pytest.raises(FileRefused) as refused:
        bring(file, name)

    assert [(row.line, row.column, row.value, str(row.expected)) for row in refused.value.rows] == [bad]
    assert exported(database) == []


def test_the_refusal_is_told_in_lines_and_steers_no_terminal(tmp_path: Path) -> None:
    expected = EVENT.own[3].shape.expects
    rows = [BadRow(2, "category", "\x1b[31mfair\ud800", expected), BadRow(3, "", None, expected)]

    told = refusal(FileRefused([*rows, *[BadRow(9, "slug", "x", expected)] * MOST_NAMED]), tmp_path / "a.csv")

    first, category, file, *_rest, last = told.split("\n")
    assert first == f"{tmp_path}/a.csv was not loaded; nothing has changed. Mend these and load it again:"
    assert category == f"  line 2, category: “[31mfair”. {expected}"
    assert file == f"  line 3, file: empty. {expected}"
    assert (last, plain(told)) == ("  and 2 more", told)


def test_a_kind_is_described_column_by_column() -> None:
    told = described(MISSION).split("\n")

    assert told[0].startswith("mission: JSON holds a list of records;")
    assert (
        "title (made if left out): What the mission is called, by language. "
        + str(MISSION.own[0].shape.expects)
        in told
    )
    assert (
        "    CSV: accreditations.country, accreditations.resident, accreditations.begins, accreditations.ends"
        in told
    )
    assert f"    .resident (needed): Whether it has its seat there. {Flag().expects}" in told
    assert [line.split(":")[0].split(" ")[0] for line in told if line and line[0].islower()][2:] == [
        fact.name for fact in MISSION.facts
    ]


def test_stored_facts_are_judged_by_the_rules_of_today() -> None:
    assert faults(EVENT, concert()) == []
    assert faults(EVENT, concert(zone="Brussels", title={"en": "x", "xx": "y"})) == [
        f"title.xx: {_refusal_of(concert(title={'en': 'x', 'xx': 'y'}))}",
        "zone: A time zone by its IANA name, such as Europe/Brussels.",
    ]


def _refusal_of(facts: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refused:
        check(EVENT, facts)
    return str(refused.value.refusals[0].expected)
