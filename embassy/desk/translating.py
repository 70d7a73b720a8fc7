"""A draft's texts in one language beside their originals, with what changed in these since."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from flask import Response, abort, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.composed import Path, Words, replaced
from embassy.core.differing import Kept, aligned, compared
from embassy.core.languages import SPOKEN, Language
from embassy.core.serbian import to_latin
from embassy.core.text import Standing, Translation
from embassy.core.workflow import Move, may
from embassy.db.kinds import Kind
from embassy.db.record import Change
from embassy.desk import differing, drafting, labels, queries, work
from embassy.web import forms, respond
from embassy.web.house import house, member, session
from embassy.web.locale import _, translate
from embassy.web.page import crumb, desk_page


class Pair(NamedTuple):
    """A text beside its translation.

    `runs` are the words of the original as (added, removed, words): what changed in it since the translation
    was right is marked. `derived` is what readers see as long as nothing is written by hand.
    """

    name: str
    label: str
    original: Language
    runs: list[tuple[bool, bool, str]]
    value: str
    derived: str
    standing: Standing
    long: bool


def show(change: Change, tag: str) -> AnyResponse:
    """Show a draft's texts beside their originals; 404 for a language that is not offered.

    One that may not be written leads to its page.
    """
    target = {one.tag: one for one in house().deployment.languages}.get(tag) or abort(404)
    if not may(Move.save, change.stage, work.hand(change)):
        return redirect(url_for("desk.change", uid=change.uid), 303)
    return _page(change, target)


def _page(change: Change, target: Language) -> Response:
    kind = house().kinds[change.record_kind]
    title = differing.title(kind.name, change.facts)
    where = (title, url_for("desk.change", uid=change.uid))
    found = pairs(kind, change.facts, target.tag, cache(partial(_versions, change)))
    waiting = sum(pair.standing is not Standing.current for pair in found)
    return respond.private(
        "desk/translating.html",
        desk_page(_("Translation: %(language)s", language=target.name), title, crumb(kind), where),
        change=change,
        me=member().uid,
        target=target,
        pairs=found,
        waiting=waiting,
        standings={one: (labels.STANDING_SHAPES[one], translate(labels.STANDINGS[one])) for one in Standing},
        languages=[one for one in house().deployment.languages if one is not target],
    )


def pairs(
    kind: Kind, facts: Mapping[str, Any], tag: str, versions: Callable[[], Sequence[Mapping[str, Any]]]
) -> list[Pair]:
    """Return every text that was not written first in a language, beside its translation into it.

    `versions()` gives the record's contents so far, the latest first, each part where its later self is; only
    what is outdated asks for them.
    """
    found: list[Pair] = []
    called = {fact.name: fact for fact in kind.facts}

    def note(shape: Words, text: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        source = text.get("source") or next(iter(text))
        if source != tag and source in SPOKEN:
            label = " · ".join(
                [differing.called(kind, str(path[0])), *differing.where(called[str(path[0])], path[1:])]
            )
            old = _followed(path, tag, versions()) if _outdated(text, tag) else None
            found.append(_pair(path, label, text, source, tag, old, long=shape.most > forms.LONG))
        return text

    replaced(kind.facts, facts, Words, note)
    return found


def _pair(
    path: Path, label: str, text: Mapping[str, Any], source: str, tag: str, old: str | None, *, long: bool
) -> Pair:
    words = text[source]
    return Pair(
        ".".join(map(str, path)),
        label,
        SPOKEN[source],
        [
            (kept is Kept.added, kept is Kept.removed, run)
            for kept, run in compared(words if old is None else old, words)
        ],
        text.get(tag, ""),
        to_latin(text.get("sr", "")) if tag == "sr-Latn" else "",
        _standing(text, source, tag),
        long,
    )


def _standing(text: Mapping[str, Any], source: str, tag: str) -> Standing:
    if tag == "sr-Latn" and not text.get(tag):
        return Standing.current if source == "sr" else _standing(text, source, "sr")
    states = text.get("states") or {}
    return Standing(states.get(tag, Translation.current)) if text.get(tag) else Standing.missing


def _outdated(text: Mapping[str, Any], tag: str) -> bool:
    return (text.get("states") or {}).get(tag) == Translation.outdated


def _versions(change: Change) -> list[Mapping[str, Any]]:
    """Return what the record of a change said so far, the latest first, laid beside the draft."""
    if change.record_id is None:
        return []
    held = queries.revisions(session(), change.record_id)
    return [aligned(revision.facts, change.facts)[0] for revision, _change in held]


def _followed(path: Path, tag: str, versions: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the original that a translation was right for, None where no version tells."""
    for version in versions:
        text: Any = version
        for step in path:
            text = text[int(step)] if isinstance(text, list) else (text or {}).get(step)
        if text and text.get(tag) and not _outdated(text, tag):
            return drafting.original(text)
    return None
