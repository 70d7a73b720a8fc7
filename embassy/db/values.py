"""The values of a record's facts: read from its tables, and put into them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from embassy.core.composed import Parts
from embassy.core.facts import Refusal, Refused
from embassy.core.shapes import Document, Reference
from embassy.db.files import StoredFile, with_digest
from embassy.db.kinds import Kind
from embassy.db.record import Record


def values_of(kind: Kind, record: Record) -> dict[str, Any]:
    """Return what a record says, fact by fact: addresses of what it refers to, digests of its files."""
    return {fact.name: _value(fact.shape, getattr(record, fact.name)) for fact in kind.facts}


def _value(shape: object, stored: Any) -> Any:
    if isinstance(shape, Parts):
        return [
            {fact.name: _value(fact.shape, getattr(part, fact.name)) for fact in shape.facts}
            for part in stored
        ]
    if isinstance(shape, Reference):
        return stored.slug if stored is not None else None
    if isinstance(shape, Document):
        return stored.digest if stored is not None else None
    return stored


def assign(
    session: Session, owner: Any, name: str, shape: object, value: Any, path: tuple[str | int, ...]
) -> None:
    """Put the value of a fact where it belongs; raises Refused where it names what is not there."""
    if isinstance(shape, Parts):
        part_model = getattr(type(owner), name).property.mapper.class_
        standing = {part.uid: part for part in getattr(owner, name) if hasattr(part, "uid")}
        parts = []
        for number, part_values in enumerate(value or ()):
            part = standing.get(part_values.get("uid")) or part_model(position=number)
            part.position = number
            for fact in shape.facts:
                assign(
                    session, part, fact.name, fact.shape, part_values[fact.name], (*path, number, fact.name)
                )
            parts.append(part)
        setattr(owner, name, parts)
    elif isinstance(shape, Reference):
        setattr(owner, name, _resolve(session, shape, value, path))
    elif isinstance(shape, Document):
        setattr(owner, name, _held(session, shape, value, path))
    else:
        setattr(owner, name, value)


def _resolve(
    session: Session, shape: Reference, slug: str | None, path: tuple[str | int, ...]
) -> Record | None:
    if slug is None:
        return None
    wanted = select(Record).where(Record.record_kind == shape.kind, Record.slug == slug)
    if (found := session.scalar(wanted)) is None:
        raise Refused([Refusal(path, slug, shape.expects)])
    return found


def _held(
    session: Session, shape: Document, digest: str | None, path: tuple[str | int, ...]
) -> StoredFile | None:
    """Return the file with a digest, which is now kept for good."""
    if digest is None:
        return None
    if (found := with_digest(session, digest)) is None:
        raise Refused([Refusal(path, digest, shape.expects)])
    found.kept = True
    return found
