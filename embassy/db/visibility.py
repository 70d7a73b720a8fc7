"""The access rule of core.access as database predicates, and when it will next answer otherwise."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from embassy.core.access import Audience, Publication, Viewer
from embassy.db.ledger import Ledger
from embassy.db.record import Record

TO_ALL = and_(
    Record.audience == Audience.public,
    ~and_(Record.publication == Publication.withdrawn, Record.reason == ""),
)
STANDING = Record.publication != Publication.withdrawn


def readable(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    """Return the predicate for records whose page the viewer may open (see access.may_read)."""
    if viewer.staff:
        return true()
    return and_(TO_ALL, Record.shown_from <= now)


def findable(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    """Return the predicate for records that lists, counts, feeds and search hold (access.may_find)."""
    return and_(STANDING, readable(viewer, now))


def validity(now: datetime, embargoes: Iterable[InstrumentedAttribute[Any]] = ()) -> Select[Any]:
    """Select the content version, and when the next embargoes end, in the snapshot of the facts themselves.

    `embargoes` are the columns, beside that of records, that name such moments. Readers may not know
    when an embargo ends: it bounds the store alone.
    """
    ends = (
        select(func.min(shown_from)).where(shown_from > now).scalar_subquery()
        for shown_from in (Record.shown_from, *embargoes)
    )
    return select(Ledger.version, *ends).where(Ledger.id == 1)
