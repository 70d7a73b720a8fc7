"""The card for an emergency opens where there is no network, and says how old it is."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.clients.serving import Service, serving
from tests.journeys.conftest import PHONE


@pytest.fixture
def phone(browser: Browser, own: Service) -> Iterator[Page]:
    """A phone that has not been there before."""
    context = browser.new_context(
        base_url=own.address, viewport=PHONE, locale="sr", timezone_id="Europe/Brussels"
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("en", r"stored on this device on \d+ [A-Z][a-z]+ 20\d\d at \d\d:\d\d\.$"),
        ("ar", r"\d+ \S+ 20\d\d"),
    ],
)
def test_the_card_opens_without_the_service_and_says_when_it_was_stored(
    tag: str, says: str, own: Service, phone: Page
) -> None:
    with serving(own):
        phone.goto(f"/{tag}/emergency")
        expect(phone.locator("#stored")).to_be_visible()
        expect(phone.locator("#kept")).to_be_hidden()
        number = phone.locator(".emergency .number").first.inner_text()

    phone.reload()

    expect(phone.locator("#kept")).to_have_text(re.compile(says))
    expect(phone.locator("#stored")).to_be_hidden()
    assert phone.locator(".emergency .number").first.inner_text() == number
    assert phone.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Embassy')
    assert phone.evaluate("document.fonts.check('16px \"Embassy Sans\"')")


def test_no_other_page_is_kept(own: Service, phone: Page) -> None:
    with serving(own):
        phone.goto("/en/emergency")
        expect(phone.locator("#stored")).to_be_visible()
        phone.goto("/en/consular")

    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        phone.reload()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        phone.context.new_page().goto("/fr/emergency")
    card = phone.context.new_page()
    card.goto("/en/emergency")

    expect(card.locator("#kept")).to_be_visible()


def test_with_the_service_back_the_card_is_fresh_again(own: Service, phone: Page) -> None:
    with serving(own):
        phone.goto("/en/emergency")
        expect(phone.locator("#stored")).to_be_visible()
    phone.reload()
    expect(phone.locator("#kept")).to_be_visible()

    with serving(own):
        phone.reload()

        expect(phone.locator("#stored")).to_be_visible()
        expect(phone.locator("#kept")).to_be_hidden()
