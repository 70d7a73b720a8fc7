"""The tables of accounts: who signs in, with what, what they may do, and what happened."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_security.core import UserMixin
from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.core.access import Role
from embassy.db.base import Base, Facts, vocabulary
from embassy.db.record import Record


class Account(Base, UserMixin):
    """A member of staff who may sign in. Names that begin with fs_, tf_ and mf_ are Flask-Security's.

    `password` is an Argon2 hash, empty until the invitation is taken up; `tf_totp_secret` and the recovery
    codes are encrypted. `totp_counter` is the last half minute whose code was used (RFC 6238, 5.2).
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(12))
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64))
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes: Mapped[list[Any] | None] = mapped_column(Facts)
    totp_counter: Mapped[int | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )

    # What staff may do is in `grants`; Flask-Security's own roles are not used.
    roles = []

    __mapper_args__ = {"version_id_col": version}
    __table_args__: Any = (
        UniqueConstraint("uid"),
        UniqueConstraint("email"),
        UniqueConstraint("fs_uniquifier"),
    )


class Grant(Base):
    """One role of an account, for one mission or, without one, for all of them."""

    __tablename__ = "account_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    role: Mapped[Role] = vocabulary(Role)
    mission_id: Mapped[int | None] = mapped_column(ForeignKey(Record.id))

    account: Mapped[Account] = relationship(back_populates="grants")
    mission: Mapped[Record | None] = relationship(lazy="joined")

    __table_args__ = (Index(None, "account_id"), Index(None, "mission_id"))


class StaffSession(Base):
    """A browser in which somebody is signed in; the cookie alone is worth nothing without this row.

    `digest` is the SHA-256 of the secret in the cookie. `seen_at` moves at most once a minute.
    """

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(45))
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("digest"), Index(None, "account_id"))


class Passkey(Base):
    """The public half of a passkey, whose private half its owner's device keeps.

    `credential_id` is the device's name for it, in base64url; `sign_count` what the device had counted at the
    last use, 0 where it does not count. After `used_at` no earlier challenge is answered with it.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    credential_id: Mapped[str] = mapped_column(String(1364))
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("uid"), UniqueConstraint("credential_id"), Index(None, "account_id"))


class Happening(StrEnum):
    """What can happen to an account."""

    signed_in = "signed_in"
    signed_in_by_passkey = "signed_in_by_passkey"
    signed_out = "signed_out"
    wrong_password = "wrong_password"  # noqa: S105 - the name of an event
    wrong_code = "wrong_code"
    wrong_passkey = "wrong_passkey"
    password_changed = "password_changed"  # noqa: S105 - the name of an event
    second_factor_changed = "second_factor_changed"
    recovery_code_used = "recovery_code_used"
    passkey_added = "passkey_added"
    passkey_removed = "passkey_removed"
    second_proof_forgotten = "second_proof_forgotten"


class AccountEvent(Base):
    """One entry of the history that each member of staff sees of their own account; kept for a year.

    What an administrator did tells no browser and no address.
    """

    __tablename__ = "account_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    what: Mapped[Happening] = vocabulary(Happening)
    at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(45))

    __table_args__ = (Index(None, "account_id", "at"),)


class Attempt(Base):
    """A failed try at a throttled door. Subject and address are keyed digests, gone after a day."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index(None, "door", "subject", "at"), Index(None, "door", "address", "at"))
