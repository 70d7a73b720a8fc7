"""The tables of events: the event itself and the days on which it takes place."""

from datetime import date, time
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, Facts, partial_date, vocabulary
from embassy.db.record import Record


class Category(StrEnum):
    """What an event is about."""

    business_forum = "business_forum"
    cultural = "cultural"
    commemorative = "commemorative"
    academic = "academic"
    consular_day = "consular_day"
    official = "official"


class EventStatus(StrEnum):
    """How certain an event is. `announced` is all that is known where no source tells the outcome."""

    confirmed = "confirmed"
    announced = "announced"
    tentative = "tentative"
    postponed = "postponed"
    cancelled = "cancelled"


class Event(Record):
    """Something that takes place: on whole days, or from a time on the clocks of its zone.

    `first_day` and `last_day` are as exact as the source; `starts` and `ends` are wall times.
    `sequence` counts changes of time, place or status (RFC 5545, 3.8.7.4).
    """

    __tablename__ = "event"
    __mapper_args__ = {"polymorphic_identity": "event"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized]
    description: Mapped[Localized | None]
    category: Mapped[Category] = vocabulary(Category)
    status: Mapped[EventStatus] = vocabulary(EventStatus)
    first_day_earliest: Mapped[date | None]
    first_day_latest: Mapped[date | None]
    first_day: Mapped[PartialDate] = partial_date("first_day_earliest", "first_day_latest")
    last_day_earliest: Mapped[date | None]
    last_day_latest: Mapped[date | None]
    last_day: Mapped[PartialDate] = partial_date("last_day_earliest", "last_day_latest")
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    zone: Mapped[str] = mapped_column(String(64))
    recurrence: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(300), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    place_note: Mapped[Localized | None]
    online_link: Mapped[str] = mapped_column(default="")
    organisers: Mapped[list[str]] = mapped_column(Facts)
    performers: Mapped[list[str]] = mapped_column(Facts)
    sequence: Mapped[int] = mapped_column(default=0)
    occurrences: Mapped[list["Occurrence"]] = relationship(
        back_populates="event",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Occurrence.first_day",
    )

    __table_args__: Any = (
        CheckConstraint("sequence >= 0", name="sequence_never_negative"),
        CheckConstraint("starts IS NOT NULL OR ends IS NULL", name="no_end_without_start"),
        Index(None, "category"),
    )


class Occurrence(Base):
    """Days on which an event takes place, worked out from its dates and recurrence on each write."""

    __tablename__ = "event_occurrence"

    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date]

    event: Mapped[Event] = relationship(back_populates="occurrences")

    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="in_order"),
        Index(None, "last_day", "first_day"),
    )
