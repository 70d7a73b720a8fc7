"""Facts as people read them: names instead of paths, words instead of codes, and what differs."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from embassy.core.composed import Parts, Path, Several, Words
from embassy.core.differing import Kept, differences
from embassy.core.facts import Fact
from embassy.core.languages import SPOKEN
from embassy.core.messages import Message
from embassy.core.personal import Personal, identities
from embassy.core.shapes import Choice, Flag, Uid
from embassy.db.kinds import Kind
from embassy.desk import queries
from embassy.web import forms
from embassy.web.house import house, language, session
from embassy.web.locale import _, translate


class Row(NamedTuple):
    """A fact that differs: its name, where within it, and its words as (added, removed, words)."""

    fact: str
    where: str
    runs: list[tuple[bool, bool, str]]


def rows(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    """Return what differs between two versions of a record."""
    facts = {fact.name: fact for fact in kind.facts}
    told = confided(kind, before, after)
    old, new = (
        {name: spoken(facts[name], raw[name], told) for name in raw if name in facts}
        for raw in (before, after)
    )
    return [
        Row(
            called(kind, str(found.path[0])),
            " · ".join(where(facts[str(found.path[0])], found.path[1:])),
            [(kept is Kept.added, kept is Kept.removed, words) for kept, words in found.words],
        )
        for found in differences(old, new)
        if not hidden(facts[str(found.path[0])])
    ]


def error(kind: Kind, path: Path, told: Message) -> tuple[str, str]:
    """Return the control that an error leads to, and the error with the name of its fact."""
    said = translate(told)
    facts = {fact.name: fact for fact in kind.facts}
    if not path or path[0] not in facts:
        return ".".join(map(str, path)) or "main", said
    inner = where(facts[str(path[0])], path[1:])
    names = " · ".join([called(kind, str(path[0])), *inner])
    return ".".join(map(str, path)), _("%(fact)s: %(error)s", fact=names, error=said)


def title(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what a draft is called: the title it gives, in the reader's language if it can."""
    text = facts.get(house().kinds[kind].title) or {}
    words = [value for tag, value in text.items() if tag not in ("source", "states")]
    found = text.get(language().tag) or text.get(text.get("source", "")) or next(iter(words), "")
    return found or _("New: %(kind)s", kind=translate(house().kinds[kind].label))


def called(kind: Kind, name: str) -> str:
    """Return what lists, or else the description, call a fact."""
    calls = {fact.name: fact.about for fact in kind.facts} | {cell.name: cell.label for cell in kind.cells}
    return translate(calls[name]).rstrip(".")


def where(fact: Fact, path: Path) -> Iterable[str]:
    """Yield the names of the steps from a fact to a place within it."""
    inner = {one.name: one for one in fact.shape.facts} if isinstance(fact.shape, Parts) else {}
    for step in path:
        if isinstance(step, int):
            yield str(step + 1)
        elif step in inner:
            yield translate(inner[step].about).rstrip(".")
        elif step == "source":
            yield _("Written first in")
        elif step == "states":
            yield _("Drafts and outdated translations")
        else:
            yield SPOKEN[step].name if step in SPOKEN else step


def confided(kind: Kind, *versions: Mapping[str, Any]) -> dict[str, str]:
    """Return by identity the values about people that versions of a record refer to and that are kept."""
    uids = {uid for version in versions for uid in identities(kind.facts, version)}
    return {str(row.uid): row.value for row in queries.personal(session(), uids)}


def spoken(fact: Fact, raw: Any, told: Mapping[str, str]) -> Any:
    """Return JSON facts with the words people use for codes, without what is kept for the service."""
    match fact.shape:
        case Parts() as shape if isinstance(raw, list):
            return [_part(shape, one, told) for one in raw]
        case Words() if isinstance(raw, Mapping):
            return {
                tag: SPOKEN[words].name if tag == "source" and words in SPOKEN else words
                for tag, words in raw.items()
                if tag != "states"
            }
        case Several(each=Choice() as choice) if isinstance(raw, list):
            return [_word(choice, one) for one in raw]
        case Choice() as choice:
            return _word(choice, raw)
        case Personal():
            return told.get(raw, _("(no longer kept)"))
        case shape:
            return {"yes": _("Yes"), "no": _("No")}.get(raw, raw) if isinstance(shape, Flag) else raw


def hidden(fact: Fact) -> bool:
    """Say whether a fact is kept for the service alone."""
    return isinstance(fact.shape, Uid) or fact.name in forms.COUNTED


def _part(shape: Parts, raw: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    facts = {fact.name: fact for fact in shape.facts if not hidden(fact)}
    return {name: spoken(facts[name], value, told) for name, value in raw.items() if name in facts}


def _word(choice: Choice, raw: Any) -> Any:
    return translate(choice.labels[choice.words(raw)]) if raw in set(choice.words) else raw
