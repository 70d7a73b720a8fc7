"""Facts as people read them: names instead of paths, words instead of codes, and what differs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any, NamedTuple

from embassy.core.composed import Parts, Path, Several, Words
from embassy.core.differing import Kept, differences, flat
from embassy.core.facts import Fact, Refused, Wrong
from embassy.core.languages import SPOKEN
from embassy.core.messages import Message
from embassy.core.personal import Personal, identities
from embassy.core.shapes import COUNTRY, Choice, Day, Document, Flag, Instant, Line, Partial, Reference, Uid
from embassy.db.kinds import Kind
from embassy.desk import drafting, queries
from embassy.web import formats, forms
from embassy.web.house import house, language, session
from embassy.web.locale import _, translate

# How many facts of a part, and how much of each, tell it from the others.
MOST_WORDS = 3
LONGEST = 60

Record = tuple[str, str]


class Row(NamedTuple):
    """A fact that differs: its name, where within it, and its words as (added, removed, words)."""

    fact: str
    where: str
    runs: list[tuple[bool, bool, str]]


def rows(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    """Return what differs between two versions of a record."""
    facts = {fact.name: fact for fact in kind.facts}
    names = named(kind, before, after)
    old, new = (
        {name: spoken(facts[name], raw[name], names) for name in raw if name in facts}
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
    found = _in_words(facts.get(house().kinds[kind].title) or {})
    return found or _("New: %(kind)s", kind=translate(house().kinds[kind].label))


def _in_words(text: Mapping[str, Any]) -> str:
    """Return a raw text in the reader's language if it can, else as it was written first."""
    return text.get(language().tag) or drafting.original(text)


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


@dataclass(frozen=True)
class Names:
    """What is called otherwise than it is kept: values about people by their identity, records by address."""

    confided: Mapping[str, str]
    titles: Mapping[Record, str]


def named(kind: Kind, *versions: Mapping[str, Any]) -> Names:
    """Return the names of what versions of a record refer to."""
    uids = {uid for version in versions for uid in identities(kind.facts, version)}
    wanted = {one[1:] for version in versions for one in referring(kind.facts, version)}
    drafts = queries.begun(session(), wanted)
    stands = queries.titles(session(), wanted, language().tag)
    titles = {(one.record_kind, one.facts["slug"]): title(one.record_kind, one.facts) for one in drafts}
    titles |= {record: words for record, (words, _shown_from) in stands.items()}
    return Names({str(row.uid): row.value for row in queries.personal(session(), uids)}, told_apart(titles))


def told_apart(titles: Mapping[Record, str]) -> dict[Record, str]:
    """Return the titles of records by kind and address; namesakes have their address behind it."""
    alike = Counter(titles.values())
    return {
        record: f"{words} ({record[1]})" if alike[words] > 1 else words for record, words in titles.items()
    }


def referring(facts: Iterable[Fact], raw: Mapping[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Yield what raw facts, and those of their parts, refer to: path, kind and address."""
    for fact in facts:
        held = raw.get(fact.name)
        if isinstance(fact.shape, Parts):
            for number, part in enumerate(held or ()):
                for path, kind, slug in referring(fact.shape.facts, part):
                    yield (fact.name, number, *path), kind, slug
        elif isinstance(fact.shape, Reference) and held:
            yield (fact.name,), fact.shape.kind, held


def worded(kind: Kind, facts: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, str]:
    """Return some facts in words, one line for each value, to be read beside a form."""
    shapes, names = {fact.name: fact for fact in kind.facts}, named(kind, facts)
    held = {name: facts[name] for name in wanted if facts.get(name) is not None}
    said = {name: flat(spoken(shapes[name], value, names)) for name, value in held.items()}
    return {name: "\n".join(words for _path, words in said.get(name, ())) or _("(empty)") for name in wanted}


def spoken(fact: Fact, raw: Any, names: Names) -> Any:
    """Return JSON facts with the words people use for codes, without what is kept for the service."""
    match fact.shape:
        case Parts() as shape if isinstance(raw, list):
            return [_part(shape, one, names) for one in raw]
        case Words() if isinstance(raw, Mapping):
            return {
                tag: SPOKEN[words].name if tag == "source" and words in SPOKEN else words
                for tag, words in raw.items()
                if tag != "states"
            }
        case Several(each=each) if isinstance(raw, list):
            return [_said(each, one) for one in raw]
        case Personal():
            return names.confided.get(raw, _("(no longer kept)"))
        case Reference() as shape:
            return names.titles.get((shape.kind, raw), raw)
        case shape:
            return _said(shape, raw)


def told(facts: Iterable[Fact], part: Mapping[str, Any], names: Names) -> str:
    """Return in a few words what a part says, to be known by among the others; "" for an empty one."""
    words = (_briefly(spoken(fact, part[fact.name], names)) for fact in facts if _tells(fact, part))
    return " · ".join(list(filter(None, words))[:MOST_WORDS])


def _tells(fact: Fact, part: Mapping[str, Any]) -> bool:
    return fact.name in part and not hidden(fact) and not isinstance(fact.shape, Flag | Document | Personal)


def _briefly(said: Any) -> str:
    if isinstance(said, Mapping):
        said = _in_words(said)
    elif isinstance(said, list):
        said = formats.listed(said)
    return shorten(str(said), LONGEST, placeholder="…")


def hidden(fact: Fact) -> bool:
    """Say whether a fact is kept for the service alone."""
    return isinstance(fact.shape, Uid) or fact.name in forms.COUNTED


def _part(shape: Parts, raw: Mapping[str, Any], names: Names) -> dict[str, Any]:
    facts = {fact.name: fact for fact in shape.facts if not hidden(fact)}
    return {name: spoken(facts[name], value, names) for name, value in raw.items() if name in facts}


def _said(shape: Any, raw: Any) -> Any:
    """Return one raw value in words; as it is where it is none of its shape."""
    try:
        value = shape.parse(raw)
    except (Wrong, Refused):
        return raw
    say_it = SAYING.get(type(shape))
    return say_it(shape, value) if say_it else raw


def _moment(_shape: Instant, value: datetime) -> str:
    to_the_minute = not (value.second or value.microsecond)
    return formats.moment(value, str(house().deployment.legal_zone)) if to_the_minute else value.isoformat()


SAYING: Mapping[type, Callable[[Any, Any], str]] = {
    Choice: lambda shape, value: translate(shape.labels[value]),
    Flag: lambda _shape, value: _("Yes") if value else _("No"),
    Day: lambda _shape, value: formats.day(value),
    Partial: lambda _shape, value: formats.partial(value),
    Instant: _moment,
    Line: lambda shape, value: formats.country(value) if shape == COUNTRY else value,
    Document: lambda _shape, value: _("PDF file %(digest)s", digest=value[:12]),
}
