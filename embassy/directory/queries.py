"""Finding places, organisations and people, and the records of all rooms that refer to one."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, selectinload

from embassy.core.access import Viewer
from embassy.db.record import Link, Record, RecordWords
from embassy.db.visibility import findable
from embassy.db.words import holding
from embassy.directory.models import Organisation, Person, Place


class Entry(StrEnum):
    """The kinds of record that the directory holds."""

    place = "place"
    organisation = "organisation"
    person = "person"


def places(viewer: Viewer) -> Select[Any]:
    """Select every place that may be found."""
    return select(Place).where(findable(viewer)).order_by(Place.uid)


def organisations(viewer: Viewer) -> Select[Any]:
    """Select every organisation that may be found."""
    return select(Organisation).where(findable(viewer)).order_by(Organisation.uid)


def people(viewer: Viewer) -> Select[Any]:
    """Select every person that may be found, with the posts held."""
    found = select(Person).where(findable(viewer)).order_by(Person.uid)
    return found.options(selectinload(Person.appointments))


def matching(words: str, entry: Entry | None, language: str, viewer: Viewer) -> Select[Any]:
    """Select the words rows, with their records, of one kind or all, in the order of the alphabet."""
    kinds = [entry] if entry else list(Entry)
    return _in_order(language, viewer).where(Record.record_kind.in_(kinds), *holding(words))


def referring(record: Record, names: Iterable[str], language: str, viewer: Viewer) -> Select[Any]:
    """Select the words rows, with their records, of those records of the kinds named that refer to one."""
    linked = select(Link.from_id).where(Link.to_id == record.id)
    return _in_order(language, viewer).where(Record.record_kind.in_(list(names)), Record.id.in_(linked))


def _in_order(language: str, viewer: Viewer) -> Select[Any]:
    return (
        select(RecordWords)
        .join(RecordWords.record)
        .options(contains_eager(RecordWords.record.of_type(Record)))
        .where(RecordWords.language == language, findable(viewer))
        .order_by(RecordWords.sort_key, RecordWords.record_id)
    )
