"""The pages on which members of staff look after their own account."""

import time
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, session, url_for
from flask_security import anonymous_user_required, auth_required, current_user
from flask_security.tf_plugin import tf_clean_session
from flask_security.utils import _get_post_login_redirect, _get_post_verify_redirect, login_user
from sqlalchemy import String, cast, delete, select
from werkzeug.wrappers import Response as AnyResponse

from embassy.accounts import agents, commands, history, passkeys, recovery, sessions, store, throttle
from embassy.accounts.configuration import FRESHNESS
from embassy.accounts.labels import HAPPENINGS, ROLES
from embassy.accounts.models import Account, AccountEvent, Happening, Passkey, StaffSession
from embassy.accounts.words import CODES, EXPIRED, MESSAGES, PASSKEY_NOT_ADDED, PASSKEY_REFUSED
from embassy.web import respond
from embassy.web.guard import door, staff
from embassy.web.house import house
from embassy.web.locale import _, translate
from embassy.web.page import Page

bp = Blueprint("accounts", __name__, url_prefix="/<language:lang>/desk/account")
REMEMBERED = 50
freshly = auth_required("session", within=lambda: FRESHNESS, grace=0)


def about(title: str, lede: str) -> Page:
    """Return what a page of accounts says of itself: where it stands, and that nobody else should list it."""
    crumbs = ((_("Front page"), url_for("front.index")), (title, None))
    return Page(title, lede, crumbs=crumbs, indexed=False)


@bp.get("")
@staff
def show() -> Response:
    """Show the account: who, what they may do, where they are signed in, what happened."""
    events = select(AccountEvent).where(AccountEvent.account_id == current_user.id)
    rows = select(StaffSession).where(StaffSession.account_id == current_user.id)
    reading = store.reading()
    here = sessions.current()
    order = (StaffSession.digest != here, StaffSession.seen_at.desc())
    described = about(_("Your account"), _("Where you are signed in, and how you prove that it is you."))
    return respond.private(
        "accounts/show.html",
        described,
        account=current_user,
        zone=str(house().deployment.legal_zone),
        roles=[(translate(ROLES[grant.role]), grant.mission) for grant in current_user.grants],
        events=[
            (translate(HAPPENINGS[event.what]), event)
            for event in reading.scalars(
                events.order_by(AccountEvent.at.desc(), AccountEvent.id.desc()).limit(REMEMBERED)
            )
        ],
        passkeys=passkeys.held(current_user.id),
        host=None if passkeys.possible() else house().settings.host,
        sessions=[
            (row, agents.called(row.agent), row.digest == here)
            for row in reading.scalars(rows.order_by(*order))
        ],
    )


@bp.post("/sessions/end")
@staff
def end_others() -> AnyResponse:
    """End one session of the account, or every one of them, but never this."""
    theirs = delete(StaffSession).where(
        StaffSession.account_id == current_user.id, StaffSession.digest != sessions.current()
    )
    only = request.form.get("only")
    if only is not None:
        theirs = theirs.where(cast(StaffSession.id, String) == only)
    with house().database.quietly_writing() as writing:
        writing.execute(theirs)
    told = _("All your other sessions have ended.") if only is None else _("The session has ended.")
    flash(told, "success")
    return redirect(url_for("accounts.show"))


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@door
def invitation(token: str) -> AnyResponse:
    """Lead whoever was invited to their first password; opening the link alone changes nothing."""
    reset = commands.taken_up(token)
    if reset is None:
        flash(translate(EXPIRED), "error")
        return redirect(url_for("security.forgot_password"))
    if request.method == "POST":
        return redirect(url_for("security.reset_password", token=reset))
    described = about(_("Welcome"), _("You were invited to work on this service."))
    return respond.private("accounts/invitation.html", described)


@bp.route("/recovery-codes/first", methods=["GET", "POST"])
@staff
@freshly
def first_codes() -> AnyResponse:
    """Show the codes that were made with the first app, until their owner has kept them."""
    if request.method == "POST":
        recovery.keep()
        return redirect(url_for("desk.today"), 303)
    codes = recovery.unkept(current_user)
    if not codes:
        return redirect(url_for("security.mf_recovery_codes"))
    described = about(translate(CODES.title), translate(CODES.lede))
    return respond.private("accounts/recovery_codes.html", described, recovery_codes=codes, first=True)


