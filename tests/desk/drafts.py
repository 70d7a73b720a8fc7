"""A change at somebody's desk, moved on with the forms of its page."""

from werkzeug.test import TestResponse

from tests.accounts.desk import Desk
from tests.desk.forms import filled


class Draft:
    """One change at somebody's desk."""

    def __init__(self, desk: Desk, address: str) -> None:
        self.desk, self.address = desk, address

    def at(self, desk: Desk) -> "Draft":
        """Return the same change at another desk."""
        return Draft(desk, self.address)

    @property
    def text(self) -> str:
        """Return the page."""
        return self.desk.get(self.address).text

    def send(self, do: str, to: str = "", page: str = "", **fields: str) -> TestResponse:
        """Fill in a form of the page, or of one opened earlier, and send it."""
        action = self.address + to
        held = [(name, value) for name, value in filled(page or self.text, action) if name not in fields]
        sent: dict[str, list[str]] = {}
        for name, value in [*held, *fields.items(), *([("do", do)] if do else [])]:
            sent.setdefault(name, []).append(value)
        return self.desk.post(action, sent)


def begun(desk: Desk, kind: str = "event", **fields: str) -> Draft:
    """Begin a change from the first page of the desk."""
    led = desk.send("/en/desk", to=f"/en/desk/records/{kind}/begin", **fields)
    assert led.status_code == 303, led.text
    return Draft(desk, led.location)


FAIR = {
    "title.en": "Trade fair in Tirana",
    "title.sq": "Panairi në Tiranë",
    "summary.en": "Two days of talks.",
    "category": "business_forum",
    "status": "confirmed",
    "first_day": "2026-12-14",
    "zone": "Europe/Tirane",
}
