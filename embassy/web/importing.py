"""Bringing in a file of records: all of it, or nothing with every bad row named."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from embassy.core.composed import Parts
from embassy.core.facts import Fact, Refused
from embassy.core.languages import Language
from embassy.core.messages import Message, say
from embassy.core.shapes import Reference, plain
from embassy.db.arrivals import Overtaken, arrive
from embassy.db.commands import Outcome, Writer, check, facts_of, hand_in
from embassy.db.database import Database
from embassy.db.kinds import Kind
from embassy.db.record import Record
from embassy.deployment import Deployment
from embassy.web.formats import designation
from embassy.web.tabular import Row, Unreadable, read_csv, read_json

MOST_NAMED = 200
AT_ONCE = 100


@dataclass(frozen=True)
class BadRow:
    """Where a file is wrong: line, column, what stands there, and what is expected."""

    line: int
    column: str
    value: object
    expected: Message


class FileRefused(ValueError):
    """Nothing of the file was loaded."""

    def __init__(self, rows: Iterable[BadRow]) -> None:
        self.rows = tuple(rows)
        super().__init__(f"{len(self.rows)} bad rows")


Progress = Callable[[int, int], None]


def read(kind: Kind, path: Path) -> list[Row]:
    """Return the records of a .json or .csv file; raises FileRefused."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = read_json(text) if path.suffix.lower() == ".json" else read_csv(text, kind.facts, kind.made)
        return list(rows)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise FileRefused([BadRow(line, "", "", say("Text in UTF-8."))]) from None
    except Unreadable as error:
        column, value, expected = str(error.refusal.path[0]), error.refusal.value, error.refusal.expected
        raise FileRefused([BadRow(error.line, column, value, expected)]) from None


def completed(kind: Kind, rows: Iterable[Row], deployment: Deployment) -> list[Row]:
    """Return the rows with what their kind makes of what they say, where they leave it out."""

    def named(code: str, spoken: Language) -> str:
        return designation(code, spoken, deployment)

    return [replace(row, raw=dict(kind.complete(row.raw, deployment.languages, named))) for row in rows]


def load(
    database: Database, kind: Kind, rows: Sequence[Row], writer: Writer, progress: Progress
) -> Counter[Outcome]:
    """Check every row, then write them all in one transaction; raises FileRefused and writes nothing."""
    checked = checked_rows(database, kind, rows)
    with database.writing() as session:
        return _written(session, kind, checked, writer, progress)


def tried(
    database: Database, kind: Kind, checked: Sequence[tuple[Row, dict[str, Any]]], writer: Writer
) -> Counter[Outcome]:
    """Return what writing checked rows would come to, and write nothing; raises FileRefused."""
    with Session(database.writing_engine) as session:
        outcomes = _written(session, kind, checked, writer, lambda _number, _of: None)
        session.rollback()
    return outcomes


def _written(
    session: Session,
    kind: Kind,
    checked: Sequence[tuple[Row, dict[str, Any]]],
    writer: Writer,
    progress: Progress,
) -> Counter[Outcome]:
    outcomes: Counter[Outcome] = Counter()
    batch = uuid.uuid4()
    bad: list[BadRow] = []
    for first in range(0, len(checked), AT_ONCE):
        several = checked[first : first + AT_ONCE]
        try:
            arrived = arrive(session, kind, [values for _row, values in several], writer, batch)
        except Overtaken as overtaken:
            for place, refused in overtaken.taken.items():
                bad += refused_row(several[place][0], refused)
            continue
        if arrived:
            outcomes[Outcome.created] += len(several)
        for row, values in () if arrived else several:
            try:
                outcomes[hand_in(session, kind, values, writer, batch)] += 1
            except Refused as refused:
                bad += refused_row(row, refused)
        progress(first + len(several), len(checked))
    if bad:
        raise FileRefused(bad)
    return outcomes


def checked_rows(database: Database, kind: Kind, rows: Sequence[Row]) -> list[tuple[Row, dict[str, Any]]]:
    """Return every row with its values; raises FileRefused.

    What a table has no column for stays as the record says it.
    """
    checked, bad = [], []
    seen: dict[object, int] = {}
    for row in _whole(database, kind, rows):
        try:
            values = check(kind, row.raw)
        except Refused as refused:
            bad += refused_row(row, refused)
            continue
        for name in ("slug", "uid"):
            before = seen.setdefault((name, values[name]), row.line(()))
            if values[name] is not None and before != row.line(()):
                expected = say("Each record once; this one stands on line %(line)d already.", line=before)
                bad.append(BadRow(row.line(()), name, values[name], expected))
        checked.append((row, values))
    if bad:
        raise FileRefused(bad)
    return _in_turn(kind, checked)


