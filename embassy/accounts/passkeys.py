"""Passkeys (Web Authentication, level 2): what a browser is asked, and whether its answer holds.

Each passkey is found without an address and verifies its owner, by a PIN or a finger, at every use: it is
both proofs in one.
"""

import secrets
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import render_template, request, session
from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from embassy.accounts import store
from embassy.accounts.models import Account, Passkey
from embassy.accounts.sessions import HALF
from embassy.db.outbox import letter
from embassy.web.house import house, now, service_name
from embassy.web.locale import _

ASKED = "passkey"
LIFE = timedelta(hours=1)
# EdDSA, ECDSA and RSA with SHA-256, the one liked best first (IANA, COSE algorithms).
ALGORITHMS = (-8, -7, -257)
LONGEST_NAME = 60

Question = dict[str, Any]


class Refused(ValueError):
    """An answer that does not hold; `account` is its passkey's, where there is one."""

    def __init__(self, account: Account | None = None) -> None:
        super().__init__("The answer of a passkey does not hold.")
        self.account = account


class Challenge(NamedTuple):
    """What a browser was asked, of which account (none: of any), and when."""

    text: str
    of: str
    at: str

    @property
    def age(self) -> timedelta:
        """Return how long ago it was asked."""
        return now() - datetime.fromisoformat(self.at)


def possible() -> bool:
    """Say whether browsers keep passkeys for our address: a name, over https or on their own machine."""
    address, name = urlsplit(house().settings.public_url), _name()
    return (address.scheme == "https" or name == "localhost") and not name.replace(".", "").isdigit()


def held(account_id: int) -> list[Passkey]:
    """Return the passkeys of an account, the oldest first."""
    wanted = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at, Passkey.id)
    return list(store.reading().scalars(wanted))


def half() -> Account | None:
    """Return whose password was given in this browser, while the second proof is still missing."""
    return store.AccountStore().find_user(fs_uniquifier=session.get(HALF, ""))


def question(account: Account | None) -> Question | None:
    """Return what a passkey of an account is asked, or, without one, any passkey; None if none can answer."""
    known = held(account.id) if account else []
    if not possible() or (account and not known):
        return None
    return {
        "challenge": _challenge(account),
        "rpId": _name(),
        "userVerification": "required",
        "allowCredentials": _listed(known),
    }


def wish(account: Account) -> Question:
    """Return what a device is asked that shall make a passkey for an account."""
    return {
        "challenge": _challenge(account),
        "rp": {"id": _name(), "name": service_name()},
        "user": {"id": _encoded(account.uid.bytes), "name": account.email, "displayName": account.name},
        "pubKeyCredParams": [{"type": "public-key", "alg": algorithm} for algorithm in ALGORITHMS],
        "excludeCredentials": _listed(held(account.id)),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
    }


def answered(only: int | None = None) -> Account:
    """Return whose passkey answered what this browser was asked; raises Refused. No answer serves twice.

    `only` is the account whose passkeys alone may answer.
    """
    asked = _taken_back()
    wanted = select(Passkey, Account).join(Account).where(Passkey.credential_id == request.form.get("id", ""))
    found = store.reading().execute(wanted).one_or_none()
    if found is None:
        raise Refused
    passkey, account = found
    # Where nobody was asked by name, the device names its owner (7.2, step 6).
    named = request.form.get("userHandle") or (asked.of and _encoded(account.uid.bytes))
    if (
        not account.active
        or only not in (None, account.id)
        or asked.of not in ("", str(account.uid))
        or named != _encoded(account.uid.bytes)
        or not _spend(passkey.id, asked, _count(passkey, account, asked))
    ):
        raise Refused(account)
    return account


