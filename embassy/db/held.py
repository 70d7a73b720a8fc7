"""Files that somebody sent and has not yet said how to read: kept for a day, for nobody else."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Index, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from embassy.db.base import Base
from embassy.db.database import Database

LASTS = timedelta(days=1)


class HeldFile(Base):
    """A file of records between two requests of its sender, `holder`; personal data may stand in it."""

    __tablename__ = "held_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    record_kind: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes]
    held_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("uid"),
        UniqueConstraint("holder", "record_kind"),
        Index(None, "held_at"),
    )


def hold(session: Session, kind: str, holder: str, name: str, data: bytes, now: datetime) -> uuid.UUID:
    """Keep a file in the place of the one of this kind that its sender sent before; returns its identity."""
    session.execute(delete(HeldFile).where(HeldFile.holder == holder, HeldFile.record_kind == kind))
    held = HeldFile(
        uid=uuid.uuid4(), record_kind=kind, holder=holder, name=name[-200:], data=data, held_at=now
    )
    session.add(held)
    return held.uid


def found(session: Session, uid: uuid.UUID, kind: str, holder: str, now: datetime) -> HeldFile | None:
    """Return a file that is still held for whoever sent it."""
    return session.scalar(
        select(HeldFile).where(
            HeldFile.uid == uid,
            HeldFile.record_kind == kind,
            HeldFile.holder == holder,
            HeldFile.held_at > now - LASTS,
        )
    )


def drop(session: Session, uid: uuid.UUID) -> bool:
    """Let a file go that was used; returns whether it was still there."""
    dropped = session.scalars(delete(HeldFile).where(HeldFile.uid == uid).returning(HeldFile.id))
    return dropped.first() is not None


def sweep(database: Database, now: datetime) -> None:
    """Let every file go that was held for a day."""
    with database.quietly_writing() as session:
        session.execute(delete(HeldFile).where(HeldFile.held_at <= now - LASTS))
