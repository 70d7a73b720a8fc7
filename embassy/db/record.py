"""The spine: what every kind of record has in common, its words, its changes and its revisions."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.core.access import Audience, Publication
from embassy.core.text import Standing
from embassy.core.workflow import Move, Stage
from embassy.db.base import Base, ByteOrdered, Facts, vocabulary


class Record(Base):
    """A thing with its own page: stable identity, address, standing and version.

    Tables hold approved content only; drafts are Changes. `shown_from` is first publication, ahead
    of now under an embargo; `changed_at` is the last published change. `told_at` is the last change that
    readers could notice, one that took the record away from them too; empty where they never saw it.
    """

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    record_kind: Mapped[str] = mapped_column(String(40))
    slug: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    audience: Mapped[Audience] = vocabulary(Audience)
    publication: Mapped[Publication] = vocabulary(Publication)
    reason: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    source_url: Mapped[str] = mapped_column(default="")
    shown_from: Mapped[datetime]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    words: Mapped[list["RecordWords"]] = relationship(viewonly=True)
    revisions: Mapped[list["Revision"]] = relationship(back_populates="record", order_by="Revision.number")

    __mapper_args__ = {"polymorphic_on": "record_kind", "version_id_col": version}
    __table_args__: Any = (
        UniqueConstraint("uid"),
        UniqueConstraint("record_kind", "slug"),
        CheckConstraint("slug <> ''", name="slug_is_given"),
        Index(None, "record_kind", "audience", "publication", "shown_from"),
        Index(None, "shown_from"),
    )


class RecordWords(Base):
    """A record's title and summary in one reader's language, as shown there, with its sort key.

    `shown_language` differs from `language` where the text is a fallback. `folded` serves search; `standing`
    says how far all texts of the record have come in the language.
    """

    __tablename__ = "record_words"

    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    shown_language: Mapped[str] = mapped_column(String(12))
    title: Mapped[str]
    summary: Mapped[str]
    sort_key: Mapped[str] = mapped_column(ByteOrdered)
    folded: Mapped[str]
    standing: Mapped[Standing] = vocabulary(Standing)

    record: Mapped[Record] = relationship(viewonly=True)

    __table_args__ = (Index(None, "language", "sort_key"), Index(None, "language", "standing"))


class FormerSlug(Base):
    """An address a record once had; it leads to the present one for ever."""

    __tablename__ = "former_slug"

    record_kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"))


class Change(Base):
    """A proposed content of a record, whole, as JSON facts; approval applies it and writes a Revision.

    A draft's facts are as its author left them, right or not. `record_id` is empty for a record that does
    not exist yet; `base_version` is the version the author saw; `owner_id` the mission it is written for;
    `why` what the author says of it; `due_at` is when an approved change takes effect; `flagged` is one that
    was published without a second person and that nobody has looked at since.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    batch: Mapped[uuid.UUID | None]
    record_kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    base_version: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(Facts)
    author: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("record.id"))
    why: Mapped[str] = mapped_column(default="")
    stage: Mapped[Stage] = vocabulary(Stage)
    due_at: Mapped[datetime | None]
    flagged: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    record: Mapped[Record | None] = relationship(foreign_keys=record_id)
    steps: Mapped[list["ChangeStep"]] = relationship(
        back_populates="change",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="ChangeStep.id",
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("uid"),
        Index(None, "stage", "due_at"),
        Index(None, "record_id"),
        Index(None, "flagged"),
    )


class ChangeStep(Base):
    """One move of a change: who made it, when, and what they said; `by` is empty for the service itself."""

    __tablename__ = "change_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id", ondelete="CASCADE"))
    move: Mapped[Move] = vocabulary(Move)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    comment: Mapped[str] = mapped_column(default="")

    change: Mapped[Change] = relationship(back_populates="steps")

    __table_args__ = (Index(None, "change_id"),)


class Revision(Base):
    """What a record's approved content was after one change, whole, and who wrote it when and why.

    `salt` is what the audit chain's digest of the facts was made with; it is empty for older ones.
    """

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"))
    number: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(Facts)
    author: Mapped[str] = mapped_column(String(120))
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"))
    recorded_at: Mapped[datetime]
    salt: Mapped[str] = mapped_column(String(32), default="")

    record: Mapped[Record] = relationship(back_populates="revisions")

    __table_args__ = (UniqueConstraint("record_id", "number"),)


class Link(Base):
    """One record's reference to another, with the role it plays."""

    __tablename__ = "link"

    from_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)

    __table_args__ = (Index(None, "to_id"),)
