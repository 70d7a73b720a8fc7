"""Bringing in many new records at once: the same steps as for one, each taken for all of them together."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from embassy.core.facts import Refused
from embassy.db.commands import Writer, as_read, begun, concluded, proposed, put
from embassy.db.derived import write_beside
from embassy.db.kinds import Kind
from embassy.db.personal import kept
from embassy.db.record import FormerSlug, Record


class Overtaken(Exception):
    """Somebody took addresses or identities between the look and the write: by place, what to say of each."""

    def __init__(self, taken: Mapping[int, Refused]) -> None:
        self.taken = taken
        super().__init__(f"{len(taken)} overtaken")


def arrive(
    session: Session, kind: Kind, several: Sequence[Mapping[str, Any]], writer: Writer, batch: uuid.UUID
) -> bool:
    """Hand in several records at once where all of them are new; say whether that could be done.

    If not, nothing is written: handed in singly (see `hand_in`), each says for itself what is wrong.
    Raises Overtaken.
    """
    if _any_known(session, kind, several):
        return False
    arrived, confided = [], []
    try:
        with session.begin_nested(), session.no_autoflush:
            received = [kept(session, kind.facts, values, None, writer.now) for values in several]
            session.flush()
            for values in received:
                if refusals := kind.judge(None, values, writer.now):
                    raise Refused(refusals)
                change = proposed(session, kind, None, values, writer, batch)
                record = begun(session, kind, change, writer)
                rows = put(session, kind, record, None, kind.revise(None, values), writer)
                arrived.append((change, record))
                confided += [(record, row) for row in rows]
            session.flush()
            for record, row in confided:
                row.record_id = record.id
            write_beside(session, kind, [record for _change, record in arrived], writer.languages, anew=True)
    except Refused:
        return False
    except IntegrityError:
        if taken := dict(_taken(session, kind, several)):
            raise Overtaken(taken) from None
        raise
    for change, record in arrived:
        concluded(session, kind, change, record, writer)
    return True


def _taken(
    session: Session, kind: Kind, several: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[int, Refused]]:
    """Yield the place of each that is there now although it was not, with what to say of it."""
    for place, values in enumerate(several):
        try:
            as_read(session, kind, values, None)
        except Refused as refused:
            yield place, refused


def _any_known(session: Session, kind: Kind, several: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether a record, or a former address of one, has the address or identity of any of these."""
    slugs = [values["slug"] for values in several]
    uids = [values["uid"] for values in several if values["uid"] is not None]
    same = and_(Record.record_kind == kind.name, Record.slug.in_(slugs))
    former = FormerSlug.record_kind == kind.name, FormerSlug.slug.in_(slugs)
    known = or_(exists().where(or_(same, Record.uid.in_(uids))), exists().where(*former))
    return bool(session.scalar(select(known)))
