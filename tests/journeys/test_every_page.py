"""Every kind of page in every language, in a real browser: nothing stopped, nothing cut off, open to all."""

from itertools import cycle

import pytest
from playwright.sync_api import ConsoleMessage

from embassy.core.languages import SPOKEN
from tests.journeys.conftest import Visitor
from tests.journeys.looking import LOOKS, complaints, cut_off


@pytest.mark.parametrize("tag", SPOKEN)
def test_pages_are_open_to_all_fit_and_break_no_policy(
    tag: str, visitor: Visitor, page_kinds: list[str]
) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "404 (NOT FOUND)" not in message.text:
            said.append(message.text)

    page = visitor("/health/live")
    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    wrong: dict[str, list[str]] = {}
    looks = cycle(LOOKS)
    # Each language begins with another look, so that in all every kind of page is seen in each.
    for _ in range(list(SPOKEN).index(tag)):
        next(looks)

    for path in page_kinds:
        size, scheme = next(looks)
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        address = f"/{tag}/{path.split('/', 2)[2]}"
        page.goto(address)
        # What is folded away counts too; the checker would pass it by.
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        wrong[f"{address} {scheme} {size['width']}"] = complaints(page)
        wrong[f"{address} at 320"] = cut_off(page)

    assert {where: found for where, found in wrong.items() if found} == {}
    assert said == []


def test_the_policy_would_stop_a_script_of_the_page_and_we_would_hear(visitor: Visitor) -> None:
    said: list[str] = []
    page = visitor("/en/")
    page.on("console", lambda message: said.append(message.text))

    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")

    assert len(said) == 2
    assert all("Content Security Policy" in message for message in said)


def test_a_page_too_wide_would_be_named(visitor: Visitor) -> None:
    page = visitor("/en/")
    page.evaluate("document.querySelector('h1').textContent = 'w'.repeat(200)")
    page.evaluate("document.querySelector('h1').style.overflowWrap = 'normal'")

    assert cut_off(page)[0].startswith("page ")
