"""Finding events: one question for page, table, JSON and calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from embassy.core.access import Audience, Viewer
from embassy.core.folding import fold
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import findable
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


class Days(NamedTuple):
    """The first and last day of one time an event takes place."""

    first_day: date
    last_day: date


def shown_days(session: Session, events: Iterable[Event], today: date) -> dict[int, Days]:
    """Return for each event, by id, the days it is on or comes next, else the last it had; two queries."""
    ids = [event.id for event in events]
    ahead = Occurrence.last_day >= today
    shown: dict[int, Days] = {}
    for pick, which in ((func.max, ~ahead), (func.min, ahead)):
        days = select(Occurrence.event_id, pick(Occurrence.first_day), pick(Occurrence.last_day))
        found = session.execute(days.where(Occurrence.event_id.in_(ids), which).group_by(Occurrence.event_id))
        shown |= {event: Days(begins, ends) for event, begins, ends in found}
    return shown


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
