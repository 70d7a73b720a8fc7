"""The tables of notices: what missions tell their public from one moment until another."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.consular.models import Mission
from embassy.consular.vocabulary import Urgency
from embassy.core.text import Localized
from embassy.db.base import Base, vocabulary
from embassy.db.record import Record

PARTS: dict[str, Any] = {"cascade": "all, delete-orphan", "passive_deletes": True}


class Notice(Record):
    """What readers should know from `begins` until `ends`, until further notice where that is empty.

    It is of the missions named, and of all where none is.
    """

    __tablename__ = "notice"
    __mapper_args__ = {"polymorphic_identity": "notice"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    headline: Mapped[Localized]
    body: Mapped[Localized]
    level: Mapped[Urgency] = vocabulary(Urgency)
    begins: Mapped[datetime]
    ends: Mapped[datetime | None]

    missions: Mapped[list["NoticeMission"]] = relationship(
        back_populates="notice", order_by="NoticeMission.position", **PARTS
    )
    updates: Mapped[list["NoticeUpdate"]] = relationship(
        back_populates="notice", order_by="NoticeUpdate.position", **PARTS
    )

    __table_args__: Any = (
        CheckConstraint("begins < ends", name="in_order"),
        Index(None, "ends"),
        Index(None, "begins"),
    )


class NoticeMission(Base):
    """A mission that a notice is of."""

    __tablename__ = "notice_mission"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id, ondelete="CASCADE"))
    position: Mapped[int]
    mission_id: Mapped[int] = mapped_column(ForeignKey(Mission.id))

    notice: Mapped[Notice] = relationship(back_populates="missions")
    mission: Mapped[Mission] = relationship(foreign_keys=mission_id)

    __table_args__ = (Index(None, "notice_id"), Index(None, "mission_id"))


class NoticeUpdate(Base):
    """What of a notice changed at a moment and why, as readers may know it."""

    __tablename__ = "notice_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey(Notice.id, ondelete="CASCADE"))
    position: Mapped[int]
    at: Mapped[datetime]
    told: Mapped[Localized]

    notice: Mapped[Notice] = relationship(back_populates="updates")

    __table_args__ = (Index(None, "notice_id"),)
