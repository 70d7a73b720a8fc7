"""What administrators do to accounts: invite, let go, give and take roles, forget a lost second proof."""

import uuid
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import NamedTuple

from flask import g, render_template, url_for
from flask_security import hash_password, recoverable
from flask_security.proxies import _security
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from embassy.accounts import passkeys, sessions, store
from embassy.accounts.models import Account, AccountEvent, Grant, Happening
from embassy.core.access import Member, Role
from embassy.core.messages import Message, say
from embassy.db.audit import note
from embassy.db.commands import COMMAND_LINE
from embassy.db.outbox import Mail, letter
from embassy.db.record import Record
from embassy.web.house import house, language, now
from embassy.web.locale import _, speaking
from embassy.web.page import absolute

INVITATION_SECONDS = 7 * 24 * 3600


class Deed(StrEnum):
    """What administrators do to an account, as the audit chain has it."""

    invited = "invited"
    role_given = "role_given"
    role_taken = "role_taken"
    disabled = "disabled"
    enabled = "enabled"
    second_proof_forgotten = "second_proof_forgotten"


class NotDone(ValueError):
    """What was asked for an account cannot be done; `said` tells why and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.text % said.values)
        self.said = said


class Trial(NamedTuple):
    """One account of the local demo."""

    role: Role
    email: str


TRIALS = [Trial(role, f"{role}@embassy.example") for role in Role]
TRIAL_PASSWORD = "seven bridges over one calm river"  # noqa: S105 - printed for everybody, in the local demo alone


def found(email: str) -> Account:
    """Return the account with an address; raises NotDone."""
    account = store.AccountStore().find_user(case_insensitive=True, email=email.strip())
    if account is None:
        raise NotDone(say("There is no account with the address %(email)s.", email=email))
    return account


def invite(email: str, name: str, role: Role, mission: str = "") -> Account:
    """Make an account and write the mail that lets its owner set a password; raises NotDone."""
    account = _made(email, name)
    account.grants.append(_grant(role, mission))
    datastore = store.AccountStore()
    datastore.put(account)
    datastore.put(_invitation(account))
    _note(store.reading(), Deed.invited, account)
    datastore.commit()
    return found(email)


def invite_again(email: str) -> None:
    """Write the mail of an invitation once more, with a new link; raises NotDone."""
    account, datastore = found(email), store.AccountStore()
    if account.password is not None:
        raise NotDone(say("%(email)s has set a password already.", email=account.email))
    datastore.put(_invitation(account))
    _note(store.reading(), Deed.invited, account)
    datastore.commit()


def taken_up(token: str) -> str | None:
    """Return the token that sets a first password, None if the invitation is old, used or none of ours."""
    try:
        uniquifier = _invitations().loads(token, max_age=INVITATION_SECONDS)
    except BadSignature:
        return None
    account = store.AccountStore().find_user(fs_uniquifier=str(uniquifier))
    if account is None or not account.active or account.password is not None:
        return None
    return str(recoverable.generate_reset_password_token(account))  # type: ignore[no-untyped-call]


def give(email: str, role: Role, mission: str = "") -> None:
    """Give a role, for one mission or for all; raises NotDone."""
    account, grant = found(email), _grant(role, mission)
    if (role, grant.mission_id) not in _held(account):
        account.grants.append(grant)
        _note(store.reading(), Deed.role_given, account)
        store.AccountStore().commit()


def take(email: str, role: Role, mission: str = "") -> None:
    """Take a role away; it counts from the next request on. Raises NotDone."""
    account, grant = found(email), _grant(role, mission)
    if (role, grant.mission_id) not in _held(account):
        raise NotDone(say("%(email)s does not have this role.", email=email))
    with house().database.quietly_writing() as writing:
        for held in writing.get_one(Account, account.id).grants:
            if (held.role, held.mission_id) == (role, grant.mission_id):
                writing.delete(held)
        _note(writing, Deed.role_taken, account)


def switch(email: str, active: bool) -> None:
    """Let an account sign in, or no longer; its sessions end at once. Raises NotDone."""
    account = found(email)
    with house().database.quietly_writing() as writing:
        writing.get_one(Account, account.id).active = active
        sessions.end_all(writing, account.id)
        _note(writing, Deed.enabled if active else Deed.disabled, account)


def has_second_proof(account: Account) -> bool:
    """Say whether signing in to an account takes more than its password."""
    return bool(account.tf_totp_secret or account.mf_recovery_codes or passkeys.held(account.id))


def forget_second_proof(email: str) -> None:
    """Forget authenticator app, recovery codes and passkeys of an account; raises NotDone.

    Its sessions end at once, its owner is told by mail, and the next sign-in sets up an app anew.
    """
    account = found(email)
    if not has_second_proof(account):
        raise NotDone(
            say("%(email)s has no second proof: the next sign-in sets one up.", email=account.email)
        )
    mail = _told_of_it(account)
    with house().database.quietly_writing() as writing:
        held = writing.get_one(Account, account.id)
        held.tf_primary_method = held.tf_totp_secret = held.mf_recovery_codes = held.totp_counter = None
        passkeys.forget_all(writing, account.id)
        sessions.end_all(writing, account.id)
        happened = AccountEvent(account_id=account.id, what=Happening.second_proof_forgotten, at=now())
        happened.agent = happened.address = ""
        writing.add_all([happened, mail])
        _note(writing, Deed.second_proof_forgotten, account)


def try_out() -> list[Trial]:
    """Make the accounts of the local demo where they are missing: one for each role, ready to sign in."""
    datastore = store.AccountStore()
    for role, email in TRIALS:
        if datastore.find_user(email=email) is None:
            account = _made(email, str(role).capitalize())
            account.password = hash_password(TRIAL_PASSWORD)
            account.tf_primary_method = "authenticator"
            account.tf_totp_secret = _security.totp_factory.generate_totp_secret()
            account.grants.append(Grant(role=role))
            datastore.put(account)
    datastore.commit()
    return TRIALS


def code(email: str) -> str:
    """Return the code that the authenticator app of a demo account would show now; raises NotDone."""
    account = found(email)
    if not house().settings.demo or account.tf_totp_secret is None:
        raise NotDone(say("Only accounts of the local demo have their codes told."))
    return str(_security.totp_factory.generate_totp_password(account.tf_totp_secret))


def _note(session: Session, what: Deed, account: Account) -> None:
    """Note in the audit chain what was done to an account, by whom."""
    by: Member | None = g.get("member")
    note(session, now(), by.uid if by else COMMAND_LINE, what, "account", account.uid)


def speaking_to(account: Account) -> AbstractContextManager[None]:
    """Speak the language of an account, whatever that of the page is."""
    return speaking(house().deployment.language(account.language))


def _told_of_it(account: Account) -> Mail:
    with speaking_to(account):
        body = render_template("mail/second_proof.txt", name=account.name)
        return letter(account.email, account.language, _("Your second proof was removed"), body, now())


def _invitation(account: Account) -> Mail:
    link = absolute(url_for("accounts.invitation", token=_invitations().dumps(account.fs_uniquifier)))
    body = render_template("mail/invitation.txt", name=account.name, link=link)
    return letter(account.email, account.language, _("Your account"), body, now())


def _made(email: str, name: str) -> Account:
    try:
        address = _security.mail_util.normalize(email.strip()).lower()
    except ValueError:
        raise NotDone(say("“%(email)s” is no e-mail address.", email=email)) from None
    if store.AccountStore().find_user(case_insensitive=True, email=address) is not None:
        raise NotDone(say("There is an account with the address %(email)s already.", email=address))
    return Account(
        uid=uuid.uuid4(),
        email=address,
        name=name,
        language=language().tag,
        fs_uniquifier=uuid.uuid4().hex,
        created_at=now(),
    )


def _grant(role: Role, mission: str) -> Grant:
    if not mission:
        return Grant(role=role)
    wanted = select(Record.id).where(Record.record_kind == "mission", Record.slug == mission)
    mission_id = store.reading().scalar(wanted)
    if mission_id is None:
        raise NotDone(say("There is no mission with the address “%(slug)s”.", slug=mission))
    return Grant(role=role, mission_id=mission_id)


def _held(account: Account) -> set[tuple[Role, int | None]]:
    return {(grant.role, grant.mission_id) for grant in account.grants}


def _invitations() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(house().settings.secret_key, salt="invitation")
