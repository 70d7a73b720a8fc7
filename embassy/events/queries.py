"""Finding events: one question for page, table, JSON and calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from embassy.core.access import Audience, Viewer
from embassy.core.folding import fold
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import findable, readable
from embassy.events.models import Category, Event, Occurrence


class Period(StrEnum):
    """Which events are wanted."""

    upcoming = "upcoming"
    past = "past"


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; `today` is the legal zone's day, `words` are matched folded."""

    today: date
    period: Period | None = None
    category: Category | None = None
    city: str = ""
    words: str = ""


def listing(viewer: Viewer, now: datetime) -> Select[Any]:
    """Select every event that may be found, by its first day, unknown days last."""
    return (
        select(Event)
        .where(findable(viewer, now))
        .order_by(Event.first_day_earliest.is_(None), Event.first_day_earliest, Event.uid)
    )


def matching(wanted: Wanted, language: str, viewer: Viewer, now: datetime) -> Select[Any]:
    """Select the events wanted: upcoming ones by next day, past ones latest first."""
    found = listing(viewer, now).order_by(None)
    if wanted.category:
        found = found.where(Event.category == wanted.category)
    if wanted.city:
        found = found.where(Event.city == wanted.city)
    if wanted.words:
        found = found.join(RecordWords, RecordWords.record_id == Event.id).where(
            RecordWords.language == language
        )
        for word in fold(wanted.words).split():
            found = found.where(RecordWords.folded.contains(word))
    ahead = (
        select(Occurrence.event_id, func.min(Occurrence.first_day).label("day"))
        .where(Occurrence.last_day >= wanted.today)
        .group_by(Occurrence.event_id)
        .subquery()
    )
    if wanted.period is Period.upcoming:
        return found.join(ahead, ahead.c.event_id == Event.id).order_by(ahead.c.day, Event.uid)
    if wanted.period is Period.past:
        found = found.outerjoin(ahead, ahead.c.event_id == Event.id).where(ahead.c.day.is_(None))
    return found.order_by(Event.first_day_earliest.is_(None), Event.first_day_earliest.desc(), Event.uid)


def in_calendar(wanted: Wanted, viewer: Viewer, now: datetime) -> Select[Any]:
    """Select what a feed holds: events of the past year and ahead whose days are known exactly."""
    recent = select(Occurrence.event_id).where(Occurrence.last_day >= wanted.today - timedelta(days=366))
    found = listing(viewer, now).where(
        Event.id.in_(recent), Event.first_day_earliest == Event.first_day_latest
    )
    return found.where(Event.category == wanted.category) if wanted.category else found


def one(session: Session, slug: str, viewer: Viewer, now: datetime) -> Event | None:
    """Return the event at an address, if the viewer may open it."""
    return session.scalar(select(Event).where(Event.slug == slug, readable(viewer, now)))


def next_day(event: Event, today: date) -> Occurrence | None:
    """Return the occurrence that is on or comes next, or the last one there was."""
    ahead = (found for found in event.occurrences if found.last_day >= today)
    return next(ahead, event.occurrences[-1] if event.occurrences else None)


def last_modified(session: Session, now: datetime) -> datetime:
    """Return when the public events last changed; withdrawals and ended embargoes count (RFC 9110, 8.8.2).

    Where there never was an event, it is the beginning of Unix time.
    """
    public = (Record.record_kind == "event", Record.audience == Audience.public, Record.shown_from <= now)
    seen = select(func.max(Record.changed_at), func.max(Record.shown_from)).where(*public)
    changed, shown = session.execute(seen).one()
    return max((moment for moment in (changed, shown) if moment), default=datetime.fromtimestamp(0, UTC))


def cities(session: Session, viewer: Viewer, now: datetime) -> list[str]:
    """Return the cities events take place in."""
    found = select(Event.city).where(findable(viewer, now), Event.city != "").distinct()
    return sorted(session.scalars(found))
