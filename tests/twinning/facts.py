"""Charters as tests hand them in."""

from typing import Any


def town(slug: str, name: str, country: str, **other: Any) -> dict[str, Any]:
    """Return the facts of a place."""
    return {"slug": slug, "title": {"en": name}, "country": country} | other


def charter(**other: Any) -> dict[str, Any]:
    """Return the facts of a charter between two towns, signed on one day."""
    return {
        "slug": "tie",
        "title": {"en": "Charter of Elbasan and Liège", "sq": "Karta e Elbasanit dhe Liezhit"},
        "summary": {"en": "They exchange pupils."},
        "kind": "twinning_charter",
        "status": "active",
        "signed": "2019-05-14",
        "fields": ["education", "culture"],
        "members": [
            {"place": "elbasan", "signatory": "Municipal Council"},
            {"place": "liege"},
        ],
    } | other
