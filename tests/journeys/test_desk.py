"""Staff at work in a browser: invited, signed in with two proofs, in every look and both directions."""

import re
from email import message_from_bytes
from email.policy import default
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.desk import figures
from tests.clients.serving import Service
from tests.journeys.conftest import DESK, PHONE, Visitor
from tests.journeys.test_every_page import LOOKS, complaints, cut_off

PASSWORD = "five lamps beside a quiet harbour"  # noqa: S105 - of an account made here


def invite(site: Service, email: str) -> str:
    """Invite somebody and return the link in the mail that the worker sends."""
    site.command("user", "invite", email, "--name", "Ana Hoxha", "--role", "editor")
    site.command("work", "--once")
    mails = [
        message_from_bytes(file.read_bytes(), policy=default) for file in (site.folder / "mail").iterdir()
    ]
    (mail,) = (mail for mail in mails if mail["To"] == email)
    found = re.search(rf"{site.address}(\S+/invitation/\S+)", mail.get_content())
    assert found is not None
    return found[1]


def set_up(page: Page, email: str, tag: str = "en") -> None:
    """Go from an opened invitation to one's account."""
    main = page.locator("main")
    main.get_by_role("button").click()
    for name in ("password", "password_confirm"):
        page.locator(f"[name={name}]").fill(PASSWORD)
    main.get_by_role("button").click()
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    main.get_by_role("button").click()
    main.get_by_role("button").click()
    key = main.locator("code").text_content()
    assert key is not None
    page.locator("[name=code]").fill(figures(key))
    main.get_by_role("button").click()
    expect(page).to_have_url(re.compile(f"/{tag}/desk/account$"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_invitation_to_ones_account_and_out_again(
    size: dict[str, int], scripts: bool, visitor: Visitor, site: Service
) -> None:
    email = f"ana.{size['width']}.{scripts}@example.org".lower()
    page = visitor(invite(site, email), viewport=size, java_script_enabled=scripts)

    set_up(page, email)
    expect(page.get_by_text("You are signed in.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Editor · all missions")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{site.address}/en/")
    page.goto("/en/desk/account")
    expect(page).to_have_url(re.compile("/en/desk/sign-in"))


def test_signing_in_takes_the_keyboard_alone(visitor: Visitor, site: Service) -> None:
    email = "keyboard@example.org"
    set_up(visitor(invite(site, email)), email)
    page = visitor("/en/desk/sign-in")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Front page")
    for typed in (email, PASSWORD):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your second proof")
    expect(page.locator("[name=code]")).to_have_attribute("autocomplete", "one-time-code")


@pytest.mark.parametrize("tag", ["sr", "ar"])
def test_the_desk_is_open_to_all_and_fits(tag: str, visitor: Visitor, site: Service) -> None:
    email = f"look.{tag}@example.org"
    invitation = invite(site, email).replace("/en/", f"/{tag}/", 1)
    page = visitor(invitation)
    looks = cycle(LOOKS)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        size, scheme = next(looks)
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        wrong[f"{name} {scheme} {size['width']}"] = complaints(page)
        wrong[f"{name} at 320"] = cut_off(page)

    look("invitation")
    for path in ("sign-in", "password"):
        page.goto(f"/{tag}/desk/{path}")
        look(path)
        page.locator("main").get_by_role("button").click()
        look(f"{path} refused")
    page.goto(invitation)
    set_up(page, email, tag)
    for path in ("", "/password", "/verify", "/authenticator", "/recovery-codes"):
        page.goto(f"/{tag}/desk/account{path}")
        look(f"account{path}")
        if path:
            page.locator("main").get_by_role("button").click()
            look(f"account{path} sent")

    assert {where: found for where, found in wrong.items() if found} == {}
    assert len(wrong) > 24
