"""A passkey signs its owner in, alone or after the password, and nobody else (OWASP ASVS 6.4 and 6.5)."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from flask import Flask

from embassy.accounts import commands
from tests.accounts.authenticator import (
    ADD,
    PRESENT,
    SIGN_IN,
    VERIFIED,
    VERIFY,
    Authenticator,
    Spoiled,
    add_passkey,
    asked,
    encoded,
    kept,
)
from tests.accounts.desk import EMAIL, PASSWORD, Desk, code, forget_the_app, hire
from tests.accounts.test_sessions import copy_of
from tests.rooms import ADDRESS

OPEN, DOOR, CODE, AGAIN = (
    f"/en/desk/{path}" for path in ("account", "sign-in", "sign-in/code", "account/verify")
)
OTHER = "besa@example.org"
REFUSED = "This passkey was not accepted. Try again, or sign in with your password."


def test_a_passkey_signs_in_alone_and_leads_back_to_where_one_was(
    device: Authenticator, stranger: Desk
) -> None:
    door = f"{DOOR}?next=/sq/desk/account"

    led = stranger.send(door, to=f"{SIGN_IN}?next=/sq/desk/account", **device.answer(asked(stranger, door)))

    assert (led.status_code, led.location) == (302, "/sq/desk/account")
    assert [passkey.sign_count for passkey in kept(stranger.app)] == [device.count] == [2]
    told = stranger.told(OPEN)
    assert "You are signed in." in told
    assert "What happened You signed in with a passkey" in told
    assert "Added: Sunday, 22 November 2026, 13:00 · last used: Sunday, 22 November 2026, 13:01" in told


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_no_address_leads_away_from_the_site(device: Authenticator, stranger: Desk, away: str) -> None:
    sent = stranger.hidden(DOOR) | device.answer(asked(stranger, DOOR))

    led = stranger.post(f"{SIGN_IN}?{urlencode({'next': away})}", sent)

    assert (led.status_code, urlsplit(led.location).netloc, led.location[0]) == (302, "", "/")
    assert not led.location.startswith("//")


def test_a_passkey_stands_for_the_code_after_the_password(
    device: Authenticator, stranger: Desk, clock: time_machine.Traveller
) -> None:
    stranger.password()
    question = asked(stranger, CODE)

    led = stranger.send(CODE, to=SIGN_IN, **device.answer(question))

    assert question["allowCredentials"] == [{"type": "public-key", "id": encoded(device.id)}]
    assert led.location == OPEN
    # Were anything of the half-done sign-in left behind, it would end with that.
    clock.shift(timedelta(minutes=16))
    assert stranger.get(OPEN).status_code == 200


def test_the_code_is_still_taken_where_there_is_a_passkey(device: Authenticator, stranger: Desk) -> None:
    stranger.password()

    assert device.count == 1
    assert stranger.send(CODE, code=code(stranger.app)).location == OPEN


def test_a_passkey_proves_that_it_is_still_its_owner(
    desk: Desk, device: Authenticator, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=16))
    stopped = desk.get(ADD)
    again = f"{VERIFY}?next={ADD}"

    led = desk.send(stopped.location, to=again, **device.answer(asked(desk, stopped.location)))

    assert stopped.location == f"{AGAIN}?next={ADD}"
    assert led.location == ADD
    assert desk.get(ADD).status_code == 200


def test_a_session_prepared_before_is_worth_nothing_after(device: Authenticator, stranger: Desk) -> None:
    question = asked(stranger, DOOR)
    planted = copy_of(stranger)

    stranger.send(DOOR, to=SIGN_IN, **device.answer(question))

    assert (stranger.get(OPEN).status_code, planted.get(OPEN).status_code) == (200, 302)


def test_whoever_is_signed_in_does_not_sign_in_again(desk: Desk, device: Authenticator) -> None:
    assert desk.send(OPEN, to=SIGN_IN, id=encoded(device.id)).location == OPEN


WRONG: dict[str, Spoiled] = {
    "made for another site": lambda it, asked: replace(it, origin="https://evil.example").answer(asked),
    "made for the same site over http": lambda it, asked: replace(it, origin="http://embassy.example").answer(
        asked
    ),
    "bound to another name": lambda it, asked: replace(it, rp_id="evil.example").answer(asked),
    "its owner not verified": lambda it, asked: replace(it, flags=PRESENT).answer(asked),
    "nobody there": lambda it, asked: replace(it, flags=VERIFIED).answer(asked),
    "another challenge": lambda it, asked: it.answer(asked | {"challenge": encoded(bytes(32))}),
    "another key": lambda it, asked: replace(it, key=Authenticator().key).answer(asked),
    "the count stood still": lambda it, asked: replace(it, count=0).answer(asked),
    "an unknown passkey": lambda it, asked: replace(it, id=bytes(32)).answer(asked),
    "another owner": lambda it, asked: replace(it, handle=encoded(bytes(16))).answer(asked),
    "no owner": lambda it, asked: replace(it, handle="").answer(asked),
    "no signature": lambda it, asked: it.answer(asked) | {"signature": ""},
    "no bytes at all": lambda it, asked: it.answer(asked) | {"clientDataJSON": "€", "signature": "="},
    "half the data": lambda it, asked: it.answer(asked) | {"authenticatorData": "AAAA"},
    "nothing": lambda _it, _asked: {},
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_an_answer_that_does_not_hold_signs_nobody_in_and_says_no_more(
    device: Authenticator, stranger: Desk, spoil: Spoiled
) -> None:
    question = asked(stranger, DOOR)

    refused = stranger.send(DOOR, to=SIGN_IN, **spoil(device, question))

    assert (refused.status_code, REFUSED in refused.text) == (422, True)
    assert "data-question" in refused.text
    assert stranger.get(OPEN).status_code == 302
    # The same answer, made rightly to a new question, is taken.
    assert stranger.send(DOOR, to=SIGN_IN, **device.answer(asked(stranger, DOOR))).location == OPEN


def test_the_owner_sees_that_a_passkey_was_refused(desk: Desk, device: Authenticator, stranger: Desk) -> None:
    stranger.send(DOOR, to=SIGN_IN, **WRONG["another key"](device, asked(stranger, DOOR)))

    assert "What happened A passkey was refused" in desk.told(OPEN)


def test_refusals_differ_in_nothing_for_known_unknown_and_disabled_accounts(
    device: Authenticator, app: Flask
) -> None:
    browsers = [Desk(app, f"192.0.2.{place}") for place in range(3)]
    questions = [asked(browser, DOOR) for browser in browsers]
    answers: list[Spoiled] = [
        WRONG["another key"],
        WRONG["an unknown passkey"],
        lambda it, question: it.answer(question),
    ]
    with app.test_request_context(base_url=ADDRESS):
        commands.switch(EMAIL, False)

    refused = [
        browser.send(DOOR, to=SIGN_IN, **answer(device, question))
        for browser, answer, question in zip(browsers, answers, questions, strict=True)
    ]

    assert [one.status_code for one in refused] == [422] * 3
    plain = [re.sub(r'(value|data-question)="[^"]*"', "", one.text) for one in refused]
    assert plain[0] == plain[1] == plain[2]
    assert REFUSED in plain[0]
    assert [browser.get(OPEN).status_code for browser in browsers] == [302] * 3


def test_an_answer_opens_nothing_a_second_time(uncounted: Authenticator, stranger: Desk) -> None:
    sent = stranger.hidden(DOOR) | uncounted.answer(asked(stranger, DOOR))
    thief = copy_of(stranger)

    first = stranger.post(SIGN_IN, sent)
    unasked = stranger.post(VERIFY, sent)
    again = thief.post(SIGN_IN, sent)

    assert (first.location, unasked.location, again.status_code) == (OPEN, AGAIN, 422)
    assert thief.get(OPEN).status_code == 302


def test_one_answer_sent_from_many_browsers_at_once_lets_one_in(
    uncounted: Authenticator, stranger: Desk
) -> None:
    answer = stranger.hidden(DOOR) | uncounted.answer(asked(stranger, DOOR))
    browsers = [stranger, *(copy_of(stranger) for _place in range(5))]
    ready, answers = Barrier(len(browsers)), [0] * len(browsers)

    def race(place: int) -> None:
        ready.wait()
        answers[place] = browsers[place].post(SIGN_IN, answer).status_code

    threads = [Thread(target=race, args=(place,)) for place in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [302] + [422] * 5


@pytest.mark.parametrize(("minutes", "status"), [(59, 302), (61, 422)])
def test_a_question_waits_an_hour_for_its_answer(
    device: Authenticator, stranger: Desk, clock: time_machine.Traveller, minutes: int, status: int
) -> None:
    sent = stranger.hidden(DOOR) | device.answer(asked(stranger, DOOR))
    clock.shift(timedelta(minutes=minutes))

    assert stranger.post(SIGN_IN, sent).status_code == status


def test_open_pages_of_one_browser_ask_the_same_for_half_an_hour(
    stranger: Desk, clock: time_machine.Traveller
) -> None:
    found = []
    for minutes in (0, 29, 2):
        clock.shift(timedelta(minutes=minutes))
        found.append(asked(stranger, DOOR)["challenge"])

    assert found[0] == found[1] != found[2]


def test_somebody_elses_passkey_is_no_second_proof(device: Authenticator, stranger: Desk) -> None:
    hire(stranger.app, OTHER)
    besa = Desk(stranger.app, "192.0.2.3")
    besa.sign_in(OTHER)
    theirs = add_passkey(besa)
    stranger.password()

    refused = stranger.send(CODE, to=SIGN_IN, **theirs.answer(asked(stranger, CODE)))

    assert device.id != theirs.id
    assert (refused.status_code, stranger.get(OPEN).status_code) == (422, 302)


def test_somebody_elses_passkey_does_not_prove_that_it_is_still_oneself(
    device: Authenticator, stranger: Desk, clock: time_machine.Traveller
) -> None:
    hire(stranger.app, OTHER)
    question = asked(stranger, DOOR)
    stranger.sign_in(OTHER)
    clock.shift(timedelta(minutes=16))

    refused = stranger.send(AGAIN, to=f"{VERIFY}?next={ADD}", **device.answer(question))

    assert refused.location == f"{AGAIN}?next={ADD}"
    assert REFUSED in stranger.told(AGAIN)
    assert stranger.get(ADD).location == f"{AGAIN}?next={ADD}"


def test_ten_wrong_answers_close_the_door_for_a_passkey_wherever_they_come_from(
    device: Authenticator, app: Flask
) -> None:
    def tried(place: int) -> int:
        browser = Desk(app, f"192.0.2.{place}")
        return browser.send(
            DOOR, to=SIGN_IN, **WRONG["another key"](device, asked(browser, DOOR))
        ).status_code

    assert [tried(place) for place in range(11)] == [422] * 10 + [429]
    assert Desk(app, "192.0.2.99").password().status_code == 302


def test_one_place_does_not_try_many_passkeys(stranger: Desk) -> None:
    answers = [
        stranger.send(DOOR, to=SIGN_IN, **Authenticator(handle="AAAA").answer(asked(stranger, DOOR)))
        for _time in range(11)
    ]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


def test_a_password_alone_sets_up_no_app_where_there_is_a_passkey(
    device: Authenticator, stranger: Desk
) -> None:
    forget_the_app(stranger.app)

    led = stranger.password()
    set_up = stranger.send(SIGN_IN, to="/en/desk/account/authenticator", setup="authenticator")
    stranger.password()
    question = asked(stranger, SIGN_IN)
    done = stranger.send(SIGN_IN, **device.answer(question))

    assert led.location.partition("?")[0] == SIGN_IN
    assert "code-picture" not in set_up.text
    assert question["allowCredentials"] == [{"type": "public-key", "id": encoded(device.id)}]
    assert done.location == OPEN


def test_a_recovery_code_helps_where_a_passkey_alone_is_out_of_reach(
    desk: Desk, device: Authenticator, stranger: Desk
) -> None:
    made = desk.send("/en/desk/account/recovery-codes", generate_new_codes="1").text
    forget_the_app(stranger.app)
    stranger.password()
    offered = stranger.get(SIGN_IN).text

    led = stranger.send("/en/desk/sign-in/recovery", code=made.split("<li><code>")[1][:14])

    assert device.count == 1
    assert "/en/desk/sign-in/recovery" in offered
    assert led.location == OPEN


def test_without_a_passkey_none_is_asked_for(desk: Desk, stranger: Desk) -> None:
    desk.sign_in()
    stranger.password()

    pages = [desk.get(AGAIN), stranger.get(CODE), stranger.get(SIGN_IN)]
    assert ["data-question" in page.text for page in pages] == [False] * 3


def test_what_verifies_passkeys_is_loaded_when_one_answers() -> None:
    order = "import embassy.app, sys; print([name for name in sys.modules if 'webauthn' in name])"

    told = subprocess.run([sys.executable, "-c", order], capture_output=True, text=True, check=True)

    assert told.stdout == "['flask_security.webauthn', 'flask_security.webauthn_util']\n"


def test_a_password_is_still_asked_for_its_code(device: Authenticator, stranger: Desk) -> None:
    asked_for = stranger.password(EMAIL, PASSWORD)

    assert device.count == 1
    assert asked_for.location.partition("?")[0] == CODE
