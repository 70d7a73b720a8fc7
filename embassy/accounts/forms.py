"""Flask-Security's forms, where they need words of ours or offer what we do not."""

from typing import ClassVar

from flask_security.forms import (
    LoginForm,
    RequiredLocalize,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from wtforms import RadioField, StringField


def _code() -> StringField:
    return StringField(validators=[RequiredLocalize(message="CODE_NOT_PROVIDED")])


class CodeForm(TwoFactorVerifyCodeForm):
    """Takes the code of the authenticator app."""

    code = _code()


class SignInForm(LoginForm):
    """Asks for an address and a password; no browser is remembered beyond its session."""

    remember = None  # type: ignore[assignment]  # WTForms takes a field out so


class SetupForm(TwoFactorSetupForm):
    """Asks for the one method there is, an authenticator app."""

    setup = RadioField(choices=[], validate_choice=False)


class RecoveryForm(MfRecoveryForm):
    """Takes a recovery code."""

    code = _code()


class RescueForm(TwoFactorRescueForm):
    """Leads to the recovery codes alone: nobody is let in because they asked by mail."""

    no_choices: ClassVar[list[tuple[str, str]]] = []
    help_setup = RadioField(choices=no_choices)