def add(account: Account, name: str) -> None:
    """Keep the passkey that a device made for an account, and tell its owner by mail; raises Refused."""
    asked = _taken_back()
    if asked.of != str(account.uid):
        raise Refused
    from webauthn import verify_registration_response
    from webauthn.helpers.cose import COSEAlgorithmIdentifier

    with _refusing(account):
        made = verify_registration_response(
            credential=_credential("attestationObject"),
            supported_pub_key_algs=[COSEAlgorithmIdentifier(number) for number in ALGORITHMS],
            **_expected(asked),
        )
    passkey = Passkey(
        uid=uuid.uuid4(),
        account_id=account.id,
        name=name,
        credential_id=_encoded(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        created_at=now(),
    )
    told = render_template("mail/passkey.txt", person=account.name, passkey=name)
    try:
        with house().database.quietly_writing() as writing:
            writing.add(passkey)
            writing.add(letter(account.email, account.language, _("A passkey was added"), told, now()))
    except IntegrityError as error:
        raise Refused(account) from error


def remove(passkey: Passkey) -> None:
    """Forget a passkey; from now on it opens nothing."""
    with house().database.quietly_writing() as writing:
        writing.execute(delete(Passkey).where(Passkey.id == passkey.id))


def forget_all(writing: Session, account_id: int) -> None:
    """Forget every passkey of an account."""
    writing.execute(delete(Passkey).where(Passkey.account_id == account_id))


def _challenge(account: Account | None) -> str:
    """Return the challenge this browser is to answer, one for all its open pages."""
    of = str(account.uid) if account else ""
    asked = Challenge(*session[ASKED]) if ASKED in session else None
    if asked is None or asked.of != of or asked.age > LIFE / 2:
        asked = Challenge(secrets.token_urlsafe(32), of, now().isoformat())
        session[ASKED] = asked
    return asked.text


def _taken_back() -> Challenge:
    """Return what this browser was asked, which counts no longer; raises Refused where that was nothing."""
    if ASKED not in session:
        raise Refused
    asked = Challenge(*session.pop(ASKED))
    if asked.age > LIFE:
        raise Refused
    return asked


def _spend(passkey_id: int, asked: Challenge, count: int) -> bool:
    """Note a use of a passkey, unless it was used after the challenge was made.

    So an answer opens nothing a second time, not even with a kept copy of the cookie that held the challenge;
    and of two uses at once one counts.
    """
    asked_at = datetime.fromisoformat(asked.at)
    unused = or_(Passkey.used_at.is_(None), Passkey.used_at < asked_at)
    # Clocks of several machines may differ: a use is never older than its challenge.
    use = update(Passkey).where(Passkey.id == passkey_id, unused)
    noted = use.values(used_at=max(now(), asked_at), sign_count=count).returning(Passkey.id)
    with house().database.quietly_writing() as writing:
        return writing.scalar(noted) is not None


def _count(passkey: Passkey, account: Account, asked: Challenge) -> int:
    """Return how many uses the device counted; raises Refused if its answer does not hold."""
    from webauthn import verify_authentication_response

    with _refusing(account):
        return verify_authentication_response(
            credential=_credential("authenticatorData", "signature"),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            **_expected(asked),
        ).new_sign_count


@contextmanager
def _refusing(account: Account) -> Iterator[None]:
    """Refuse what cannot be read as well: the library lets pass whatever its parsers and keys raise."""
    try:
        yield
    except Exception as error:
        raise Refused(account) from error


def _expected(asked: Challenge) -> dict[str, Any]:
    """Return what an answer must say, whatever the request claims."""
    return {
        "expected_challenge": urlsafe_b64decode(f"{asked.text}="),
        "expected_rp_id": _name(),
        "expected_origin": house().settings.public_url,
        "require_user_verification": True,
    }


def _credential(*parts: str) -> dict[str, Any]:
    """Return an answer as the library reads it, from the fields that were sent."""
    sent = {name: request.form.get(name, "") for name in ("clientDataJSON", *parts)}
    known = request.form.get("id", "")
    return {"id": known, "rawId": known, "type": "public-key", "response": sent}


def _listed(passkeys: list[Passkey]) -> list[dict[str, str]]:
    return [{"type": "public-key", "id": passkey.credential_id} for passkey in passkeys]


def _name() -> str:
    """Return the name that passkeys are bound to, that of the public address."""
    return urlsplit(house().settings.public_url).hostname or ""


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
