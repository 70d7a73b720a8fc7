"""The access rule of core.access as database predicates, and when it will next answer otherwise."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from embassy.core.access import Audience, Publication, Viewer
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


def next_reveal(session: Session, now: datetime) -> datetime | None:
    """Return when the next embargo ends. Readers may not know it: it bounds the store alone."""
    return session.scalar(select(func.min(Record.shown_from)).where(Record.shown_from > now))
