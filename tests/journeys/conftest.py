"""The sample service as it runs, and visitors with a phone or a desk."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests import servers
from tests.clients.serving import Service, serving

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
PLAIN = ("/en/search?q=liege", "/en/events?when=past", "/en/nothing", "/en/emergency")

Visitor = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample service, served by gunicorn."""
    built = Service(tmp_path_factory.mktemp("site"), servers.free_port())
    built.command("migrate")
    built.command("sample")
    with serving(built):
        yield built


@pytest.fixture
def own(site: Service, tmp_path: Path) -> Service:
    """A copy of the sample service that a test may fill, start and stop."""
    folder = tmp_path / "own"
    shutil.copytree(site.folder, folder)
    return Service(folder, servers.free_port())


@pytest.fixture(scope="session")
def page_kinds(site: Service) -> list[str]:
    """One address of every kind of page, in English."""
    _, listed = site.get("/sitemap.xml")
    addresses = re.findall(rf"<loc>{site.address}(/en/[^<]*)</loc>", listed.decode())
    kinds: dict[tuple[str, ...], str] = {}
    for address in sorted(addresses, key=lambda path: (path.count("/"), path)):
        _, _, *steps = address.split("/")
        kinds.setdefault((*steps[:-1], str(len(steps))) if len(steps) > 1 else tuple(steps), address)
    return [*kinds.values(), *PLAIN]


@pytest.fixture
def visitor(browser: Browser, site: Service) -> Iterator[Visitor]:
    """Open a page of the site in a context of its own: `visitor(path, viewport=PHONE, …)`."""
    opened: list[BrowserContext] = []

    def visit(path: str, **wishes: object) -> Page:
        context = browser.new_context(base_url=site.address, locale="en-GB", **wishes)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        opened.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield visit
    for context in opened:
        context.close()
