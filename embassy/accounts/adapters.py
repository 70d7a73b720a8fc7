"""What Flask-Security calls when it judges a password, wants a second proof or sends a mail."""

from typing import Any

from flask import redirect, session, url_for
from flask_security import PasswordUtil
from flask_security.mail_util import MailUtil
from flask_security.tf_plugin import TfPluginBase
from flask_security.totp import Totp
from flask_security.utils import get_message
from markupsafe import Markup
from segno import make_qr
from werkzeug.wrappers import Response

from embassy.accounts import passkeys, store
from embassy.accounts.models import Account
from embassy.db.outbox import letter
from embassy.web.house import language, now

GUESSES = 3


class Passwords(PasswordUtil):
    """Refuses what is too short, too long or easily guessed (NIST SP 800-63B-4, 3.1.1); asks no mixture."""

    def validate(
        self,
        password: str,
        is_register: bool,  # noqa: ARG002
        **about: Any,
    ) -> tuple[list[str] | None, str]:
        """Return what is wrong with a new password, None if nothing is, and the password normalised."""
        given = self.normalize(password)
        if not 15 <= len(given) <= 128:
            return [get_message("PASSWORD_INVALID_LENGTH")[0]], given
        account: Account = about["user"]
        known = [account.email, account.name, *account.email.split("@")]
        # Its dictionaries take 14 MB, which a worker that sets no password can do without.
        from zxcvbn import zxcvbn

        if zxcvbn(given, user_inputs=known, max_length=128)["score"] < GUESSES:
            return [get_message("PASSWORD_TOO_SIMPLE")[0]], given
        return None, given


class Codes(Totp):
    """Codes of authenticator apps (RFC 6238), each taken once; the picture obeys our content policy."""

    def get_last_counter(self, user: Any) -> int | None:
        """Return the half minute whose code was taken last."""
        counter: int | None = user.totp_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        """Note the half minute whose code is taken now, before anything follows from it."""
        user.totp_counter = tmatch.counter
        store.AccountStore().commit()

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the code to be read by the app as an SVG element."""
        picture = make_qr(self.get_totp_uri(username, totp))
        return Markup(picture.svg_inline(light="#fff", omitsize=True, svgclass=None, lineclass=None))  # noqa: S704


class PasskeyAlone(TfPluginBase):
    """Asks for a passkey after the password where there is no app, and so lets nobody set one up instead."""

    def create_blueprint(self, app: Any, bp: Any, state: Any) -> None:
        """Add no page: ours stand with those of accounts."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        """Return the passkey as a method, unless an app is there: its page offers the passkey too."""
        alone = user.tf_totp_secret is None and passkeys.held(user.id)
        return [("passkey", "passkey")] if alone else []

    def tf_login(self, user: Any, json_payload: Any, next_loc: str | None) -> Response:  # noqa: ARG002
        """Lead whoever gave the password to the page that asks for the passkey."""
        session["tf_state"] = "ready"
        return redirect(url_for("accounts.sign_in_by_passkey", next=next_loc))


class Outbox(MailUtil):
    """Puts mails where the worker finds them, in the transaction of what they tell."""

    def send_mail(
        self,
        template: str,  # noqa: ARG002
        subject: str,
        recipient: Any,
        sender: Any,  # noqa: ARG002
        body: Any,
        html: Any,  # noqa: ARG002
        **about: Any,  # noqa: ARG002
    ) -> None:
        """Write a mail down together with every change that waits."""
        datastore = store.AccountStore()
        datastore.put(letter(recipient, language().tag, str(subject), body, now()))
        datastore.commit()
