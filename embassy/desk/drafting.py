"""What the desk does to a draft before it is kept: an address, the states of translations, a common base."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from embassy.core.composed import Words
from embassy.core.differing import flat
from embassy.core.facts import Fact
from embassy.core.folding import fold

Raw = dict[str, Any]
LONGEST_SLUG = 80


def addressed(raw: Raw, title: str) -> Raw:
    """Return a new record's facts with an address made from its title, if none was given."""
    if raw.get("slug") or not raw.get(title):
        return raw
    words = re.findall("[a-z0-9]+", fold(_original(raw[title])))
    slug = "-".join(words)[:LONGEST_SLUG].strip("-")
    return {**raw, "slug": slug} if slug else raw


def restated(facts: Iterable[Fact], before: Mapping[str, Any], after: Raw) -> Raw:
    """Return the facts with the state of each translation.

    One that stayed while its original changed is outdated; one that was written anew is current.
    """
    texts = [fact.name for fact in facts if isinstance(fact.shape, Words) and fact.name in after]
    return after | {name: _states(before.get(name) or {}, after[name]) for name in texts}


def shown(facts: Any) -> str:
    """Return facts as plain lines, to be read beside a form."""
    return "\n".join(value for _path, value in flat(facts))


def _original(text: Mapping[str, str]) -> str:
    """Return the words a text was written in first."""
    words = [value for tag, value in text.items() if tag not in ("source", "states")]
    return text.get(text.get("source", "")) or next(iter(words), "")


def _states(before: Mapping[str, Any], after: Mapping[str, Any]) -> Raw:
    source = after.get("source") or ""
    rewritten = bool(before) and before.get(source) != after.get(source)
    words = {tag: value for tag, value in after.items() if tag != "states"}
    stayed = [tag for tag in words if tag not in (source, "source") and words[tag] == before.get(tag)]
    held = before.get("states") or {}
    states = {tag: held.get(tag) or "outdated" for tag in stayed if rewritten or tag in held}
    return words | ({"states": states} if states else {})
