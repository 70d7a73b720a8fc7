"""Flask-Security as this house uses it: passwords, a second proof, recovery codes; passkeys are ours."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import (
    Flask,
    Response,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login.utils import _user_context_processor
from flask_security import Security, current_user
from flask_security.proxies import _security
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from sqlalchemy import select
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from embassy.accounts import (
    administration,
    forms,
    history,
    passkeys,
    recovery,
    sessions,
    store,
    throttle,
    views,
)
from embassy.accounts.adapters import Codes, Outbox, Passwords
from embassy.accounts.configuration import configuration
from embassy.accounts.models import Account
from embassy.accounts.sessions import StaffSessions
from embassy.accounts.words import PAGES
from embassy.core.access import Member
from embassy.db.commands import COMMAND_LINE
from embassy.web import errors, guard
from embassy.web.house import house
from embassy.web.locale import _, translate

UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DOORS = (
    *("login", "logout", "two_factor_token_validation", "two_factor_setup", "two_factor_rescue"),
    *("tf_select", "mf_recovery", "forgot_password", "reset_password"),
)
# The pages on which a passkey may answer instead, and whose.
PASSKEYS: dict[str, Callable[[], Account | None]] = {
    "accounts/sign_in.html": lambda: None,
    "accounts/second_factor.html": passkeys.half,
    "accounts/verify.html": lambda: current_user,
}
# Where an app is set up, and where its first code may have been wrong.
SETTING_UP = ("accounts/second_factor_setup.html", "accounts/second_factor.html")
INSIDE = ("verify", "change_password", "two_factor_setup_validate", "mf_recovery_codes")


def init(app: Flask) -> None:
    """Let staff sign in. Public pages stay as they are: they read no session."""
    home = app.extensions["embassy"]
    app.session_interface = StaffSessions()
    app.config |= configuration(home.settings)
    CSRFProtect(app)
    security = Security(
        app,
        store.AccountStore(),
        password_util_cls=Passwords,
        totp_cls=Codes,
        mail_util_cls=Outbox,
        mf_recovery_codes_util_cls=recovery.RecoveryCodes,
        render_template=_render,
        login_form=forms.SignInForm,
        two_factor_setup_form=forms.SetupForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_rescue_form=forms.RescueForm,
        mf_recovery_form=forms.RecoveryForm,
    )
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(lambda _request: None)
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.template_context_processors[None].remove(_user_context_processor)
    app.register_blueprint(views.bp)
    app.register_blueprint(administration.bp)
    guard.mark(app, "door", (f"security.{name}" for name in DOORS))
    guard.mark(app, "staff", (f"security.{name}" for name in INSIDE))
    home.identify, home.named = identify, named
    history.init(app)
    recovery.init(app)
    app.before_request(throttle.hold)
    app.after_request(_count)
    app.register_error_handler(Unauthorized, _ask_to_sign_in)
    app.register_error_handler(CSRFError, _no_token)
    app.teardown_appcontext(store.close)


def identify() -> Member | None:
    """Return the member of staff who asks, by the session alone; roles count as they stand now."""
    if sessions.SECRET not in session or not current_user.is_authenticated:
        return None
    grants = frozenset((grant.role, grant.mission_id) for grant in current_user.grants)
    return Member(str(current_user.uid), current_user.name, grants)


def named(uids: Iterable[str]) -> Mapping[str, str]:
    """Return the names of the accounts with some identities, and what the command line is called."""
    asked = set(uids)
    wanted = [UUID(uid) for uid in asked if UID.fullmatch(uid)]
    found = store.reading().execute(select(Account.uid, Account.name).where(Account.uid.in_(wanted)))
    machine = {COMMAND_LINE: _("The command line")} if COMMAND_LINE in asked else {}
    return machine | {str(uid): name for uid, name in found}


def _render(template: str, **context: Any) -> str:
    """Render a page or mail of Flask-Security in our frame."""
    if template in SETTING_UP and session.get("tf_state") == "validating_profile":
        template = SETTING_UP[0]
        context["setup"] = _setup()
    heading = PAGES.get(template)
    if heading is None:
        return render_template(template, **context)
    title, lede = translate(heading.title), translate(heading.lede)
    if whose := PASSKEYS.get(template):
        context["question"] = passkeys.question(whose())
    return render_template(template, page=views.about(title, lede), **context)


def _setup() -> dict[str, str]:
    """Return picture, key and address of the app that is being set up: the same until its code is right."""
    account: Any = current_user if current_user.is_authenticated else passkeys.half()
    values: dict[str, str] = _security.totp_factory.fetch_setup_values(session["tf_totp_secret"], account)
    return values


def _ask_to_sign_in(_error: Unauthorized) -> AnyResponse:
    """Lead to the door and from there back to the page that was asked for, or that a form was sent from."""
    if request.method == "GET":
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    came = urlsplit(request.referrer or "")
    ours = came.netloc == house().settings.host
    back = f"{came.path}?{came.query}".rstrip("?") if ours else url_for("desk.today")
    flash(_("Your session has ended, so nothing was saved. Sign in and send it again."), "info")
    return redirect(url_for("security.login", next=back), 303)


def _no_token(error: CSRFError) -> AnyResponse:
    """Ask whoever is signed in no longer to sign in again; refuse all others."""
    if guard.open_to() == "staff" and identify() is None:
        return _ask_to_sign_in(Unauthorized())
    return errors.answer(error)


def _count(response: Response) -> Response:
    """Count a try that did not lead on; a wish for a new password never does."""
    if request.endpoint in throttle.DOORS and request.method == "POST" and response.status_code == 200:
        throttle.note()
    return response
