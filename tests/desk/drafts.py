"""A change at somebody's desk, moved on with the forms of its page."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from embassy.db.record import Change
from embassy.web.house import House
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


def shown(house: House) -> dict[str, Any]:
    """Return the latest change as it is kept."""
    with house.database.reading() as reading:
        change = reading.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change is not None
        return {
            name: getattr(change, name)
            for name in ("stage", "facts", "author", "owner_id", "why", "due_at", "version")
        }


def posted(draft: Draft, to: str, **fields: str) -> Any:
    """Send a form that the page does not show."""
    token = draft.desk.hidden("/en/desk/account")["csrf_token"]
    version = _version(draft)
    return draft.desk.post(draft.address + to, {"csrf_token": token, "version": str(version)} | fields)


def _version(draft: Draft) -> int:
    """Return which version of a change is kept."""
    home: House = draft.desk.app.extensions["embassy"]
    with home.database.reading() as reading:
        return reading.scalars(select(Change.version).where(Change.uid == UUID(draft.address[-36:]))).one()


def posted_to(desk: Desk, path: str, **fields: str | list[str]) -> TestResponse:
    """Send a form to an address, with the token of the desk alone."""
    return desk.post(path, {"csrf_token": desk.hidden("/en/desk/account")["csrf_token"]} | fields)
