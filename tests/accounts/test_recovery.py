"""Recovery codes are made with the first app, shown until they are kept, and told when one is used."""

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from embassy.accounts import commands, store
from tests.accounts.desk import EMAIL, Desk, figures, forget_the_app, hire
from tests.accounts.test_doors import tables
from tests.accounts.test_forgetting import deeds
from tests.accounts.test_passwords import mails
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


@pytest.fixture
def codes(desk: Desk, clock: time_machine.Traveller) -> list[str]:
    """The ten codes that Ana made; she has signed out since."""
    desk.sign_in()
    made = shown(desk.send(CODES, generate_new_codes="1").text)
    desk.send(OPEN, to="/en/desk/sign-out")
    clock.shift(60)
    return made


def used(desk: Desk, number: str, path: str = "/en/desk/sign-in/recovery") -> TestResponse:
    """Sign in with a recovery code; returns where that leads."""
    desk.password()
    return desk.send(path, code=number)


def test_a_used_code_is_told_on_the_page_in_the_history_in_the_log_and_by_mail(
    desk: Desk, codes: list[str]
) -> None:
    before = len(mails(desk.app))
    led = used(desk, codes[0])
    told, history = desk.told(OPEN), desk.told(OPEN).partition("What happened")[2]
    (mail,) = mails(desk.app)[before:]
    with desk.app.test_request_context(base_url=ADDRESS):
        uid = str(commands.found(EMAIL).uid)

    assert led.location == OPEN
    assert "You signed in with a recovery code." in told
    assert told.count("9 recovery codes are left.") == 2
    assert history.index("You signed in") < history.index("A recovery code was used")
    assert deeds(desk.app)[-1] == ("recovery_code_used", uid)
    assert (mail.recipient, mail.language, mail.subject) == (EMAIL, "en", "A recovery code was used")
    assert "was used to sign in to your account at" in mail.body
    assert "9 recovery codes are left. On your account page you can make new ones:" in mail.body
    assert f"{ADDRESS}/en/desk/account\n" in mail.body
    assert f"{ADDRESS}/en/desk/password" in mail.body


def test_no_used_code_is_told_to_anybody(desk: Desk, codes: list[str]) -> None:
    used(desk, codes[0])

    written = repr({name: rows for name, rows in tables(desk.app).items() if rows})
    told = desk.told(OPEN) + "".join(mail.body for mail in mails(desk.app))
    assert "recovery_code_used" in written
    assert [code for code in codes if code in written + told] == []


def test_the_mail_is_in_the_language_of_its_reader_whatever_that_of_the_page(
    desk: Desk, codes: list[str]
) -> None:
    with desk.app.test_request_context(base_url=ADDRESS):
        commands.found(EMAIL).language = "fr"
        store.AccountStore().commit()

    used(desk, codes[0], "/de/desk/sign-in/recovery")
    mail = mails(desk.app)[-1]

    assert (mail.language, mail.subject) == ("fr", "Un code de secours a été utilisé")
    assert "Il reste 9 codes de secours." in mail.body
    assert f"{ADDRESS}/fr/desk/account\n" in mail.body
    assert "Es sind noch 9 Ersatzcodes übrig." in desk.told("/de/desk/account")


def test_few_codes_lead_to_making_new_ones(desk: Desk, codes: list[str]) -> None:
    led, told = [], []
    for number in codes:
        led.append(used(desk, number).location)
        told.append(re.findall(r"(\d+) recovery codes? (?:is|are) left", desk.told(CODES))[0])
        desk.send(OPEN, to="/en/desk/sign-out")

    assert led == [OPEN] * 6 + [CODES] * 4
    assert told == ["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"]
    assert used(desk, codes[0]).location is None


def test_new_codes_are_made_where_few_lead(desk: Desk, codes: list[str]) -> None:
    for number in codes[:7]:
        used(desk, number)
        desk.send(OPEN, to="/en/desk/sign-out")
    led = used(desk, codes[7])
    made = shown(desk.send(led.location, generate_new_codes="1").text)

    assert len(set(made) - set(codes)) == 10
    assert "10 recovery codes are left." in desk.told(OPEN)


def test_a_wrong_code_is_told_as_none_that_was_used(desk: Desk, codes: list[str]) -> None:
    before = len(mails(desk.app)), len(deeds(desk.app))
    refused = used(desk, codes[0][::-1])

    assert (refused.status_code, len(held(desk.app) or [])) == (200, 10)
    assert (len(mails(desk.app)), len(deeds(desk.app))) == before


def test_a_recovery_code_leads_back_to_the_page_that_was_asked_for(desk: Desk, codes: list[str]) -> None:
    desk.password()
    asked = desk.get(f"{CODE}?next=/en/desk/log").text
    (link,) = re.findall(r'href="(/en/desk/sign-in/recovery[^"]*)"', asked)
    (target,) = re.findall(r'action="(/en/desk/sign-in/recovery[^"]*)"', desk.get(link).text)

    assert desk.send(link, to=target, code=codes[0]).location == "/en/desk/log"


@pytest.mark.parametrize("tag", ["en", "sq", "ar"])
def test_the_page_of_first_codes_is_valid_html(newcomer: Desk, tag: str, nu_checker: NuChecker) -> None:
    assert nu_checker.complaints(newcomer.get(FIRST.replace("/en/", f"/{tag}/")).text) == []
