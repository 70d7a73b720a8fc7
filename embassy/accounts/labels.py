"""What the words of accounts are called."""

from embassy.accounts.models import Happening
from embassy.core.access import Role
from embassy.core.messages import Message, say

ROLES: dict[Role, Message] = {
    Role.contributor: say("Contributor"),
    Role.editor: say("Editor"),
    Role.approver: say("Approver"),
    Role.administrator: say("Administrator"),
}

HAPPENINGS: dict[Happening, Message] = {
    Happening.signed_in: say("You signed in"),
    Happening.signed_in_by_passkey: say("You signed in with a passkey"),
    Happening.signed_out: say("You signed out"),
    Happening.wrong_password: say("Wrong password"),
    Happening.wrong_code: say("Wrong code"),
    Happening.wrong_passkey: say("A passkey was refused"),
    Happening.password_changed: say("Password changed"),
    Happening.second_factor_changed: say("Authenticator app changed"),
    Happening.recovery_code_used: say("A recovery code was used"),
    Happening.passkey_added: say("Passkey added"),
    Happening.passkey_removed: say("Passkey removed"),
    Happening.second_proof_forgotten: say("An administrator removed your second proof"),
}
