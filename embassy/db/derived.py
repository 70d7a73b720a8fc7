"""What is written beside a record for lists and searches: its words by language, its links, its rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, insert, inspect
from sqlalchemy.orm import Session

from embassy.core.collation import sort_key
from embassy.core.composed import Parts
from embassy.core.facts import Fact
from embassy.core.folding import fold
from embassy.core.languages import Language
from embassy.core.shapes import Document, Reference
from embassy.core.text import Localized, lagging
from embassy.db.files import RecordFile, StoredFile
from embassy.db.kinds import Kind
from embassy.db.record import Link, Record, RecordWords

Rows = list[dict[str, Any]]


def write_beside(
    session: Session, kind: Kind, records: Iterable[Record], languages: Iterable[Language], *, anew: bool
) -> None:
    """Write what follows from records, many rows at once; of records that are not new, in place of the old.

    No object is made for a row; those that were read before are read again.
    """
    gathered: dict[Any, Rows] = {}
    for record in records:
        for owner, rows in _beside(kind, record, languages):
            if not anew:
                session.connection().execute(delete(owner.table).where(owner == record.id))
            gathered.setdefault(owner.table, []).extend({owner.name: record.id, **row} for row in rows)
        if not anew:
            session.expire(record, [one.key for one in inspect(type(record)).relationships if one.viewonly])
    for table, rows in gathered.items():
        if rows:
            session.connection().execute(insert(table), rows)


def _beside(kind: Kind, record: Record, languages: Iterable[Language]) -> Iterator[tuple[Any, Rows]]:
    """Yield the rows about a record by the column that names it in their table."""
    yield RecordWords.__table__.c.record_id, list(_words(kind, record, languages))
    links = sorted({(target.id, role) for role, target in _referred(kind.facts, record)})
    yield Link.__table__.c.from_id, [{"to_id": to, "role": role} for to, role in links]
    files = sorted({file.id for file in _files(kind.facts, record)})
    yield RecordFile.__table__.c.record_id, [{"file_id": file} for file in files]
    for name, rows in kind.rows(record).items():
        (owner,) = getattr(type(record), name).property.remote_side
        yield owner, rows


def _words(kind: Kind, record: Record, languages: Iterable[Language]) -> Iterator[dict[str, Any]]:
    """Yield the record's title and summary as each language's readers see them."""
    title: Localized = getattr(record, kind.title)
    summary: Localized | None = getattr(record, kind.summary)
    everywhere = *title.texts.values(), *(summary.texts.values() if summary else ()), *kind.also(record)
    every = fold(" ".join(everywhere))
    texts = list(texts_of(kind.facts, record))
    for language in languages:
        shown, words = title.best(language)
        line = summary.best(language)[1] if summary else ""
        yield {
            "language": language.tag,
            "shown_language": shown.tag,
            "title": words,
            "summary": line,
            "sort_key": sort_key(words, language.tag),
            "folded": f"{fold(f'{words} {line}')} {every}",
            "standing": lagging(texts, language.tag),
        }


def texts_of(facts: Iterable[Fact], owner: Any) -> Iterator[Localized]:
    """Yield every text of a record, those of its parts too."""
    for fact in facts:
        held = getattr(owner, fact.name)
        if isinstance(fact.shape, Parts):
            for part in held:
                yield from texts_of(fact.shape.facts, part)
        elif isinstance(held, Localized):
            yield held


def _referred(facts: Iterable[Fact], owner: Any, before: str = "") -> Iterator[tuple[str, Record]]:
    for fact in facts:
        held = getattr(owner, fact.name)
        if isinstance(fact.shape, Parts):
            # A part that some may not read yet leaves no trace elsewhere.
            open_to_all = [part for part in held if not hasattr(part, "audience")]
            for part in open_to_all:
                yield from _referred(fact.shape.facts, part, f"{before}{fact.name}.")
        elif isinstance(fact.shape, Reference) and held is not None:
            yield before + fact.name, held


def _files(facts: Iterable[Fact], owner: Any) -> Iterator[StoredFile]:
    for fact in facts:
        if isinstance(fact.shape, Parts):
            for part in getattr(owner, fact.name):
                yield from _files(fact.shape.facts, part)
        elif isinstance(fact.shape, Document) and (file := getattr(owner, fact.name)) is not None:
            yield file
