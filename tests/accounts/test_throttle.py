"""Doors tire of wrong tries, and only of those (OWASP ASVS 6.3.1)."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from embassy.accounts.models import Attempt
from embassy.web.house import House
from tests.accounts.desk import EMAIL, PASSWORD, Desk, code, hire

WRONG = "seven bridges over one wild river"
OTHER = "besa@example.org"


@pytest.mark.parametrize("claimed", [EMAIL, "nobody@example.org"])
def test_ten_wrong_passwords_close_the_door_of_an_address_known_or_not(
    desk: Desk, clock: time_machine.Traveller, claimed: str
) -> None:
    hire(desk.app, OTHER)
    answers = [Desk(desk.app, f"192.0.2.{place}").password(claimed, WRONG) for place in range(11)]
    last = answers[-1]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert (last.headers["Retry-After"], last.headers["Cache-Control"]) == ("300", "no-store")
    assert Desk(desk.app, "192.0.2.99").password(claimed).status_code == 429
    assert Desk(desk.app, "192.0.2.1").password(OTHER).status_code == 302
    clock.shift(timedelta(minutes=5, seconds=1))
    assert Desk(desk.app).password(claimed, WRONG).status_code == 200


def test_capitals_and_spaces_make_no_other_address(desk: Desk) -> None:
    for spelt in (EMAIL, EMAIL.upper(), f" {EMAIL} ", EMAIL.title(), EMAIL) * 2:
        desk.password(spelt, WRONG)

    assert desk.password().status_code == 429


@pytest.mark.parametrize("spelt", ["ana@ｅxample.org", "ana@example。org", "ana@EXAMPLE．org"])
def test_another_way_to_write_an_address_gets_no_tries_of_its_own(desk: Desk, spelt: str) -> None:
    for place in range(10):
        Desk(desk.app, f"192.0.2.{place}").password(EMAIL, WRONG)

    assert Desk(desk.app, "192.0.2.77").password(spelt).status_code == 429


def test_what_is_no_address_has_tries_of_its_own_too(desk: Desk) -> None:
    answers = [
        Desk(desk.app, f"192.0.2.{place}").password("nobody", WRONG).status_code for place in range(11)
    ]

    assert answers == [200] * 10 + [429]


def test_one_place_does_not_try_many_accounts(desk: Desk) -> None:
    answers = [desk.password(f"someone{number}@example.org", WRONG).status_code for number in range(11)]

    assert answers == [200] * 10 + [429]
    assert Desk(desk.app, "192.0.2.2").password().status_code == 302


def test_colleagues_behind_one_address_do_not_shut_each_other_out(desk: Desk) -> None:
    hire(desk.app, OTHER)
    for _time in range(10):
        desk.password(OTHER, WRONG)

    assert desk.password().status_code == 302


def test_signing_in_rightly_counts_for_nothing(desk: Desk) -> None:
    answers = [Desk(desk.app).password().status_code for _time in range(12)]

    assert answers == [302] * 12


@pytest.mark.parametrize(("path", "wrong"), [("code", "000000"), ("recovery", "0000-0000-0000")])
def test_ten_wrong_proofs_close_the_door_for_the_account_wherever_they_come_from(
    desk: Desk, path: str, wrong: str
) -> None:
    answers = []
    for place in range(11):
        browser = Desk(desk.app, f"192.0.2.{place}")
        browser.password()
        answers.append(browser.send(f"/en/desk/sign-in/{path}", code=wrong).status_code)

    assert answers == [200] * 10 + [429]
    desk.password()
    assert desk.send("/en/desk/sign-in/code", code=code(desk.app)).status_code == 429


def test_what_is_kept_of_a_try_names_nobody_and_goes_after_a_day(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    desk.password(password=WRONG)
    first = attempts(desk)
    clock.shift(timedelta(days=1, minutes=1))
    desk.password(password=WRONG)

    assert len(first) == len(attempts(desk)) == 1
    assert EMAIL not in repr(first)
    assert desk.address not in repr(first)


def test_three_resets_in_six_hours_are_enough(desk: Desk, clock: time_machine.Traveller) -> None:
    def ask(email: str) -> int:
        return desk.send("/en/desk/password", email=email).status_code

    assert [ask(EMAIL) for _time in range(4)] == [200, 200, 200, 429]
    assert ask(OTHER) == 200
    clock.shift(timedelta(hours=6, seconds=1))
    assert ask(EMAIL) == 200


def test_the_password_that_is_asked_for_again_is_throttled_too(desk: Desk) -> None:
    desk.sign_in()
    answers = [
        desk.send("/en/desk/account/verify", password=password).status_code
        for password in [WRONG] * 10 + [PASSWORD]
    ]

    assert answers == [200] * 10 + [429]


def attempts(desk: Desk) -> list[tuple[str, str, str]]:
    """Return what is kept of the tries."""
    home: House = desk.app.extensions["embassy"]
    with home.database.reading() as reading:
        rows = reading.scalars(select(Attempt))
        return [(row.door, row.subject, row.address) for row in rows]
