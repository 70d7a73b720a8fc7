"""Who gets which address of the desk: every route, method and role (OWASP ASVS 8.2.1), and no side doors."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from embassy.accounts import commands
from embassy.accounts.models import Account
from embassy.core.access import Role
from embassy.db.base import Base
from embassy.web.house import House
from tests.accounts.desk import EMAIL, PASSWORD, Desk, hire
from tests.every.markup import Markup
from tests.rooms import ADDRESS
from tests.servers import NuChecker

OPEN, SIGN_IN = "/en/desk/account", "/en/desk/sign-in"
# What signing in and being seen write; everything else stands still while pages are read.
OF_SESSIONS = {"account", "account_event", "attempt", "staff_session"}
WHO = ("nobody", *(str(role) for role in Role))
TOLD = {
    "door": dict.fromkeys(WHO, "in"),
    "staff": dict.fromkeys(WHO, "in") | {"nobody": "sign in"},
}


def desks(app: Flask, open_to: str, method: str) -> Iterator[str]:
    """Yield every address of the desk with a mark that takes a method."""
    for rule in app.url_map.iter_rules():
        if app.view_functions[rule.endpoint].__dict__["open_to"] == open_to and method in (
            rule.methods or ()
        ):
            address = rule.rule.replace("<language:lang>", "en")
            yield re.sub("<[^>]*>", "x", re.sub("<uuid:[^>]*>", str(UUID(int=1)), address))


# Who may send to the addresses that not every member of staff may send to, with any mission or all.
WRITERS = {"contributor", "editor"}
SENDERS = {
    "additions.add": WRITERS,
    "administration.invite": {"administrator"},
    "administration.change": {"administrator"},
    "administration.forget_second_proof": {"administrator"},
    "desk.begin": WRITERS,
    "desk.receive": WRITERS,
    "desk.discard_batch": WRITERS,
    "desk.hand_in_batch": WRITERS,
    "desk.decide_batch": {"approver"},
    "desk.save": WRITERS,
    "desk.merge": WRITERS,
    "desk.decide": {"approver"},
    "desk.recall": WRITERS | {"approver"},
    "desk.match": WRITERS,
    "desk.change_many": WRITERS,
    "desk.together": {"approver"},
    "privacy.settle": WRITERS,
    "privacy.carry_out": {"administrator"},
    "sheets.write_record": WRITERS,
    "sheets.write_draft": WRITERS,
}


def test_each_address_takes_what_the_roles_for_it_send(app: Flask) -> None:
    endpoints = {
        rule.endpoint: re.sub("<uuid:[^>]*>", str(UUID(int=1)), rule.rule.replace("<language:lang>", "en"))
        for rule in app.url_map.iter_rules()
        if app.view_functions[rule.endpoint].__dict__["open_to"] == "staff" and "POST" in (rule.methods or ())
    }
    found: dict[str, set[str]] = {endpoint: set() for endpoint in endpoints}
    for role in Role:
        hire(app, f"{role}@example.org", role)
        for endpoint, address in endpoints.items():
            browser = Desk(app, f"192.0.2.{len(endpoint)}")
            signed_in(browser, f"{role}@example.org")
            sent = browser.send("/en/desk/account", to=re.sub("<[^>]*>", "x", address))
            found[endpoint] |= {str(role)} if sent.status_code != 403 else set()

    everybody = {str(role) for role in Role}
    assert found == {endpoint: SENDERS.get(endpoint, everybody) for endpoint in endpoints}
    assert set(SENDERS) <= set(endpoints)


def led(answer: TestResponse) -> str:
    """Return what became of a request: let in, or asked to sign in first."""
    asked = answer.status_code == 302 and (answer.location or "").startswith(f"{SIGN_IN}?next=")
    return "sign in" if asked else "in"


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("open_to", ["door", "staff"])
def test_each_address_lets_in_whom_it_is_for(app: Flask, open_to: str, who: str) -> None:
    hire(app, role=Role.editor if who == "nobody" else Role(who))
    addresses = list(desks(app, open_to, "GET"))
    found: dict[str, Any] = {}
    for address in addresses:
        browser = Desk(app)
        if who != "nobody":
            signed_in(browser)
        answer = browser.get(address)
        found[address] = (led(answer), answer.status_code < 500, answer.headers["Cache-Control"])

    assert len(addresses) >= 4
    assert found == dict.fromkeys(addresses, (TOLD[open_to][who], True, "no-store"))


@pytest.mark.parametrize("open_to", ["door", "staff"])
def test_what_is_sent_without_its_token_is_refused_whoever_sends_it(desk: Desk, open_to: str) -> None:
    desk.sign_in()
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "made.up.here"}):
        found = {
            address: desk.client.post(
                address,
                data=token,
                headers={"Referer": ADDRESS},
                environ_overrides={"REMOTE_ADDR": desk.address},
            ).status_code
            for address in desks(desk.app, open_to, "POST")
        }
        assert len(found) >= 4
        assert found == dict.fromkeys(found, 400)
    assert desk.get(OPEN).status_code == 200


def test_what_is_sent_from_another_site_is_refused(desk: Desk) -> None:
    token = Markup(desk.get(SIGN_IN).text).all("input", name="csrf_token")[0]["value"]
    data = {"csrf_token": token, "email": EMAIL, "password": PASSWORD}

    for referrer in ({}, {"Referer": "https://evil.example/"}):
        assert desk.client.post(SIGN_IN, data=data, headers=referrer).status_code == 400


def test_whoever_is_not_signed_in_sends_nothing_to_staff_addresses(app: Flask) -> None:
    browser = Desk(app)
    found = {
        address: browser.send(SIGN_IN, to=address).status_code for address in desks(app, "staff", "POST")
    }

    assert len(found) >= 4
    assert found == dict.fromkeys(found, 303)


def test_reading_every_page_as_administrator_changes_nothing(app: Flask) -> None:
    hire(app, role=Role.administrator)
    browser = Desk(app)
    browser.sign_in()
    before = tables(app)
    for open_to in ("staff", "public", "door"):
        for address in desks(app, open_to, "GET"):
            browser.get(address)

    assert {name for name, rows in tables(app).items() if rows != before[name]} <= OF_SESSIONS
    assert len(before) > 20


def test_signing_out_takes_a_form(desk: Desk) -> None:
    desk.sign_in()
    asked = desk.get("/en/desk/sign-out")

    assert asked.status_code == 405
    assert desk.get(OPEN).status_code == 200


def test_there_is_no_way_in_beside_the_session(desk: Desk) -> None:
    desk.sign_in()
    with desk.app.test_request_context(base_url=ADDRESS):
        token = str(commands.found(EMAIL).get_auth_token())
    stranger = desk.app.test_client()

    tried = [
        stranger.get(f"{OPEN}?auth_token={token}"),
        stranger.get(OPEN, headers={"Authentication-Token": token}),
        stranger.get(OPEN, auth=(EMAIL, PASSWORD)),
    ]
    assert [answer.status_code for answer in tried] == [302] * 3


@pytest.mark.parametrize("body", [{"email": EMAIL, "password": PASSWORD}, 1, "x", [], None])
@pytest.mark.parametrize(
    "path", ["sign-in", "sign-in/code", "sign-in/recovery", "password", "account/passkeys/sign-in"]
)
def test_json_is_no_side_door(desk: Desk, path: str, body: Any) -> None:
    token = desk.hidden(SIGN_IN)["csrf_token"]
    answer = desk.client.post(
        f"/en/desk/{path}?include_auth_token",
        json=body,
        headers={"Referer": f"{ADDRESS}/en/", "X-CSRFToken": token},
    )

    assert answer.status_code == 400
    assert answer.mimetype == "text/html"
    assert "token" not in answer.text.casefold()


@pytest.mark.parametrize("tag", ["en", "sq", "sr", "ar"])
def test_the_pages_of_accounts_are_valid_html(desk: Desk, tag: str, nu_checker: NuChecker) -> None:
    asked = desk.password(tag=tag, password="wrong")
    pages = {"refused": asked.text}
    pages |= {path: desk.get(f"/{tag}/desk/{path}").text for path in ("sign-in", "password")}
    desk.password(tag=tag)
    pages |= {path: desk.get(f"/{tag}/desk/sign-in/{path}").text for path in ("code", "recovery")}
    desk.sign_in(tag=tag)
    inside = ("", "/password", "/verify", "/authenticator", "/recovery-codes")
    pages |= {path: desk.get(f"/{tag}/desk/account{path}").text for path in inside}
    pages["shown"] = desk.send(f"/{tag}/desk/account/authenticator", setup="authenticator").text
    pages["codes"] = desk.send(f"/{tag}/desk/account/recovery-codes", generate_new_codes="1").text

    assert {path: nu_checker.complaints(page) for path, page in pages.items()} == {path: [] for path in pages}
    assert {path: len(Markup(page).words("h1")) for path, page in pages.items()} == dict.fromkeys(pages, 1)
    assert {Markup(page).all("html")[0]["lang"] for page in pages.values()} == {tag}
    assert {Markup(page).meta("robots") for page in pages.values()} == {"noindex"}


def signed_in(browser: Desk, email: str = EMAIL) -> None:
    """Sign in, each time with a fresh code."""
    home: House = browser.app.extensions["embassy"]
    with home.database.quietly_writing() as writing:
        writing.scalars(select(Account).where(Account.email == email)).one().totp_counter = None
    browser.sign_in(email)


def tables(app: Flask) -> dict[str, list[Any]]:
    """Return all rows of all tables."""
    home: House = app.extensions["embassy"]
    with home.database.reading() as reading:
        return {
            table.name: sorted(map(repr, reading.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
        }
