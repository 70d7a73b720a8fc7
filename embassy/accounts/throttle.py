"""Doors that tire of wrong tries (OWASP ASVS 6.3.1): counted in one table, for all workers together."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request, session
from flask_security.proxies import _security
from sqlalchemy import delete, func, select
from werkzeug.exceptions import TooManyRequests

from embassy.accounts.models import Attempt
from embassy.web.house import house, now

FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Door:
    """What may be tried within a time: `tries` at one subject, `spread` subjects from one address."""

    name: str
    tries: int
    spread: int
    within: timedelta
    subject: Callable[[], str]


def _claimed() -> str:
    """Return the address as accounts are found by it: no other spelling gets tries of its own."""
    given = request.form.get("email", "").strip()
    try:
        return str(_security.mail_util.normalize(given)).lower()
    except ValueError:
        return given.lower()


def _person() -> str:
    return str(session.get("_user_id") or session.get("tf_user_id") or "")


def _presented() -> str:
    return request.form.get("id", "")


PASSWORD = Door("password", 10, 10, timedelta(minutes=5), _claimed)
PROOF = Door("proof", 10, 10, timedelta(minutes=5), _person)
PASSKEY = Door("passkey", 10, 10, timedelta(minutes=5), _presented)
RESET = Door("reset", 3, 20, timedelta(hours=6), _claimed)
DOORS = {
    "security.login": PASSWORD,
    "security.two_factor_token_validation": PROOF,
    "security.mf_recovery": PROOF,
    "security.verify": PROOF,
    "security.change_password": PROOF,
    "accounts.sign_in_by_passkey": PASSKEY,
    "accounts.verify_by_passkey": PASSKEY,
    "security.forgot_password": RESET,
}


def hold() -> None:
    """Refuse a request at a door that was tried too often; raises TooManyRequests saying for how long."""
    door = DOORS.get(request.endpoint or "")
    if door is None or request.method != "POST":
        return
    counts = (
        (door.tries, func.count(), Attempt.subject == _key(door.subject())),
        (door.spread, func.count(Attempt.subject.distinct()), Attempt.address == _key(_here())),
    )
    lately = (Attempt.door == door.name, Attempt.at > now() - door.within)
    with house().database.reading() as reading:
        for most, counted, held in counts:
            number, first = reading.execute(select(counted, func.min(Attempt.at)).where(*lately, held)).one()
            if number >= most:
                raise TooManyRequests(retry_after=_seconds_until(first + door.within))


def note() -> None:
    """Count one try at the door this request came to."""
    door = DOORS[request.endpoint or ""]
    with house().database.quietly_writing() as writing:
        writing.execute(delete(Attempt).where(Attempt.at < now() - FORGOTTEN))
        writing.add(Attempt(door=door.name, subject=_key(door.subject()), address=_key(_here()), at=now()))


def _here() -> str:
    return request.remote_addr or ""


def _key(value: str) -> str:
    """Return a digest that tells nothing to whoever reads the table without the secret key."""
    return hmac.new(house().settings.secret_key.encode(), value.encode(), "sha256").hexdigest()


def _seconds_until(end: datetime) -> int:
    return max(1, round((end - now()).total_seconds()))
