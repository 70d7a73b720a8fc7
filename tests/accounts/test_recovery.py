"""Recovery codes are made with the first app, shown until they are kept, and told when one is used."""

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask

from embassy.accounts import commands
from tests.accounts.desk import EMAIL, Desk, figures, forget_the_app, hire
from tests.rooms import ADDRESS
from tests.servers import NuChecker

OPEN, SET_UP, CODE = "/en/desk/account", "/en/desk/account/authenticator", "/en/desk/sign-in/code"
CODES, FIRST = f"{OPEN}/recovery-codes", f"{OPEN}/recovery-codes/first"


def shown(page: str) -> list[str]:
    """Return the recovery codes on a page."""
    return re.findall(r"<li><code>([0-9a-f-]{14})</code>", page)


def begun(desk: Desk, tag: str = "en") -> str:
    """Begin to set up an app; returns what it shows then."""
    page = desk.send(f"/{tag}/desk/account/authenticator", setup="authenticator").text
    (key,) = re.findall(r"<code>([A-Z2-7-]+)</code>", page)
    return figures(key)


def held(app: Flask) -> list[str] | None:
    """Return the codes as they are stored."""
    with app.test_request_context(base_url=ADDRESS):
        return commands.found(EMAIL).mf_recovery_codes


@pytest.fixture
def newcomer(app: Flask) -> Desk:
    """Somebody who has a password and has just set up the first app."""
    hire(app)
    forget_the_app(app)
    desk = Desk(app)
    desk.password()
    led = desk.send(SET_UP, to=CODE, code=begun(desk))
    assert (led.status_code, led.location) == (302, FIRST)
    return desk


def test_the_first_app_brings_codes_that_are_shown_until_they_are_kept(newcomer: Desk) -> None:
    before = [shown(newcomer.get(path).text) for path in (FIRST, "/sq/desk/account/recovery-codes/first")]
    kept = newcomer.send(FIRST)
    later = [newcomer.get(path) for path in (FIRST, CODES, f"{CODES}?show_codes=1")]

    assert (len(set(before[0])), before[0] == before[1]) == (10, True)
    assert (kept.status_code, kept.location) == (303, "/en/desk")
    assert [(page.status_code, page.location, shown(page.text)) for page in later] == [
        (302, CODES, []),
        (200, None, []),
        (200, None, []),
    ]


def test_the_page_tells_what_the_codes_are_for(newcomer: Desk) -> None:
    told = newcomer.told(FIRST)

    assert "You are signed in." in told
    assert "Each signs you in once when your phone is out of reach." in told
    assert "they are not shown again. Keep them apart from your password." in told


def test_each_first_code_signs_in_and_none_is_kept_in_the_clear(newcomer: Desk) -> None:
    codes = shown(newcomer.get(FIRST).text)
    other = Desk(newcomer.app)
    other.password()

    assert other.send("/en/desk/sign-in/recovery", code=codes[3]).location == OPEN
    assert len(held(newcomer.app) or []) == 9
    assert [code for code in codes if code in repr(held(newcomer.app))] == []


def test_codes_that_nobody_kept_are_not_shown_after_signing_out(
    newcomer: Desk, clock: time_machine.Traveller
) -> None:
    newcomer.send(OPEN, to="/en/desk/sign-out")
    clock.shift(60)
    newcomer.sign_in()

    assert newcomer.get(FIRST).location == CODES


def test_codes_are_shown_only_soon_after_a_password(newcomer: Desk, clock: time_machine.Traveller) -> None:
    clock.shift(16 * 60)

    assert urlsplit(newcomer.get(FIRST).location).path == f"{OPEN}/verify"


def test_an_account_without_codes_gets_them_with_another_app_and_one_that_has_some_keeps_them(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    desk.sign_in()
    before = held(desk.app)
    led, kept = [], []
    for _turn in range(2):
        clock.shift(60)
        led.append(desk.send(SET_UP, to=CODE, code=begun(desk)).location)
        kept.append(held(desk.app))

    assert before is None
    assert led == [FIRST, OPEN]
    assert len(kept[0] or []) == 10
    assert kept[0] == kept[1]


@pytest.mark.parametrize("tag", ["en", "sq", "ar"])
def test_the_page_of_first_codes_is_valid_html(newcomer: Desk, tag: str, nu_checker: NuChecker) -> None:
    assert nu_checker.complaints(newcomer.get(FIRST.replace("/en/", f"/{tag}/")).text) == []
