"""Whoever sends a form after the session ended signs in and comes back to the page it was sent from."""

from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import TestResponse

from tests.accounts.desk import Desk
from tests.rooms import ADDRESS

ACCOUNT, SIGN_IN = "/en/desk/account", "/en/desk/sign-in"
TOLD = "Your session has ended, so nothing was saved. Sign in and send it again."


@pytest.fixture
def held(desk: Desk) -> dict[str, str]:
    """The hidden fields of a page that stayed open while its session was ended in another window."""
    desk.sign_in()
    fields = desk.hidden(ACCOUNT)
    desk.send(ACCOUNT, to="/en/desk/sign-out")
    return fields


def sent(desk: Desk, fields: dict[str, str], referrer: str, path: str = f"{ACCOUNT}/name") -> TestResponse:
    """Send a form from a page."""
    return desk.client.post(path, data=fields, headers={"Referer": referrer})


@pytest.mark.parametrize(
    ("page", "back"),
    [
        (f"{ADDRESS}/en/desk/records/event/fair?q=a", "/en/desk/records/event/fair?q=a"),
        (f"{ADDRESS}/en/desk/planned", "/en/desk/planned"),
    ],
)
def test_a_form_sent_after_the_session_leads_to_sign_in_and_back(
    desk: Desk, held: dict[str, str], page: str, back: str
) -> None:
    led = sent(desk, held, page, "/en/desk/records/event/begin")

    assert led.status_code == 303
    assert urlsplit(led.location).path == SIGN_IN
    assert parse_qs(urlsplit(led.location).query) == {"next": [back]}
    assert TOLD in desk.told(led.location)


def test_nobody_is_led_back_to_another_site(desk: Desk, held: dict[str, str]) -> None:
    led = sent(desk, held, "https://elsewhere.example/en/desk", "/en/desk/records/event/begin")

    assert "elsewhere" not in (led.location or "")


def test_a_form_of_the_doors_without_its_token_is_refused_as_before(desk: Desk, held: dict[str, str]) -> None:
    assert sent(desk, held, f"{ADDRESS}{SIGN_IN}", SIGN_IN).status_code == 400


def test_whoever_is_signed_in_is_not_asked_again(desk: Desk) -> None:
    desk.sign_in()

    assert sent(desk, {}, f"{ADDRESS}/en/desk", "/en/desk/records/event/begin").status_code == 400
