"""Values about a person: records hold an identity alone, so that the value itself can be erased."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from embassy.core.composed import UNSPOKEN, Path, replaced
from embassy.core.facts import REQUIRED, Fact, Refusal, Refused, Wrong
from embassy.core.languages import SPOKEN
from embassy.core.messages import Message, say
from embassy.core.shapes import Day, Line, Uid


@dataclass(frozen=True)
class Consent:
    """That somebody agreed to be shown: on which day, to which words, in which language."""

    given: date
    words: str
    language: str


@dataclass(frozen=True)
class Confided:
    """A value as somebody handed it in; without consent no reader sees it."""

    value: str
    consent: Consent | None


@dataclass(frozen=True)
class Personal:
    """A value of one shape that is kept apart from the record and its history."""

    each: Any
    expects: Message = say(
        "A value with the consent to show it: its day, the words agreed to and their language; or all three "
        "left empty, and readers do not see it."
    )

    def parse(self, raw: Any) -> uuid.UUID | Confided:
        if isinstance(raw, str):
            return Uid().parse(raw)
        if not isinstance(raw, Mapping):
            raise Wrong(self.expects)
        read: dict[str, Any] = {}
        refusals = []
        for name, shape in self._asked(raw):
            given = raw.get(name)
            try:
                if given in (None, ""):
                    raise Wrong(REQUIRED)
                read[name] = shape.parse(given)
            except Wrong as wrong:
                refusals.append(Refusal((name,), given, wrong.expected))
        if refusals:
            raise Refused(refusals)
        consent = Consent(read["given"], read["words"], read["language"]) if "given" in read else None
        return Confided(read["value"], consent)

    def _asked(self, raw: Mapping[str, Any]) -> list[tuple[str, Any]]:
        consent = [("given", Day()), ("words", Line(1000)), ("language", Tongue())]
        return [("value", self.each), *(consent if any(raw.get(name) for name, _shape in consent) else ())]

    def dump(self, value: uuid.UUID) -> str:
        """Return the identity; raises TypeError for a value that is not kept yet, which is never written."""
        if not isinstance(value, uuid.UUID):
            raise TypeError("A value about a person is kept before anything refers to it.")
        return str(value)

    def suffixes(self) -> tuple[str, ...]:
        return ("", ".value", ".given", ".words", ".language")

    def gather(self, cells: Mapping[str, str]) -> Any:
        typed = {suffix[1:]: cell for suffix, cell in cells.items() if suffix and cell.strip()}
        return typed or cells[""].strip() or None

    def spread(self, dumped: Any) -> Mapping[str, str]:
        held = {f".{name}": str(value) for name, value in dumped.items()} if isinstance(dumped, dict) else {}
        return dict.fromkeys(self.suffixes(), "") | (held or {"": dumped or ""})


@dataclass(frozen=True)
class Tongue:
    """One of the languages spoken here, by its tag."""

    def parse(self, raw: Any) -> str:
        if raw not in SPOKEN:
            raise Wrong(UNSPOKEN)
        return str(raw)


def identities(facts: Iterable[Fact], held: Mapping[str, Any]) -> set[uuid.UUID]:
    """Return the identities of the values about people that facts or values refer to."""
    found = set()

    def note(_shape: Personal, value: Any, _path: Path) -> Any:
        if not isinstance(value, Mapping):
            found.add(uuid.UUID(str(value)))
        return value

    replaced(facts, held, Personal, note)
    return found
