"""The tables of the directory: places, organisations, people and the posts they held."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, Facts, partial_date, vocabulary
from embassy.db.record import Record


class OrganisationKind(StrEnum):
    """What kind of body an organisation is."""

    ministry = "ministry"
    parliament = "parliament"
    friendship_committee = "friendship_committee"
    embassy = "embassy"
    ngo = "ngo"
    think_tank = "think_tank"
    consortium = "consortium"
    chamber = "chamber"
    agency = "agency"
    media = "media"
    municipality = "municipality"
    university = "university"
    international_organisation = "international_organisation"
    federated_entity = "federated_entity"


class Place(Record):
    """A town or region with every official name it has; `other_names` are those it is found by too."""

    __tablename__ = "place"
    __mapper_args__ = {"polymorphic_identity": "place"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized | None]
    other_names: Mapped[list[str]] = mapped_column(Facts)
    country: Mapped[str] = mapped_column(String(2))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    found_by: Mapped[list["PlaceName"]] = relationship(viewonly=True)

    __table_args__: Any = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point_is_whole"),
        Index(None, "country"),
    )


class PlaceName(Base):
    """One of the names of a place, folded."""

    __tablename__ = "place_name"

    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id, ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index(None, "folded"),)


class Organisation(Record):
    """A body that signs, receives, organises or publishes; `parent` is the one it belongs to."""

    __tablename__ = "organisation"
    __mapper_args__ = {"polymorphic_identity": "organisation"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized | None]
    kind: Mapped[OrganisationKind] = vocabulary(OrganisationKind)
    acronyms: Mapped[list[str]] = mapped_column(Facts)
    former_names: Mapped[list[str]] = mapped_column(Facts)
    country: Mapped[str] = mapped_column(String(2), default="")
    place_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    web: Mapped[str] = mapped_column(default="")

    place: Mapped[Place | None] = relationship(foreign_keys=place_id)
    parent: Mapped["Organisation | None"] = relationship(foreign_keys=parent_id, remote_side=id)

    __table_args__: Any = (Index(None, "kind"), Index(None, "parent_id"))


class Person(Record):
    """Somebody who held a post; the title is the name as written, `protocol_name` the form of address."""

    __tablename__ = "person"
    __mapper_args__ = {"polymorphic_identity": "person"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized | None]
    protocol_name: Mapped[Localized | None]

    appointments: Mapped[list["Appointment"]] = relationship(
        back_populates="person",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Appointment.position",
    )


class Appointment(Base):
    """A post that a person held in a body, from and to as far as it is known."""

    __tablename__ = "appointment"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"))
    position: Mapped[int]
    post: Mapped[Localized]
    body_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    begins_earliest: Mapped[date | None]
    begins_latest: Mapped[date | None]
    begins: Mapped[PartialDate] = partial_date("begins_earliest", "begins_latest")
    ends_earliest: Mapped[date | None]
    ends_latest: Mapped[date | None]
    ends: Mapped[PartialDate] = partial_date("ends_earliest", "ends_latest")

    person: Mapped[Person] = relationship(back_populates="appointments")
    body: Mapped[Organisation | None] = relationship(foreign_keys=body_id)

    __table_args__ = (Index(None, "person_id"), Index(None, "body_id"))
