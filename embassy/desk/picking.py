"""Fields that refer to another record: what is chosen, what its words find, what may be begun beside it."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, request, url_for
from werkzeug.exceptions import BadRequest

from embassy.core.composed import Path
from embassy.core.folding import fold
from embassy.core.messages import say_many
from embassy.core.shapes import COUNTRY, Choice
from embassy.core.workflow import may_write
from embassy.db.kinds import Kind
from embassy.db.record import Change
from embassy.desk import companions, differing, queries, work
from embassy.web import formats, submission
from embassy.web.forms import Found, Referred
from embassy.web.house import house, language, member, session
from embassy.web.locale import _, translate
from embassy.web.wishes import typed

MOST_NAMES = 3


class Picker:
    """What the fields of a form show that refer to other records; the one at `asked` also what it finds."""

    def __init__(self, change: Change, facts: Mapping[str, Any], asked: Path = ()) -> None:
        kind = house().kinds[change.record_kind]
        wanted = [one[1:] for one in differing.referring(kind.facts, facts)]
        self.asked = asked
        self.titles = queries.titles(session(), wanted, language().tag)
        self.drafts = companions.drafted(session(), change, set(wanted) - self.titles.keys())

    @property
    def called(self) -> Mapping[differing.Record, str]:
        """Return by kind and address what is called that the facts refer to, namesakes told apart."""
        drafts = {record: differing.title(record[0], one.facts) for record, one in self.drafts.items()}
        stands = {record: title for record, (title, _shown_from) in self.titles.items()}
        return differing.told_apart({**drafts, **stands})

    def __call__(self, name: str, raw: str, path: Path) -> Referred:
        """Return what a field shows that refers to a record of a kind."""
        kind = house().kinds.get(name)
        words = submission.unchosen(raw)
        found = tuple(matches(kind, words)) if kind and path == self.asked else None
        new = _("New: %(kind)s", kind=translate(kind.label)) if kind and may_begin(kind) else ""
        if words:
            return Referred(name, words=words, note=_("Nothing is chosen yet"), found=found, new=new)
        draft = self.drafts.get((name, raw))
        if draft is not None:
            title, note = differing.title(name, draft.facts), _("Draft, not yet published")
            link = url_for("desk.change", uid=draft.uid)
            return Referred(name, raw, title, title, note, link, found, new)
        title, _shown_from = self.titles.get((name, raw), (raw, None))
        note = _("No such record") if raw and (name, raw) not in self.titles else ""
        return Referred(name, raw, title, title, note, found=found, new=new)


def plainly(name: str, raw: str, *, asked: bool) -> Referred:
    """Return what a field outside a draft shows that refers to a record of a kind; nothing is begun there."""
    kind, words = house().kinds.get(name), submission.unchosen(raw)
    found = tuple(matches(kind, words)) if kind and (words or asked) else None
    if words or not raw:
        return Referred(name, words=words, note=_("Nothing is chosen yet") if words else "", found=found)
    title, _shown_from = queries.titles(session(), [(name, raw)], language().tag).get(
        (name, raw), (raw, None)
    )
    return Referred(name, raw, title, title, found=found)


def place(change: Change, raw: dict[str, Any], name: str) -> tuple[str, dict[str, Any], Path]:
    """Return to what kind a field of a sent form refers, what holds it in the facts, its path; or 400."""
    facts = house().kinds[change.record_kind].facts
    try:
        return submission.reference(facts, request.form.to_dict(flat=False), raw, name)
    except (KeyError, ValueError):
        raise BadRequest from None


def may_begin(kind: Kind) -> bool:
    """Say whether the member of staff at work may begin a record of a kind: missions are the ministry's."""
    return kind.name != work.MISSION or may_write(member().roles(None))


def matches(kind: Kind, words: str) -> list[Found]:
    """Return the records of a kind that hold some words, then the drafts of new ones; all for no words."""
    folded = fold(words).split()
    if words and not folded:
        return []
    records = [
        Found(record.slug, title, _note(kind, record, title))
        for record, title in queries.found(session(), kind, words, language().tag)
    ]
    drafts = (
        Found(one.facts["slug"], differing.title(kind.name, one.facts), _("Draft, not yet published"))
        for one in queries.drafts(session(), kind)
        if one.facts.get("slug") and _holds(one.facts.get(kind.title) or {}, folded)
    )
    return [*records, *drafts][: queries.MOST_FOUND]


def answer(kind: Kind) -> Response:
    """Answer with the records that some words find, and how many they are in words."""
    found = matches(kind, typed("q"))
    told = say_many("%(num)d found", "%(num)d found", len(found))
    if len(found) == queries.MOST_FOUND:
        told = say_many("The first %(num)d are shown", "The first %(num)d are shown", len(found))
    return jsonify(
        told=translate(told),
        found=[{"slug": one.slug, "title": one.title, "note": one.note} for one in found],
    )


def _holds(text: Mapping[str, Any], folded: list[str]) -> bool:
    every = fold(" ".join(str(words) for words in text.values()))
    return all(word in every for word in folded)


def _note(kind: Kind, record: Any, title: str) -> str:
    """Return what tells a record from its namesakes: its kind, its country, its further names or posts."""
    shapes = {fact.name: fact.shape for fact in kind.facts}
    words: list[str] = []
    for cell in kind.cells:
        value, shape = cell.value(record, language()), shapes.get(cell.name)
        if isinstance(value, list):
            words += [str(one) for one in value if one != title][:MOST_NAMES]
        elif value and isinstance(shape, Choice):
            words.append(translate(shape.labels[value]))
        elif value and shape == COUNTRY:
            words.append(formats.country(value))
    return " · ".join(dict.fromkeys(words))
