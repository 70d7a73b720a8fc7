"""What people come for, done as they do it: with a mouse, a phone, a keyboard, without scripts."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.clients.serving import Service
from tests.journeys.conftest import DESK, PHONE, Visitor


def unfold(page: Page) -> None:
    """Open the menu where the page folds it."""
    menu = page.locator("details.menu")
    if not menu.locator("nav.rooms").is_visible():
        menu.locator("summary").click()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_front_page_to_a_calendar_of_ones_own(
    size: ViewportSize, visitor: Visitor, site: Service
) -> None:
    page = visitor("/", viewport=size)
    expect(page).to_have_url(f"{site.address}/en/")

    unfold(page)
    page.locator("nav.rooms").get_by_role("link", name="Events").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Events")
    page.locator("ul.rows h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.get_by_role("navigation", name="You are here").get_by_role("link", name="Events").click()

    box = page.locator("section.subscribe")
    expect(box.get_by_role("link", name="Add to my calendar")).to_have_attribute(
        "href", f"{site.address}/en/events.ics".replace("http://", "webcal://")
    )
    expect(box.get_by_role("textbox")).to_have_value(f"{site.address}/en/events.ics")
    hosts = [link.get_attribute("href") for link in box.get_by_role("link").all()]
    assert [str(host).split("/")[2] for host in hosts[1:]] == [
        "calendar.google.com",
        "outlook.live.com",
        "outlook.office.com",
    ]
    expect(box.get_by_role("img")).to_be_visible()


def test_the_subscribe_button_copies_the_address(visitor: Visitor, site: Service) -> None:
    page = visitor("/en/events", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy the address").click()

    expect(page.get_by_role("status")).to_have_text("The address is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site.address}/en/events.ics"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_language_switch_stays_on_the_page_and_its_filters(
    size: ViewportSize, visitor: Visitor, site: Service
) -> None:
    page = visitor("/en/events?when=past&category=cultural", viewport=size)

    page.locator("nav.languages").get_by_role("link", name="Shqip").click()

    expect(page).to_have_url(f"{site.address}/sq/events?when=past&category=cultural")
    expect(page.locator("html")).to_have_attribute("lang", "sq")
    expect(page.locator("nav.languages [aria-current]")).to_have_text("Shqip")


@pytest.mark.parametrize(
    ("tag", "typed", "title"),
    [
        ("en", "LIEGE", "Ceremony for the twinning charter of Elbasan and Liège"),
        ("en", "lüttich", "Ceremony for the twinning charter of Elbasan and Liège"),
        ("sr", "bratimljenju", "Свечаност поводом повеље о братимљењу Елбасана и Лијежа"),
        ("sr-Latn", "братимљењу", "Svečanost povodom povelje o bratimljenju Elbasana i Liježa"),
        ("sq", "ceremonia binjakezimit", "Ceremonia për Kartën e Binjakëzimit të Elbasanit me Liezhin"),
    ],
)
def test_search_minds_neither_script_nor_accents(tag: str, typed: str, title: str, visitor: Visitor) -> None:
    page = visitor(f"/{tag}/", viewport=PHONE)
    unfold(page)

    page.get_by_role("searchbox").fill(typed)
    page.get_by_role("searchbox").press("Enter")

    expect(page.locator("ul.rows").get_by_role("link", name=title)).to_be_visible()


def focused(page: Page) -> dict[str, object]:
    """Return what has the focus: its words, whether it lies in view uncovered, whether it is outlined."""
    return dict(
        page.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              const style = getComputedStyle(one), x = box.left + Math.min(box.width / 2, 8);
              const hit = document.elementFromPoint(x, box.top + box.height / 2);
              return {
                tag: one.tagName, words: one.textContent.trim() || one.id || one.name,
                seen: box.width > 1 && box.bottom > 0 && box.top < innerHeight
                  && !!hit && (one.contains(hit) || hit.contains(one)),
                marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
              };
            }"""
        )
    )


