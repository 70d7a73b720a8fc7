"""The parts beside the log as tests hand them in, and how they are read."""

import re
from typing import Any

from tests.agreements.facts import SIGNED, agreement
from tests.agreements.reading import words

PAGE = "/en/agreements/pact"
HIDDEN: list[dict[str, Any]] = [
    {"audience": "staff"},
    {"publication": "withdrawn"},
    {"publication": "withdrawn", "reason": "Wombats."},
    {"shown_from": "2026-11-22T13:00:00Z"},
]
SOURCE = {"citation": {"en": "Note of the depositary"}, "url": "https://depositary.example/1"}
RESERVED = {"party": "AL", "kind": "reservation", "text": {"en": "Not the upper Drin."}, **SOURCE}
OBJECTED = {"party": "BE", "kind": "objection", "text": {"en": "All of it."}, "answers": "AL", **SOURCE}
GUIDE = {
    "reader": "worker",
    "text": {"en": "Fish freely."},
    "begins": "2021-03",
    "form_name": {"en": "Form F 1"},
    "form_url": "https://forms.example/f1",
    "office": "office",
    "reviewed": "2026-11-22",
}


def judged(party: str, verdict: str, known: str, **other: Any) -> dict[str, Any]:
    """Return the facts of an assessment that a source made public on a day."""
    said = {"en": f"{verdict} says the press"}
    return {"party": party, "verdict": verdict, "citation": said, "known_from": known, **other}


JUDGED = [
    judged("AL", "stalled", "2022-05-01", day="2022-04-30"),
    judged("AL", "implemented", "2023-01-01", day="2022", url="https://press.example/1"),
    judged("AL", "begun", "2021-06-01"),
    judged("BE", "disputed", "2023-02-01", day="../2023-01-15"),
]


def everything(**other: Any) -> dict[str, Any]:
    """Return the facts of an agreement with a part of each kind."""
    parts: dict[str, Any] = {
        "term": "until",
        "term_until": "2030-12-31",
        "renewal": "tacit",
        "notice_months": 6,
        "relations": [{"kind": "amends", "other": "treaty"}],
        "signatories": [{"party": "AL", "person": "besa", "post": {"en": "Minister"}}],
        "statements": [RESERVED | {"day": "2020-05"}, OBJECTED],
        "guides": [GUIDE],
        "assessments": JUDGED,
    }
    return agreement(SIGNED, **parts | other)


def section(page: str, heading: str) -> str:
    """Return the words of a page from a heading to the next."""
    found = re.search(rf"<h2>{re.escape(heading)}</h2>(.*?)(?:<h2|</main)", page, re.DOTALL)
    return words("<main" + found[1]) if found else ""
