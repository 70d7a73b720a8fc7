"""The pages on which administrators invite staff, give and take roles, let people go and back in."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from sqlalchemy import select
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from embassy.accounts import commands, store
from embassy.accounts.labels import ROLES
from embassy.accounts.models import Account
from embassy.core.access import Role
from embassy.core.messages import Message, say
from embassy.db.record import Record, RecordWords
from embassy.web import respond
from embassy.web.guard import requires
from embassy.web.house import language, member
from embassy.web.locale import _, translate
from embassy.web.page import desk_page

bp = Blueprint("administration", __name__, url_prefix="/<language:lang>/desk/accounts")
MOST = 500


@bp.get("")
@requires(Role.administrator)
def index() -> Response:
    """List who may sign in."""
    return _people()


@bp.post("")
@requires(Role.administrator)
def invite() -> AnyResponse:
    """Invite somebody: makes the account and the mail that lets its owner set a password."""
    sent = {name: request.form.get(name, "").strip() for name in ("email", "name", "role", "mission")}
    _only_for(sent["mission"])
    if not sent["name"] or sent["role"] not in set(Role):
        return _people(sent, say("Give a name and choose a role."))
    try:
        commands.invite(sent["email"], sent["name"][:120], Role(sent["role"]), sent["mission"])
    except commands.NotDone as error:
        return _people(sent, error.said)
    flash(
        _("%(email)s was invited; the link in the mail is good for seven days.", email=sent["email"]),
        "success",
    )
    return redirect(url_for("administration.index"), 303)


@bp.get("/<uuid:uid>")
@requires(Role.administrator)
def show(uid: UUID) -> Response:
    """Show one account and what may be done to it."""
    return _person(_found(uid))


@bp.post("/<uuid:uid>")
@requires(Role.administrator)
def change(uid: UUID) -> AnyResponse:
    """Give or take a role, disable or enable the account, or invite again; nobody does so to their own."""
    account = _found(uid)
    mission, role = request.form.get("mission", ""), request.form.get("role", "")
    if str(account.uid) == member().uid:
        raise Forbidden
    wished = request.form.get("do", "")
    if wished in ("give", "take") and role in set(Role):
        _only_for(mission)
        act = commands.give if wished == "give" else commands.take
        return _done(account, lambda: act(account.email, Role(role), mission))
    acts: dict[str, Callable[[], None]] = {
        "disable": lambda: commands.switch(account.email, False),
        "enable": lambda: commands.switch(account.email, True),
        "invite": lambda: commands.invite_again(account.email),
    }
    if wished not in acts:
        abort(400)
    _only_for("")
    return _done(account, acts[wished])


@bp.get("/<uuid:uid>/second-proof")
@requires(Role.administrator)
def second_proof(uid: UUID) -> Response:
    """Ask whether the second proof of an account shall be forgotten, and say what follows."""
    account = _forgettable(uid)
    lede = _("For somebody who lost the phone and has neither recovery codes nor a passkey.")
    back = (account.name, url_for("administration.show", uid=uid))
    heading = _("Forget the second proof of %(name)s?", name=account.name)
    described = desk_page(heading, lede, (_("Accounts"), url_for("administration.index")), back)
    return respond.private("accounts/second_proof.html", described, account=account)


@bp.post("/<uuid:uid>/second-proof")
@requires(Role.administrator)
def forget_second_proof(uid: UUID) -> AnyResponse:
    """Forget the second proof of an account, so that the next sign-in sets one up anew."""
    account = _forgettable(uid)
    return _done(account, lambda: commands.forget_second_proof(account.email))


def _done(account: Account, act: Callable[[], None]) -> AnyResponse:
    uid = account.uid
    try:
        act()
    except commands.NotDone as error:
        return _person(_found(uid), error.said)
    flash(_("It is done."), "success")
    return redirect(url_for("administration.show", uid=uid), 303)


def _only_for(mission: str) -> None:
    """Let administrators of one mission give roles for it alone; raises Forbidden."""
    wanted = select(Record.id).where(Record.record_kind == "mission", Record.slug == mission)
    held = store.reading().scalar(wanted) if mission else None
    if Role.administrator not in member().roles(held):
        raise Forbidden


def _forgettable(uid: UUID) -> Account:
    """Return an account whose second proof this administrator may have forgotten; raises Forbidden."""
    account = _found(uid)
    if not _may_forget(account):
        raise Forbidden
    return account


def _may_forget(account: Account) -> bool:
    """Say whether an account is another's, with roles only in missions this administrator answers for."""
    missions = {grant.mission_id for grant in account.grants} or {None}
    answered_for = all(Role.administrator in member().roles(mission) for mission in missions)
    return answered_for and str(account.uid) != member().uid


def _found(uid: UUID) -> Account:
    return store.AccountStore().find_user(uid=uid) or abort(404)


def _people(sent: dict[str, str] | None = None, error: Message | None = None) -> Response:
    accounts = store.reading().scalars(select(Account).order_by(Account.name, Account.id).limit(MOST))
    return respond.private(
        "accounts/people.html",
        desk_page(_("Accounts"), _("Who may sign in, and as what.")),
        accounts=[(account, _roles(account)) for account in accounts],
        sent=sent or {},
        error=translate(error) if error else "",
        status=422 if error else 200,
        **_choices(),
    )


def _person(account: Account, error: Message | None = None) -> Response:
    return respond.private(
        "accounts/person.html",
        desk_page(account.name, account.email, (_("Accounts"), url_for("administration.index"))),
        account=account,
        grants=[(grant, *named) for grant, named in zip(account.grants, _roles(account), strict=True)],
        own=str(account.uid) == member().uid,
        everywhere=Role.administrator in member().roles(None),
        forgettable=_may_forget(account) and commands.has_second_proof(account),
        error=translate(error) if error else "",
        status=422 if error else 200,
        **_choices(),
    )


def _roles(account: Account) -> list[tuple[str, Record | None]]:
    return [(translate(ROLES[grant.role]), grant.mission) for grant in account.grants]


def _choices() -> dict[str, list[tuple[str, str]]]:
    """Return the roles and missions to choose from."""
    wanted = (
        select(Record.slug, RecordWords.title)
        .join(RecordWords, RecordWords.record_id == Record.id)
        .where(Record.record_kind == "mission", RecordWords.language == language().tag)
        .order_by(RecordWords.sort_key)
        .limit(MOST)
    )
    missions = [(slug, title) for slug, title in store.reading().execute(wanted)]
    return {
        "role_choices": [(str(role), translate(label)) for role, label in ROLES.items()],
        "mission_choices": [("", _("all missions")), *missions],
    }
