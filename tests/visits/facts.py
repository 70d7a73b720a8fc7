"""Visits as tests hand them in."""

from typing import Any


def visit(**other: Any) -> dict[str, Any]:
    """Return the facts of an official visit of two days from Albania to Belgium."""
    return {
        "slug": "talks",
        "title": {"en": "Foreign Minister in Brussels", "sq": "Ministri i Jashtëm në Bruksel"},
        "summary": {"en": "They spoke about pensions."},
        "level": "official",
        "format": "outgoing",
        "visitor": "AL",
        "host": "BE",
        "first_day": "2026-10-14",
        "last_day": "2026-10-15",
        "places": [{"place": "brussels"}],
        "delegations": [
            {
                "side": "visitor",
                "person": "besa",
                "post": {"en": "Minister of Foreign Affairs of Albania"},
                "rank": "foreign_minister",
            },
            {"side": "host", "name": "Anna Peeters", "rank": "minister", "modifier": "acting"},
        ],
    } | other
