"""How Flask-Security is set: what is on, where it stands, what it says."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

from embassy import resources
from embassy.accounts.words import MESSAGES, SUBJECTS
from embassy.config import Settings

FRESHNESS = timedelta(minutes=15)


def configuration(settings: Settings) -> dict[str, Any]:
    """Return the whole configuration of accounts as Flask keeps it."""
    secure = settings.public_url.startswith("https")
    choices = {
        "URL_PREFIX": "/<language:lang>/desk",
        "LOGIN_URL": "/sign-in",
        "LOGOUT_URL": "/sign-out",
        "RESET_URL": "/password",
        "CHANGE_URL": "/account/password",
        "VERIFY_URL": "/account/verify",
        "TWO_FACTOR_SETUP_URL": "/account/authenticator",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
        "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "STATIC_FOLDER": None,
        "CACHE_CONTROL": None,
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
        "I18N_DOMAIN": "messages",
        "I18N_DIRNAME": str(resources.TRANSLATIONS),
        "RETURN_GENERIC_RESPONSES": True,
        "RECOVERABLE": True,
        "CHANGEABLE": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_REQUIRED": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "flask_security.twofactor.CodeTfPlugin",
            "passkey": "embassy.accounts.adapters.PasskeyAlone",
        },
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [urlsafe_b64encode(settings.key("recovery"))],
        "TOTP_SECRETS": {"1": settings.key("totp").hex()},
        "TOTP_ISSUER": settings.host.partition(":")[0],
        "PASSWORD_SALT": settings.key("password").hex(),
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2", "plaintext"],
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__memory_cost": 19 * 1024,
            "argon2__time_cost": 2,
            "argon2__parallelism": 1,
        },
        "PASSWORD_LENGTH_MIN": 15,
        "PASSWORD_NORMALIZE_FORM": "NFKC",
        "RESET_PASSWORD_WITHIN": timedelta(hours=1),
        "FRESHNESS": FRESHNESS,
        "FRESHNESS_GRACE_PERIOD": timedelta(0),
        "API_ENABLED_METHODS": ["session"],
        "POST_LOGIN_VIEW": "accounts.show",
        "POST_LOGOUT_VIEW": "front.index",
        "POST_CHANGE_VIEW": "accounts.show",
        "TWO_FACTOR_POST_SETUP_VIEW": "accounts.show",
        "EMAIL_HTML": False,
        "EMAIL_TEMPLATE_PASSWORD_RESET": "mail/reset.txt".removesuffix(".txt"),
        "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "mail/notice.txt".removesuffix(".txt"),
        "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "mail/notice.txt".removesuffix(".txt"),
        "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
        "FORGOT_PASSWORD_TEMPLATE": "accounts/forgotten.html",
        "RESET_PASSWORD_TEMPLATE": "accounts/new_password.html",
        "CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
        "VERIFY_TEMPLATE": "accounts/verify.html",
        "TWO_FACTOR_SETUP_TEMPLATE": "accounts/second_factor_setup.html",
        "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/second_factor.html",
        "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/recovery.html",
        "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/recovery_codes.html",
    }
    said = {f"MSG_{name}": (sentence.text, kind) for name, (sentence, kind) in MESSAGES.items()}
    subjects = {name: sentence.text for name, sentence in SUBJECTS.items()}
    return {f"SECURITY_{name}": value for name, value in (choices | said | subjects).items()} | {
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
    }
