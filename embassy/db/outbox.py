"""The outbox: mails written in the transaction they belong to, sent by the worker afterwards."""

import uuid
from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from embassy.db.base import Base


class Mail(Base):
    """A mail to one recipient. `uid` names it in its Message-ID (RFC 5322, 3.6.4), so that a mail sent twice
    is known as one. Once it is sent, address and words are gone; `due_at` moves with each failed attempt.
    """

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("uid"), Index(None, "sent_at", "due_at"))


def letter(recipient: str, language: str, subject: str, body: str, now: datetime) -> Mail:
    """Return a mail that is due at once; its subject is one line, whatever was given."""
    return Mail(
        uid=uuid.uuid4(),
        recipient=recipient,
        language=language,
        subject=" ".join(subject.split()),
        body=body,
        created_at=now,
        due_at=now,
    )
