"""What happens to an account is written down for its owner, and ends what must end with it."""

from typing import Any

from flask import Flask, request
from flask_login import user_logged_out
from flask_security import (
    password_changed,
    password_reset,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
)

from embassy.accounts import sessions
from embassy.accounts.models import Account, AccountEvent, Happening
from embassy.web.house import house, now


def init(app: Flask) -> None:
    """Listen to Flask-Security for as long as the application lives."""
    app.extensions["embassy.history"] = listeners = (
        _signed_in,
        _failed,
        _new_password,
        _new_factor,
        _signed_out,
    )
    user_authenticated.connect(listeners[0], app)
    user_failed_authn.connect(listeners[1], app)
    for signal in (password_changed, password_reset):
        signal.connect(listeners[2], app)
    tf_profile_changed.connect(listeners[3], app)
    user_logged_out.connect(listeners[4], app)


def write(account: Account, what: Happening) -> None:
    """Add an entry to the history of an account."""
    with house().database.quietly_writing() as writing:
        writing.add(entry(account, what))


def entry(account: Account, what: Happening) -> AccountEvent:
    """Return an entry of the history of an account, with the browser and address of this request."""
    return AccountEvent(
        account_id=account.id,
        what=what,
        at=now(),
        agent=sessions.agent(),
        address=request.remote_addr or "",
    )


def _signed_in(_app: Flask, user: Account, authn_via: list[str] | None = None, **_rest: Any) -> None:
    sessions.renew()
    if authn_via == ["passkey"]:
        write(user, Happening.signed_in_by_passkey)
    elif authn_via != ["change"]:
        write(user, Happening.signed_in)


def _failed(_app: Flask, user: Account, tfa: bool = False, **_rest: Any) -> None:
    write(user, Happening.wrong_code if tfa else Happening.wrong_password)


def _new_password(_app: Flask, user: Account, **_rest: Any) -> None:
    with house().database.quietly_writing() as writing:
        sessions.end_all(writing, user.id)
    write(user, Happening.password_changed)


def _new_factor(_app: Flask, user: Account, **_rest: Any) -> None:
    write(user, Happening.second_factor_changed)


def _signed_out(_app: Flask, user: Account, **_rest: Any) -> None:
    write(user, Happening.signed_out)
