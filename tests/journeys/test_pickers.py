"""A visit logged on a phone: people found by any name, a missing place made in place, scripts or none."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import servers
from tests.clients.serving import Service, serving
from tests.journeys.conftest import DESK, PHONE, Visitor
from tests.journeys.looking import complaints, cut_off
from tests.journeys.test_desk import invite, pressed, set_up

STOP, PERSON = "[id='places.0.place']", "[id='delegations.0.person']"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample service with more people than fit into a list."""
    built = Service(tmp_path_factory.mktemp("site"), servers.free_port())
    people = [{"slug": f"person-{number}", "title": {"en": f"Arta Gjoni {number}"}} for number in range(40)]
    people.append({"slug": "driton", "title": {"en": "Driton Shala", "sr": "Дритон Шаља"}})
    file = built.folder / "people.json"
    file.write_text(json.dumps(people), encoding="utf-8")
    built.command("migrate")
    built.command("sample")
    built.command("import", "person", str(file))
    with serving(built):
        yield built


def signed_in(visitor: Visitor, site: Service, name: str, role: str, **wishes: object) -> Page:
    """Sign somebody in who holds a role, and open the desk."""
    page = visitor(invite(site, f"{name}@example.org", role), **wishes)
    set_up(page, f"{name}@example.org")
    page.goto("/en/desk")
    return page


def log_a_visit(page: Page, title: str) -> None:
    """Begin a visit, and write what is not found elsewhere."""
    pressed(page, "New: Visits")
    page.locator("button[name=more][value=delegations]").click()
    page.locator("[name='title.en']").fill(title)
    page.locator("[name='summary.en']").fill("Talks on pensions.")
    page.locator("[name=visitor]").select_option("AL")
    page.locator("[name=host]").select_option("BE")
    page.locator("[name=first_day]").fill("2026-10-14")
    page.locator("[name='delegations.0.side']").select_option("visitor")
    page.locator("button[name=more][value=places]").click()


def test_a_visit_is_logged_on_a_phone_with_the_keyboard_and_its_place_made_in_place(
    visitor: Visitor, site: Service
) -> None:
    ana = signed_in(visitor, site, "ana", "contributor", viewport=PHONE)
    besa = signed_in(visitor, site, "besa", "approver", viewport=DESK)
    log_a_visit(ana, "Talks of the lakes")
    visit = ana.url

    person = ana.locator(PERSON)
    expect(person).to_have_attribute("role", "combobox")
    person.focus()
    ana.keyboard.type("arta")
    options = ana.locator(".finding [role=option]")
    expect(options).to_have_count(20)
    expect(ana.get_by_role("status").filter(has_text="The first 20 are shown")).to_have_count(1)
    ana.keyboard.press("Escape")
    expect(person).to_have_attribute("aria-expanded", "false")
    person.fill("Дритон")
    expect(options).to_have_count(1)
    ana.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(person).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    assert complaints(ana) == []
    ana.keyboard.press("Enter")
    expect(person).to_have_value("Driton Shala")
    expect(ana).to_have_url(visit)

    ana.locator(STOP).fill("Pogradec i Ri")
    ana.locator("button[name=begin][value='places.0.place']").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("Pogradec i Ri")
    ana.locator("[name=country]").select_option("AL")
    pressed(ana, "Save the draft")
    ana.get_by_role("link", name="Talks of the lakes").click()
    expect(ana.locator(STOP)).to_have_value("Pogradec i Ri")
    expect(ana.locator(PERSON)).to_have_value("Driton Shala")
    expect(ana.locator("#kept")).to_be_hidden()
    expect(ana.locator(".picked")).to_have_text("Pogradec i Ri – Draft, not yet published")
    assert [*complaints(ana), *cut_off(ana)] == []
    pressed(ana, "Hand in for a decision")
    expect(ana.get_by_text("Handed in. A colleague decides.")).to_be_visible()

    besa.reload()
    besa.get_by_role("link", name="Talks of the lakes").click()
    expect(besa.get_by_role("heading", name="Published together with it")).to_be_visible()
    assert [*complaints(besa), *cut_off(besa)] == []
    pressed(besa, "Approve and publish")
    expect(besa.get_by_text("Approved.", exact=True)).to_be_visible()

    reader = visitor("/en/visits/talks-of-the-lakes")
    expect(reader.get_by_role("link", name="Driton Shala")).to_be_visible()
    reader.get_by_role("link", name="Pogradec i Ri").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Pogradec i Ri")


def test_without_scripts_words_find_and_buttons_choose(visitor: Visitor, site: Service) -> None:
    page = signed_in(visitor, site, "eda", "editor", viewport=PHONE, java_script_enabled=False)
    log_a_visit(page, "Talks of the plain")

    page.locator(PERSON).fill("shala")
    page.locator("button[name=find][value='delegations.0.person']").click()
    expect(page).to_have_url(re.compile("#delegations.0.person$"))
    page.get_by_label("Driton Shala").check()
    page.locator(STOP).fill("Maliq")
    page.locator("button[name=find][value='places.0.place']").click()
    page.get_by_label("None of these").check()
    assert cut_off(page) == []
    page.locator("button[name=begin][value='places.0.place']").click()
    page.locator("[name=country]").select_option("AL")
    pressed(page, "Save the draft")
    page.get_by_role("link", name="Talks of the plain").click()
    expect(page.locator(PERSON)).to_have_value("Driton Shala")
    pressed(page, "Hand in for a decision")

    expect(page.get_by_text("Handed in. A colleague decides.")).to_be_visible()


def test_what_is_planned_is_open_to_all_and_fits(visitor: Visitor, site: Service) -> None:
    page = signed_in(visitor, site, "planner", "editor", viewport=DESK)

    found = {}
    for tag in ("en", "ar"):
        page.set_viewport_size(DESK)
        page.goto(f"/{tag}/desk/planned")
        found[tag] = [*complaints(page), *cut_off(page), *complaints(page)]

    assert found == {"en": [], "ar": []}
