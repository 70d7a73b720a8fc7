"""The audit chain: each entry's hash covers the one before, so that nothing is changed or left out unseen."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Entry:
    """Who did what to which thing, and when; identities only, so that a person can be erased elsewhere.

    `digest` is the salted SHA-256 of what the thing then said, empty where it says nothing.
    """

    number: int
    at: datetime
    who: str
    what: str
    kind: str
    about: str
    digest: str = ""


def digest(salt: str, facts: object) -> str:
    """Return the salted SHA-256 of JSON facts; without the salt nobody can guess them from it."""
    return sha256((salt + canonical(facts)).encode()).hexdigest()


def chained(previous: str, entry: Entry) -> str:
    """Return the hash of an entry behind one with the hash `previous`."""
    at = entry.at.astimezone(UTC).isoformat()
    said = [previous, entry.number, at, entry.who, entry.what, entry.kind, entry.about, entry.digest]
    return sha256(canonical(said).encode()).hexdigest()


def first_break(entries: Iterable[tuple[Entry, str]], head: str) -> int | None:
    """Return the number of the first entry that does not follow from those before it; None for a whole chain.

    `entries` are all entries with their hashes, in order; `head` is the hash that the last one must have.
    """
    previous, expected = BEGINNING, 1
    for entry, kept in entries:
        if entry.number != expected or kept != chained(previous, entry):
            return expected
        previous, expected = kept, expected + 1
    return None if previous == head else expected


def canonical(value: object) -> str:
    """Return JSON in its one form: sorted names, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
