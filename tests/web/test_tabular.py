"""Files of records: what is read, line by line, and what is refused."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact, dump_all, parse_all
from embassy.core.messages import say
from embassy.core.shapes import SLUG, Line, Number
from embassy.web.tabular import Row, Unreadable, columns, read_csv, read_json, write_csv, write_json
from tests.core.values import lines, words

FACTS = (
    Fact("slug", SLUG, say("The address."), required=True),
    Fact("title", Words(60), say("The title.")),
    Fact("note", Line(60), say("A note.")),
    Fact("tags", Several(Line(60)), say("Tags."), default=tuple),
    Fact(
        "halls",
        Parts(
            (
                Fact("name", Line(60), say("Its name."), required=True),
                Fact("seats", Number(-9, 99), say("Seats.")),
            )
        ),
        say("Halls."),
        default=list,
    ),
    Fact(
        "doors",
        Parts((Fact("name", Line(60), say("Its name."), required=True),)),
        say("Doors."),
        default=list,
    ),
)
names = lines.filter(bool)
halls = st.lists(st.fixed_dictionaries({"name": names, "seats": st.none() | st.integers(-9, 99)}), max_size=3)
records = st.fixed_dictionaries(
    {
        "title": st.none() | words(),
        "note": lines.map(lambda note: note or None)
        | st.sampled_from(["=1+1", "'=1", "''", "@x", "-", "a\nb"]),
        "tags": st.lists(names, max_size=2).map(tuple),
        "halls": halls,
        "doors": st.lists(st.fixed_dictionaries({"name": names}), max_size=2),
    }
)


@given(st.lists(records, max_size=3))
def test_what_is_written_is_read_again(drawn: list[dict[str, Any]]) -> None:
    dumped = [dump_all(FACTS, {"slug": f"hall-{number}", **one}) for number, one in enumerate(drawn)]

    from_csv = [row.raw for row in read_csv(write_csv(dumped, FACTS), FACTS)]
    from_json = [row.raw for row in read_json(write_json(dumped))]

    assert [parse_all(FACTS, raw) for raw in from_csv] == [parse_all(FACTS, raw) for raw in dumped]
    assert from_json == dumped


@given(st.text(max_size=60) | st.text('[]{},": \n\t1e', max_size=40))
def test_any_text_is_a_table_or_told_to_be_none(text: str) -> None:
    for read in (read_json, partial(read_csv, facts=FACTS)):
        try:
            rows = list(read(text))
        except Unreadable as unreadable:
            assert 1 <= unreadable.line <= text.count("\n") + text.count("\r") + 1
        else:
            assert all(isinstance(row.raw, dict) for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''", "'-"])
def test_no_spreadsheet_runs_a_cell_and_it_is_read_as_it_was(cell: str) -> None:
    table = write_csv([{"slug": "hall", "note": cell}], FACTS)

    written = table.split("\r\n")[1].split(",")[columns(FACTS).index("note")]
    assert (written, next(iter(read_csv(table, FACTS))).raw["note"]) == (f"'{cell}", cell)


def test_an_apostrophe_of_the_language_stays() -> None:
    rows = list(read_csv("slug,note\r\nhall,'t Hof\r\n", FACTS))

    lines = {(): 2, ("halls", 0): 2, ("doors", 0): 2}
    assert rows == [Row({"slug": "hall", "note": "'t Hof"}, lines, frozenset({"slug", "note"}))]


def test_a_further_row_adds_its_parts_and_each_thing_knows_its_line() -> None:
    table = (
        "slug,note,halls.name,halls.seats,doors.name\n"
        'big,"two\nlines",Red,5,\n'
        "big,,Blue,x,East\n"
        "\n"
        "big,,,,West\n"
        "small,,,,\n"
    )

    big, small = read_csv(table, FACTS)

    assert big.raw == {
        "slug": "big",
        "note": "two\nlines",
        "halls": [{"name": "Red", "seats": "5"}, {"name": "Blue", "seats": "x"}],
        "doors": [{"name": "East"}, {"name": "West"}],
    }
    paths: list[tuple[str | int, ...]] = [
        ("note",),
        ("halls", 1, "seats"),
        ("doors", 0),
        ("doors", 1, "name"),
    ]
    assert [big.line(path) for path in paths] == [2, 4, 4, 6]
    assert (small.raw, small.line(("halls", 0, "name"))) == ({"slug": "small"}, 7)


@pytest.mark.parametrize(
    ("table", "line", "column", "value", "expected"),
    [
        ("", 1, "slug", "", "The first line names the columns, slug among them."),
        ("\n\n", 1, "slug", "", "The first line names the columns, slug among them."),
        ("note\nx\n", 1, "slug", "", "The first line names the columns, slug among them."),
        ("slug,colour\na,red\n", 1, "colour", "colour", "One of these columns, each once: {columns}."),
        ("slug,note,note\na,b,c\n", 1, "note", "note", "One of these columns, each once: {columns}."),
        ("slug,,note\na,b,c\n", 1, "", "", "One of these columns, each once: {columns}."),
        ("slug,note\na\n", 2, "", "1", "As many cells as the first line has columns: 2."),
        ("slug,note\na,b,c\n", 2, "", "3", "As many cells as the first line has columns: 2."),
        ('slug,note\na,"b"c\n', 2, "", "", "Cells between commas, quotation marks in pairs."),
        ('slug,note\na,b\nc,"d\n', 3, "", "", "Cells between commas, quotation marks in pairs."),
        ("slug,note\na,b\na,b\n", 3, "slug", "a", "Each record once; this one stands on line 2 already."),
        (
            "slug,note,doors.name\na,b,East\na,c,West\n",
            3,
            "note",
            "c",
            "A further row of the same record leaves this empty.",
        ),
    ],
)
def test_a_table_that_is_none_is_refused_by_line_and_column(
    table: str, line: int, column: str, value: str, expected: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        list(read_csv(table, FACTS))

    found = refused.value.refusal
    assert (refused.value.line, found.path, found.value, str(found.expected)) == (
        line,
        (column,),
        value,
        expected.format(columns=", ".join(columns(FACTS))),
    )


def test_records_without_a_slug_are_not_taken_for_one() -> None:
    rows = list(read_csv("slug,note\n,a\n,b\n", FACTS))

    assert [(row.raw, row.line(())) for row in rows] == [({"note": "a"}, 2), ({"note": "b"}, 3)]


LIST = "A list of records: [ {…}, {…} ]."


@pytest.mark.parametrize(
    ("text", "line", "column", "value", "expected"),
    [
        ("", 1, "", "", LIST),
        ('{"slug": "a"}', 1, "", '{"slug": "a"}', LIST),
        ("\n[", 2, "", "", "Valid JSON."),
        ('[{"slug": "a"}', 1, "", "", LIST),
        ('[\n{"slug": "a"}\n{"slug": "b"}]', 3, "", '{"slug": "b"}]', LIST),
        ('[{"slug": "a"},]', 1, "", "]", LIST),
        ('[{"slug": "a"},,{}]', 1, "", ",{}]", "Valid JSON."),
        ('[{"slug": "a"}]\n[]', 2, "", "[]", LIST),
        ('[\n{"slug": \n"a}', 3, "", '"a}', "Valid JSON."),
        ("[\n5]", 2, "", 5, "A record in braces: {…}."),
        ('[\n{"slug": "a",\n"slug": "b"}]', 2, "slug", "", "This field stands twice in one record."),
        ('[{"title": {"en": "a", "en": "b"}}]', 1, "en", "", "This field stands twice in one record."),
        ("[" * 100_000, 1, "", "", "Braces nested less deep, and numbers of fewer figures."),
        (
            '[{"seats": ' + "1" * 5000 + "}]",
            1,
            "",
            "",
            "Braces nested less deep, and numbers of fewer figures.",
        ),
    ],
    ids=range(14),
)
def test_json_that_is_no_list_of_records_is_refused_by_line(
    text: str, line: int, column: str, value: object, expected: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        list(read_json(text))

    found = refused.value.refusal
    assert (refused.value.line, found.path, found.value, str(found.expected)) == (
        line,
        (column,),
        value,
        expected,
    )


def test_an_empty_list_holds_no_records() -> None:
    assert list(read_json(" [ ]\n")) == []


def test_each_record_of_a_list_knows_its_line() -> None:
    rows = list(read_json('[\n{"slug": "a"},\n\n{"slug": "b"}\n]\n'))

    assert [(row.raw["slug"], row.line(("title", "en"))) for row in rows] == [("a", 2), ("b", 4)]
