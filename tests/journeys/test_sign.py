"""The sign for the door as it comes out of the printer."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser

from embassy.web.tabular import write_json
from tests.clients.serving import Service, serving
from tests.consular.facts import closure, hours, office

WEEK = [
    *hours("08:30", "12:00", ("monday", "wednesday", "friday")),
    *hours("13:00", "17:30", ("monday", "wednesday", "friday")),
    *hours("09:00", "12:00", ("tuesday", "thursday"), by_appointment="yes"),
]
FEAST = "Independence Day (substitute day)"


@pytest.fixture
def full(own: Service, tmp_path: Path) -> Iterator[Service]:
    """The sample service with an office that has much to tell at its door."""
    shut = [closure(f"2999-03-0{day}", FEAST, cause="ad_hoc") for day in (4, 5, 6, 7)]
    facts = office(slug="full", mission="brussels", hours=WEEK, closures=shut)
    file = tmp_path / "full.json"
    file.write_text(write_json([facts]), encoding="utf-8")
    own.command("import", "office", str(file))
    with serving(own):
        yield own


@pytest.mark.parametrize("tags", [("sq",), ("sq", "nl"), ("sq", "nl", "ar"), ("fr", "de", "sr")])
def test_the_sign_fills_one_page_of_a4(tags: tuple[str, ...], full: Service, browser: Browser) -> None:
    page = browser.new_page(base_url=full.address)
    page.goto(f"/en/consular/full/sign?{'&'.join(f'languages={tag}' for tag in tags)}")

    printed = pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))
    page.emulate_media(media="print")

    assert len(printed.pages) == 1
    assert not page.locator("form.filters").is_visible()
    assert not page.locator(".masthead").is_visible()
    page.context.close()