@pytest.mark.parametrize("path", ["/en/", "/en/events", "/ar/events", "/en/search?q=liege"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    path: str, size: ViewportSize, visitor: Visitor
) -> None:
    page = visitor(path, viewport=size)
    reachable = page.locator("a[href], button, input, select, summary, textarea").filter(visible=True).count()
    walked = []

    for _ in range(reachable + 1):
        page.keyboard.press("Tab")
        walked.append(focused(page))
        if walked[-1]["tag"] == "BODY":
            break

    stops = [stop for stop in walked if stop["tag"] != "BODY"]
    assert len(stops) >= reachable - 1
    assert [stop for stop in stops if not (stop["seen"] and stop["marked"])] == []


def test_the_first_stop_skips_to_the_main_text(visitor: Visitor) -> None:
    page = visitor("/en/events", viewport=DESK)

    page.keyboard.press("Tab")
    skip = focused(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert (skip["words"], skip["seen"]) == ("Skip to the main text", True)
    expect(page).to_have_url(re.compile("#main$"))
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_filter_works_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor("/en/events?when=past", viewport=DESK)

    page.locator("main details summary").focus()
    if not page.get_by_label("Category").is_visible():
        page.keyboard.press("Enter")
    page.get_by_label("Category").focus()
    page.keyboard.type("Business")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Show these events").focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("category=business_forum"))
    expect(page.locator("ul.rows li")).not_to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_everything_is_there_without_scripts(size: ViewportSize, visitor: Visitor) -> None:
    page = visitor("/en/", viewport=size, java_script_enabled=False)

    unfold(page)
    page.locator("nav.rooms").get_by_role("link", name="Events").click()
    page.goto("/en/events?when=past")
    if not page.get_by_label("Town").is_visible():
        page.locator("main details summary").click()
    page.get_by_label("Town").select_option("Elbasan")
    page.get_by_role("button", name="Show these events").click()

    expect(page).to_have_url(re.compile("city=Elbasan"))
    expect(page.locator("ul.rows li")).to_have_count(1)
    expect(page.get_by_role("button", name="Copy the address")).to_be_hidden()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_visitor_elsewhere_reads_the_time_there_in_the_words_of_the_page(
    zone: str, visitor: Visitor
) -> None:
    weekdays = ("e hënë", "e martë", "e mërkurë", "e enjte", "e premte", "e shtunë", "e diel")
    page = visitor("/sq/consular/brussels", timezone_id=zone)

    shown = page.locator("time[data-instant]").first
    at = datetime.fromisoformat(str(shown.get_attribute("datetime")))
    here, there = (at.astimezone(ZoneInfo(one)) for one in (zone, "Europe/Brussels"))
    weekday = "" if here.date() == there.date() else f"{weekdays[here.weekday()]} "

    expect(page.locator(".your-time").first).to_have_text(f"(ora {weekday}{here:%H:%M} aty ku ndodheni)")


def test_arabic_reads_from_the_right(visitor: Visitor) -> None:
    def edges(tag: str) -> tuple[float, float]:
        page = visitor(f"/{tag}/events/balkan-trafik-2014", viewport=DESK)
        heading, facts = page.locator("h1").bounding_box(), page.locator("section.facts").bounding_box()
        assert heading is not None
        assert facts is not None
        text = page.evaluate(
            "(() => { const range = document.createRange(); range.selectNodeContents("
            "document.querySelector('h1')); return range.getBoundingClientRect().x + "
            "range.getBoundingClientRect().width / 2; })()"
        )
        return text, facts["x"] + facts["width"] / 2

    english, arabic = edges("en"), edges("ar")

    middle = DESK["width"] / 2
    assert english[0] < middle < english[1]
    assert arabic[1] < middle < arabic[0]


def test_a_mistyped_address_helps_on_in_the_readers_language(visitor: Visitor, site: Service) -> None:
    page = visitor("/fr/evenements", viewport=PHONE)

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator("main ul a").first.click()

    expect(page).to_have_url(f"{site.address}/fr/")
