"""Missions and offices as tests hand them in, and what a reader sees of them."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
EVERY_DAY = (*WORKDAYS, "saturday", "sunday")
PAST = "2020-01-01T00:00Z"


def mission(**other: Any) -> dict[str, Any]:
    """Return the facts of an embassy accredited to two states."""
    facts: dict[str, Any] = {
        "slug": "embassy",
        "shown_from": PAST,
        "title": {"en": "Embassy of Albania", "sq": "Ambasada e Shqipërisë"},
        "summary": {"en": "The embassy to Belgium and Luxembourg."},
        "kind": "embassy",
        "sending": "AL",
        "host": "BE",
        "accreditations": [
            {"country": "BE", "resident": "yes", "begins": "1924"},
            {"country": "LU", "resident": "no", "ends": "2030-01-01/.."},
        ],
    }
    return facts | other


def hours(
    opens: str = "09:00",
    closes: str = "17:00",
    days: tuple[str, ...] = WORKDAYS,
    service: str = "general_enquiries",
    channel: str = "counter",
    **other: Any,
) -> list[dict[str, Any]]:
    """Return the same hours on each of the days."""
    same = {"service": service, "channel": channel, "opens": opens, "closes": closes, **other}
    return [{"weekday": day, **same} for day in days]


NIGHTLY = hours("22:00", "06:00", EVERY_DAY, "emergency_assistance", "emergency")


def closure(first: str, reason: str, **other: Any) -> dict[str, Any]:
    """Return a confirmed holiday of the sending state on one day."""
    facts: dict[str, Any] = {
        "first": first,
        "last": first,
        "cause": "sending_holiday",
        "status": "confirmed",
        "reason": {"en": reason},
    }
    return facts | other


CLOSURES = [
    closure("2025-11-28", "Independence Day"),
    closure("2025-12-01", "Liberation Day"),
    closure("2026-07-21", "National Day of Belgium", cause="host_holiday"),
    closure("2026-11-30", "Independence Day"),
    closure("2026-12-01", "Liberation Day"),
]


def office(**other: Any) -> dict[str, Any]:
    """Return the facts of an office in Brussels that keeps office hours and answers at night."""
    facts: dict[str, Any] = {
        "slug": "office",
        "shown_from": PAST,
        "mission": "embassy",
        "title": {"en": "Office in Brussels", "sq": "Zyra në Bruksel"},
        "summary": {"en": "Hours and address."},
        "address": ["Avenue Louise 179"],
        "postal_code": "1000",
        "city": {"source": "fr", "fr": "Bruxelles", "nl": "Brussel", "en": "Brussels"},
        "country": "BE",
        "zone": "Europe/Brussels",
        "phones": [{"purpose": "general", "number": "+3226401422"}],
        "fax": "+3226402858",
        "emergency": "+32485401237",
        "hours": [*hours(), *NIGHTLY],
        "closures": CLOSURES,
    }
    return facts | other


def notice(**other: Any) -> dict[str, Any]:
    """Return the facts of a notice of all missions that stands from nine until six, UTC."""
    facts: dict[str, Any] = {
        "slug": "notice",
        "shown_from": PAST,
        "headline": {"en": "Lines are down"},
        "body": {"en": "Nobody answers the telephone.\n\nWrite to us."},
        "level": "information",
        "begins": "2026-07-14T09:00Z",
        "ends": "2026-07-14T18:00Z",
    }
    return facts | other


def of(*slugs: str) -> list[dict[str, str]]:
    """Return the missions that a record is of, by their slugs."""
    return [{"mission": slug} for slug in slugs]


def at(written: str) -> datetime:
    """Return a moment written in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def words(markup: str) -> str:
    """Return markup's words as a reader sees them."""
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())
    return re.sub(r" ([,.:)])", r"\1", text).replace("( ", "(").replace("\u00a0", " ")


def part(page: str, begins: str, ends: str) -> str:
    """Return the words between two pieces of markup; empty where the first is missing."""
    return words(page.partition(begins)[2].partition(ends)[0])


def heading(page: str) -> str:
    """Return what stands under the title: the answer people came for."""
    return part(page, "</h1>", "</div>")


def guide(**other: Any) -> dict[str, Any]:
    """Return the facts of a guide to passports that holds at every mission."""
    facts: dict[str, Any] = {
        "slug": "guide",
        "shown_from": PAST,
        "title": {"en": "A new passport"},
        "summary": {"en": "How to have one."},
        "service": "passport",
    }
    return facts | other
