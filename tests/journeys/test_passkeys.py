"""Staff add a passkey, sign in with it alone, and remove it, in a browser that has an authenticator."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, ConsoleMessage, Page, expect

from tests import servers
from tests.clients.serving import Service, serving
from tests.journeys.conftest import DESK, PHONE, Visitor
from tests.journeys.looking import Looking
from tests.journeys.test_desk import invite, set_up

DOOR, OPEN, ADD, AGAIN = (
    f"/en/desk/{path}" for path in ("sign-in", "account", "account/passkeys", "account/verify")
)


class Named(Service):
    """The service at a name, without which browsers keep no passkeys."""

    @property
    def address(self) -> str:
        """Return the address readers use."""
        return f"http://localhost:{self.port}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample service, served at a name."""
    built = Named(tmp_path_factory.mktemp("named"), servers.free_port())
    built.command("migrate")
    built.command("sample")
    with serving(built):
        yield built


def authenticator(page: Page, *, verified: bool = True) -> tuple[CDPSession, str]:
    """Give a page's browser a device that keeps passkeys and, if wished, knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": verified,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session, added["authenticatorId"]


def press(page: Page, name: str) -> None:
    """Press a button of the page."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def ana(visitor: Visitor, site: Service) -> Callable[..., Page]:
    """Ana at her account, with a password and an app."""

    def sit_down(name: str, **wishes: object) -> Page:
        email = f"{name}@example.org"
        page = visitor(invite(site, email), **wishes)
        set_up(page, email)
        page.goto("/en/desk/account")
        return page

    return sit_down


def add(page: Page) -> None:
    """Add a passkey from one's account."""
    page.get_by_role("link", name="Add a passkey").click()
    page.locator("[name=name]").fill("office laptop")
    press(page, "Add the passkey")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_passkey_is_added_signs_in_alone_and_is_removed(
    size: dict[str, int], ana: Callable[..., Page]
) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    page = ana(f"passkey.{size['width']}", viewport=size)
    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    authenticator(page)

    add(page)
    expect(page).to_have_url(re.compile(f"{OPEN}$"))
    expect(page.get_by_text("From now on you can sign in with the passkey “office laptop”.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("not used yet")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{DOOR}?next=/sq/desk/account")
    press(page, "Sign in with a passkey")
    expect(page).to_have_url(re.compile(r":\d+/sq/desk/account$"))
    page.goto(f"{AGAIN}?next={OPEN}")
    press(page, "Use a passkey")
    expect(page.get_by_text("Thank you. Now go on.")).to_be_visible()
    page.goto(OPEN)
    expect(page.locator("main")).to_contain_text("You signed in with a passkey")
    page.get_by_role("link", name="Remove office laptop").click()
    press(page, "Remove the passkey")
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    expect(page.get_by_role("link", name="Remove office laptop")).to_have_count(0)
    assert said == []

    page.get_by_role("button", name="Sign out").click()
    page.goto(DOOR)
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("alert")).to_contain_text("This passkey was not accepted.")


def test_a_device_that_has_one_already_or_refuses_says_what_to_do(ana: Callable[..., Page]) -> None:
    page = ana("twice")
    session, device = authenticator(page)
    add(page)
    add(page)
    expect(page.get_by_text("This device already has a passkey for your account.")).to_be_visible()

    page.goto(f"{AGAIN}?next={OPEN}")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    press(page, "Use a passkey")
    expect(page.get_by_role("status")).to_contain_text("No passkey answered")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    press(page, "Use a passkey")
    expect(page.get_by_text("Thank you. Now go on.")).to_be_visible()


def test_without_scripts_the_door_says_how_to_go_on(visitor: Visitor) -> None:
    page = visitor(DOOR, java_script_enabled=False)

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("A passkey needs scripts, which are off in this browser.")


def test_a_browser_that_knows_no_passkeys_says_so(visitor: Visitor) -> None:
    page = visitor("/en/")
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(DOOR)

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("This browser cannot use passkeys.")


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_of_passkeys_are_open_to_all_and_fit(tag: str, ana: Callable[..., Page]) -> None:
    page = ana(f"look.passkey.{tag}")
    authenticator(page)
    add(page)
    expect(page).to_have_url(re.compile(f"{OPEN}$"))
    removal = page.get_by_role("link", name="Remove office laptop").get_attribute("href") or ""
    look = Looking(unfolded=False)

    def twice(path: str) -> None:
        for _look in range(2):
            page.goto(path.replace("/en/", f"/{tag}/"))
            look(path, page)

    for path in (OPEN, ADD, AGAIN, urlsplit(removal).path):
        twice(path)
    page.context.clear_cookies()
    for path in (DOOR, f"{ADD}/sign-in"):
        twice(path)

    assert look.found == {}
    assert len(look.wrong) == 18
