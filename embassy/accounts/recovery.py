"""Recovery codes: made with the first authenticator app, and shown until their owner has kept them."""

from typing import Any

from flask import after_this_request, redirect, session, url_for
from flask_security.proxies import _security
from flask_security.recovery_codes import MfRecoveryCodesUtil
from werkzeug.wrappers import Response

from embassy.accounts.models import Account

UNKEPT = "codes_unkept"


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes that stand in for an app; whoever has kept them sees them nowhere again."""

    def get_recovery_codes(self, user: Any) -> list[str]:
        """Return the codes of an account as long as its owner has yet to keep them."""
        return super().get_recovery_codes(user) if UNKEPT in session else []


def make_first(account: Account) -> None:
    """Make the codes of an account that has none left, and lead its owner to them."""
    if not account.mf_recovery_codes:
        _security.mf_recovery_codes_util.create_recovery_codes(account)
        after_this_request(_lead)


def unkept(account: Account) -> list[str]:
    """Return the codes that were made and not kept yet."""
    return _security.mf_recovery_codes_util.get_recovery_codes(account)


def keep() -> None:
    """Show the codes no longer."""
    session.pop(UNKEPT, None)


def _lead(_response: Response) -> Response:
    session[UNKEPT] = True
    return redirect(url_for("accounts.first_codes"))
