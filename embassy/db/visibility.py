"""The access rule of core.access as database predicates, and when it will next answer otherwise.

The moment and the day of asking are parameters, so that a question is put together once and asked often.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from embassy.core.access import Audience, Publication, Viewer
from embassy.db.base import UtcDateTime
from embassy.db.ledger import Ledger
from embassy.db.record import Record

NOW: ColumnElement[datetime] = bindparam("now", type_=UtcDateTime())
TODAY: ColumnElement[date] = bindparam("today", type_=Date())
# What these stand for when a question is asked: `{"now": …, "today": …}`.
Moment = Mapping[str, date]
TO_ALL = Record.audience == Audience.public
TOLD = ~and_(Record.publication == Publication.withdrawn, Record.reason == "")
# The words that remain, rather than the one that does not: an index finds those.
STANDING = Record.publication.in_([one for one in Publication if one is not Publication.withdrawn])


@cache
def readable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the predicate for records whose page the viewer may open (see access.may_read)."""
    if viewer.staff:
        return true()
    return and_(TO_ALL, TOLD, Record.shown_from <= NOW)


@cache
def findable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the predicate for records that lists, counts, feeds and search hold (access.may_find)."""
    return STANDING if viewer.staff else and_(STANDING, TO_ALL, Record.shown_from <= NOW)


@cache
def validity(embargoes: tuple[InstrumentedAttribute[Any], ...] = ()) -> Select[Any]:
    """Select the content version, and when the next embargoes end, in the snapshot of the facts themselves.

    `embargoes` are the columns, beside that of records, that name such moments. Readers may not know
    when an embargo ends: it bounds the store alone.
    """
    ends = (
        select(func.min(shown_from)).where(shown_from > NOW).scalar_subquery()
        for shown_from in (Record.shown_from, *embargoes)
    )
    return select(Ledger.version, *ends).where(Ledger.id == 1)
