"""What is written beside a record for lists and searches: its words by language, and its links."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete
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


def forget(session: Session, record: Record) -> None:
    """Take away what was written beside the record before."""
    for column in (RecordWords.record_id, Link.from_id, RecordFile.record_id):
        session.execute(delete(column.class_).where(column == record.id))


def write_words(session: Session, kind: Kind, record: Record, languages: Iterable[Language]) -> None:
    """Write the record's title and summary as each language's readers see them."""
    title: Localized = getattr(record, kind.title)
    summary: Localized | None = getattr(record, kind.summary)
    everywhere = *title.texts.values(), *(summary.texts.values() if summary else ()), *kind.also(record)
    every = fold(" ".join(everywhere))
    texts = list(texts_of(kind.facts, record))
    for language in languages:
        shown, words = title.best(language)
        line = summary.best(language)[1] if summary else ""
        session.add(
            RecordWords(
                record_id=record.id,
                language=language.tag,
                shown_language=shown.tag,
                title=words,
                summary=line,
                sort_key=sort_key(words, language.tag),
                folded=f"{fold(f'{words} {line}')} {every}",
                standing=lagging(texts, language.tag),
            )
        )


def texts_of(facts: Iterable[Fact], owner: Any) -> Iterator[Localized]:
    """Yield every text of a record, those of its parts too."""
    for fact in facts:
        held = getattr(owner, fact.name)
        if isinstance(fact.shape, Parts):
            for part in held:
                yield from texts_of(fact.shape.facts, part)
        elif isinstance(held, Localized):
            yield held


def write_links(session: Session, kind: Kind, record: Record) -> None:
    """Write down to which records this one refers, and in which role: the name of the fact."""
    found = {(target.id, role) for role, target in _referred(kind.facts, record)}
    session.add_all(Link(from_id=record.id, to_id=target, role=role) for target, role in sorted(found))


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


def write_files(session: Session, kind: Kind, record: Record) -> None:
    """Write down which files the record holds, so that whoever may read it may read them."""
    held = {file.id for file in _files(kind.facts, record)}
    session.add_all(RecordFile(record_id=record.id, file_id=file_id) for file_id in sorted(held))


def _files(facts: Iterable[Fact], owner: Any) -> Iterator[StoredFile]:
    for fact in facts:
        if isinstance(fact.shape, Parts):
            for part in getattr(owner, fact.name):
                yield from _files(fact.shape.facts, part)
        elif isinstance(fact.shape, Document) and (file := getattr(owner, fact.name)) is not None:
            yield file
