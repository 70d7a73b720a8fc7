"""The tables of associations: the association and its contact points."""

import uuid
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, Facts, partial_date
from embassy.db.personal import PersonalValue
from embassy.db.record import Record
from embassy.directory.models import Place


class Interest(StrEnum):
    """What an association is about."""

    culture = "culture"
    education = "education"
    language = "language"
    literature = "literature"
    students = "students"
    youth = "youth"
    women = "women"
    sport = "sport"
    business = "business"
    charity = "charity"


class Association(Record):
    """A club of people abroad. `last_confirmed` is the day it last vouched for what stands here."""

    __tablename__ = "association"
    __mapper_args__ = {"polymorphic_identity": "association"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized]
    description: Mapped[Localized | None]
    country: Mapped[str] = mapped_column(String(2))
    place_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id))
    interests: Mapped[list[Any]] = mapped_column(Facts)
    founded_earliest: Mapped[date | None]
    founded_latest: Mapped[date | None]
    founded: Mapped[PartialDate] = partial_date("founded_earliest", "founded_latest")
    web: Mapped[str] = mapped_column(default="")
    last_confirmed: Mapped[date | None]

    place: Mapped[Place | None] = relationship(foreign_keys=place_id)
    contacts: Mapped[list["ContactPoint"]] = relationship(
        back_populates="association",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ContactPoint.position",
    )
    topics: Mapped[list["AssociationTopic"]] = relationship(
        back_populates="association", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__: Any = (Index(None, "country"), Index(None, "place_id"))


class ContactPoint(Base):
    """How to reach an association and what for: a mailbox of a role, or somebody who agreed to be named.

    What is about that person is kept apart; here stands its identity.
    """

    __tablename__ = "contact_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id, ondelete="CASCADE"))
    position: Mapped[int]
    purpose: Mapped[Localized | None]
    mailbox: Mapped[str] = mapped_column(String(254), default="")
    person: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(PersonalValue.uid, ondelete="SET NULL"))
    own_mailbox: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(PersonalValue.uid, ondelete="SET NULL"))
    phone: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(PersonalValue.uid, ondelete="SET NULL"))

    association: Mapped[Association] = relationship(back_populates="contacts")
    kept_person: Mapped[PersonalValue | None] = relationship(foreign_keys=person)
    kept_mailbox: Mapped[PersonalValue | None] = relationship(foreign_keys=own_mailbox)
    kept_phone: Mapped[PersonalValue | None] = relationship(foreign_keys=phone)

    __table_args__ = (
        Index(None, "association_id"),
        Index(None, "person"),
        Index(None, "own_mailbox"),
        Index(None, "phone"),
    )


class AssociationTopic(Base):
    """One interest of an association, as lists filter by it; written anew with each change."""

    __tablename__ = "association_topic"

    association_id: Mapped[int] = mapped_column(
        ForeignKey(Association.id, ondelete="CASCADE"), primary_key=True
    )
    interest: Mapped[str] = mapped_column(String(40), primary_key=True)

    association: Mapped[Association] = relationship(back_populates="topics")

    __table_args__ = (Index(None, "interest"),)
