"""A device that makes and uses passkeys as browsers hand them over (Web Authentication, level 2, 6 and 7)."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_key
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from sqlalchemy import select

from embassy.accounts.models import Passkey
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.every.markup import Markup
from tests.rooms import ADDRESS

PRESENT, VERIFIED, ATTESTED = 1, 4, 64
ADD, SIGN_IN, VERIFY = (f"/en/desk/account/passkeys{path}" for path in ("", "/sign-in", "/verify"))


def encoded(value: bytes) -> str:
    """Return bytes in base64url, as browsers write them."""
    return urlsafe_b64encode(value).decode().rstrip("=")


def decoded(value: str) -> bytes:
    """Return the bytes of a text in base64url."""
    return urlsafe_b64decode(value + "==")


def asked(desk: Desk, path: str) -> dict[str, Any]:
    """Return what a page asks of a device."""
    (form,) = (form for form in Markup(desk.get(path).text).all("form") if "data-question" in form)
    found: dict[str, Any] = json.loads(form["data-question"])
    return found


@dataclass
class Authenticator:
    """A device with one key pair (ES256); what it says of itself can be made wrong."""

    origin: str = ADDRESS
    rp_id: str = ""
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    handle: str = ""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: new_key(SECP256R1()))

    def _client(self, kind: str, question: dict[str, Any]) -> bytes:
        said = {"type": f"webauthn.{kind}", "challenge": question["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _data(self, rp_id: str, flags: int) -> bytes:
        self.count += self.counts
        return sha256((self.rp_id or rp_id).encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def made(self, wish: dict[str, Any]) -> dict[str, str]:
        """Return the fields of a form that brings a new passkey."""
        self.handle = wish["user"]["id"]
        point = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        data = self._data(wish["rp"]["id"], self.flags | ATTESTED)
        data += bytes(16) + len(self.id).to_bytes(2) + self.id + public
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return {
            "id": encoded(self.id),
            "clientDataJSON": encoded(self._client("create", wish)),
            "attestationObject": encoded(attested),
        }

    def answer(self, question: dict[str, Any]) -> dict[str, str]:
        """Return the fields of a form that answers a question."""
        client, data = self._client("get", question), self._data(question["rpId"], self.flags)
        signature = self.key.sign(data + sha256(client).digest(), ECDSA(SHA256()))
        return {
            "id": encoded(self.id),
            "clientDataJSON": encoded(client),
            "authenticatorData": encoded(data),
            "signature": encoded(signature),
            "userHandle": self.handle,
        }


def add_passkey(desk: Desk, device: Authenticator | None = None) -> Authenticator:
    """Add a passkey to the account that is signed in; returns the device that holds it."""
    device = device or Authenticator()
    added = desk.send(ADD, name="office laptop", **device.made(asked(desk, ADD)))
    assert added.status_code == 303, added.text
    return device


def kept(app: Flask) -> list[Passkey]:
    """Return every passkey there is."""
    home: House = app.extensions["embassy"]
    with home.database.reading() as reading:
        return list(reading.scalars(select(Passkey).order_by(Passkey.id)))


Spoiled = Callable[[Authenticator, dict[str, Any]], dict[str, str]]
