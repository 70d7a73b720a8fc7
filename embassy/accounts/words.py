"""What Flask-Security says, in our words, and what its pages are called."""

from dataclasses import dataclass

from embassy.core.messages import Message, say

ERROR, INFO, DONE = "error", "info", "success"
WRONG = say("The e-mail address or the password is wrong.")
EXPIRED = say("This link is no longer valid. Ask for a new one.")
PASSKEY_REFUSED = say("This passkey was not accepted. Try again, or sign in with your password.")
PASSKEY_NOT_ADDED = say(
    "The passkey was not added. Try again; if your device has one for this account, it is in your list."
)

MESSAGES: dict[str, tuple[Message, str]] = {
    "GENERIC_AUTHN_FAILED": (WRONG, ERROR),
    "USER_DOES_NOT_EXIST": (WRONG, ERROR),
    "INVALID_PASSWORD": (say("The password is wrong."), ERROR),
    "DISABLED_ACCOUNT": (WRONG, ERROR),
    "EMAIL_NOT_PROVIDED": (say("Enter your e-mail address."), ERROR),
    "INVALID_EMAIL_ADDRESS": (say("Enter an e-mail address, such as name@example.org."), ERROR),
    "PASSWORD_NOT_PROVIDED": (say("Enter your password."), ERROR),
    "PASSWORD_INVALID_LENGTH": (say("A password has 15 to 128 characters."), ERROR),
    "PASSWORD_TOO_SIMPLE": (
        say("This password is easily guessed. Choose several words that have nothing to do with each other."),
        ERROR,
    ),
    "PASSWORD_IS_THE_SAME": (say("The new password is the old one. Choose another."), ERROR),
    "RETYPE_PASSWORD_MISMATCH": (say("The two passwords differ. Enter the same one twice."), ERROR),
    "CODE_NOT_PROVIDED": (say("Enter the code."), ERROR),
    "TWO_FACTOR_INVALID_TOKEN": (say("This code is wrong or was used before. Wait for the next one."), ERROR),
    "INVALID_RECOVERY_CODE": (say("This recovery code is wrong or was used before."), ERROR),
    "NO_RECOVERY_CODES_SETUP": (say("You have no recovery codes yet."), INFO),
    "TWO_FACTOR_PERMISSION_DENIED": (say("Begin again with your password."), ERROR),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (say("Begin again with your password."), ERROR),
    "API_ERROR": (EXPIRED, ERROR),
    "TWO_FACTOR_SETUP_EXPIRED": (EXPIRED, ERROR),
    "INVALID_RESET_PASSWORD_TOKEN": (EXPIRED, ERROR),
    "PASSWORD_RESET_EXPIRED": (EXPIRED, ERROR),
    "INVALID_REDIRECT": (say("We lead to pages of this service alone."), ERROR),
    "UNAUTHENTICATED": (say("Sign in to open this page."), INFO),
    "REAUTHENTICATION_REQUIRED": (say("Enter your password again before you change this."), INFO),
    "REAUTHENTICATION_SUCCESSFUL": (say("Thank you. Now go on."), DONE),
    "PASSWORD_RESET_REQUEST": (
        say("If there is an account with the address %(email)s, a mail with a link is on its way."),
        INFO,
    ),
    "PASSWORD_RESET_NO_LOGIN": (say("Your password is set. Sign in with it."), DONE),
    "PASSWORD_CHANGE": (say("Your password is changed. All other sessions have ended."), DONE),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (say("You are signed in."), DONE),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (say("Your authenticator app is set up."), DONE),
    "ANONYMOUS_USER_REQUIRED": (say("You are signed in already."), INFO),
}

SUBJECTS: dict[str, Message] = {
    "EMAIL_SUBJECT_PASSWORD_RESET": say("A new password"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": say("Your password was set"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": say("Your password was changed"),
}


@dataclass(frozen=True)
class Heading:
    """What a page is called, and a sentence on what to do there."""

    title: Message
    lede: Message


CODES = Heading(
    say("Recovery codes"),
    say("Each signs you in once when your phone is out of reach. Keep them on paper, in a safe place."),
)

PAGES: dict[str, Heading] = {
    "accounts/sign_in.html": Heading(say("Sign in"), say("For staff of this service.")),
    "accounts/second_factor.html": Heading(
        say("Your second proof"), say("Enter the six figures that your authenticator app shows now.")
    ),
    "accounts/second_factor_setup.html": Heading(
        say("Set up your authenticator app"),
        say("The app on your phone shows a code that proves, beside your password, that it is you."),
    ),
    "accounts/recovery.html": Heading(
        say("Sign in with a recovery code"), say("Enter one of the codes that you kept for this case.")
    ),
    "accounts/recovery_codes.html": CODES,
    "accounts/forgotten.html": Heading(
        say("Forgotten your password?"), say("We send you a link with which you set a new one.")
    ),
    "accounts/new_password.html": Heading(
        say("Set your password"),
        say(
            "At least 15 characters. Several words that have nothing to do with each other are easy to keep."
        ),
    ),
    "accounts/change_password.html": Heading(
        say("Change your password"), say("All your other sessions end at once.")
    ),
    "accounts/verify.html": Heading(say("Is it still you?"), say("Enter your password again to go on.")),
}