def _in_turn(kind: Kind, checked: list[tuple[Row, dict[str, Any]]]) -> list[tuple[Row, dict[str, Any]]]:
    """Return rows in an order in which each stands behind those of the same file that it refers to."""
    places = {values["slug"]: place for place, (_row, values) in enumerate(checked)}
    behind = {
        place: {places[slug] for slug in _named(kind.own, values, kind.name) if slug in places}
        for place, (_row, values) in enumerate(checked)
    }
    try:
        return [checked[place] for place in TopologicalSorter(behind).static_order()]
    except CycleError:
        return checked


def _named(facts: Iterable[Fact], values: Mapping[str, Any], kind: str) -> Iterator[str]:
    """Yield the slugs of the records of a kind that values refer to."""
    for fact in facts:
        if isinstance(fact.shape, Parts):
            for part in values[fact.name]:
                yield from _named(fact.shape.facts, part, kind)
        elif isinstance(fact.shape, Reference) and fact.shape.kind == kind and values[fact.name]:
            yield values[fact.name]


def _whole(database: Database, kind: Kind, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of tables with what the records they name say already, as many at once as is wise."""
    for first in range(0, len(rows), AT_ONCE):
        several = rows[first : first + AT_ONCE]
        slugs = [row.raw["slug"] for row in several if row.columns and row.raw.get("slug")]
        stands = _standing(database, kind, slugs) if slugs else {}
        yield from (row.over(kind.facts, stands.get(row.raw.get("slug", ""), {})) for row in several)


def _standing(database: Database, kind: Kind, slugs: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what the records with some addresses say."""
    with database.reading() as session:
        found = session.scalars(select(kind.model).where(kind.model.slug.in_(slugs))).unique()
        return {record.slug: facts_of(kind, record) for record in found}


def refused_row(row: Row, refused: Refused) -> list[BadRow]:
    """Return what was refused in a row, by line and column."""
    return [
        BadRow(
            row.line(r.path),
            ".".join(str(step) for step in r.path if not isinstance(step, int)),
            r.value,
            r.expected,
        )
        for r in refused.refusals
    ]


def dump(session: Session, kind: Kind) -> list[dict[str, Any]]:
    """Return the approved content of every record of a kind, by slug."""
    found: Iterable[Record] = session.scalars(select(kind.model).order_by(kind.model.slug)).unique()
    return [facts_of(kind, record) for record in found]


def described(kind: Kind) -> str:
    """Return the columns of a kind, one a line: name, whether it is needed, meaning, what may stand there."""
    lines = [f"{kind.name}: JSON holds a list of records; CSV has one row a record, and a further row with"]
    lines.append("the same slug for each further part.")
    lines.append("What CSV has no column for stays as it is; an empty cell clears it. Columns:")
    for fact in kind.facts:
        lines.append("")
        needed = " (made if left out)" if fact.name in kind.made else " (needed)" if fact.required else ""
        lines.append(f"{fact.name}{needed}: {fact.about} {fact.shape.expects}")
        inner = fact.shape.facts if isinstance(fact.shape, Parts) else ()
        lines += [
            f"    .{part.name}{' (needed)' if part.required else ''}: {part.about} {part.shape.expects}"
            for part in inner
        ]
        if len(fact.shape.suffixes()) > 1:
            lines.append(f"    CSV: {', '.join(fact.name + suffix for suffix in fact.shape.suffixes())}")
    return "\n".join(lines)


def refusal(refused: FileRefused, file: Path) -> str:
    """Return the bad rows of a file, one a line, and what to do."""
    lines = [f"{file} was not loaded; nothing has changed. Mend these and load it again:"]
    for bad in refused.rows[:MOST_NAMED]:
        # What stands in a file may not steer the terminal it is shown on.
        stands = "empty" if bad.value in (None, "") else f"“{plain(str(bad.value))[:80]}”"
        lines.append(f"  line {bad.line}, {plain(bad.column) or 'file'}: {stands}. {bad.expected}")
    if len(refused.rows) > MOST_NAMED:
        lines.append(f"  and {len(refused.rows) - MOST_NAMED} more")
    return "\n".join(lines)


def faults(kind: Kind, facts: dict[str, Any]) -> list[str]:
    """Return what the kind's own rules would refuse in a stored record."""
    try:
        check(kind, facts)
    except Refused as refused:
        return [f"{'.'.join(map(str, r.path))}: {r.expected}" for r in refused.refusals]
    return []
