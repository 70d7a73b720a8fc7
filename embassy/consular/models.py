"""The tables of the consular room: missions, their accreditations, offices, hours and closures."""

import uuid
from datetime import date, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.consular.vocabulary import (
    Cause,
    Channel,
    Confirmation,
    MissionKind,
    Purpose,
    Service,
    Weekday,
)
from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, Facts, partial_date, vocabulary
from embassy.db.record import Record


class Mission(Record):
    """A post of the sending state in a host state, accredited there and perhaps elsewhere (VCDR 5).

    `city` has the official names of the town in which it has its seat. Numbers are E.164.
    """

    __tablename__ = "mission"
    __mapper_args__ = {"polymorphic_identity": "mission"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized]
    kind: Mapped[MissionKind] = vocabulary(MissionKind)
    sending: Mapped[str] = mapped_column(String(2))
    host: Mapped[str] = mapped_column(String(2))
    city: Mapped[Localized | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    phones: Mapped[list[str]] = mapped_column(Facts)
    opened_earliest: Mapped[date | None]
    opened_latest: Mapped[date | None]
    opened: Mapped[PartialDate] = partial_date("opened_earliest", "opened_latest")
    closed_earliest: Mapped[date | None]
    closed_latest: Mapped[date | None]
    closed: Mapped[PartialDate] = partial_date("closed_earliest", "closed_latest")

    accreditations: Mapped[list["Accreditation"]] = relationship(
        back_populates="mission",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Accreditation.position",
    )
    offices: Mapped[list["Office"]] = relationship(back_populates="mission", foreign_keys="Office.mission_id")

    __table_args__: Any = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point_is_whole"),
        # With all that the map of the world asks of a mission, so that it reads nothing else.
        Index(None, "host", "kind", "closed_latest", "latitude", "longitude"),
    )


class Accreditation(Base):
    """A state to which a mission is accredited, resident there or not (VCDR 5, VCCR 7)."""

    __tablename__ = "accreditation"

    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey(Mission.id, ondelete="CASCADE"))
    position: Mapped[int]
    country: Mapped[str] = mapped_column(String(2))
    resident: Mapped[bool]
    begins_earliest: Mapped[date | None]
    begins_latest: Mapped[date | None]
    begins: Mapped[PartialDate] = partial_date("begins_earliest", "begins_latest")
    ends_earliest: Mapped[date | None]
    ends_latest: Mapped[date | None]
    ends: Mapped[PartialDate] = partial_date("ends_earliest", "ends_latest")

    mission: Mapped[Mission] = relationship(back_populates="accreditations")

    __table_args__ = (Index(None, "mission_id"), Index(None, "country", "mission_id", "ends_latest"))


class Office(Record):
    """A place where a mission serves people: its address, ways to reach it, hours and closures.

    `city` has the town's official names; its source is the form used in the address. Numbers are
    E.164. `hours_confirmed_on` is the day the post named last vouched for the hours.
    """

    __tablename__ = "office"
    __mapper_args__ = {"polymorphic_identity": "office"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey(Mission.id))
    title: Mapped[Localized]
    summary: Mapped[Localized]
    address: Mapped[list[str]] = mapped_column(Facts)
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    city: Mapped[Localized]
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(20), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    zone: Mapped[str] = mapped_column(String(64))
    districts: Mapped[list[str]] = mapped_column(Facts)
    fax: Mapped[str] = mapped_column(String(16), default="")
    emergency: Mapped[str] = mapped_column(String(16), default="")
    mailboxes: Mapped[list[str]] = mapped_column(Facts)
    directions: Mapped[Localized | None]
    notes: Mapped[Localized | None]
    hours_confirmed_on: Mapped[date | None]
    hours_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Mission.id))

    mission: Mapped[Mission] = relationship(foreign_keys=mission_id, back_populates="offices")
    hours_confirmed_by: Mapped[Mission | None] = relationship(foreign_keys=hours_confirmed_by_id)
    phones: Mapped[list["OfficePhone"]] = relationship(
        back_populates="office",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="OfficePhone.position",
    )
    hours: Mapped[list["ServiceHours"]] = relationship(
        back_populates="office",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ServiceHours.position",
    )
    closures: Mapped[list["OfficeClosure"]] = relationship(
        back_populates="office",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="OfficeClosure.position",
    )
    places: Mapped[list["OfficePlace"]] = relationship(viewonly=True)

    __table_args__: Any = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point_is_whole"),
        Index(None, "mission_id"),
        Index(None, "country"),
    )


class OfficePlace(Base):
    """A town or region for which people come to an office, folded: its own town, and its districts."""

    __tablename__ = "office_place"

    office_id: Mapped[int] = mapped_column(ForeignKey(Office.id, ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index(None, "folded"),)


class OfficePhone(Base):
    """A telephone number of an office and what it is for."""

    __tablename__ = "office_phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey(Office.id, ondelete="CASCADE"))
    position: Mapped[int]
    purpose: Mapped[Purpose] = vocabulary(Purpose)
    number: Mapped[str] = mapped_column(String(16))

    office: Mapped[Office] = relationship(back_populates="phones")

    __table_args__ = (Index(None, "office_id"),)


class ServiceHours(Base):
    """Hours of one service on one weekday, on the office's clocks; `closes` at or before `opens`
    lies on the next day.
    """

    __tablename__ = "service_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey(Office.id, ondelete="CASCADE"))
    position: Mapped[int]
    service: Mapped[Service] = vocabulary(Service)
    channel: Mapped[Channel] = vocabulary(Channel)
    weekday: Mapped[Weekday] = vocabulary(Weekday)
    opens: Mapped[time]
    closes: Mapped[time]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    by_appointment: Mapped[bool]

    office: Mapped[Office] = relationship(back_populates="hours")

    __table_args__ = (
        CheckConstraint("valid_from <= valid_to", name="validity_in_order"),
        Index(None, "office_id"),
        Index(None, "service"),
    )


class OfficeClosure(Base):
    """Days on which an office, or one service of it, keeps no hours or other ones than usual.

    `hours` are those instead, such as 09:00-12:00; none means closed. `sequence` counts changes of
    days, hours or status (RFC 5545, 3.8.7.4).
    """

    __tablename__ = "office_closure"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey(Office.id, ondelete="CASCADE"))
    position: Mapped[int]
    uid: Mapped[uuid.UUID]
    first: Mapped[date]
    last: Mapped[date]
    service: Mapped[Service | None] = vocabulary(Service)
    cause: Mapped[Cause] = vocabulary(Cause)
    status: Mapped[Confirmation] = vocabulary(Confirmation)
    hours: Mapped[list[str]] = mapped_column(Facts)
    reason: Mapped[Localized]
    sequence: Mapped[int] = mapped_column(default=0)

    office: Mapped[Office] = relationship(back_populates="closures")

    __table_args__ = (
        UniqueConstraint("office_id", "uid"),
        CheckConstraint("first <= last", name="in_order"),
        CheckConstraint("sequence >= 0", name="sequence_never_negative"),
    )
