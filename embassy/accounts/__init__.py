"""Accounts of staff: who may sign in, how, from where, and what they may do."""

import sys
from importlib import import_module

# Flask-Security loads webauthn and what that needs, 8 MB, for pages of passkeys that are not used here; ours
# load it when a passkey answers.
sys.modules["webauthn"] = None  # type: ignore[assignment]
import_module("flask_security")
del sys.modules["webauthn"]
