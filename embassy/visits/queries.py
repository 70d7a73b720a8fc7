"""Finding visits: one question for page, table, JSON and calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, func, or_, select, union
from sqlalchemy.orm import Session, selectinload

from embassy.core.access import Viewer
from embassy.db.record import RecordWords
from embassy.db.visibility import TODAY, Moment, findable
from embassy.db.words import holding
from embassy.directory.models import Person
from embassy.visits.models import Level, Participant, Stop, Visit, VisitStatus

begins = func.coalesce(Visit.first_day_earliest, Visit.first_day_latest)
ends = func.coalesce(Visit.last_day_latest, Visit.first_day_latest)


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: one country or two, a year, a level, words matched folded."""

    country: str = ""
    partner: str = ""
    year: int | None = None
    level: Level | None = None
    words: str = ""


def listing(viewer: Viewer) -> Select[Any]:
    """Select every visit that may be found, the latest first, unknown days last."""
    found = select(Visit).where(findable(viewer)).options(selectinload(Visit.places).joinedload(Stop.place))
    return found.order_by(begins.is_(None), begins.desc(), Visit.uid)


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the visits wanted, the latest first."""
    found = listing(viewer).join(RecordWords, RecordWords.record_id == Visit.id)
    found = found.where(RecordWords.language == language, *holding(wanted.words))
    for country in filter(None, (wanted.country, wanted.partner)):
        found = found.where(or_(Visit.visitor == country, Visit.host == country))
    if wanted.year:
        found = found.where(*_within(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    return found.where(Visit.level == wanted.level) if wanted.level else found


def in_calendar(since: date, viewer: Viewer) -> Select[Any]:
    """Select the visits whose first day is known exactly and that end on a day or after it."""
    exact = Visit.first_day_earliest == Visit.first_day_latest
    return listing(viewer).where(exact, ends >= since)


def last(viewer: Viewer, most: int) -> Select[Any]:
    """Select the latest visits that took place on days known at least in part."""
    return listing(viewer).where(Visit.status == VisitStatus.took_place, begins.is_not(None)).limit(most)


def unrecorded(viewer: Viewer) -> Select[Any]:
    """Select the visits that were only announced and whose days have passed."""
    return listing(viewer).where(Visit.status == VisitStatus.announced, ends < TODAY)


def ended(viewer: Viewer, since: date) -> Select[Any]:
    """Select the visits that came to their end on a day from `since` until yesterday."""
    return listing(viewer).where(ends < TODAY, ends >= since)


def people(session: Session, slugs: Iterable[str]) -> dict[str, Person]:
    """Return people with the posts they held, by their addresses."""
    found = select(Person).where(Person.slug.in_(list(slugs))).options(selectinload(Person.appointments))
    return {person.slug: person for person in session.scalars(found)}


def near(session: Session, one: str, other: str, first: date, last: date) -> list[Visit]:
    """Return the visits of two countries, either way, that touch some days, with their delegations."""
    either = or_(
        and_(Visit.visitor == one, Visit.host == other), and_(Visit.visitor == other, Visit.host == one)
    )
    found = select(Visit).where(either, begins <= last, ends >= first).order_by(Visit.id)
    return list(
        session.scalars(found.options(selectinload(Visit.delegations).joinedload(Participant.person)))
    )


def countries(session: Session, viewer: Viewer, moment: Moment) -> list[str]:
    """Return the codes of the countries that visit or are visited."""
    sides = (select(side).where(findable(viewer)) for side in (Visit.visitor, Visit.host))
    return list(session.scalars(union(*sides), moment))


def years(session: Session, viewer: Viewer, moment: Moment) -> list[int]:
    """Return the years in which visits begin; the latest first."""
    found = select(extract("year", begins)).where(findable(viewer), begins.is_not(None)).distinct()
    return sorted(map(int, session.scalars(found, moment)), reverse=True)


def _within(first: date, last: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return begins <= last, ends >= first
