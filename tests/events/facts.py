"""Events as tests hand them in."""

from typing import Any


def concert(**other: Any) -> dict[str, Any]:
    """Return the facts of a concert on one evening."""
    facts: dict[str, Any] = {
        "slug": "concert",
        "title": {"en": "Autumn concert", "sq": "Koncert vjeshte"},
        "summary": {"en": "Songs from the north.", "sq": "Këngë nga veriu."},
        "category": "cultural",
        "status": "confirmed",
        "first_day": "2026-12-03",
        "starts": "18:00",
        "ends": "20:00",
        "zone": "Europe/Brussels",
        "city": "Bruxelles",
        "country": "BE",
    }
    return facts | other


def titled(slug: str, **other: Any) -> dict[str, Any]:
    """Return the facts of another event, named after its slug."""
    return concert(slug=slug, title={"en": slug.title()}, summary={"en": f"About the {slug}."}, **other)
