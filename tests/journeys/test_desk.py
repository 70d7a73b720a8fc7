"""Staff at work in a browser: invited, signed in with two proofs, in every look and both directions."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.desk import figures
from tests.clients.serving import Service
from tests.journeys.conftest import DESK, PHONE, Visitor
from tests.journeys.looking import Looking

PASSWORD = "five lamps beside a quiet harbour"  # noqa: S105 - of an account made here


def invite(site: Service, email: str, role: str = "editor") -> str:
    """Invite somebody and return the link in the mail that the worker sends."""
    site.command("user", "invite", email, "--name", "Ana Hoxha", "--role", role)
    site.command("work", "--once")
    mails = [
        message_from_bytes(file.read_bytes(), policy=default) for file in (site.folder / "mail").iterdir()
    ]
    (mail,) = (mail for mail in mails if mail["To"] == email)
    found = re.search(rf"{site.address}(\S+/invitation/\S+)", mail.get_content())
    assert found is not None
    return found[1]


def set_up(page: Page, email: str, tag: str = "en") -> None:
    """Go from an opened invitation to one's recovery codes."""
    main = page.locator("main")
    main.get_by_role("button").click()
    for name in ("password", "password_confirm"):
        page.locator(f"[name={name}]").fill(PASSWORD)
    main.get_by_role("button").click()
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    main.get_by_role("button").first.click()
    main.get_by_role("button").click()
    key = main.locator("code").text_content()
    assert key is not None
    page.locator("[name=code]").fill(figures(key))
    main.get_by_role("button").click()
    expect(page).to_have_url(re.compile(f"/{tag}/desk/account/recovery-codes/first$"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_invitation_to_ones_account_and_out_again(
    size: dict[str, int], scripts: bool, visitor: Visitor, site: Service
) -> None:
    email = f"ana.{size['width']}.{scripts}@example.org".lower()
    page = visitor(invite(site, email), viewport=size, java_script_enabled=scripts)

    set_up(page, email)
    expect(page.get_by_text("You are signed in.")).to_be_visible()
    expect(page.locator(".codes > li")).to_have_count(10)
    page.get_by_role("button", name="I have kept them").click()
    expect(page).to_have_url(f"{site.address}/en/desk")
    page.goto("/en/desk/account")
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
    look = Looking(unfolded=False)

    look("invitation", page)
    for path in ("sign-in", "password"):
        page.goto(f"/{tag}/desk/{path}")
        look(path, page)
        page.locator("main").get_by_role("button").click()
        look(f"{path} refused", page)
    page.goto(invitation)
    set_up(page, email, tag)
    for path in ("", "/password", "/verify", "/authenticator", "/recovery-codes"):
        page.goto(f"/{tag}/desk/account{path}")
        look(f"account{path}", page)
        if path:
            page.locator("main").get_by_role("button").click()
            look(f"account{path} sent", page)

    assert look.found == {}
    assert len(look.wrong) > 24


@pytest.fixture
def colleague(visitor: Visitor, site: Service) -> Callable[..., Page]:
    """Sign somebody in who holds a role, with a browser of their own."""

    def sign_in(name: str, role: str, **wishes: object) -> Page:
        email = f"{name}@example.org"
        page = visitor(invite(site, email, role), **wishes)
        set_up(page, email)
        page.goto("/en/desk")
        return page

    return sign_in


def pressed(page: Page, name: str) -> None:
    """Press a button of the page."""
    page.locator("main").get_by_role("button", name=name, exact=True).last.click()


def test_three_people_bring_an_event_to_its_readers(colleague: Callable[..., Page], visitor: Visitor) -> None:
    ana = colleague("contributor.ana", "contributor", viewport=PHONE)
    eda = colleague("editor.eda", "editor", viewport=DESK)
    besa = colleague("approver.besa", "approver", viewport=PHONE, java_script_enabled=False)
    reader = visitor("/en/events")

    pressed(ana, "New: Events")
    ana.locator("[name='title.en']").fill("Fair of the fjords")
    ana.locator("[name=first_day]").fill("2027-03-01")
    pressed(ana, "Save the draft")
    expect(ana.get_by_text("The draft is saved.")).to_be_visible()
    stale = ana.url

    eda.reload()
    eda.get_by_role("link", name="Fair of the fjords").click()
    eda.locator("[name='summary.en']").fill("Fish and music.")
    eda.locator("[id=title] summary").click()
    eda.locator("[name='title.sq']").fill("Panairi i fjordeve")
    eda.locator("[name=category]").select_option("cultural")
    eda.locator("[name=status]").select_option("confirmed")
    eda.locator("[name=zone]").fill("Europe/Brussels")
    pressed(eda, "Save the draft")

    ana.locator("[name='title.en']").fill("Fair of the lakes")
    pressed(ana, "Save the draft")
    expect(ana.get_by_role("alert")).to_contain_text("Somebody else worked on this meanwhile")
    expect(ana.locator("[name='title.en']")).to_have_value("Fair of the lakes")
    expect(ana.locator(".theirs").first).to_contain_text("Fair of the fjords")
    ana.goto(stale)
    expect(ana.locator("[name='summary.en']")).to_have_value("Fish and music.")
    pressed(ana, "Hand in for a decision")
    expect(ana.get_by_text("Handed in. A colleague decides.")).to_be_visible()

    besa.reload()
    besa.get_by_role("link", name="Fair of the fjords").click()
    preview = besa.locator("a[lang=sq][href*='/preview/']").get_attribute("href")
    reader.goto(str(preview))
    expect(reader.get_by_role("heading", level=1)).to_have_text("Panairi i fjordeve")
    reader.goto("/en/events")
    expect(reader.get_by_role("link", name="Fair of the fjords")).to_have_count(0)
    at = (datetime.now(ZoneInfo("Europe/Brussels")) + timedelta(seconds=25)).replace(microsecond=0)
    besa.locator("[name=when]").fill(at.replace(tzinfo=None).isoformat())
    pressed(besa, "Approve and publish")
    expect(besa.get_by_text("Approved.", exact=True)).to_be_visible()
    expect(besa.get_by_text("Approved; readers see it from")).to_be_visible()

    seen: list[tuple[datetime, int]] = []
    while not seen or not seen[-1][1]:
        reader.reload()
        count = reader.get_by_role("link", name="Fair of the fjords").count()
        seen.append((datetime.now(UTC), count))
        assert len(seen) < 500
    early = [count for when, count in seen if when < at]
    assert early == [0] * len(early) != []
    reader.goto("/sq/events/fair-of-the-fjords")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Panairi i fjordeve")


def test_an_emergency_number_takes_two_people(colleague: Callable[..., Page], visitor: Visitor) -> None:
    eda = colleague("editor.number", "editor", viewport=PHONE)
    besa = colleague("approver.number", "approver", viewport=DESK)
    number = "+32 470 00 00 01"

    eda.goto("/en/desk/records/office")
    eda.locator("main li h2 a").first.click()
    pressed(eda, "Change this record")
    eda.locator("[name=emergency]").fill(number)
    pressed(eda, "Close today: publish at once")
    expect(eda.get_by_role("alert")).to_contain_text("Only a closure of today is published at once.")
    pressed(eda, "Hand in for a decision")
    expect(eda.get_by_text("You wrote this in part, so a colleague decides.")).to_be_visible()
    expect(eda.get_by_role("button", name="Approve and publish")).to_have_count(0)
    assert number not in visitor("/en/").content()

    besa.goto(eda.url)
    pressed(besa, "Approve and publish")
    expect(besa.get_by_text("Approved.", exact=True)).to_be_visible()
    expect(visitor("/sq/").get_by_text(number)).to_be_visible()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_of_the_desk_are_open_to_all_and_fit(tag: str, colleague: Callable[..., Page]) -> None:
    page = colleague(f"axe.{tag}", "editor")
    judge = colleague(f"judge.{tag}", "approver")
    look = Looking()

    pact = "/records/agreement/social-protection"
    for path in ("", "/records/office", pact, f"{pact}/add/acts"):
        opened = page.goto(f"/{tag}/desk{path}")
        assert opened is not None
        assert opened.status == 200
        look(path, page)
    page.goto(f"/{tag}/desk")
    page.locator("form[action$='/records/visit/begin'] button").click()
    address = page.url
    page.locator("button[name=more][value=delegations]").click()
    look("form", page)
    page.locator("main button[name=do][value=submit]").click()
    look("refused", page)
    page.goto(address)
    page.locator("[name$='title.en'], [name='title.ar']").first.fill("Talks")
    page.locator("[name$='summary.en'], [name='summary.ar']").first.fill("Talks.")
    page.locator("[name=visitor]").select_option("AL")
    page.locator("[name=host]").select_option("BE")
    page.locator("[name=slug]").evaluate("(one) => { one.closest('details').open = true; }")
    page.locator("[name=slug]").fill(f"talks-{tag}")
    page.locator("main button[name=do][value=submit]").last.click()
    look("handed in", page)
    judge.goto(address)
    look("to decide", judge)

    assert look.found == {}
    assert len(look.wrong) == 16


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_pages_of_many_records_and_of_people_are_open_to_all_and_fit(
    tag: str, colleague: Callable[..., Page]
) -> None:
    page, chief = colleague(f"many.{tag}", "editor"), colleague(f"chief.{tag}", "administrator")
    look = Looking()

    for path in ("planned", "translations", "records/association/file"):
        page.goto(f"/{tag}/desk/{path}")
        look(path, page)
    page.goto(f"/{tag}/desk/translations?language=de")
    page.locator("form[action$='/begin'] button").first.click()
    look("side by side", page)
    page.goto(f"/{tag}/desk/records/association")
    page.locator("[name=record]").first.check()
    page.locator("select[name=do]").select_option("withdraw")
    page.locator("form[action$='/records/association'] button").last.click()
    look("many", page)
    page.goto(f"/{tag}/desk")
    page.locator("form[action$='/records/association/begin'] button").click()
    page.locator("button[name=more][value=contacts]").click()
    look("people", page)
    chief.goto(f"/{tag}/desk/log")
    look("log", chief)
    chief.goto(f"/{tag}/desk/records/person")
    chief.locator("main li h2 a").first.click()
    chief.locator("a[href$='/erasure']").click()
    chief.locator("button[value=look]").click()
    look("erasure", chief)

    assert look.found == {}
    assert len(look.wrong) == 16


def test_what_was_written_survives_a_closed_window_until_it_is_saved(colleague: Callable[..., Page]) -> None:
    page = colleague("keeper", "editor")
    pressed(page, "New: Places")
    address = page.url
    title, kept, held = (page.locator(one) for one in ("[name='title.en']", "#kept", "form.writing"))

    title.fill("Half a town")
    expect(held).to_have_attribute("data-held", "yes")
    page.goto("/en/desk")
    page.goto(address)
    expect(title).to_have_value("")
    expect(kept).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    expect(title).to_have_value("Half a town")
    pressed(page, "Save the draft")
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    expect(kept).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == []

    title.fill("Another town")
    expect(held).to_have_attribute("data-held", "yes")
    page.goto(address)
    page.get_by_role("button", name="Forget it").click()
    expect(kept).to_be_hidden()
    title.fill("A third town")
    expect(held).to_have_attribute("data-held", "yes")
    page.goto("/en/desk/account")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/en/$"))
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_part_that_was_added_is_at_hand_and_put_back_too(colleague: Callable[..., Page]) -> None:
    page = colleague("adder", "editor")
    pressed(page, "New: Visits")
    address = page.url
    host, name, kept, held = (
        page.locator(one) for one in ("[name=host]", "[id='delegations.0.name']", "#kept", "form.writing")
    )

    host.select_option("BE")
    page.locator("button[name=more][value=delegations]").click()
    expect(page.locator("[id='delegations.0']")).to_be_focused()
    expect(host).to_have_value("BE")
    name.fill("Besa Kola")
    expect(held).to_have_attribute("data-held", "yes")
    page.goto(address)
    expect(name).to_have_count(0)
    page.get_by_role("button", name="Put it back").click()

    expect(name).to_have_value("Besa Kola")
    expect(kept).to_be_hidden()
