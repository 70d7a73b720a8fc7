"""What differs between two versions of a record, fact by fact and word by word."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Kept(StrEnum):
    """What became of a run of words."""

    same = "same"
    added = "added"
    removed = "removed"


@dataclass(frozen=True)
class Difference:
    """A fact that differs: its path, such as ("members", 0, "place"), and its words run by run."""

    path: tuple[str | int, ...]
    words: tuple[tuple[Kept, str], ...]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what differs between two versions of JSON facts, in the order of the later one.

    Parts that went stand behind those that are there, so that each keeps the number it has now.
    """
    old, new = (dict(flat(version)) for version in aligned(before, after))
    paths = [*new, *(path for path in old if path not in new)]
    return [
        Difference(path, tuple(compared(old.get(path, ""), new.get(path, ""))))
        for path in paths
        if old.get(path, "") != new.get(path, "")
    ]


def aligned(old: Any, new: Any) -> tuple[Any, Any]:
    """Return two versions with each part where its later self is, None where there is none."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        both = {name: aligned(old.get(name), new.get(name)) for name in (*new, *old)}
        return {name: one for name, (one, _) in both.items()}, {name: one for name, (_, one) in both.items()}
    if _are_parts(old) and _are_parts(new):
        pairs = [aligned(*pair) for pair in _pairs(old, new)]
        return [one for one, _ in pairs], [one for _, one in pairs]
    return old, new


def _are_parts(held: Any) -> bool:
    return isinstance(held, list) and all(isinstance(part, Mapping) for part in held)


def _pairs(old: list[Any], new: list[Any]) -> list[tuple[Any, Any]]:
    """Return each part with its former self: the one of its name, else one that says the same, else any."""
    alike = SequenceMatcher(
        None, [_name(part) for part in old], [_name(part) for part in new], autojunk=False
    )
    pairs, gone = [], []
    for _how, i, j, k, m in alike.get_opcodes():
        pairs += [(one, other) for one, other in zip_longest(old[i:j], new[k:m]) if other is not None]
        gone += [(one, None) for one in old[i:j][m - k :]]
    return pairs + gone


def _name(part: Mapping[str, Any]) -> str:
    """Return what a part is known by: its name among the others or, where it has none, all it says."""
    return str(part.get("uid") or json.dumps(part, sort_keys=True, default=str))


def flat(facts: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each single value in JSON facts with its path."""
    if isinstance(facts, Mapping):
        for name, value in facts.items():
            yield from flat(value, (*path, name))
    elif isinstance(facts, list):
        for number, value in enumerate(facts):
            yield from flat(value, (*path, number))
    else:
        yield path, "" if facts is None else str(facts)


def compared(before: str, after: str) -> Iterator[tuple[Kept, str]]:
    """Yield the words of both texts in runs that stayed, were added or removed.

    Without the added ones they are the text before, without the removed ones the text after.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    matched = SequenceMatcher(None, old, new)
    for _how, i, j, k, m in matched.get_opcodes():
        if old[i:j] == new[k:m]:
            yield Kept.same, "".join(old[i:j])
            continue
        yield from _run(Kept.removed, old[i:j])
        yield from _run(Kept.added, new[k:m])


def _run(kept: Kept, words: Iterable[str]) -> Iterator[tuple[Kept, str]]:
    if text := "".join(words):
        yield kept, text


def merged(
    base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return both sides' changes of a common base in one, and the facts that both changed differently.

    Of those, mine are kept: the writer sees both and decides.
    """
    names = [*mine, *(name for name in theirs if name not in mine)]
    both = {name: theirs.get(name) if mine.get(name) == base.get(name) else mine.get(name) for name in names}
    clashes = [
        name
        for name in names
        if base.get(name) not in (mine.get(name), theirs.get(name)) and mine.get(name) != theirs.get(name)
    ]
    return {name: value for name, value in both.items() if value is not None}, clashes
