"""Who is signed in: a signed cookie that counts only while its row stands (OWASP ASVS 7.2 to 7.4)."""

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from embassy.accounts.models import Account, StaffSession
from embassy.db.database import Database
from embassy.web import guard

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
HALF_LIFE = timedelta(minutes=15)
SECRET, PERSON = "row", "_user_id"
# Whose password was given, before the second proof; Flask-Security's name for it.
HALF, HALF_AT = "tf_user_id", "half_at"


def digest(secret: str) -> str:
    """Return what the row of a secret is found by."""
    return sha256(secret.encode()).hexdigest()


def agent() -> str:
    """Return what the browser calls itself, short enough to keep."""
    return request.user_agent.string[:200]


def current() -> str:
    """Return the digest of the session this request belongs to."""
    return digest(session.get(SECRET, ""))


def end_all(writing: Session, account_id: int) -> None:
    """End every session of an account."""
    writing.execute(delete(StaffSession).where(StaffSession.account_id == account_id))


class StaffSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, believed about a person only while the person's session row lives."""

    def open_session(self, app: Flask, request: Request) -> Any:
        """Return what the cookie says; nothing, if it names a session that ended."""
        held: Any = super().open_session(app, request)
        if held and PERSON in held and not _lives(_database(app), held.get(SECRET, ""), held[PERSON]):
            return self.session_class()
        if held and HALF in held and not _is_fresh(held.get(HALF_AT, "")):
            return self.session_class()
        return held

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the row of a new session, take that of an ended one away, then set the cookie.

        Public pages neither set a cookie nor vary by it.
        """
        if guard.open_to() == "public" and not session.modified:
            return
        database = _database(app)
        if PERSON in session and SECRET not in session:
            self._begun(database, session)
        elif PERSON not in session and (secret := session.pop(SECRET, None)):
            with database.quietly_writing() as writing:
                writing.execute(delete(StaffSession).where(StaffSession.digest == digest(secret)))
        if HALF in session:
            session.setdefault(HALF_AT, datetime.now(UTC).isoformat())
        else:
            session.pop(HALF_AT, None)
        super().save_session(app, session, response)

    def _begun(self, database: Database, session: SessionMixin) -> None:
        """Begin a session for whoever gave both proofs in this request, and for nobody else."""
        if "signed_in" in g:
            session[SECRET] = _begin(database, session[PERSON])
        else:
            session.pop(PERSON)


def renew() -> None:
    """Give whoever just signed in a new session, so that one prepared before is worth nothing."""
    g.signed_in = True
    if secret := session.pop(SECRET, None):
        with _database(current_app).quietly_writing() as writing:
            writing.execute(delete(StaffSession).where(StaffSession.digest == digest(secret)))


def _is_fresh(begun_at: str) -> bool:
    """Say whether a password was given so lately that the second proof may follow."""
    return begun_at != "" and datetime.now(UTC) - datetime.fromisoformat(begun_at) <= HALF_LIFE


def _database(app: Flask) -> Database:
    database: Database = app.extensions["embassy"].database
    return database


def _lives(database: Database, secret: str, person: str) -> bool:
    """Say whether a session may go on, and note once a minute that it was seen."""
    now = datetime.now(UTC)
    wanted = (
        select(StaffSession)
        .join(Account)
        .where(StaffSession.digest == digest(secret), Account.fs_uniquifier == person)
    )
    with database.reading() as reading:
        row = reading.scalar(wanted)
    if row is None or now - row.seen_at > IDLE or now - row.begun_at > LONGEST:
        return False
    if now - row.seen_at > SEEN_EVERY:
        with database.quietly_writing() as writing:
            writing.execute(update(StaffSession).where(StaffSession.id == row.id).values(seen_at=now))
    return True


def _begin(database: Database, person: str) -> str:
    secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
    with database.quietly_writing() as writing:
        account_id = writing.scalars(select(Account.id).where(Account.fs_uniquifier == person)).one()
        writing.execute(delete(StaffSession).where(StaffSession.begun_at < now - LONGEST))
        writing.add(
            StaffSession(
                account_id=account_id,
                digest=digest(secret),
                agent=agent(),
                address=request.remote_addr or "",
                begun_at=now,
                seen_at=now,
            )
        )
    return secret
