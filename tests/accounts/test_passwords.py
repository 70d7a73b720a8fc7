"""Passwords: what is taken, how a new one is set, and that a link serves once (NIST SP 800-63B-4, 3.1.1)."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from embassy.accounts import commands
from embassy.core.access import Role
from embassy.db.outbox import Mail
from embassy.web.house import House
from tests.accounts.desk import EMAIL, PASSWORD, Desk, hire
from tests.rooms import ADDRESS

FORGOTTEN, CHANGE = "/en/desk/password", "/en/desk/account/password"
NEW = "five lamps beside a quiet harbour"
GONE = "This link is no longer valid. Ask for a new one."


def test_a_forgotten_password_is_set_anew_by_a_link_that_serves_once(desk: Desk) -> None:
    desk.send(FORGOTTEN, email=EMAIL)
    link = linked(desk.app)

    first = desk.send(link, password=NEW, password_confirm=NEW)
    second = desk.get(link)

    assert (first.status_code, first.location) == (302, "/en/desk/sign-in")
    assert second.location == FORGOTTEN
    assert GONE in desk.told(FORGOTTEN)
    assert Desk(desk.app).password().status_code == 200
    assert Desk(desk.app).password(password=NEW).status_code == 302


def test_setting_a_new_password_signs_nobody_in_and_ends_every_session(desk: Desk) -> None:
    desk.sign_in()
    other = Desk(desk.app)
    other.send(FORGOTTEN, email=EMAIL)
    other.send(linked(desk.app), password=NEW, password_confirm=NEW)

    assert [one.get("/en/desk/account").status_code for one in (desk, other)] == [302, 302]
    assert "has a new value since now" in mails(desk.app)[-1].body


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 302)])
def test_a_link_is_good_for_an_hour(
    desk: Desk, clock: time_machine.Traveller, minutes: int, status: int
) -> None:
    desk.send(FORGOTTEN, email=EMAIL)
    clock.shift(timedelta(minutes=minutes))

    assert desk.get(linked(desk.app)).status_code == status


def test_a_link_whose_password_was_changed_otherwise_is_worth_nothing(desk: Desk) -> None:
    desk.send(FORGOTTEN, email=EMAIL)
    link = linked(desk.app)
    desk.sign_in()
    desk.send(CHANGE, password=PASSWORD, new_password=NEW, new_password_confirm=NEW)

    assert Desk(desk.app).get(link).location == FORGOTTEN


def test_asking_for_an_unknown_address_is_answered_alike_and_sends_nothing(desk: Desk) -> None:
    before = len(mails(desk.app))
    known, unknown = (desk.send(FORGOTTEN, email=email) for email in (EMAIL, "nobody@example.org"))

    plain = [re.sub(r'value="[^"]*"', "", one.text) for one in (known, unknown)]
    assert plain[0].replace(EMAIL, "…") == plain[1].replace("nobody@example.org", "…")
    assert "a mail with a link is on its way" in plain[0]
    assert len(mails(desk.app)) == before + 1


def test_the_mail_speaks_the_language_it_was_asked_in(desk: Desk) -> None:
    desk.send("/sq/desk/password", email=EMAIL)

    last = mails(desk.app)[-1]
    assert (last.language, last.subject, last.recipient) == ("sq", "Fjalëkalim i ri", EMAIL)
    assert f"{ADDRESS}/sq/desk/password/" in last.body


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("a" * 14, "A password has 15 to 128 characters."),
        ("seven bridges " * 10, "A password has 15 to 128 characters."),
        ("passwordpassword", "This password is easily guessed."),
        ("111111111111111", "This password is easily guessed."),
        ("ana@example.org", "This password is easily guessed."),
        ("qwertyuiopasdfg", "This password is easily guessed."),
        (PASSWORD, "The new password is the old one. Choose another."),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(desk: Desk, chosen: str, told: str) -> None:
    desk.sign_in()
    refused = desk.send(CHANGE, password=PASSWORD, new_password=chosen, new_password_confirm=chosen)

    assert refused.status_code == 200
    assert told in refused.text
    assert Desk(desk.app).password().status_code == 302


@pytest.mark.parametrize(
    "chosen", ["ura e gjatë mbi lumin e kthjellët", "x" * 3 + NEW, "七つの橋と静かな川と古い灯台の夜明け"]
)
def test_any_characters_do_and_no_mixture_is_asked(desk: Desk, chosen: str) -> None:
    desk.sign_in()
    desk.send(CHANGE, password=PASSWORD, new_password=chosen, new_password_confirm=chosen)

    assert Desk(desk.app).password(password=chosen).status_code == 302


def test_two_different_entries_are_no_password(desk: Desk) -> None:
    desk.sign_in()
    refused = desk.send(CHANGE, password=PASSWORD, new_password=NEW, new_password_confirm=f"{NEW}.")

    assert "The two passwords differ. Enter the same one twice." in refused.text


def test_changing_asks_for_the_old_password(desk: Desk) -> None:
    desk.sign_in()
    refused = desk.send(CHANGE, password=NEW, new_password=NEW, new_password_confirm=NEW)

    assert "The password is wrong." in refused.text
    assert Desk(desk.app).password(password=NEW).status_code == 200


def test_an_invitation_is_taken_up_once_and_opening_it_changes_nothing(
    app: Flask, clock: time_machine.Traveller
) -> None:
    link = invitation(app)
    browser = Desk(app)

    opened = [browser.get(link).status_code for _time in range(2)]
    led = browser.send(link)
    clock.shift(timedelta(minutes=1))
    again = Desk(app).send(link)
    done = browser.send(led.location, password=NEW, password_confirm=NEW)

    assert opened == [200, 200]
    assert [one.location.startswith("/en/desk/password/") for one in (led, again)] == [True, True]
    assert done.location == "/en/desk/sign-in"
    assert browser.get(link).location == FORGOTTEN
    assert Desk(app).get(again.location).location == FORGOTTEN
    assert browser.password(password=NEW).location == "/en/desk/account/authenticator"


@pytest.mark.parametrize(("days", "leads"), [(6, 200), (8, 302)])
def test_an_invitation_is_good_for_seven_days(
    app: Flask, clock: time_machine.Traveller, days: int, leads: int
) -> None:
    link = invitation(app)
    clock.shift(timedelta(days=days))

    assert Desk(app).get(link).status_code == leads


@pytest.mark.parametrize("token", ["x", "WyJhIl0.aa.bb"])
def test_an_invented_invitation_leads_nowhere(app: Flask, token: str) -> None:
    browser = Desk(app)

    assert browser.get(f"/en/desk/account/invitation/{token}").location == FORGOTTEN
    assert GONE in browser.told(FORGOTTEN)


def test_whoever_was_invited_and_let_go_again_does_not_come_in(app: Flask) -> None:
    link = invitation(app)
    with app.test_request_context(base_url=ADDRESS):
        commands.switch(EMAIL, False)

    assert Desk(app).get(link).location == FORGOTTEN


def test_nobody_signs_in_before_a_password_is_set(app: Flask) -> None:
    invitation(app)

    assert [Desk(app).password(password=tried).status_code for tried in ("", PASSWORD)] == [200, 200]


def test_a_password_is_kept_as_an_argon2_hash_with_the_advised_cost(app: Flask) -> None:
    hire(app)
    with app.test_request_context(base_url=ADDRESS):
        kept = commands.found(EMAIL).password

    assert kept is not None
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def invitation(app: Flask) -> str:
    """Invite Ana; returns the address in her mail."""
    with app.test_request_context("/en/", base_url=ADDRESS):
        commands.invite(EMAIL, "Ana Hoxha", Role.editor)
    return linked(app)


def linked(app: Flask) -> str:
    """Return the path of the link in the last mail with one."""
    links = [
        found[1] for mail in mails(app) if (found := re.search(rf"{ADDRESS}(/\S+/\S{{20,}})", mail.body))
    ]
    return links[-1]


def mails(app: Flask) -> list[Mail]:
    """Return what waits in the outbox."""
    home: House = app.extensions["embassy"]
    with home.database.reading() as reading:
        return list(reading.scalars(select(Mail).order_by(Mail.id)))
