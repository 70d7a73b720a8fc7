"""The tables of guides to services: for whom, what to bring, what it costs, on what law it rests."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from embassy.consular.models import Mission
from embassy.consular.vocabulary import Service
from embassy.core.text import Localized
from embassy.db.base import Base, vocabulary
from embassy.db.files import StoredFile
from embassy.db.record import Record


class Guide(Record):
    """How a consular service is had at the missions named, or at all where none is.

    `appointment` is the address at which one is made; `reviewed_on` the day somebody last vouched for it all.
    """

    __tablename__ = "service"
    __mapper_args__ = {"polymorphic_identity": "service"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized]
    service: Mapped[Service] = vocabulary(Service)
    eligible: Mapped[Localized | None]
    duration: Mapped[Localized | None]
    appointment: Mapped[str] = mapped_column(default="")
    reviewed_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    bring: Mapped[list["Need"]] = relationship(
        order_by="Need.position", cascade="all, delete-orphan", passive_deletes=True
    )
    fees: Mapped[list["Fee"]] = relationship(
        order_by="Fee.position", cascade="all, delete-orphan", passive_deletes=True
    )
    basis: Mapped[list["Law"]] = relationship(
        order_by="Law.position", cascade="all, delete-orphan", passive_deletes=True
    )
    forms: Mapped[list["Form"]] = relationship(
        order_by="Form.position", cascade="all, delete-orphan", passive_deletes=True
    )
    missions: Mapped[list["GuideMission"]] = relationship(
        order_by="GuideMission.position", cascade="all, delete-orphan", passive_deletes=True
    )

    __table_args__: Any = (
        CheckConstraint("valid_from <= valid_to", name="validity_in_order"),
        Index(None, "service"),
    )


class _Part:
    """What all parts of a guide have: a place in its list."""

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]

    @declared_attr
    def service_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey(Guide.id, ondelete="CASCADE"), index=True)


class Need(_Part, Base):
    """A thing to bring."""

    __tablename__ = "service_need"

    what: Mapped[Localized]


class Fee(_Part, Base):
    """What is paid, in full units of a currency (ISO 4217) as a decimal figure; nought is free."""

    __tablename__ = "service_fee"

    what: Mapped[Localized | None]
    amount: Mapped[str] = mapped_column(String(13))
    currency: Mapped[str] = mapped_column(String(3), default="")


class Law(_Part, Base):
    """A law that a service rests on, cited, and where it can be read."""

    __tablename__ = "service_law"

    citation: Mapped[Localized]
    url: Mapped[str] = mapped_column(default="")


class Form(_Part, Base):
    """A form to fill in: a PDF held here, an address elsewhere, or both."""

    __tablename__ = "service_form"

    title: Mapped[Localized]
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id), index=True)
    url: Mapped[str] = mapped_column(default="")

    file: Mapped[StoredFile | None] = relationship(lazy="joined")

    __table_args__ = (CheckConstraint("file_id IS NOT NULL OR url <> ''", name="is_somewhere"),)


class GuideMission(_Part, Base):
    """A mission at which a guide holds."""

    __tablename__ = "service_mission"

    mission_id: Mapped[int] = mapped_column(ForeignKey(Mission.id), index=True)

    mission: Mapped[Mission] = relationship(foreign_keys=mission_id)
