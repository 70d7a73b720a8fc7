"""A session is a row on the server: it ends when it should, for whoever holds its cookie (OWASP ASVS 7)."""

from datetime import timedelta
from typing import cast
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from flask_login import encode_cookie
from sqlalchemy import delete, func, select

from embassy.accounts import commands
from embassy.accounts.models import StaffSession
from embassy.web.house import House
from tests.accounts.desk import EMAIL, PASSWORD, Desk, code, hire
from tests.every.markup import Markup
from tests.rooms import ADDRESS

OPEN = "/en/desk/account"
NEW = "five lamps beside a quiet harbour"


def test_a_session_ends_half_an_hour_after_it_was_last_used(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    desk.sign_in()
    answers = []
    for minutes in (29, 29, 31):
        clock.shift(timedelta(minutes=minutes))
        answers.append(desk.get(OPEN).status_code)

    assert answers == [200, 200, 302]


def test_a_session_ends_after_twelve_hours_however_busy(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    answers = []
    for _quarter in range(49):
        clock.shift(timedelta(minutes=15))
        answers.append(desk.get(OPEN).status_code)

    assert answers == [200] * 48 + [302]


def test_signing_out_ends_the_session_for_a_copy_of_its_cookie_too(desk: Desk) -> None:
    desk.sign_in()
    thief = copy_of(desk)
    assert thief.get(OPEN).status_code == 200

    led = desk.send(OPEN, to="/en/desk/sign-out")

    assert led.location == "/en/"
    assert [one.get(OPEN).status_code for one in (desk, thief)] == [302, 302]
    assert rows(desk.app) == 0


def test_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it(desk: Desk) -> None:
    asked = desk.password()
    planted = copy_of(desk)
    desk.send(asked.location, code=code(desk.app))

    assert (desk.get(OPEN).status_code, planted.get(OPEN).status_code) == (200, 302)


def test_signing_in_again_makes_a_new_session(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    first = copy_of(desk)
    desk.send(OPEN, to="/en/desk/sign-out")
    clock.shift(timedelta(minutes=1))
    desk.sign_in()

    assert desk.get(OPEN).status_code == 200
    assert first.get(OPEN).status_code == 302


def test_a_changed_password_ends_all_other_sessions(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    clock.shift(timedelta(minutes=1))
    other = Desk(desk.app, "192.0.2.2")
    other.sign_in()

    led = desk.send(f"{OPEN}/password", password=PASSWORD, new_password=NEW, new_password_confirm=NEW)

    assert led.location == OPEN
    assert other.get(OPEN).status_code == 302
    assert "Your password is changed. All other sessions have ended." in desk.told(OPEN)


def test_a_disabled_account_is_out_at_once_and_does_not_come_in(
    desk: Desk, clock: time_machine.Traveller
) -> None:
    desk.sign_in()
    clock.shift(timedelta(minutes=1))
    with desk.app.test_request_context(base_url=ADDRESS):
        commands.switch(EMAIL, False)

    assert desk.get(OPEN).status_code == 302
    refused = Desk(desk.app).password()
    assert refused.status_code == 200
    assert "The e-mail address or the password is wrong." in refused.text


def test_an_enabled_account_must_sign_in_anew(desk: Desk) -> None:
    desk.sign_in()
    with desk.app.test_request_context(base_url=ADDRESS):
        commands.switch(EMAIL, False)
        commands.switch(EMAIL, True)

    assert desk.get(OPEN).status_code == 302


def test_other_sessions_are_seen_and_ended(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    clock.shift(timedelta(minutes=1))
    other = Desk(desk.app, "2001:db8::7")
    other.sign_in()
    assert "2001:db8::7" in desk.told(OPEN)

    desk.send(OPEN, to=f"{OPEN}/sessions/end")

    assert other.get(OPEN).status_code == 302
    assert "All your other sessions have ended." in desk.told(OPEN)
    assert rows(desk.app) == 1


def test_nobody_ends_the_sessions_of_another_account(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    clock.shift(timedelta(minutes=1))
    hire(desk.app, "besa@example.org")
    other = Desk(desk.app)
    other.sign_in("besa@example.org")

    other.send(OPEN, to=f"{OPEN}/sessions/end")

    assert desk.get(OPEN).status_code == 200
    assert "192.0.2.1" in desk.told(OPEN)


@pytest.fixture
def places(desk: Desk, clock: time_machine.Traveller) -> list[Desk]:
    """Three browsers in which Ana is signed in, a minute after each other."""
    found = [desk, Desk(desk.app, "2001:db8::7"), Desk(desk.app, "2001:db8::8")]
    for number, browser in enumerate(found):
        browser.client.environ_base["HTTP_USER_AGENT"] = f"Firefox/14{number} (Windows NT 10.0)"
        browser.sign_in()
        clock.shift(timedelta(minutes=1))
    return found


def listed(desk: Desk) -> list[str]:
    """Return what ends each session on the page of an account, in the order they are told."""
    return [button["value"] for button in Markup(desk.get(OPEN).text).all("button", name="only")]


def test_each_session_tells_its_browser_and_when_it_began_and_this_one_stands_first(
    places: list[Desk],
) -> None:
    told = places[1].told(OPEN).rpartition("Where you are signed in")[2].partition("End all other")[0]
    day, name = "Sunday, 22 November 2026", "Firefox, Windows"

    assert (
        told.split()
        == (
            f"{name} · this browser Signed in: {day}, 13:01 · last seen: {day}, 13:03 · 2001:db8::7"
            f" {name} Signed in: {day}, 13:02 · last seen: {day}, 13:02 · 2001:db8::8"
            f" End it {name} , {day}, 13:02"
            f" {name} Signed in: {day}, 13:00 · last seen: {day}, 13:00 · 192.0.2.1"
            f" End it {name} , {day}, 13:00"
        ).split()
    )


def test_one_session_is_ended_and_the_rest_stay(places: list[Desk]) -> None:
    latest, _earliest = listed(places[1])

    led = places[1].send(OPEN, to=f"{OPEN}/sessions/end", only=latest)

    assert led.location == OPEN
    assert "The session has ended." in places[1].told(OPEN)
    assert [browser.get(OPEN).status_code for browser in places] == [200, 200, 302]


@pytest.mark.parametrize("only", ["", "0", "x", "-1", "9" * 40])
def test_a_session_that_is_none_ends_nothing(places: list[Desk], only: str) -> None:
    led = places[1].send(OPEN, to=f"{OPEN}/sessions/end", only=only)

    assert led.location == OPEN
    assert [browser.get(OPEN).status_code for browser in places] == [200] * 3


def test_neither_this_session_nor_one_of_another_account_is_ended_singly(
    places: list[Desk], clock: time_machine.Traveller
) -> None:
    own = (set(listed(places[0])) - set(listed(places[1]))).pop()
    clock.shift(timedelta(minutes=1))
    hire(places[0].app, "besa@example.org")
    besa = Desk(places[0].app)
    besa.sign_in("besa@example.org")

    for browser in (places[1], besa):
        browser.send(OPEN, to=f"{OPEN}/sessions/end", only=own)

    assert [browser.get(OPEN).status_code for browser in places] == [200] * 3


def test_sessions_that_ended_by_themselves_are_swept(desk: Desk, clock: time_machine.Traveller) -> None:
    desk.sign_in()
    clock.shift(timedelta(hours=13))
    Desk(desk.app).sign_in()

    assert rows(desk.app) == 1


def test_no_browser_is_remembered_beyond_its_session(desk: Desk, clock: time_machine.Traveller) -> None:
    asked = desk.send("/en/desk/sign-in", email=EMAIL, password=PASSWORD, remember="y")
    led = desk.send(urlsplit(asked.location).path, code=code(desk.app))
    names = {cookie.partition("=")[0] for cookie in led.headers.getlist("Set-Cookie")}
    clock.shift(timedelta(minutes=31))

    assert names == {"__Host-session"}
    assert desk.get(OPEN).status_code == 302


def test_a_remembered_identity_is_nobody(desk: Desk) -> None:
    with desk.app.test_request_context(base_url=ADDRESS):
        forged = encode_cookie(str(commands.found(EMAIL).fs_uniquifier))
    stranger = Desk(desk.app)
    stranger.client.set_cookie("remember_token", forged, domain="embassy.example")

    assert [stranger.get(path).status_code for path in (OPEN, "/en/desk/sign-in", OPEN)] == [302] * 3
    assert rows(desk.app) == 0


@pytest.mark.parametrize(("minutes", "leads"), [(14, 302), (16, 302)])
def test_a_password_alone_waits_a_quarter_of_an_hour_for_its_second_proof(
    desk: Desk, clock: time_machine.Traveller, minutes: int, leads: int
) -> None:
    asked = desk.password()
    clock.shift(timedelta(minutes=minutes))
    page = desk.get(urlsplit(asked.location).path)
    if page.status_code == 200:
        page = desk.send(urlsplit(asked.location).path, code=code(desk.app))

    assert (page.status_code, page.location) == (leads, OPEN if minutes < 15 else "/en/desk/sign-in")


def test_the_cookie_is_bound_to_this_host_and_no_script_reads_it(desk: Desk) -> None:
    (cookie,) = desk.password().headers.getlist("Set-Cookie")

    assert cookie.startswith("__Host-session=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "Secure",
        "HttpOnly",
        "Path=/",
        "SameSite=Lax",
    }


def test_a_session_whose_row_is_gone_is_nobody(desk: Desk) -> None:
    desk.sign_in()
    home: House = desk.app.extensions["embassy"]
    with home.database.quietly_writing() as writing:
        writing.execute(delete(StaffSession))

    assert desk.get(OPEN).status_code == 302


@pytest.mark.parametrize(
    "path", ["/en/", "/en/events/", "/sq/search?q=tirana", "/en/events.ics", "/static/nothing"]
)
def test_public_pages_are_the_same_for_staff_and_set_no_cookie(desk: Desk, path: str) -> None:
    before = desk.app.test_client(use_cookies=False).get(path)
    desk.sign_in()
    signed_in = desk.get(path)

    assert before.data == signed_in.data
    assert "Cookie" not in signed_in.headers.get("Vary", "")
    assert "Set-Cookie" not in signed_in.headers


def copy_of(desk: Desk) -> Desk:
    """Return another browser that holds the same cookie."""
    thief = Desk(desk.app, "198.51.100.9")
    cookie = desk.client.get_cookie("__Host-session", "embassy.example")
    assert cookie is not None
    thief.client.set_cookie("__Host-session", cookie.value, domain="embassy.example", secure=True)
    return thief


def rows(app: Flask) -> int:
    """Return how many sessions stand."""
    home: House = app.extensions["embassy"]
    with home.database.reading() as reading:
        return cast(int, reading.scalar(select(func.count()).select_from(StaffSession)))