@bp.route("/passkeys", methods=["GET", "POST"])
@staff
@freshly
def add_passkey() -> AnyResponse:
    """Ask a device for a passkey, and keep its public half."""
    if request.method == "GET":
        return _passkey_wish()
    name = request.form.get("name", "").strip()[: passkeys.LONGEST_NAME]
    if not name:
        return _passkey_wish(_("Give the passkey a name by which you know it again."))
    try:
        passkeys.add(current_user, name)
    except passkeys.Refused:
        return _passkey_wish(translate(PASSKEY_NOT_ADDED), name)
    history.write(current_user, Happening.passkey_added)
    flash(_("From now on you can sign in with the passkey “%(name)s”.", name=name), "success")
    return redirect(url_for("accounts.show"), 303)


@bp.route("/passkeys/<uuid:uid>", methods=["GET", "POST"])
@staff
@freshly
def remove_passkey(uid: UUID) -> AnyResponse:
    """Remove a passkey, once its owner has said so a second time."""
    wanted = select(Passkey).where(Passkey.uid == uid, Passkey.account_id == current_user.id)
    passkey = store.reading().scalar(wanted) or abort(404)
    if request.method == "GET":
        lede = _("It then signs nobody in. Remove it from your device too, in the settings there.")
        described = about(_("Remove the passkey “%(name)s”?", name=passkey.name), lede)
        return respond.private("accounts/passkey_removal.html", described, passkey=passkey)
    passkeys.remove(passkey)
    history.write(current_user, Happening.passkey_removed)
    flash(_("The passkey is removed."), "success")
    return redirect(url_for("accounts.show"), 303)


@bp.route("/passkeys/sign-in", methods=["GET", "POST"])
@door
@anonymous_user_required
def sign_in_by_passkey() -> AnyResponse:
    """Sign somebody in by a passkey, which is both proofs in one."""
    if request.method == "GET":
        return _passkey_door()
    account = _passkeys_owner()
    if account is None:
        return _passkey_door(translate(PASSKEY_REFUSED))
    tf_clean_session()  # type: ignore[no-untyped-call]
    login_user(account, authn_via=["passkey"])
    flash(translate(MESSAGES["TWO_FACTOR_LOGIN_SUCCESSFUL"][0]), "success")
    return redirect(_get_post_login_redirect())


@bp.post("/passkeys/verify")
@staff
def verify_by_passkey() -> AnyResponse:
    """Take a passkey of whoever is signed in as the proof that it is still they."""
    if _passkeys_owner(current_user.id) is None:
        flash(translate(PASSKEY_REFUSED), "error")
        return redirect(url_for("security.verify", next=request.args.get("next")))
    session["fs_paa"] = time.time()
    flash(translate(MESSAGES["REAUTHENTICATION_SUCCESSFUL"][0]), "success")
    return redirect(_get_post_verify_redirect())


def _passkeys_owner(only: int | None = None) -> Account | None:
    """Return whose passkey answered; None, noted as a wrong try, where the answer does not hold."""
    try:
        return passkeys.answered(only)
    except passkeys.Refused as refused:
        throttle.note()
        if refused.account is not None:
            history.write(refused.account, Happening.wrong_passkey)
        return None


def _passkey_door(error: str = "") -> Response:
    described = about(
        _("Sign in with a passkey"), _("Your finger, your face or the PIN of your device will do.")
    )
    half = passkeys.half()
    return respond.private(
        "accounts/passkey.html",
        described,
        half=half,
        question=passkeys.question(half),
        error=error,
        status=422 if error else 200,
    )


def _passkey_wish(error: str = "", name: str = "") -> Response:
    lede = _("Your device makes it and keeps it: you then sign in without your password and without a code.")
    return respond.private(
        "accounts/new_passkey.html",
        about(_("Add a passkey"), lede),
        question=passkeys.wish(current_user) if passkeys.possible() else None,
        host=house().settings.host,
        error=error,
        name=name,
        longest=passkeys.LONGEST_NAME,
        status=422 if error else 200,
    )
