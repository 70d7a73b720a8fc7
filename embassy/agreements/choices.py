"""What the filters of the list offer: only what an agreement that the reader may find would answer to."""

from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Date, Select, String, cast, extract, func, literal, select
from sqlalchemy.orm import Session

from embassy.agreements.models import Party, StatusPeriod
from embassy.agreements.queries import audience, disclosed
from embassy.core.access import Viewer
from embassy.db.record import Record
from embassy.db.visibility import Moment, findable


def countries(session: Session, viewer: Viewer, moment: Moment) -> list[str]:
    """Return the countries that are, or whose bodies are, party to an agreement."""
    return sorted(session.scalars(_countries(viewer), moment))


def years(session: Session, viewer: Viewer, moment: Moment) -> list[int]:
    """Return the years in which a status changed or will change, the latest first."""
    return sorted((day.year for day in session.scalars(_years(viewer), moment)), reverse=True)


@cache
def _countries(viewer: Viewer) -> Select[str]:
    """Select each country, by steps through the index, of which an agreement may be found."""
    first = select(func.min(Party.country).label("code")).where(Party.country != "")
    walked = first.cte("country", recursive=True)
    later = select(func.min(Party.country)).where(Party.country > walked.c.code).scalar_subquery()
    walked = walked.union_all(select(later).select_from(walked).where(walked.c.code.is_not(None)))
    its = Party.country == walked.c.code, Party.agreement_id == Record.id
    return select(walked.c.code).where(_one(*its, findable(viewer)))


@cache
def _years(viewer: Viewer) -> Select[date]:
    """Select the first change of each year, by steps through the index, where it may be known."""
    start, its = StatusPeriod.start_earliest, StatusPeriod.audience == audience(viewer)
    first = select(func.min(start).label("day")).where(its).cte("year", recursive=True)
    later = select(func.min(start)).where(its, start > _end(first.c.day)).scalar_subquery()
    walked = first.union_all(select(later).select_from(first).where(first.c.day.is_not(None)))
    that_year = start.between(walked.c.day, _end(walked.c.day)), StatusPeriod.agreement_id == Record.id
    return select(walked.c.day).where(_one(*that_year, disclosed(viewer), findable(viewer)))


def _one(*predicates: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the predicate that there is one. PostgreSQL would look for EXISTS among all at once."""
    return select(literal(1)).where(*predicates).limit(1).scalar_subquery().is_not(None)


def _end(day: ColumnElement[date]) -> ColumnElement[date]:
    """Return the last day of the year of a day."""
    return func.date(cast(extract("year", day), String) + "-12-31", type_=Date)
