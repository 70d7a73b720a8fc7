"""What the desk does to a draft before it is kept: an address, the states of translations, a common base."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from embassy.core.composed import Parts, Path, Words, replaced
from embassy.core.facts import Fact
from embassy.core.folding import fold
from embassy.core.shapes import Uid
from embassy.web.forms import COUNTED

Raw = dict[str, Any]
LONGEST_SLUG = 80


def addressed(raw: Raw, title: str) -> Raw:
    """Return a new record's facts with an address made from its title, if none was given."""
    if raw.get("slug") or not raw.get(title):
        return raw
    words = re.findall("[a-z0-9]+", fold(original(raw[title])))
    slug = "-".join(words)[:LONGEST_SLUG].strip("-")
    return {**raw, "slug": slug} if slug else raw


def guarded(facts: Iterable[Fact], before: Mapping[str, Any], after: Raw) -> Raw:
    """Return sent facts with identities and counts as the draft has them; those that are no part of it go."""
    kept = {name: value for name, value in after.items() if name not in COUNTED}
    for fact in facts:
        if isinstance(fact.shape, Uid) or fact.name in COUNTED:
            kept.pop(fact.name, None)
            if before.get(fact.name) is not None:
                kept[fact.name] = before[fact.name]
        elif isinstance(fact.shape, Parts) and fact.name in kept:
            known = {part.get("uid"): part for part in before.get(fact.name) or ()}
            kept[fact.name] = [
                guarded(fact.shape.facts, known.get(part.get("uid"), {}), part) for part in kept[fact.name]
            ]
    return kept


def lists(facts: Iterable[Fact]) -> set[str]:
    """Return the names of the facts that are lists of parts."""
    return {fact.name for fact in facts if isinstance(fact.shape, Parts)}


def without(raw: Raw, part: str) -> Raw:
    """Return facts without a part, named such as “texts.1”; all of them where there is no such part."""
    name, _dot, number = part.partition(".")
    if name not in raw:
        return raw
    return raw | {name: [one for place, one in enumerate(raw[name]) if str(place) != number]}


def longer(facts: Iterable[Fact], raw: Mapping[str, Any], more: Sequence[str]) -> Mapping[str, Any]:
    """Return facts with an empty part more in each list that is named, as often as it is."""
    grown = lists(facts) & {*more}
    return {**raw, **{name: [*(raw.get(name) or ()), *repeat({}, more.count(name))] for name in grown}}


def restated(facts: Iterable[Fact], before: Any, after: Raw) -> Raw:
    """Return the facts with the state of each translation, in parts too.

    One that stayed while its original changed is outdated, unless its translator says that it still holds;
    one that was written anew is current.
    """
    stated = dict(after)
    for fact in facts:
        old, new = (before or {}).get(fact.name), after.get(fact.name)
        if isinstance(fact.shape, Words) and new:
            stated[fact.name] = _states(old or {}, new)
        elif isinstance(fact.shape, Parts) and new:
            olds = chain(old or (), repeat({}))
            stated[fact.name] = [restated(fact.shape.facts, next(olds), part) for part in new]
    return stated


def translated(facts: Iterable[Fact], held: Raw, tag: str, sent: Mapping[str, Sequence[str]]) -> Raw:
    """Return facts with each text in one language as a form sent it; all else stays as it is."""

    def each(_shape: Words, text: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        name = ".".join(map(str, path))
        if f"{name}.{tag}" not in sent or text.get("source") == tag:
            return text
        words = sent[f"{name}.{tag}"][-1].replace("\r\n", "\n")
        states = {other: state for other, state in (text.get("states") or {}).items() if other != tag}
        states |= {tag: "draft"} if words.strip() and tag in sent.get(f"{name}.drafts", ()) else {}
        holds = [one for one in sent.get(f"{name}.holds", ()) if one == tag]
        rest = {key: value for key, value in text.items() if key != tag}
        return rest | ({tag: words} if words.strip() else {}) | {"states": states, "holds": holds}

    return replaced(facts, held, Words, each)


def original(text: Mapping[str, str]) -> str:
    """Return the words a text was written in first."""
    words = [value for tag, value in text.items() if tag not in ("source", "states")]
    return text.get(text.get("source", "")) or next(iter(words), "")


def _states(before: Mapping[str, Any], after: Mapping[str, Any]) -> Raw:
    words = {tag: value for tag, value in after.items() if tag not in ("states", "holds")}
    source = after.get("source") or ""
    rewritten = bool(before) and before.get(source) != after.get(source)
    states = dict(after.get("states") or {})
    for tag in words.keys() - {source, "source", *states, *(after.get("holds") or ())}:
        outdated = (before.get("states") or {}).get(tag) == "outdated"
        if words[tag] == before.get(tag) and (rewritten or outdated):
            states[tag] = "outdated"
    return words | ({"states": states} if states else {})
