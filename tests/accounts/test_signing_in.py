"""Signing in takes two proofs, each good once, and tells strangers nothing (OWASP ASVS 6 and 7)."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask

from embassy.accounts.words import MESSAGES
from tests.accounts.desk import EMAIL, PASSWORD, Desk, code, figures, forget_the_app, hire

OPEN, SET_UP, CODE = "/en/desk/account", "/en/desk/account/authenticator", "/en/desk/sign-in/code"


def test_both_proofs_lead_to_the_account(desk: Desk) -> None:
    asked = desk.password()
    before = desk.get(OPEN)
    led = desk.send(urlsplit(asked.location).path, code=code(desk.app))

    assert (before.status_code, led.status_code, led.location) == (302, 302, OPEN)
    assert "Editor · all missions" in desk.told(OPEN)


def test_whoever_is_asked_to_sign_in_comes_back_to_where_they_were(desk: Desk) -> None:
    stopped = desk.get("/sq/desk/account")
    assert stopped.location == "/sq/desk/sign-in?next=/sq/desk/account"

    asked = desk.send(stopped.location, email=EMAIL, password=PASSWORD, next="/sq/desk/account")
    led = desk.send(asked.location, code=code(desk.app))

    assert led.location == "/sq/desk/account"


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_no_address_leads_away_from_the_site(desk: Desk, away: str) -> None:
    refused = desk.send(f"/en/desk/sign-in?next={away}", email=EMAIL, password=PASSWORD, next=away)
    asked = desk.password()
    led = desk.send(f"{urlsplit(asked.location).path}?next={away}", code=code(desk.app))

    assert refused.location is None or "evil" not in urlsplit(refused.location).netloc
    assert urlsplit(led.location).netloc == ""
    assert led.location.startswith("/")
    assert not led.location.startswith("//")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(desk: Desk) -> None:
    known = desk.password(password="seven bridges over one wild river")
    unknown = Desk(desk.app, "192.0.2.2").password("nobody@example.org")

    plain = [re.sub(r'(value|data-question)="[^"]*"', "", one.text) for one in (known, unknown)]
    heads = [{**one.headers, "Set-Cookie": ""} for one in (known, unknown)]
    assert plain[0] == plain[1]
    assert {name: value for name, value in heads[0].items() if name != "Content-Length"} == {
        name: value for name, value in heads[1].items() if name != "Content-Length"
    }
    assert "The e-mail address or the password is wrong." in plain[0]


def test_a_code_is_taken_once(desk: Desk) -> None:
    used = code(desk.app)
    desk.send(urlsplit(desk.password().location).path, code=used)

    other = Desk(desk.app)
    again = other.send(urlsplit(other.password().location).path, code=used)

    assert again.status_code == 200
    assert "was used before" in again.text


def test_the_code_of_half_a_minute_ago_is_still_taken_and_that_of_two_minutes_ago_is_not(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    old = code(desk.app)
    clock.shift(timedelta(minutes=2))
    asked = urlsplit(desk.password().location).path
    late = desk.send(asked, code=old)
    recent = code(desk.app)
    clock.shift(timedelta(seconds=30))
    taken = desk.send(asked, code=recent)

    assert (late.status_code, taken.status_code) == (200, 302)


def test_a_recovery_code_signs_in_once(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    made = desk.send("/en/desk/account/recovery-codes", generate_new_codes="1")
    codes = re.findall(r"<li><code>([0-9a-f-]{14})</code>", made.text)
    assert len(set(codes)) == 10
    clock.shift(timedelta(minutes=1))

    answers = []
    for number in (0, 0, 1):
        other = Desk(desk.app)
        other.password()
        answers.append(other.send("/en/desk/sign-in/recovery", code=codes[number]).location)

    assert answers == [OPEN, None, OPEN]


def test_an_empty_code_is_asked_for_in_the_readers_language(desk: Desk) -> None:
    asked = urlsplit(desk.password(tag="fr").location).path

    assert "Saisissez le code." in desk.send(asked, code="").text


def test_a_first_sign_in_sets_up_the_app_and_is_complete_only_with_its_code(app: Flask) -> None:
    newcomer = Desk(app)
    hire(app)
    forget_the_app(app)

    led = newcomer.password()
    shown = newcomer.send(urlsplit(led.location).path, setup="authenticator")
    key = re.search(r"<code>([A-Z2-7-]+)</code>", shown.text)
    assert key is not None
    wrong = newcomer.send(CODE, code="000000")
    outside = newcomer.get(OPEN)
    done = newcomer.send(CODE, code=figures(key[1]))

    assert (led.location, wrong.status_code, outside.status_code) == (SET_UP, 200, 302)
    assert "<svg" in shown.text
    assert (done.status_code, done.location) == (302, f"{OPEN}/recovery-codes/first")
    assert figures(key[1]) == code(app)


def test_another_app_takes_the_place_of_the_first(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    clock.shift(timedelta(minutes=1))
    page = desk.send(SET_UP, setup="authenticator")
    key = re.search(r"<code>([A-Z2-7-]+)</code>", page.text)
    assert key is not None

    refused = desk.send(SET_UP, to=CODE, code="000000")
    kept = code(desk.app)
    taken = desk.send(SET_UP, to=CODE, code=figures(key[1]))

    assert refused.status_code == 200
    assert kept != figures(key[1])
    assert taken.location == f"{OPEN}/recovery-codes/first"
    assert code(desk.app) == figures(key[1])
    assert "Authenticator app changed" in desk.told(OPEN)


def test_the_app_is_changed_only_soon_after_a_password(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    clock.shift(timedelta(minutes=16))

    asked = desk.get(SET_UP)
    again = desk.send(asked.location, password=PASSWORD)

    assert asked.location == f"/en/desk/account/verify?next={SET_UP}"
    assert again.location == SET_UP
    assert desk.get(SET_UP).status_code == 200


@pytest.mark.parametrize("path", ["code", "recovery", "rescue"])
def test_the_second_proof_is_asked_for_only_after_the_first(desk: Desk, path: str) -> None:
    led = desk.get(f"/en/desk/sign-in/{path}")

    assert (led.status_code, led.location) == (302, "/en/desk/sign-in")


def test_every_message_of_the_package_is_one_it_can_say(app: Flask) -> None:
    held = {name.removeprefix("SECURITY_MSG_") for name in app.config if name.startswith("SECURITY_MSG_")}
    ours = set(MESSAGES)

    assert ours - held == set()
    assert all(
        app.config[f"SECURITY_MSG_{name}"] == (said.text, kind) for name, (said, kind) in MESSAGES.items()
    )
