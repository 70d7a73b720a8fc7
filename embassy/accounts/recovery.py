"""Recovery codes: made with the first app, shown until they are kept, and told when one is used."""

from typing import Any

from flask import Flask, after_this_request, flash, redirect, render_template, session, url_for
from flask_login import user_logged_out
from flask_security import tf_code_confirmed, tf_profile_changed
from flask_security.proxies import _security
from flask_security.recovery_codes import MfRecoveryCodesUtil
from werkzeug.wrappers import Response

from embassy.accounts import history, store
from embassy.accounts.commands import speaking_to
from embassy.accounts.labels import HAPPENINGS
from embassy.accounts.models import Account, Happening
from embassy.core.messages import Message, say_many
from embassy.db.audit import note
from embassy.db.outbox import Mail, letter
from embassy.web.house import now
from embassy.web.locale import _, translate

UNKEPT = "codes_unkept"
FEW = 3


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes that stand in for an app; whoever has kept them sees them nowhere again."""

    def get_recovery_codes(self, user: Any) -> list[str]:
        """Return the codes of an account as long as its owner has yet to keep them."""
        return super().get_recovery_codes(user) if UNKEPT in session else []

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        """Strike out a used code; history, audit chain and a mail tell of it in the same transaction."""
        number = len(user.mf_recovery_codes) - 1
        left = say_many("%(num)d recovery code is left.", "%(num)d recovery codes are left.", number)
        datastore, used = store.AccountStore(), Happening.recovery_code_used
        datastore.put(history.entry(user, used))
        datastore.put(_told_of_it(user, left))
        note(store.reading(), now(), str(user.uid), used, "account", user.uid)
        struck = super().delete_recovery_code(user, code)
        flash(_("You signed in with a recovery code."), "success")
        flash(translate(left), "info")
        if number <= FEW:
            after_this_request(lambda _response: redirect(url_for("security.mf_recovery_codes")))
        return struck


def init(app: Flask) -> None:
    """Listen to Flask-Security for as long as the application lives."""
    app.extensions["embassy.recovery"] = confirmed, changed, left = _confirmed, _changed, _signed_out
    tf_code_confirmed.connect(confirmed, app)
    tf_profile_changed.connect(changed, app)
    user_logged_out.connect(left, app)


def unkept(account: Account) -> list[str]:
    """Return the codes that were made and not kept yet."""
    return _security.mf_recovery_codes_util.get_recovery_codes(account)


def keep() -> None:
    """Show the codes no longer."""
    session.pop(UNKEPT, None)


def _confirmed(_app: Flask, user: Account, **_rest: Any) -> None:
    if session["tf_state"] == "validating_profile":
        _make_first(user)


def _changed(_app: Flask, user: Account, **_rest: Any) -> None:
    _make_first(user)


def _signed_out(_app: Flask, **_rest: Any) -> None:
    keep()


def _make_first(account: Account) -> None:
    """Make the codes of an account that has none left, and lead its owner to them."""
    if not account.mf_recovery_codes:
        _security.mf_recovery_codes_util.create_recovery_codes(account)
        after_this_request(_lead)


def _lead(_response: Response) -> Response:
    session[UNKEPT] = True
    return redirect(url_for("accounts.first_codes"))


def _told_of_it(account: Account, left: Message) -> Mail:
    with speaking_to(account):
        subject = translate(HAPPENINGS[Happening.recovery_code_used])
        body = render_template("mail/recovery_code.txt", name=account.name, left=translate(left))
        return letter(account.email, account.language, subject, body, now())
