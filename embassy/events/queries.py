"""Finding events: one question for page, table, JSON and calendar."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, extract, func, select
from sqlalchemy.orm import Session

from embassy.core.access import Viewer
from embassy.core.partial import PartialDate
from embassy.db.record import RecordWords
from embassy.db.visibility import TODAY, Moment, findable
from embassy.db.words import holding
from embassy.events.models import Category, Event, EventStatus, Occurrence


class Period(StrEnum):
    """Which events are wanted."""

    upcoming = "upcoming"
    past = "past"


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; `words` are matched folded.

    `year` narrows a calendar to the events that take place in it.
    """

    period: Period | None = None
    category: Category | None = None
    city: str = ""
    words: str = ""
    year: int | None = None


class Days(NamedTuple):
    """The first and last day of one time an event takes place."""

    first_day: date
    last_day: date


def listing(viewer: Viewer) -> Select[Any]:
    """Select every event that may be found, by its first day, unknown days last."""
    return (
        select(Event)
        .where(findable(viewer))
        .order_by(Event.first_day_earliest.is_(None), Event.first_day_earliest, Event.uid)
    )


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the events wanted: upcoming ones by next day, past ones latest first."""
    ahead, _ = _days()
    return _narrowed(select(Event), ahead, wanted, language).where(findable(viewer))


@lru_cache(128)
def rows(wanted: Wanted, language: str, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select the same events as `matching`, but of each no more than `Listed` holds."""
    ahead, behind = _days()
    days = [func.coalesce(ahead.c[name], behind.c[name]) for name in ("first_day", "last_day")]
    found = select(*LISTED, *days).select_from(Event)
    found = _narrowed(found, ahead, wanted, language).where(findable(viewer))
    return found.join(behind, behind.c.event_id == Event.id, isouter=True)


def _narrowed(
    found: Select[*tuple[Any, ...]], ahead: Subquery, wanted: Wanted, language: str
) -> Select[*tuple[Any, ...]]:
    found = (
        found.join(RecordWords, RecordWords.record_id == Event.id)
        .where(RecordWords.language == language)
        .join(ahead, ahead.c.event_id == Event.id, isouter=wanted.period is not Period.upcoming)
    )
    if wanted.category:
        found = found.where(Event.category == wanted.category)
    if wanted.city:
        found = found.where(Event.city == wanted.city)
    found = found.where(*holding(wanted.words))
    if wanted.period is Period.upcoming:
        return found.order_by(ahead.c.first_day, Event.uid)
    if wanted.period is Period.past:
        found = found.where(ahead.c.first_day.is_(None))
    return found.order_by(Event.first_day_earliest.is_(None), Event.first_day_earliest.desc(), Event.uid)


@cache
def _days() -> tuple[Subquery, Subquery]:
    """Return for each event the days it is on or comes next, and the last days it had."""
    over = Occurrence.last_day < TODAY
    ahead, behind = (
        select(
            Occurrence.event_id,
            pick(Occurrence.first_day).label("first_day"),
            pick(Occurrence.last_day).label("last_day"),
        )
        .where(which)
        .group_by(Occurrence.event_id)
        .subquery()
        for pick, which in ((func.min, ~over), (func.max, over))
    )
    return ahead, behind


@dataclass(frozen=True)
class Listed:
    """One row of a list: no more of an event than the row shows. `days` are those it is shown under."""

    slug: str
    status: EventStatus
    category: Category
    earliest: date | None
    latest: date | None
    starts: time | None
    ends: time | None
    place: str
    city: str
    recurrence: str
    title: str
    shown_language: str
    from_day: date | None
    to_day: date | None

    @property
    def first_day(self) -> PartialDate:
        """Return the first day as far as it is known."""
        return PartialDate(self.earliest, self.latest)

    @property
    def days(self) -> Days | None:
        """Return the days it is on or comes next, else the last it had."""
        return Days(self.from_day, self.to_day) if self.from_day and self.to_day else None


LISTED = (
    Event.slug,
    Event.status,
    Event.category,
    Event.first_day_earliest,
    Event.first_day_latest,
    Event.starts,
    Event.ends,
    Event.place,
    Event.city,
    Event.recurrence,
    RecordWords.title,
    RecordWords.shown_language,
)


def unrecorded(viewer: Viewer) -> Select[Any]:
    """Select the events that were only announced and whose day has passed."""
    over = func.coalesce(Event.last_day_latest, Event.first_day_latest) < TODAY
    return listing(viewer).where(Event.status == EventStatus.announced, Event.recurrence == "", over)


def ended(viewer: Viewer, since: date) -> Select[Any]:
    """Select the events that came to their end on a day from `since` until yesterday."""
    last = func.coalesce(Event.last_day_latest, Event.first_day_latest)
    return listing(viewer).where(Event.recurrence == "", last < TODAY, last >= since)


def in_calendar(wanted: Wanted, today: date, viewer: Viewer) -> Select[Any]:
    """Select what a feed holds: events whose days are known exactly, of the year wanted.

    Where none is, it holds those of the past year and ahead.
    """
    held: ColumnElement[bool] = Occurrence.last_day >= today - timedelta(days=366)
    if wanted.year:
        first, last = date(wanted.year, 1, 1), date(wanted.year, 12, 31)
        held = and_(Occurrence.last_day >= first, Occurrence.first_day <= last)
    found = listing(viewer).where(
        Event.id.in_(select(Occurrence.event_id).where(held)),
        Event.first_day_earliest == Event.first_day_latest,
    )
    return found.where(Event.category == wanted.category) if wanted.category else found


def years(session: Session, category: Category | None, viewer: Viewer, moment: Moment) -> list[int]:
    """Return the years in which events of a category, or any, begin on a known day; the latest first."""
    found = select(extract("year", Event.first_day_earliest)).where(
        findable(viewer), Event.first_day_earliest == Event.first_day_latest
    )
    if category:
        found = found.where(Event.category == category)
    return sorted(map(int, session.scalars(found.distinct(), moment)), reverse=True)


def shown_days(session: Session, event: Event, today: date) -> Days | None:
    """Return the days an event is on or comes next, else the last it had."""
    for days in _days():
        wanted = select(days.c.first_day, days.c.last_day).where(days.c.event_id == event.id)
        if (row := session.execute(wanted, {"today": today}).one_or_none()) is not None:
            return Days(*row)
    return None


def cities(session: Session, viewer: Viewer, moment: Moment) -> list[str]:
    """Return the cities events take place in."""
    found = select(Event.city).where(findable(viewer), Event.city != "").distinct()
    return sorted(session.scalars(found, moment))
