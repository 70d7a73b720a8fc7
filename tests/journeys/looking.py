"""Looking at a page as people do: what axe finds on it, and what a narrow screen cuts off."""

from itertools import cycle
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys.conftest import DESK, PHONE

# Targets of 24 px are asked for by WCAG 2.2 AA (2.5.8); the checker leaves them out unless told.
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
NARROW: ViewportSize = {"width": 320, "height": 640}
LOOKS: list[tuple[ViewportSize, Literal["light", "dark"]]] = [
    (PHONE, "light"),
    (PHONE, "dark"),
    (DESK, "light"),
    (DESK, "dark"),
]


def complaints(page: Page) -> list[str]:
    """Return what axe finds, each with the first element concerned."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def cut_off(page: Page) -> list[str]:
    """Return what makes a page 320 px wide scroll sideways (WCAG 2.2, 1.4.10)."""
    page.set_viewport_size(NARROW)
    return list(
        page.evaluate(
            """() => {
              const root = document.documentElement;
              if (root.scrollWidth <= root.clientWidth) return [];
              const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
                (one) => one.getBoundingClientRect().right > root.clientWidth
                  || one.getBoundingClientRect().left < 0);
              const named = wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
              return [`page ${root.scrollWidth}`, ...named];
            }"""
        )
    )


class Looking:
    """Looks at pages on phone and desktop, light and dark in turn, and keeps what is wrong.

    `unfolded` opens whatever is folded first.
    """

    def __init__(self, *, unfolded: bool = True) -> None:
        self.wrong: dict[str, list[str]] = {}
        self.looks = cycle(LOOKS)
        self.unfolded = unfolded

    def __call__(self, name: str, at: Page) -> None:
        """Look at a page."""
        size, scheme = next(self.looks)
        at.set_viewport_size(size)
        at.emulate_media(color_scheme=scheme)
        if self.unfolded:
            at.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        self.wrong[f"{name} {scheme} {size['width']}"] = complaints(at)
        self.wrong[f"{name} at 320"] = cut_off(at)

    @property
    def found(self) -> dict[str, list[str]]:
        """Return where something is wrong."""
        return {where: found for where, found in self.wrong.items() if found}
