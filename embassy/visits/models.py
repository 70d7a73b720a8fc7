"""The tables of visits: the visit, its places, the delegations and what they talked about."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, partial_date, vocabulary
from embassy.db.record import Record
from embassy.directory.models import Person, Place


class Level(StrEnum):
    """What protocol calls a visit; sources often do not say."""

    unspecified = "unspecified"
    state = "state"
    official = "official"
    official_working = "official_working"
    working = "working"
    guest_of_government = "guest_of_government"
    private = "private"
    transit = "transit"
    multilateral_margins = "multilateral_margins"
    consultations = "consultations"
    courtesy = "courtesy"


class Format(StrEnum):
    """Where the two sides meet, as the sending state sees it."""

    incoming = "incoming"
    outgoing = "outgoing"
    third_country = "third_country"
    virtual = "virtual"


class VisitStatus(StrEnum):
    """What is known of a visit. `announced` is all there is where no source tells the outcome."""

    took_place = "took_place"
    announced = "announced"
    postponed = "postponed"
    cancelled = "cancelled"


class Side(StrEnum):
    """Whose delegation somebody belongs to."""

    visitor = "visitor"
    host = "host"


class Rank(StrEnum):
    """What somebody was when they met, for lists and precedence."""

    head_of_state = "head_of_state"
    head_of_government = "head_of_government"
    deputy_head_of_government = "deputy_head_of_government"
    foreign_minister = "foreign_minister"
    minister = "minister"
    speaker = "speaker"
    royal_family = "royal_family"
    state_secretary = "state_secretary"
    secretary_general = "secretary_general"
    director = "director"
    ambassador = "ambassador"
    mayor = "mayor"
    other = "other"


class Modifier(StrEnum):
    """How somebody held a rank."""

    acting = "acting"
    interim = "interim"
    former = "former"


class Visit(Record):
    """A meeting of two countries. `visitor` and `host` are parties; in a third country neither is at home,
    and `visitor` is the one named first. `round` counts consultations. `sequence` counts changes of day or
    status (RFC 5545, 3.8.7.4).
    """

    __tablename__ = "visit"
    __mapper_args__ = {"polymorphic_identity": "visit"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized]
    level: Mapped[Level] = vocabulary(Level)
    round: Mapped[int | None]
    format: Mapped[Format | None] = vocabulary(Format, nullable=True)
    status: Mapped[VisitStatus] = vocabulary(VisitStatus)
    visitor: Mapped[str] = mapped_column(String(2))
    host: Mapped[str] = mapped_column(String(2))
    first_day_earliest: Mapped[date | None]
    first_day_latest: Mapped[date | None]
    first_day: Mapped[PartialDate] = partial_date("first_day_earliest", "first_day_latest")
    last_day_earliest: Mapped[date | None]
    last_day_latest: Mapped[date | None]
    last_day: Mapped[PartialDate] = partial_date("last_day_earliest", "last_day_latest")
    purpose: Mapped[Localized | None]
    outcome: Mapped[Localized | None]
    note: Mapped[Localized | None]
    sequence: Mapped[int] = mapped_column(default=0)

    places: Mapped[list["Stop"]] = relationship(
        back_populates="visit", cascade="all, delete-orphan", passive_deletes=True, order_by="Stop.position"
    )
    delegations: Mapped[list["Participant"]] = relationship(
        back_populates="visit",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Participant.position",
    )
    meetings: Mapped[list["Meeting"]] = relationship(
        back_populates="visit",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Meeting.position",
    )

    __table_args__: Any = (
        CheckConstraint("sequence >= 0", name="sequence_never_negative"),
        CheckConstraint("visitor <> host", name="two_countries"),
        Index(None, "first_day_earliest"),
        Index(None, "visitor", "host"),
    )


class Stop(Base):
    """A place where a visit went, in the order of going."""

    __tablename__ = "visit_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey(Visit.id, ondelete="CASCADE"))
    position: Mapped[int]
    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id))

    visit: Mapped[Visit] = relationship(back_populates="places")
    place: Mapped[Place] = relationship(foreign_keys=place_id)

    __table_args__ = (Index(None, "visit_id"), Index(None, "place_id"))


class Participant(Base):
    """Somebody on one side, in the order of protocol: the entry in the directory or the name as printed,
    and the post held then.
    """

    __tablename__ = "visit_participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey(Visit.id, ondelete="CASCADE"))
    position: Mapped[int]
    side: Mapped[Side] = vocabulary(Side)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    name: Mapped[str] = mapped_column(String(200), default="")
    post: Mapped[Localized | None]
    rank: Mapped[Rank] = vocabulary(Rank)
    modifier: Mapped[Modifier | None] = vocabulary(Modifier, nullable=True)

    visit: Mapped[Visit] = relationship(back_populates="delegations")
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)

    __table_args__ = (Index(None, "visit_id"), Index(None, "person_id"))


class Meeting(Base):
    """A conversation during a visit: when, as far as it is known, and about what."""

    __tablename__ = "visit_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey(Visit.id, ondelete="CASCADE"))
    position: Mapped[int]
    day_earliest: Mapped[date | None]
    day_latest: Mapped[date | None]
    day: Mapped[PartialDate] = partial_date("day_earliest", "day_latest")
    subject: Mapped[Localized]

    visit: Mapped[Visit] = relationship(back_populates="meetings")

    __table_args__ = (Index(None, "visit_id"),)
