"""Records that carry a word found nowhere else, made from the sample of any kind."""

import json
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any

from embassy.config import sample_files
from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact, Refused
from embassy.core.languages import SPOKEN
from embassy.core.personal import Personal
from embassy.core.shapes import Day, Line, Reference, Uid
from embassy.db.commands import check
from embassy.db.kinds import Kind
from tests.every.crawl import TYPED

# As long as the longest mark.
BLANK = "wombatxxxxxxxxx"
KEPT = frozenset({"uid", "slug", "reason"})


class NoSample(LookupError):
    """A kind that has no sample to make a canary from."""


def samples(kind: Kind) -> list[dict[str, Any]]:
    """Return the first file of sample records of a kind, which is enough to hide others among.

    Raises NoSample naming the kind.
    """
    files = sample_files(kind.name)
    if not files:
        raise NoSample(f"The kind “{kind.name}” has no sample: write {kind.name}.json beside the others.")
    found: list[dict[str, Any]] = json.loads(files[0].read_text(encoding="utf-8"))
    return found


def canary(kind: Kind, mark: str, **other: Any) -> dict[str, Any]:
    """Return facts of a record whose every text says the mark, as far as the kind's rules let it."""
    made: dict[str, Any] = json.loads(_marked(kind).replace(BLANK, mark))
    return {**made, "slug": slug_of(kind, mark), **other}


# Finding out where a text may stand takes hundreds of attempts: once for each kind is enough.
_known: dict[str, str] = {}


def _marked(kind: Kind) -> str:
    if kind.name not in _known:
        raw = _without_identity(kind.facts, deepcopy(samples(kind)[0]))
        _mark(kind, raw, raw, kind.facts, BLANK)
        _known[kind.name] = json.dumps(raw)
    return _known[kind.name]


def referring(kind: Kind, mark: str, slug: str, named: Mapping[str, str]) -> dict[str, Any]:
    """Return facts of a record that refers, wherever its kind lets it, to the slug given for each kind."""
    raw = pointed(kind.own, canary(kind, mark, slug=slug), named)
    all_names = {fact.name: named[fact.shape.kind] for fact in kind.own if isinstance(fact.shape, Reference)}
    needed = {
        fact.name: all_names[fact.name] for fact in kind.own if fact.required and fact.name in all_names
    }
    days = {fact.name: "2026-01-02" for fact in kind.own if isinstance(fact.shape, Day)}
    return next(
        form for form in (days | raw | all_names, raw | all_names, raw | needed) if stands(kind, form)
    )


def pointed(facts: Iterable[Fact], raw: dict[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """Return facts that refer to the slug given for each kind, in the first part of each list too."""
    turned = dict(raw)
    for fact in facts:
        if isinstance(fact.shape, Parts) and raw.get(fact.name):
            first, *rest = raw[fact.name]
            turned[fact.name] = [pointed(fact.shape.facts, first, named), *rest]
        elif isinstance(fact.shape, Reference) and fact.name in raw:
            turned[fact.name] = named[fact.shape.kind]
    return turned


def with_hidden_parts(
    kind: Kind, raw: dict[str, Any], hidden: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    """Return facts with one more part for each mark, wherever parts have an audience of their own."""
    for fact in kind.own:
        if isinstance(fact.shape, Parts) and {"audience", "shown_from"} <= {f.name for f in fact.shape.facts}:
            for mark, standing in hidden.items():
                raw = raw | {fact.name: [*raw[fact.name], _hidden_part(kind, raw, fact, mark, standing)]}
    return raw


def _hidden_part(
    kind: Kind, raw: dict[str, Any], fact: Fact, mark: str, standing: dict[str, Any]
) -> dict[str, Any]:
    facts = fact.shape.facts if isinstance(fact.shape, Parts) else ()
    for part in reversed(raw[fact.name]):
        hidden: dict[str, Any] = deepcopy(part) | {"uid": mark[::-1]} | standing
        whole = raw | {fact.name: [*raw[fact.name], hidden]}
        if stands(kind, whole):
            _mark(kind, whole, hidden, facts, mark)
            return hidden
    raise LookupError(f"No part of {kind.name}.{fact.name} can be added once more.")


def slug_of(kind: Kind, mark: str) -> str:
    """Return the canary's slug, which does not say the mark itself: error pages repeat the address."""
    return f"{kind.name.replace('_', '-')}-{mark[::-1]}"


def _without_identity(facts: Iterable[Fact], raw: dict[str, Any]) -> dict[str, Any]:
    """Leave out the UUIDs, which a second record may not have."""
    kept = {}
    for fact in facts:
        if isinstance(fact.shape, Uid) or fact.name not in raw:
            continue
        kept[fact.name] = raw[fact.name]
        if isinstance(fact.shape, Parts):
            kept[fact.name] = [_without_identity(fact.shape.facts, part) for part in raw[fact.name]]
    return kept


def _mark(kind: Kind, whole: dict[str, Any], raw: dict[str, Any], facts: Iterable[Fact], mark: str) -> None:
    for fact in facts:
        if isinstance(fact.shape, Parts):
            for part in raw.get(fact.name, ()):
                _mark(kind, whole, part, fact.shape.facts, mark)
        elif fact.name not in KEPT:
            _say(raw, fact, mark, lambda: stands(kind, whole))


def _say(raw: dict[str, Any], fact: Fact, mark: str, stands: Callable[[], bool]) -> None:
    """Put the mark into one fact in the first form that the kind takes."""
    before = raw.get(fact.name)
    for said in _forms(fact.shape, mark):
        raw[fact.name] = said
        if stands():
            return
    if before is None:
        raw.pop(fact.name, None)
    else:
        raw[fact.name] = before


def _forms(shape: object, mark: str) -> list[Any]:
    if isinstance(shape, Words):
        return [{"source": "en", **dict.fromkeys(SPOKEN, f"{TYPED} {mark}")}]
    if isinstance(shape, Several):
        return [[form] for form in _forms(shape.each, mark)]
    if isinstance(shape, Personal):
        return [{"value": form} for form in _forms(shape.each, mark)]
    if isinstance(shape, Line):
        return [f"{TYPED} {mark}", f"https://{mark}.example/", f"{mark}@example.org", mark]
    return []


def stands(kind: Kind, raw: dict[str, Any]) -> bool:
    """Say whether a kind takes facts."""
    try:
        check(kind, raw)
    except Refused:
        return False
    return True
