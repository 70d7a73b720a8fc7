"""A part added to a record in a short form: an act recorded, an office closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.composed import Path
from embassy.core.facts import Fact, Refused
from embassy.core.messages import Message
from embassy.core.shapes import plain
from embassy.core.workflow import Move
from embassy.db import changes
from embassy.db.commands import check, facts_of
from embassy.db.kinds import Addition, Kind
from embassy.db.record import Record
from embassy.desk import differing, drafting, labels, pages, picking, queries, work
from embassy.web import forms, respond, submission
from embassy.web.forms import Control
from embassy.web.guard import requires
from embassy.web.house import house, language, now
from embassy.web.locale import translate
from embassy.web.page import crumb, desk_page

bp = Blueprint("additions", __name__, url_prefix="/<language:lang>/desk")
LOOK = "look"


@dataclass(frozen=True)
class Place:
    """Where a part is added: a record, the facts it stands on, the list, and how its short form is made."""

    kind: Kind
    record: Record
    facts: Mapping[str, Any]
    fact: Fact
    addition: Addition

    @property
    def held(self) -> Sequence[Mapping[str, Any]]:
        """Return the parts that stand."""
        return self.facts.get(self.fact.name) or ()

    def with_part(self, part: dict[str, Any]) -> dict[str, Any]:
        """Return the facts of the record with the part more."""
        more = {**self.facts, self.fact.name: [*self.held, self.addition.named(part, self.facts)]}
        return drafting.restated(self.kind.facts, self.facts, more)


@bp.get("/records/<kind>/<slug>/add/<name>")
@requires(*work.WRITERS)
def show(kind: str, slug: str, name: str) -> Response:
    """Ask for the part."""
    place = _place(kind, slug, name)
    return _page(place, place.addition.begins(place.record, now()))


@bp.post("/records/<kind>/<slug>/add/<name>")
@requires(*work.WRITERS)
def add(kind: str, slug: str, name: str) -> AnyResponse:
    """Show what the part would change, or hand it in; nothing is kept of what is refused."""
    place = _place(kind, slug, name)
    part = _sent(place)
    try:
        if request.form.get("do") == LOOK:
            return _page(place, part, looked=place.with_part(part))
        return _kept(place, part, work.wish(Move.save, Move.submit, Move.publish))
    except Refused as refused:
        return _page(place, part, refusals=forms.wrong(refused), status=422)


def _place(kind: str, slug: str, name: str) -> Place:
    """Return where a part is added; 404 where there is no such list, 403 where the member may not write."""
    wanted = work.kind_named(kind)
    addition = wanted.additions.get(name) or abort(404)
    record = pages.stands(wanted, slug)
    work.scope(wanted, record)
    fact = next(fact for fact in wanted.facts if fact.name == name)
    return Place(wanted, record, facts_of(wanted, record), fact, addition)


def _sent(place: Place) -> dict[str, Any]:
    """Return the part as the form sent it, with the sentence that was chosen for a text."""
    raw = submission.read([place.fact], request.form.to_dict(flat=False))
    part: dict[str, Any] = next(iter(raw.get(place.fact.name, ())), {})
    for name, phrases in place.addition.phrases.items():
        chosen = {str(number): phrase for number, phrase in enumerate(phrases)}
        if phrase := chosen.get(request.form.get(f"phrase.{name}", "")):
            part[name] = _in_every_language(phrase) | part.get(name, {})
    return part


def _in_every_language(phrase: Message) -> dict[str, str]:
    languages = house().deployment.languages
    return {
        "source": language().tag,
        **{one.tag: translate(phrase, one) for one in languages if one.tag != "sr-Latn"},
    }


def _kept(place: Place, part: dict[str, Any], what: Move) -> AnyResponse:
    """Begin a change of the record with the part more, and make the move that was wished; raises Refused."""
    kind = place.kind
    database = house().database
    with database.writing() if what is Move.publish else database.quietly_writing() as writing:
        record = queries.record(writing, kind, place.record.slug) or abort(404)
        now_stands = replace(place, record=record, facts=facts_of(kind, record))
        change = changes.begin(writing, kind, record, now_stands.with_part(part), None, work.writer())
        change.why = plain(request.form.get("why", ""))[:500]
        writing.flush()
        hand = work.hand(change)
        if what is Move.publish:
            changes.publish(writing, kind, change, hand, work.writer())
        elif what is Move.submit:
            changes.submit(writing, kind, change, hand, work.writer())
        else:
            changes.move(change, what, hand, work.writer())
        uid = change.uid
    flash(translate(labels.DONE[what]), "success")
    return redirect(url_for("desk.change", uid=uid), 303)


def _page(
    place: Place,
    part: Mapping[str, Any],
    *,
    looked: dict[str, Any] | None = None,
    refusals: Mapping[Path, Message] | None = None,
    status: int = 200,
) -> Response:
    """Show the short form and, once that was asked, what would follow; raises Refused if that is wrong."""
    kind, record, wrong = place.kind, place.record, refusals or {}
    title = getattr(record, kind.title).best(language())[1]
    where = (title, url_for("desk.record", kind=kind.name, slug=record.slug))
    remarks = pages.remarks(kind, record, check(kind, looked)) if looked else []
    controls = _controls(place, part, wrong)
    asked = [controls.pop(name) for name in place.addition.asks]
    return respond.private(
        "desk/adding.html",
        desk_page(translate(place.addition.label), title, crumb(kind), where),
        action=url_for("additions.add", kind=kind.name, slug=record.slug, name=place.fact.name),
        asked=asked,
        more=list(controls.values()),
        phrases={
            name: [(str(number), translate(one)) for number, one in enumerate(phrases)]
            for name, phrases in place.addition.phrases.items()
        },
        looked=looked is not None,
        remarks=remarks,
        rows=differing.rows(kind, place.facts, looked) if looked else [],
        errors=[differing.error(kind, path, told) for path, told in wrong.items()],
        urgent=kind.urgent is not None,
        why={"why": request.form.get("why", "")},
        status=status,
    )


def _controls(place: Place, part: Mapping[str, Any], wrong: Mapping[Path, Message]) -> dict[str, Control]:
    """Return the controls of the part that is added, the last of its list, by the names of its facts."""
    raw = {place.fact.name: [*place.held, part]}
    refer = partial(picking.plainly, asked=False)
    form = forms.Form([place.fact], {}, lambda name, held, _path: refer(name, held), wrong, {})
    choices = place.addition.choices(place.record)
    controls = {one.name.rpartition(".")[2]: one for one in form.controls(raw)[0].parts[-1].controls}
    return {
        name: replace(one, kind="choice", hint="", options=choices[name]) if name in choices else one
        for name, one in controls.items()
        if name not in place.addition.skips
    }
