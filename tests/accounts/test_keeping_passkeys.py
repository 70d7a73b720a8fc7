"""A passkey is added and removed by its owner, soon after a proof, and kept once (OWASP ASVS 6.4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from embassy.accounts import passkeys
from embassy.web.house import House
from tests.accounts.authenticator import (
    ADD,
    PRESENT,
    SIGN_IN,
    Authenticator,
    Spoiled,
    asked,
    encoded,
    kept,
)
from tests.accounts.desk import Desk, hire
from tests.accounts.test_passwords import mails
from tests.servers import NuChecker

OPEN, DOOR, AGAIN = (f"/en/desk/{path}" for path in ("account", "sign-in", "account/verify"))
OTHER = "besa@example.org"
NOT_ADDED = "The passkey was not added."


def test_a_passkey_is_added_only_soon_after_a_proof(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    sent = desk.hidden(ADD) | Authenticator().made(asked(desk, ADD)) | {"name": "late"}
    clock.shift(timedelta(minutes=16))

    led = desk.post(ADD, sent)

    assert (led.status_code, led.location) == (302, f"{AGAIN}?next={ADD}")
    assert kept(desk.app) == []


MADE_WRONG: dict[str, Spoiled] = {
    "for another site": lambda it, asked: replace(it, origin="https://evil.example").made(asked),
    "for another name": lambda it, asked: replace(it, rp_id="evil.example").made(asked),
    "its owner not verified": lambda it, asked: replace(it, flags=PRESENT).made(asked),
    "another challenge": lambda it, asked: it.made(asked | {"challenge": encoded(bytes(32))}),
    "no bytes at all": lambda it, asked: it.made(asked) | {"attestationObject": "€"},
    "nothing": lambda _it, _asked: {},
}


@pytest.mark.parametrize("spoil", MADE_WRONG.values(), ids=MADE_WRONG)
def test_a_passkey_made_wrongly_is_not_kept(desk: Desk, spoil: Spoiled) -> None:
    desk.sign_in()

    refused = desk.send(ADD, name="office laptop", **spoil(Authenticator(), asked(desk, ADD)))

    assert (refused.status_code, NOT_ADDED in refused.text) == (422, True)
    assert 'value="office laptop"' in refused.text
    assert kept(desk.app) == []


@pytest.mark.parametrize("name", ["", "  "])
def test_a_passkey_needs_a_name(desk: Desk, name: str) -> None:
    desk.sign_in()

    refused = desk.send(ADD, name=name, **Authenticator().made(asked(desk, ADD)))

    assert refused.status_code == 422
    assert "Give the passkey a name by which you know it again." in refused.text
    assert kept(desk.app) == []


def test_a_passkey_is_kept_as_sent_whatever_else_the_form_says(desk: Desk) -> None:
    desk.sign_in()
    device = Authenticator()
    desk.send(ADD, name="n" * 70, account_id="1", sign_count="9", uid="x", **device.made(asked(desk, ADD)))

    (passkey,) = kept(desk.app)
    assert (passkey.name, passkey.sign_count, passkey.credential_id) == ("n" * 60, 1, encoded(device.id))


def test_one_passkey_is_not_kept_twice(desk: Desk, device: Authenticator, stranger: Desk) -> None:
    hire(desk.app, OTHER)
    stranger.sign_in(OTHER)
    excluded = asked(desk, ADD)["excludeCredentials"]

    refused = stranger.send(ADD, name="mine", **device.made(asked(stranger, ADD)))

    assert excluded == [{"type": "public-key", "id": encoded(device.id)}]
    assert (refused.status_code, NOT_ADDED in refused.text) == (422, True)
    assert [passkey.name for passkey in kept(desk.app)] == ["office laptop"]


def test_a_question_of_the_door_makes_no_passkey(desk: Desk) -> None:
    question = asked(desk, DOOR)
    desk.sign_in()
    wish = {"rp": {"id": "embassy.example"}, "user": {"id": "AAAA"}} | question

    assert desk.send(AGAIN, to=ADD, name="mine", **Authenticator().made(wish)).status_code == 422
    assert desk.post(ADD, desk.hidden(AGAIN) | {"name": "mine"}).status_code == 422


def test_a_passkey_is_removed_after_a_second_word(desk: Desk, device: Authenticator, stranger: Desk) -> None:
    (passkey,) = kept(desk.app)
    removal = f"{ADD}/{passkey.uid}"
    seen = desk.told(removal)
    before = len(kept(desk.app))

    led = desk.send(removal)

    assert "Remove the passkey “office laptop”?" in seen
    assert (before, led.status_code, led.location, kept(desk.app)) == (1, 303, OPEN, [])
    told = desk.told(OPEN)
    assert "The passkey is removed." in told
    assert "What happened Passkey removed" in told
    assert stranger.send(DOOR, to=SIGN_IN, **device.answer(asked(stranger, DOOR))).status_code == 422


def test_nobody_removes_somebody_elses_passkey(device: Authenticator, stranger: Desk) -> None:
    (passkey,) = kept(stranger.app)
    hire(stranger.app, OTHER)
    stranger.sign_in(OTHER)
    removal = f"{ADD}/{passkey.uid}"

    assert device.count == 1
    assert stranger.get(removal).status_code == 404
    assert stranger.send(OPEN, to=removal).status_code == 404
    assert len(kept(stranger.app)) == 1


def test_a_passkey_is_removed_only_soon_after_a_proof(
    desk: Desk, device: Authenticator, clock: time_machine.Traveller
) -> None:
    (passkey,) = kept(desk.app)
    clock.shift(timedelta(minutes=16))

    led = desk.send(AGAIN, to=f"{ADD}/{passkey.uid}")

    assert passkey.credential_id == encoded(device.id)
    assert led.location == f"{AGAIN}?next={ADD}/{passkey.uid}"
    assert len(kept(desk.app)) == 1


def test_where_no_browser_would_keep_one_the_pages_say_so(desk: Desk) -> None:
    home: House = desk.app.extensions["embassy"]
    desk.sign_in()
    home.settings = replace(home.settings, public_url="http://embassy.example")

    told = "This one stands at embassy.example."
    assert (told in desk.told(OPEN), told in desk.told(ADD)) == (True, True)
    assert "data-question" not in desk.get(ADD).text + Desk(desk.app).get(DOOR).text
    assert desk.send(AGAIN, to=ADD, name="mine").status_code == 422


def test_the_owner_sees_and_is_told_that_a_passkey_was_added(desk: Desk, device: Authenticator) -> None:
    told = desk.told(OPEN)

    assert device.handle != ""
    assert "From now on you can sign in with the passkey “office laptop”." in told
    assert "office laptop Added: Sunday, 22 November 2026, 13:00 · not used yet" in told
    assert "What happened Passkey added" in told
    assert "The passkey “office laptop” was added to your account" in mails(desk.app)[-1].body


@pytest.mark.parametrize(
    ("address", "possible"),
    [
        ("https://embassy.example", True),
        ("https://embassy.example:8443", True),
        ("http://localhost:8000", True),
        ("http://embassy.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.7", False),
    ],
)
def test_browsers_keep_passkeys_for_a_name_reached_safely(app: Flask, address: str, possible: bool) -> None:
    home: House = app.extensions["embassy"]
    home.settings = replace(home.settings, public_url=address)

    with app.test_request_context(base_url=address):
        assert passkeys.possible() == possible


@pytest.mark.parametrize("tag", ["en", "sq", "sr", "ar"])
def test_the_pages_of_passkeys_are_valid_html(
    desk: Desk, device: Authenticator, stranger: Desk, tag: str, nu_checker: NuChecker
) -> None:
    (passkey,) = kept(desk.app)
    there = f"/{tag}/desk/account"
    stranger.password()
    pages = [desk.get(f"{there}{path}") for path in ("", "/passkeys", f"/passkeys/{passkey.uid}", "/verify")]
    pages += [stranger.get(f"/{tag}/desk/sign-in/code"), stranger.get(f"{there}/passkeys/sign-in")]
    pages += [stranger.send(DOOR, to=f"{there}/passkeys/sign-in"), desk.send(ADD, to=f"{there}/passkeys")]

    assert device.count == 1
    assert [nu_checker.complaints(page.text) for page in pages] == [[]] * len(pages)
