"""Entries of the directory as tests hand them in."""

from typing import Any


def place(**other: Any) -> dict[str, Any]:
    """Return the facts of a town of three names."""
    return {
        "slug": "liege",
        "title": {"source": "fr", "fr": "Liège", "nl": "Luik", "de": "Lüttich", "en": "Liège"},
        "other_names": ["Lidje"],
        "country": "BE",
        "latitude": 50.64,
        "longitude": 5.57,
    } | other


def organisation(**other: Any) -> dict[str, Any]:
    """Return the facts of an agency with its seat there."""
    return {
        "slug": "agency",
        "title": {"en": "Export Agency", "sq": "Agjencia e Eksportit"},
        "kind": "agency",
        "acronyms": ["EXA"],
        "former_names": ["Bureau of Trade"],
        "country": "BE",
        "place": "liege",
        "web": "https://agency.example/",
    } | other


def person(**other: Any) -> dict[str, Any]:
    """Return the facts of somebody who headed the agency."""
    return {
        "slug": "anna-berg",
        "title": {"source": "sq", "sq": "Anna Berg", "en": "Anna Berg", "sr": "Ана Берг"},
        "protocol_name": {"en": "Her Excellency Anna Berg"},
        "appointments": [
            {"post": {"en": "Director"}, "body": "agency", "begins": "2012", "ends": "2014-05-01"},
            {"post": {"en": "Adviser"}},
        ],
    } | other
