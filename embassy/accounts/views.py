"""The pages on which members of staff look after their own account."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_security import current_user
from sqlalchemy import delete, select
from werkzeug.wrappers import Response as AnyResponse

from embassy.accounts import commands, sessions, store
from embassy.accounts.labels import HAPPENINGS, ROLES
from embassy.accounts.models import AccountEvent, StaffSession
from embassy.accounts.words import EXPIRED
from embassy.web import respond
from embassy.web.guard import door, staff
from embassy.web.house import house
from embassy.web.locale import _, translate
from embassy.web.page import Page

bp = Blueprint("accounts", __name__, url_prefix="/<language:lang>/desk/account")
REMEMBERED = 50


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
        sessions=[
            (row, row.digest == here) for row in reading.scalars(rows.order_by(StaffSession.seen_at.desc()))
        ],
    )


@bp.post("/sessions/end")
@staff
def end_others() -> AnyResponse:
    """End every session of the account but this one."""
    theirs = delete(StaffSession).where(
        StaffSession.account_id == current_user.id, StaffSession.digest != sessions.current()
    )
    with house().database.quietly_writing() as writing:
        writing.execute(theirs)
    flash(_("All your other sessions have ended."), "success")
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
