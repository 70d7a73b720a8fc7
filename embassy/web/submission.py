"""What a browser sent of a form made from facts, read as raw facts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from embassy.core.composed import Parts, Path, Several, Words
from embassy.core.facts import Fact
from embassy.core.partial import year_first
from embassy.core.shapes import Choice, Day, Document, Instant, Partial, Reference
from embassy.web.house import house, language

LONGEST_NAME = 200
# What the choice “none of these” sends.
NONE = "-"


def read(facts: Iterable[Fact], sent: Mapping[str, Sequence[str]], prefix: str = "") -> dict[str, Any]:
    """Return raw facts from what a browser sent; fields that no fact asks for are not looked at.

    Parts in which nothing was written stay, empty, so that each is where it was drawn; see `filled`.
    """
    raw = {}
    for fact in facts:
        value = _read(fact.shape, sent, prefix + fact.name)
        if value not in (None, "", [], {}):
            raw[fact.name] = value
    return raw


def filled(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return raw facts without the parts in which nothing was written."""
    bare = {
        name: [one for one in held if one != {}] if isinstance(held, list) else held
        for name, held in raw.items()
    }
    return {name: held for name, held in bare.items() if held != []}


def _read(shape: Any, sent: Mapping[str, Sequence[str]], name: str) -> Any:
    if isinstance(shape, Parts):
        return [read(shape.facts, sent, f"{name}.{number}.") for number in _numbers(sent, name)]
    if isinstance(shape, Reference):
        return _chosen(sent, name)
    if isinstance(shape, Document) and _last(sent, f"{name}.gone"):
        return None
    if isinstance(shape, Day | Partial | Instant):
        written = _last(sent, name)
        return _moment(written) if isinstance(shape, Instant) else year_first(written)
    if isinstance(shape, Several) and isinstance(shape.each, Choice):
        return [value for value in sent.get(name, ()) if value]
    raw = shape.gather({suffix: _last(sent, name + suffix) for suffix in shape.suffixes()})
    if isinstance(shape, Words) and raw:
        raw = {"source": language().tag if raw.get(language().tag) else next(iter(raw))} | raw
        raw |= {"states": {tag: "draft" for tag in sent.get(f"{name}.drafts", ()) if raw.get(tag)}}
        raw["holds"] = [tag for tag in sent.get(f"{name}.holds", ()) if raw.get(tag)]
    return raw


def _moment(written: str) -> str:
    """Return a moment with its offset: one without is meant on the clocks of the ministry."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    return written if moment.tzinfo else Instant().dump(moment.replace(tzinfo=house().deployment.legal_zone))


def _chosen(sent: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the address of the record that was chosen, or what was typed and not chosen, in quotes.

    Words that are still the title of what was chosen choose nothing else; no words choose nothing.
    """
    if picked := _last(sent, f"{name}.found"):
        return "" if picked == NONE else picked
    words, said = (" ".join(_last(sent, name + suffix).split()) for suffix in (".words", ".said"))
    if words == said:
        return _last(sent, name).strip()
    return f"“{words[:LONGEST_NAME]}”" if words else ""


def unchosen(raw: str) -> str:
    """Return what was typed into a field that refers to a record, as long as nothing is chosen."""
    return raw[1:-1] if raw.startswith("“") else ""


def reference(
    facts: Iterable[Fact], sent: Mapping[str, Sequence[str]], raw: dict[str, Any], name: str, before: str = ""
) -> tuple[str, dict[str, Any], Path]:
    """Return the kind a field refers to, what holds it in the facts read from the form, and its path there.

    Raises KeyError or ValueError where no field that refers to a record has this name.
    """
    first, _dot, rest = name.partition(".")
    shape = {fact.name: fact.shape for fact in facts}[first]
    if not rest and isinstance(shape, Reference):
        return shape.kind, raw, (first,)
    if not rest or not isinstance(shape, Parts):
        raise KeyError(name)
    number, _dot, inner = rest.partition(".")
    stem = f"{before}{first}"
    place = _numbers(sent, stem).index(int(number))
    kind, holds, path = reference(shape.facts, sent, raw[first][place], inner, f"{stem}.{number}.")
    return kind, holds, (first, place, *path)


def _numbers(sent: Iterable[str], name: str) -> list[int]:
    found = (re.match(rf"{re.escape(name)}\.([0-9]{{1,4}})\.", key) for key in sent)
    return sorted({int(match[1]) for match in found if match})


def _last(sent: Mapping[str, Sequence[str]], name: str) -> str:
    values = sent.get(name) or ("",)
    return values[-1].replace("\r\n", "\n")
