"""Files of records, in and out: JSON as it nests, CSV with a further row for each further part."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from embassy.core.composed import Parts
from embassy.core.facts import Fact, Refusal
from embassy.core.messages import Message, say

HEADING = say("The first line names the columns, slug among them.")


@dataclass(frozen=True)
class Row:
    """One record of a file as raw facts, with the line each of its parts begins on.

    `lines` holds the record's own line under (), and a part's under (fact, number). `columns` are those of
    its table: of what has no column, a table says nothing. Without any the record is whole.
    """

    raw: dict[str, Any]
    lines: Mapping[tuple[str | int, ...], int]
    columns: frozenset[str] | None = None

    def over(self, facts: Iterable[Fact], before: Mapping[str, Any]) -> "Row":
        """Return the record with what stood before wherever its table has no column."""
        if self.columns is None:
            return self
        told = {fact.name: _over(fact, self.columns, self.raw, before) for fact in facts}
        return replace(self, raw={name: value for name, value in told.items() if value is not None})

    def line(self, path: tuple[str | int, ...]) -> int:
        """Return the line nearest to a path inside the record."""
        return self.lines.get(path[:2], self.lines[()])


class Unreadable(ValueError):
    """A file that is no table of records; says on which line and what is expected."""

    def __init__(self, line: int, column: str, value: object, expected: Message) -> None:
        super().__init__(str(expected))
        self.line, self.refusal = line, Refusal((column,), value, expected)


def columns(facts: Iterable[Fact]) -> list[str]:
    """Return the names of all columns of a kind, in order."""
    return [f"{fact.name}{suffix}" for fact in facts for suffix in fact.shape.suffixes()]


def read_json(text: str) -> Iterator[Row]:
    """Yield the records of a JSON list, each with the line it begins on; raises Unreadable."""
    decoder = json.JSONDecoder(object_pairs_hook=_no_twins)
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise _no_list(text, at)
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        line = _line(text, at)
        raw, at = _decoded(decoder, text, at)
        if not isinstance(raw, dict):
            raise Unreadable(line, "", raw, say("A record in braces: {…}."))
        yield Row(raw, {(): line})
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "]":
                raise _no_list(text, at)
        elif text[at : at + 1] != "]":
            raise _no_list(text, at)
    at = _skip(text, at + 1)
    if at < len(text):
        raise _no_list(text, at)


def _decoded(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int]:
    line = _line(text, at)
    try:
        return decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, "", text[error.pos : error.pos + 20], say("Valid JSON.")) from None
    except _Twin as twin:
        raise Unreadable(line, str(twin), "", say("This field stands twice in one record.")) from None
    except (ValueError, RecursionError):
        expected = say("Braces nested less deep, and numbers of fewer figures.")
        raise Unreadable(line, "", "", expected) from None


def _no_list(text: str, at: int) -> Unreadable:
    expected = say("A list of records: [ {…}, {…} ].")
    return Unreadable(_line(text, at), "", text[at : at + 20], expected)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


class _Twin(ValueError):
    """A name that stands twice in one JSON object."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise _Twin(name)
    return dict(pairs)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def write_json(records: Iterable[Mapping[str, Any]]) -> str:
    """Return records as a JSON list a person can read."""
    return json.dumps(list(records), ensure_ascii=False, indent=2) + "\n"


def read_csv(text: str, facts: tuple[Fact, ...], made: Iterable[str] = ()) -> Iterator[Row]:
    """Yield the records of a CSV table; rows with the slug of the row before add parts to it.

    Slugs may be left out where they are among the facts that are made.
    """
    yield from read_rows(list(filled_rows(text)), facts, made)


def read_rows(
    rows: list[tuple[int, list[str]]], facts: tuple[Fact, ...], made: Iterable[str] = ()
) -> Iterator[Row]:
    """Yield the records of rows of cells, each with its line; the first row names the columns."""
    known = columns(facts)
    heading = [name.strip() for name in rows[0][1]] if rows else []
    for name in heading:
        if name not in known or heading.count(name) > 1:
            raise Unreadable(
                1, name, name, say("One of these columns, each once: %(names)s.", names=", ".join(known))
            )
    if "slug" not in {*heading, *made} or not heading:
        raise Unreadable(1, "slug", "", HEADING)
    yield from below(heading, rows[1:], facts)


