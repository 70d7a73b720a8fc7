"""The tables of twinning: the charter and the towns that are its members."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, Facts, partial_date, vocabulary
from embassy.db.record import Record
from embassy.directory.models import Place


class CharterKind(StrEnum):
    """What the towns call their tie."""

    twinning_charter = "twinning_charter"
    sister_city = "sister_city"
    friendship = "friendship"
    cooperation_protocol = "cooperation_protocol"
    partnership_letter = "partnership_letter"


class CharterStatus(StrEnum):
    """How alive the tie is."""

    in_preparation = "in_preparation"
    active = "active"
    dormant = "dormant"
    ended = "ended"


class Field(StrEnum):
    """What the towns do together."""

    culture = "culture"
    education = "education"
    youth = "youth"
    sport = "sport"
    economy = "economy"
    tourism = "tourism"
    environment = "environment"
    health = "health"
    local_government = "local_government"


class Charter(Record):
    """A tie between two or more towns. `signed` is what a source confirms; `announced_for` a day for which
    the signing was only announced. `sequence` counts changes of day or status (RFC 5545, 3.8.7.4).
    """

    __tablename__ = "charter"
    __mapper_args__ = {"polymorphic_identity": "charter"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized]
    kind: Mapped[CharterKind] = vocabulary(CharterKind)
    status: Mapped[CharterStatus] = vocabulary(CharterStatus)
    signed_earliest: Mapped[date | None]
    signed_latest: Mapped[date | None]
    signed: Mapped[PartialDate] = partial_date("signed_earliest", "signed_latest")
    announced_earliest: Mapped[date | None]
    announced_latest: Mapped[date | None]
    announced_for: Mapped[PartialDate] = partial_date("announced_earliest", "announced_latest")
    fields: Mapped[list[Any]] = mapped_column(Facts)
    sequence: Mapped[int] = mapped_column(default=0)

    members: Mapped[list["Member"]] = relationship(
        back_populates="charter",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Member.position",
    )

    __table_args__: Any = (
        CheckConstraint("sequence >= 0", name="sequence_never_negative"),
        Index(None, "signed_earliest"),
    )


class Member(Base):
    """A town in a charter, with the body that signed for it, as printed."""

    __tablename__ = "charter_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    charter_id: Mapped[int] = mapped_column(ForeignKey(Charter.id, ondelete="CASCADE"))
    position: Mapped[int]
    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id))
    signatory: Mapped[str] = mapped_column(String(200), default="")

    charter: Mapped[Charter] = relationship(back_populates="members")
    place: Mapped[Place] = relationship(foreign_keys=place_id)

    __table_args__ = (Index(None, "charter_id"), Index(None, "place_id"))
