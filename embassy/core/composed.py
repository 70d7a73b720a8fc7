"""The shapes that hold several values: rows of one shape, texts by language, lists of parts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from embassy.core.facts import Fact, Refusal, Refused, Wrong, dump_all, parse_all
from embassy.core.languages import SPOKEN
from embassy.core.messages import Message, say
from embassy.core.shapes import Line
from embassy.core.text import Localized, Translation

Path = tuple[str | int, ...]
PART = re.compile(r"(?:\\.|[^;])+", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SPECIAL = re.compile(r"([;\\])")
UNSPOKEN = say("There is no such language here. Known are: %(tags)s.", tags=", ".join(SPOKEN))


@dataclass(frozen=True)
class Several:
    """Values of one shape in a row; in a column they stand behind each other with semicolons.

    A semicolon or backslash inside a value has a backslash before it there.
    """

    each: Any

    @property
    def expects(self) -> Message:
        return say("Several of these, with semicolons between them: %(each)s", each=self.each.expects)

    def placed(self, country: str) -> "Several":
        """Return the shape as its values are written in a country."""
        placed = getattr(self.each, "placed", None)
        return Several(placed(country)) if placed else self

    def parse(self, raw: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list | tuple):
            raise Wrong(self.expects)
        parsed, refusals = [], []
        for number, value in enumerate(raw):
            try:
                parsed.append(self.each.parse(value))
            except Wrong as wrong:
                refusals.append(Refusal((number,), value, wrong.expected))
        if refusals:
            raise Refused(refusals)
        return tuple(value for value in parsed if value != "")

    def dump(self, value: Sequence[Any]) -> list[Any]:
        return [self.each.dump(one) for one in value]

    def suffixes(self) -> tuple[str, ...]:
        return ("",)

    def gather(self, cells: Mapping[str, str]) -> list[str]:
        return [ESCAPED.sub(r"\1", part.strip()) for part in PART.findall(cells[""]) if part.strip()]

    def spread(self, dumped: Any) -> Mapping[str, str]:
        return {"": "; ".join(SPECIAL.sub(r"\\\1", str(value)) for value in dumped or ())}


@dataclass(frozen=True)
class Words:
    """A text in several languages; `source` names the one it was written in (the first, if unnamed)."""

    most: int = 300
    expects: Message = say(
        "Texts by language, such as en and sr-Latn; “source” names the original, "
        "“states” drafts and outdated ones."
    )

    def parse(self, raw: Any) -> Localized:
        if not isinstance(raw, Mapping):
            raise Wrong(self.expects)
        texts, refusals = self._texts(raw)
        source = raw.get("source") or next(iter(texts), "")
        if not isinstance(source, str) or source not in texts:
            if not refusals:
                expected = say("The language of the original, which must be among the texts.")
                refusals.append(Refusal(("source",), source, expected))
            raise Refused(refusals)
        states = _states(raw.get("states") or {})
        if states is None or not texts.keys() - {source} >= states.keys():
            expected = say("Translations with draft or outdated, such as “sq=draft”.")
            refusals.append(Refusal(("states",), raw["states"], expected))
        if refusals:
            raise Refused(refusals)
        return Localized(source, texts, states or {})

    def _texts(self, raw: Mapping[str, Any]) -> tuple[dict[str, str], list[Refusal]]:
        texts, refusals = {}, []
        for tag, words in raw.items():
            if tag in ("source", "states"):
                continue
            if tag not in SPOKEN:
                refusals.append(Refusal((tag,), words, UNSPOKEN))
                continue
            try:
                text = Line(self.most).parse(words)
            except Wrong as wrong:
                refusals.append(Refusal((tag,), words, wrong.expected))
                continue
            if text:
                texts[tag] = text
        return texts, refusals

    def dump(self, value: Localized) -> dict[str, Any]:
        states = {"states": _in_order(value.states)} if value.states else {}
        return {"source": value.source, **_in_order(value.texts), **states}

    def suffixes(self) -> tuple[str, ...]:
        return (".source", *(f".{tag}" for tag in SPOKEN), ".states")

    def gather(self, cells: Mapping[str, str]) -> Any:
        return {suffix[1:]: words for suffix, words in cells.items() if words.strip()} or None

    def spread(self, dumped: Any) -> Mapping[str, str]:
        cells = {f".{key}": words for key, words in (dumped or {}).items()}
        if ".states" in cells:
            cells[".states"] = " ".join(f"{tag}={state}" for tag, state in cells[".states"].items())
        return cells


def _states(raw: Any) -> dict[str, Translation] | None:
    if isinstance(raw, str):
        raw = dict(pair.partition("=")[::2] for pair in raw.split())
    allowed = (Translation.draft, Translation.outdated)
    if not isinstance(raw, Mapping) or any(state not in allowed for state in raw.values()):
        return None
    return {tag: Translation(state) for tag, state in raw.items()}


def _in_order(by_tag: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept by language in the order of languages: a database may keep another."""
    return {tag: by_tag[tag] for tag in SPOKEN if tag in by_tag}


@dataclass(frozen=True)
class Parts:
    """A list of parts, each made of facts; in a table each further part is a row with the same slug."""

    facts: tuple[Fact, ...]
    expects: Message = say("A list of parts.")

    def placed(self, country: str) -> "Parts":
        """Return the shape as its parts are written in a country."""
        return replace(self, facts=tuple(fact.placed(country) for fact in self.facts))

    def parse(self, raw: Any) -> list[dict[str, Any]]:
        if not isinstance(raw, list):
            raise Wrong(self.expects)
        parsed, refusals = [], []
        for number, part in enumerate(raw):
            if not isinstance(part, Mapping):
                refusals.append(Refusal((number,), part, self.expects))
                continue
            try:
                parsed.append(parse_all(self.facts, part, (number,)))
            except Refused as refused:
                refusals += refused.refusals
        if refusals:
            raise Refused(refusals)
        return parsed

    def dump(self, value: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [dump_all(self.facts, part) for part in value]

    def suffixes(self) -> tuple[str, ...]:
        return tuple(f".{fact.name}{suffix}" for fact in self.facts for suffix in fact.shape.suffixes())

    def gather(self, cells: Mapping[str, str]) -> Any:
        part = {
            fact.name: fact.shape.gather({s: cells[f".{fact.name}{s}"] for s in fact.shape.suffixes()})
            for fact in self.facts
        }
        return {name: value for name, value in part.items() if value not in (None, [])} or None

    def spread(self, dumped: Any) -> Mapping[str, str]:
        return {
            f".{fact.name}{suffix}": cell
            for fact in self.facts
            for suffix, cell in fact.shape.spread(dumped.get(fact.name)).items()
        }


def replaced(
    facts: Iterable[Fact],
    held: Mapping[str, Any],
    shape: type[Any],
    each: Callable[[Any, Any, Path], Any],
    path: Path = (),
) -> dict[str, Any]:
    """Return facts or values with `each(shape, value, path)` in the place of every value of one shape.

    Parts are gone through too; where there is no value, nothing is asked.
    """
    after = dict(held)
    for fact in facts:
        value, here = held.get(fact.name), (*path, fact.name)
        if value in (None, "", []):
            continue
        if isinstance(fact.shape, shape):
            after[fact.name] = each(fact.shape, value, here)
        elif isinstance(fact.shape, Parts):
            inner = fact.shape.facts
            after[fact.name] = [
                replaced(inner, part, shape, each, (*here, n)) for n, part in enumerate(value)
            ]
    return after
