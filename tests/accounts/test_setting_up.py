"""An app is set up at leisure: picture, key and link stay until its code is right, and the throttle holds."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.accounts.desk import EMAIL, Desk, code, figures, forget_the_app, hire
from tests.every.markup import Markup
from tests.servers import NuChecker

OPEN, SET_UP, CODE = "/en/desk/account", "/en/desk/account/authenticator", "/en/desk/sign-in/code"
WRONG = "This code is wrong or was used before. Wait for the next one."


@pytest.fixture(params=["first", "another"])
def owner(request: pytest.FixtureRequest, app: Flask, clock: time_machine.Traveller) -> Desk:
    """Somebody about to set up the first app, or another one."""
    hire(app)
    desk = Desk(app)
    if request.param == "another":
        desk.sign_in()
        clock.shift(timedelta(minutes=1))
    else:
        forget_the_app(app)
        desk.password()
    return desk


def setup(page: str) -> tuple[list[str], list[str], list[str]]:
    """Return picture, key and link of the app on a page."""
    return (
        re.findall(r"<svg.*?</svg>", page),
        re.findall(r"<code>([A-Z2-7-]+)</code>", page),
        re.findall(r'href="(otpauth:[^"]+)"', page),
    )


def test_a_wrong_code_leaves_picture_key_and_link_and_is_named_at_its_field(owner: Desk) -> None:
    begun = owner.send(SET_UP, setup="authenticator").text
    wrong = owner.send(SET_UP, to=CODE, code="000000")
    (field,) = Markup(wrong.text).all("input", id="code")

    assert [len(part) for part in setup(begun)] == [1, 1, 1]
    assert (wrong.status_code, setup(wrong.text)) == (200, setup(begun))
    assert (field["aria-invalid"], field["aria-describedby"], field["value"]) == ("true", "code-error", "")
    assert f'<p class="error" id="code-error">{WRONG}</p>' in wrong.text
    assert f'<a href="#code">{WRONG}</a>' in wrong.text
    assert Markup(wrong.text).words("h1") == ["Set up your authenticator app"]


def test_the_link_holds_the_key_the_service_and_the_address(owner: Desk) -> None:
    _picture, (key,), (link,) = setup(owner.send(SET_UP, setup="authenticator").text)

    bare = key.replace("-", "")
    assert link == (
        f"otpauth://totp/embassy.example:ana@example.org?secret={bare}&amp;issuer=embassy.example"
    )


def test_reading_the_page_again_in_any_language_shows_the_same_app(owner: Desk) -> None:
    begun = setup(owner.send(SET_UP, setup="authenticator").text)

    again = [owner.get(path).text for path in (SET_UP, CODE, "/sq/desk/account/authenticator")]

    assert [setup(page) for page in again] == [begun] * 3


def test_the_right_code_after_a_wrong_one_is_taken_once(owner: Desk, clock: time_machine.Traveller) -> None:
    _picture, (key,), _link = setup(owner.send(SET_UP, setup="authenticator").text)
    owner.send(SET_UP, to=CODE, code="000000")
    used = figures(key)
    taken = owner.send(CODE, code=used)

    other = Desk(owner.app)
    other.password()
    assert taken.location == f"{OPEN}/recovery-codes/first"
    assert code(owner.app) == used
    assert other.send(CODE, code=used).location is None
    clock.shift(timedelta(minutes=1))
    assert other.send(CODE, code=code(owner.app)).location == OPEN


def test_an_app_that_was_set_up_is_shown_nowhere_again(owner: Desk, clock: time_machine.Traveller) -> None:
    _picture, (key,), _link = setup(owner.send(SET_UP, setup="authenticator").text)
    owner.send(CODE, code=figures(key))
    clock.shift(timedelta(minutes=1))

    assert setup(owner.get(SET_UP).text) == ([], [], [])


def test_ten_wrong_codes_close_the_door_while_an_app_is_set_up_too(owner: Desk) -> None:
    _picture, (key,), _link = setup(owner.send(SET_UP, setup="authenticator").text)
    token = owner.hidden(SET_UP)

    answers = [owner.post(CODE, token | {"code": "000000"}).status_code for _time in range(10)]
    refused = owner.post(CODE, token | {"code": figures(key)})

    assert answers == [200] * 10
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)


def test_an_app_begun_by_one_is_not_shown_to_who_signs_in_next(app: Flask) -> None:
    hire(app)
    hire(app, "besa@example.org")
    forget_the_app(app)
    forget_the_app(app, "besa@example.org")
    desk = Desk(app)
    desk.password(EMAIL)
    begun = setup(desk.send(SET_UP, setup="authenticator").text)

    desk.password("besa@example.org")

    assert setup(desk.get(SET_UP).text) == ([], [], [])
    assert setup(desk.send(SET_UP, setup="authenticator").text) != begun


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_page_with_a_wrong_code_is_valid_html(owner: Desk, tag: str, nu_checker: NuChecker) -> None:
    owner.send(SET_UP, setup="authenticator")

    assert nu_checker.complaints(owner.send(f"/{tag}/desk/sign-in/code", code="0").text) == []
