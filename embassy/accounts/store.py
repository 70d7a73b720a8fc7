"""Where Flask-Security finds accounts and keeps what it changes.

Accounts are read in a snapshot and written in one short transaction at the end, so that nobody who tries
passwords holds up those who write.
"""

from typing import Any, TypeVar, cast

from flask import g
from flask_security.datastore import UserDatastore
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from embassy.accounts.models import Account, Grant
from embassy.web.house import house

Row = TypeVar("Row")


def reading() -> Session:
    """Return the request's snapshot of accounts; what is changed in it waits for `commit`."""
    if "accounts" not in g:
        g.accounts = Session(house().database.reading_engine, autoflush=False)
    return cast(Session, g.accounts)


def close(_error: BaseException | None = None) -> None:
    """Give the snapshot back; what was not committed is forgotten."""
    if session := g.pop("accounts", None):
        session.close()


class AccountStore(UserDatastore):
    """Flask-Security's way to accounts; it knows no roles of its own."""

    def __init__(self) -> None:
        super().__init__(Account, None)  # type: ignore[arg-type]

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | None:
        """Return the account with one attribute, None where there is none."""
        ((name, value),) = wanted.items()
        held, given = getattr(Account, name), value
        if case_insensitive:
            held, given = func.lower(held), value.lower()
        return reading().scalar(select(Account).where(held == given))

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Strike out a used recovery code before anything follows from it.

        The list is a new one: a change within the old one is not written.
        """
        user.mf_recovery_codes = [code for place, code in enumerate(user.mf_recovery_codes) if place != idx]
        self.commit()
        return True

    def put(self, model: Row) -> Row:
        """Keep a new or changed row at the next commit."""
        reading().add(model)
        return model

    def commit(self) -> None:
        """Write everything changed since the last commit, or nothing.

        Raises StaleDataError where another request changed an account in between, so that one code or
        token never serves twice.
        """
        session = reading()
        # Grants come along with the account they belong to.
        changed = [row for row in (*session.new, *session.dirty) if not isinstance(row, Grant)]
        if not changed:
            return
        try:
            with house().database.quietly_writing() as writing:
                writing.info["noted"] = session.info.pop("noted", [])
                for row in changed:
                    writing.merge(row)
        finally:
            session.rollback()
