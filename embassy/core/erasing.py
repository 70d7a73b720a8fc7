"""Taking a person's names out of texts: found folded and word by word, by keyed marks that tell no name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple

from embassy.core.folding import fold

ERASED = "[…]"
# Letters and figures with the marks that stand on them, so that a word written in parts stays one.
WORD = re.compile(r"(?:[^\W_]|[\u00ad\u0300-\u036f\u0640\u064b-\u065f\u0670\u200b-\u200f])+")
ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
WEB = re.compile(r"https?://\S+")
# Between two words of a name stands little: a space, a comma and a space, a full stop.
WIDEST_GAP = 3
SHORTEST_ALONE = 7


class Unfit(ValueError):
    """A name that would take too much with it: one short word."""


class Mark(NamedTuple):
    """A name as it is looked for: of how many words, and their keyed digest (BLAKE2b, 16 bytes, as hex)."""

    words: int
    digest: str


class _Word(NamedTuple):
    folded: str
    begins: int
    ends: int


@dataclass(frozen=True)
class Eraser:
    """What takes names out wherever they stand; whoever has the marks and not the key learns no name."""

    marks: frozenset[Mark]
    key: bytes

    def facts(self, raw: Any) -> Any:
        """Return JSON facts without the names; equal to what was given where there is none."""
        if isinstance(raw, str):
            return self.text(raw)
        if isinstance(raw, dict):
            return {name: self.facts(value) for name, value in raw.items()}
        return [self.facts(value) for value in raw] if isinstance(raw, list) else raw

    def text(self, text: str) -> str:
        """Return a text without the names.

        In the address of a record each becomes a word that is the same everywhere; an address on the web
        that holds one goes whole.
        """
        address = ADDRESS.fullmatch(text) is not None
        pieces, done = [], 0
        for begins, ends, mark in self._found(text):
            pieces += [text[done:begins], f"erased-{mark.digest[:8]}" if address else ERASED]
            done = ends
        return "" if done and WEB.fullmatch(text) else "".join([*pieces, text[done:]])

    def _found(self, text: str) -> Iterator[tuple[int, int, Mark]]:
        words = list(_words(text))
        lengths = sorted({mark.words for mark in self.marks}, reverse=True)
        place = 0
        while place < len(words):
            run = next((n for n in lengths if self._is_name(words[place : place + n], n)), 0)
            if run:
                named = words[place : place + run]
                yield named[0].begins, named[-1].ends, _mark(named, self.key)
            place += run or 1

    def _is_name(self, words: list[_Word], length: int) -> bool:
        near = all(later.begins - earlier.ends <= WIDEST_GAP for earlier, later in pairwise(words))
        return len(words) == length and near and _mark(words, self.key) in self.marks


def marks(names: Iterable[str], key: bytes) -> frozenset[Mark]:
    """Return what names are looked for by, the last word first too; raises Unfit."""
    found = set()
    for name in names:
        words = list(_words(name))
        if len(words) < 2 and len("".join(word.folded for word in words)) < SHORTEST_ALONE:
            raise Unfit(name)
        found |= {_mark(words, key), _mark([words[-1], *words[:-1]], key)}
    return frozenset(found)


def _words(text: str) -> Iterator[_Word]:
    for match in WORD.finditer(text):
        if folded := fold(match[0]):
            yield _Word(folded, match.start(), match.end())


def _mark(words: list[_Word], key: bytes) -> Mark:
    said = "\0".join(word.folded for word in words).encode()
    return Mark(len(words), blake2b(said, key=key, digest_size=16).hexdigest())