def below(heading: list[str], rows: list[tuple[int, list[str]]], facts: tuple[Fact, ...]) -> Iterator[Row]:
    """Yield the records of the rows below a heading; a column that is called nothing is left out."""
    current: Row | None = None
    lines: dict[tuple[str | int, ...], int] = {}
    for line, cells in rows:
        if len(cells) != len(heading):
            expected = say("As many cells as the first line has columns: %(count)d.", count=len(heading))
            raise Unreadable(line, "", f"{len(cells)}", expected)
        raw = _gathered(dict(zip(heading, map(_bared, cells), strict=True)), facts)
        if current is not None and "slug" in raw and raw["slug"] == current.raw.get("slug"):
            _add_parts(current.raw, lines, raw, facts, line)
            continue
        if current is not None:
            yield current
        lines = {(): line, **{(fact.name, 0): line for fact in facts if isinstance(fact.shape, Parts)}}
        current = Row(raw, lines, frozenset(filter(None, heading)))
    if current is not None:
        yield current


def filled_rows(text: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable(line, "", "", say("Cells between commas, quotation marks in pairs.")) from None


def _over(fact: Fact, columns: frozenset[str], raw: Mapping[str, Any], before: Mapping[str, Any]) -> Any:
    """Return what a fact says after a table: what stands before in each of its columns that is not there,
    or else what was made of the others.

    Parts come all together or not at all.
    """
    given = {suffix for suffix in fact.shape.suffixes() if f"{fact.name}{suffix}" in columns}
    if not given:
        return before.get(fact.name, raw.get(fact.name))
    if isinstance(fact.shape, Parts) or len(given) == len(fact.shape.suffixes()):
        return raw.get(fact.name)
    said, stood = (fact.shape.spread(one.get(fact.name)) for one in (raw, before))
    return fact.shape.gather(
        {suffix: (said if suffix in given else stood).get(suffix, "") for suffix in fact.shape.suffixes()}
    )


def _bared(cell: str) -> str:
    """Take back the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r'") else cell


def _gathered(cells: Mapping[str, str], facts: tuple[Fact, ...]) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for fact in facts:
        own = {suffix: cells.get(f"{fact.name}{suffix}", "") for suffix in fact.shape.suffixes()}
        value = fact.shape.gather(own)
        if value not in (None, []):
            raw[fact.name] = [value] if isinstance(fact.shape, Parts) else value
    return raw


def _add_parts(
    record: dict[str, Any],
    lines: dict[tuple[str | int, ...], int],
    further: Mapping[str, Any],
    facts: tuple[Fact, ...],
    line: int,
) -> None:
    if not any(isinstance(fact.shape, Parts) and fact.name in further for fact in facts):
        expected = say("Each record once; this one stands on line %(line)d already.", line=lines[()])
        raise Unreadable(line, "slug", further["slug"], expected)
    for fact in facts:
        if isinstance(fact.shape, Parts):
            for part in further.get(fact.name, ()):
                lines[fact.name, len(record.setdefault(fact.name, []))] = line
                record[fact.name].append(part)
        elif fact.name != "slug" and fact.name in further and further[fact.name] != record.get(fact.name):
            expected = say("A further row of the same record leaves this empty.")
            raise Unreadable(line, fact.name, further[fact.name], expected)


def write_csv(records: Iterable[Mapping[str, Any]], facts: tuple[Fact, ...]) -> str:
    """Return records as a CSV table: a row each, and a further row for each further part."""
    file = io.StringIO(newline="")
    names = columns(facts)
    writer = csv.DictWriter(file, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    for record in records:
        rows: list[dict[str, str]] = [{}]
        for fact in facts:
            dumped = record.get(fact.name)
            if not isinstance(fact.shape, Parts):
                rows[0] |= _named(fact, fact.shape.spread(dumped) if dumped is not None else {})
                continue
            for number, part in enumerate(dumped or ()):
                if number == len(rows):
                    rows.append({"slug": str(record["slug"])})
                rows[number] |= _named(fact, fact.shape.spread(part))
        writer.writerows({name: _guarded(cell) for name, cell in row.items()} for row in rows)
    return file.getvalue()


def _named(fact: Fact, cells: Mapping[str, str]) -> dict[str, str]:
    return {f"{fact.name}{suffix}": cell for suffix, cell in cells.items()}


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r'") and cell else cell
