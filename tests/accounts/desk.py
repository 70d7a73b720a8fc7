"""A member of staff at a browser: signs in, fills in forms, and is asked for proofs."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from flask_security.proxies import _security
from werkzeug.test import TestResponse

from embassy.accounts import commands, store
from embassy.accounts.commands import TRIAL_PASSWORD
from embassy.core.access import Role
from tests.every.markup import Markup
from tests.rooms import ADDRESS, Reader

PASSWORD = TRIAL_PASSWORD
EMAIL = "ana@example.org"


class Desk:
    """One browser; it sends each form with the token of the page it stands on."""

    def __init__(self, app: Flask, address: str = "192.0.2.1") -> None:
        app.test_client_class = Reader
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.address = address

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, environ_overrides={"REMOTE_ADDR": self.address})

    def send(self, path: str, to: str | None = None, **fields: str) -> TestResponse:
        """Open a page and send its form, to another address if one is named."""
        return self.post(to or path, self.hidden(path) | fields)

    def hidden(self, path: str) -> dict[str, str]:
        """Return the hidden fields of a page, the token of its forms among them."""
        page = self.get(path)
        hidden = {one["name"]: one["value"] for one in Markup(page.text).all("input", type="hidden")}
        assert "csrf_token" in hidden, page.text
        return hidden

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> TestResponse:
        """Send fields from a page of ours."""
        return self.client.post(
            path,
            data=fields,
            headers={"Referer": f"{ADDRESS}/en/"},
            environ_overrides={"REMOTE_ADDR": self.address},
        )

    def password(self, email: str = EMAIL, password: str = PASSWORD, tag: str = "en") -> TestResponse:
        """Give an address and a password."""
        return self.send(f"/{tag}/desk/sign-in", email=email, password=password)

    def sign_in(self, email: str = EMAIL, tag: str = "en") -> TestResponse:
        """Give both proofs; returns where that leads."""
        asked = self.password(email, tag=tag)
        return self.send(urlsplit(asked.location).path, code=code(self.app, email))

    def told(self, path: str) -> str:
        """Return the main text of a page, its white space folded."""
        page = self.get(path).text
        main = page[page.index("<main") : page.index("</main>")]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@cache
def _hashed() -> str:
    """Return the password as accounts keep it; that it takes time is what it is for, so once is enough."""
    return str(hash_password(PASSWORD))


def hire(
    app: Flask, email: str = EMAIL, role: Role = Role.editor, mission: str = "", name: str = "Ana Hoxha"
) -> str:
    """Make an account that has a password and an authenticator app; returns its address."""
    with app.test_request_context(base_url=ADDRESS):
        account = commands.invite(email, name, role, mission)
        account.password = _hashed()
        account.tf_primary_method = "authenticator"
        account.tf_totp_secret = _security.totp_factory.generate_totp_secret()
        store.AccountStore().commit()
    return email


def code(app: Flask, email: str = EMAIL) -> str:
    """Return what the authenticator app of an account shows now."""
    with app.test_request_context(base_url=ADDRESS):
        secret = commands.found(email).tf_totp_secret
        assert secret is not None
        return str(_security.totp_factory.generate_totp_password(secret))


def forget_the_app(app: Flask, email: str = EMAIL) -> None:
    """Leave an account with its password alone, as after its invitation."""
    with app.test_request_context(base_url=ADDRESS):
        account = commands.found(email)
        account.tf_totp_secret = account.tf_primary_method = None
        store.AccountStore().commit()


def figures(key: str) -> str:
    """Return what an app shows now that was given a key (RFC 6238 over RFC 4226, 5.3)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    mac = hmac.digest(base64.b32decode(key.replace("-", "")), counter, "sha1")
    (number,) = struct.unpack_from(">I", mac, mac[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"
