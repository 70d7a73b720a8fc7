"""A post's year and week on one page each: by keyboard alone, without scripts on a phone, open to all."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.clients.serving import Service
from tests.journeys.conftest import DESK, PHONE, Visitor
from tests.journeys.looking import Looking
from tests.journeys.test_desk import invite, pressed, set_up

OFFICE = "/desk/records/office/brussels/sheets"
NEXT = datetime.now(UTC).year + 1


def signed_in(visitor: Visitor, site: Service, name: str, role: str, **wishes: object) -> Page:
    """Sign somebody in who holds a role, and open the desk."""
    page = visitor(invite(site, f"{name}@example.org", role), **wishes)
    set_up(page, f"{name}@example.org")
    page.goto("/en/desk")
    return page


def test_a_year_is_confirmed_without_scripts_and_approved_by_another(visitor: Visitor, site: Service) -> None:
    ana = signed_in(visitor, site, "ana.year", "editor", viewport=PHONE, java_script_enabled=False)
    besa = signed_in(visitor, site, "besa.year", "approver", viewport=DESK)

    ana.goto(f"/en{OFFICE}/holidays?year={NEXT}")
    ana.locator("main select").first.select_option("waived")
    pressed(ana, "Confirm all that are not decided yet")
    expect(ana.get_by_text("Open all the same: 1", exact=True)).to_be_visible()
    expect(ana.get_by_text("Decide later: 0", exact=True)).to_be_visible()
    pressed(ana, "Hand in for a decision")
    besa.goto(ana.url)
    pressed(besa, "Approve and publish")
    expect(besa.get_by_text("Approved.", exact=True)).to_be_visible()

    ana.goto(f"/en{OFFICE}/holidays?year={NEXT}")
    expect(ana.locator("main select").first).to_have_value("waived")
    expect(ana.locator("main select").last).to_have_value("confirmed")


def test_the_week_is_written_by_keyboard_alone(visitor: Visitor, site: Service) -> None:
    eda = signed_in(visitor, site, "eda.week", "editor", viewport=DESK)

    eda.goto(f"/en{OFFICE}/week")
    eda.locator("#row-0-monday").focus()
    eda.keyboard.press("Control+A")
    eda.keyboard.type("9-12, two")
    for _cell in range(4):
        eda.keyboard.press("Tab")
    eda.keyboard.press("Control+A")
    eda.keyboard.type("٩–١٢")
    eda.get_by_role("button", name="See what it changes").last.press("Enter")
    expect(eda.get_by_role("alert")).to_be_focused()
    eda.keyboard.press("Tab")
    eda.keyboard.press("Enter")
    expect(eda.locator("#row-0-monday")).to_be_focused()
    eda.keyboard.press("Control+A")
    eda.keyboard.type("9-12")
    eda.get_by_role("button", name="See what it changes").last.press("Enter")

    expect(eda.locator("#row-0-monday")).to_have_value("09:00–12:00")
    expect(eda.locator("#row-0-friday")).to_have_value("09:00–12:00")
    expect(eda.locator("summary").filter(has_text="General enquiries at the counter")).to_be_visible()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_sheets_are_open_to_all_and_fit(tag: str, visitor: Visitor, site: Service) -> None:
    page = signed_in(visitor, site, f"axe.sheets.{tag}", "editor")
    look = Looking()

    page.goto(f"/{tag}{OFFICE}/holidays?year={NEXT}")
    look("year", page)
    page.locator("button[value='look.confirmed']").click()
    look("year looked at", page)
    page.goto(f"/{tag}{OFFICE}/week")
    look("week", page)
    page.locator("#row-0-monday").fill("nine")
    page.locator("main .actions button[value=look]").click()
    look("week refused", page)
    page.locator("#row-0-monday").fill("9-10")
    page.locator("main .actions button[value=look]").click()
    look("week looked at", page)

    assert look.found == {}
    assert len(look.wrong) == 10
