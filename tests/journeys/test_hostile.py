"""Records whose every text tries to run a script: none does, even where no policy would stop it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from playwright.sync_api import Browser

from embassy.db.kinds import Kind
from tests import servers
from tests.clients.serving import Service, serving
from tests.every.canaries import canary, stands
from tests.every.crawl import TYPED
from tests.journeys.test_desk import invite, set_up
from tests.rooms import ADDRESS

MARK = "wombatpayload"
TABLE = b"what,is\n<img src=x onerror=hit=1>,this\n"
PAYLOAD = "\u2028</script><img src=x onerror=hit=1>\"'><script>hit=1</script>"
RAN = "() => window.hit === undefined ? 0 : 1"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Service]:
    """A service of this test alone, with the sample's records for hostile ones to refer to."""
    built = Service(tmp_path, servers.free_port())
    built.command("migrate")
    built.command("sample")
    with serving(built):
        yield built


def hostile(kind: Kind) -> dict[str, Any]:
    """Return facts of a record with the payload in every text that takes it."""
    facts = canary(kind, MARK)
    for path in list(_texts(facts)):
        holder, last = _holder(facts, path), path[-1]
        before, holder[last] = holder[last], PAYLOAD
        if not stands(kind, facts):
            holder[last] = before
    return facts


def _texts(held: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the places of the texts that say the mark."""
    for name, value in held.items() if isinstance(held, Mapping) else enumerate(held):
        if value == f"{TYPED} {MARK}":
            yield (*path, name)
        elif isinstance(value, Mapping | list):
            yield from _texts(value, (*path, name))


def _holder(facts: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        facts = facts[step]
    return facts


def test_no_text_runs_as_a_script_on_any_page_even_without_a_policy(
    built: Flask, site: Service, browser: Browser, tmp_path: Path
) -> None:
    kinds: Mapping[str, Kind] = built.extensions["embassy"].kinds
    records = {name: hostile(kind) for name, kind in kinds.items()}
    for name, facts in records.items():
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps([facts]), encoding="utf-8")
        site.command("import", name, str(file))
    page = browser.new_context(base_url=site.address, bypass_csp=True).new_page()
    email = "eda@example.org"
    page.goto(invite(site, email, "editor"))
    set_up(page, email)
    tried, ran = 0, []

    def look(path: str) -> None:
        nonlocal tried
        page.goto(path)
        tried += page.content().count("onerror=hit=1")
        ran.extend([path] * page.evaluate(RAN))

    for name, facts in records.items():
        with built.test_request_context("/en", base_url=ADDRESS):
            public = url_for(kinds[name].endpoint, lang="en", slug=facts["slug"])
            listed = url_for(f"{kinds[name].endpoint.partition('.')[0]}.index", lang="ar")
        staff = f"/en/desk/records/{name}"
        for path in (public, listed, staff, f"{staff}/{facts['slug']}"):
            look(path)
        page.locator("form[action$='/begin'] button").first.click()
        for path in (page.url, f"{page.url}/into/fr"):
            look(path)
    for path in (f"/en/search?q={TYPED}", "/en/desk", "/en/desk/translations"):
        look(path)
    page.goto("/en/desk/records/event/file")
    named = f"{PAYLOAD}.csv".replace("/", "")
    page.locator("[name=file]").set_input_files({"name": named, "mimeType": "text/csv", "buffer": TABLE})
    page.locator("main button[type=submit]").last.click()
    look(page.url)

    assert ran == []
    assert tried > 50


def test_what_runs_would_be_seen(browser: Browser) -> None:
    page = browser.new_context(bypass_csp=True).new_page()

    page.set_content(f"<p>{PAYLOAD}</p>")

    page.wait_for_function("() => window.hit === 1")
    assert page.evaluate(RAN) == 1
