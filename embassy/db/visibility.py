"""The access rule of core.access as database predicates, and when it will next answer otherwise."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select, true

from embassy.core.access import Audience, Publication, Viewer
from embassy.db.ledger import Ledger
from embassy.db.record import Record


def readable(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    """Return the predicate for records whose page the viewer may open (see access.may_read)."""
    if viewer.staff:
        return true()
    withheld = and_(Record.publication == Publication.withdrawn, Record.reason == "")
    return and_(Record.audience == Audience.public, Record.shown_from <= now, ~withheld)


def findable(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    """Return the predicate for records that lists, counts, feeds and search hold (access.may_find)."""
    return and_(Record.publication != Publication.withdrawn, readable(viewer, now))


def validity(now: datetime) -> Select[int, datetime]:
    """Select the content version, and when the next embargo ends, in the snapshot of the facts themselves.

    Readers may not know when an embargo ends: it bounds the store alone.
    """
    reveal = select(func.min(Record.shown_from)).where(Record.shown_from > now).scalar_subquery()
    return select(Ledger.version, reveal).where(Ledger.id == 1)
