"""Sheets: pages on which one matter of a record is written as a whole, such as the hours of its week."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.composed import Path
from embassy.core.facts import Refused, Values, dump_all
from embassy.core.messages import Message, say
from embassy.core.workflow import Move, may, may_write
from embassy.db import changes
from embassy.db.changes import NotAllowed
from embassy.db.commands import check, facts_of
from embassy.db.kinds import Kind, Leaf, Sheet
from embassy.db.record import Change, Record
from embassy.desk import differing, drafting, handing, labels, pages, queries, work
from embassy.desk.work import Overtaken
from embassy.web import forms, respond
from embassy.web.guard import requires, staff
from embassy.web.house import house, member, now, session
from embassy.web.locale import _, translate
from embassy.web.page import crumb, desk_page

bp = Blueprint("sheets", __name__, url_prefix="/<language:lang>/desk")
LOOK = "look"
OVERTAKEN = say(
    "Somebody else changed this meanwhile, so nothing was kept. What you wrote is still here: look at it and "
    "send it again."
)


@dataclass(frozen=True)
class Place:
    """Where a sheet lies: on a draft or, before anything was written, on a record as it stands."""

    kind: Kind
    name: str
    stands: Record | Change

    @property
    def sheet(self) -> Sheet:
        """Return the sheet."""
        return self.kind.sheets[self.name]

    @property
    def facts(self) -> Mapping[str, Any]:
        """Return what stands."""
        return self.stands.facts if isinstance(self.stands, Change) else facts_of(self.kind, self.stands)

    @property
    def title(self) -> str:
        """Return what the record or the draft is called."""
        return differing.title(self.kind.name, self.facts)

    @property
    def behind(self) -> str:
        """Return the page of the draft or of the record."""
        if isinstance(self.stands, Change):
            return url_for("desk.change", uid=self.stands.uid)
        return url_for("desk.record", kind=self.kind.name, slug=self.stands.slug)


@bp.get("/records/<kind>/<slug>/sheets/<name>")
@staff
def of_record(kind: str, slug: str, name: str) -> AnyResponse:
    """Show a sheet of a record; whoever writes on a draft of it already is led on to that."""
    place = _on_record(kind, slug, name)
    record = pages.stands(place.kind, slug)
    if not may_write(member().roles(changes.mission_of(record))):
        return redirect(place.behind)
    if draft := work.going_on(session(), record):
        led = url_for("sheets.of_draft", uid=draft.uid, name=name)
        return redirect(f"{led}?{request.query_string.decode('ascii', 'ignore')}".rstrip("?"))
    return _shown(place)


@bp.post("/records/<kind>/<slug>/sheets/<name>")
@requires(*work.WRITERS)
def write_record(kind: str, slug: str, name: str) -> AnyResponse:
    """Show what a sheet would change, or begin a draft with it."""
    return _written(_on_record(kind, slug, name))


@bp.get("/changes/<uuid:uid>/sheets/<name>")
@staff
def of_draft(uid: uuid.UUID, name: str) -> AnyResponse:
    """Show a sheet of a draft; one that may not be written leads to its page."""
    change = work.found(session(), uid)
    place = _on_draft(change, name)
    return _shown(place) if may(Move.save, change.stage, work.hand(change)) else redirect(place.behind)


@bp.post("/changes/<uuid:uid>/sheets/<name>")
@requires(*work.WRITERS)
def write_draft(uid: uuid.UUID, name: str) -> AnyResponse:
    """Show what a sheet would change in a draft, or keep it there."""
    return _written(_on_draft(work.found(session(), uid), name))


def _on_record(kind: str, slug: str, name: str) -> Place:
    wanted = work.kind_named(kind)
    return Place(wanted, name, pages.stands(wanted, slug)) if name in wanted.sheets else abort(404)


def _on_draft(change: Change, name: str) -> Place:
    kind = house().kinds[change.record_kind]
    return Place(kind, name, change) if name in kind.sheets else abort(404)


def _shown(place: Place) -> AnyResponse:
    """Show a sheet; a draft in which something is wrong must be mended first."""
    try:
        return _page(place, check(place.kind, place.facts))
    except Refused:
        return _unready(place)


def _written(place: Place) -> AnyResponse:
    """Show what a sheet would change, or keep it; nothing is kept of what is refused."""
    try:
        values = check(place.kind, place.facts)
    except Refused:
        return _unready(place)
    try:
        if request.form.get("do", "").partition(".")[0] == LOOK:
            written = place.sheet.written(Leaf(values, request.form, now()))
            return _page(place, values, after=check(place.kind, dump_all(place.kind.facts, written)))
        return _kept(place, work.wish(Move.save, Move.submit))
    except NotAllowed:
        raise Forbidden from None
    except Overtaken:
        return _page(place, values, wrong={("main",): OVERTAKEN}, status=409)
    except Refused as refused:
        return _page(place, values, wrong=forms.wrong(refused), status=422)


def _unready(place: Place) -> AnyResponse:
    flash(
        _("Something in this draft is not right yet. Mend it here first, and hand it in or save it."),
        "warning",
    )
    return redirect(place.behind, 303)


def _kept(place: Place, what: Move) -> AnyResponse:
    """Keep what was written in a draft, a new one of a record; raises Refused, Overtaken, NotAllowed."""
    kind = place.kind
    with house().database.quietly_writing() as writing:
        change = _held(writing, place)
        values = place.sheet.written(Leaf(check(kind, change.facts), request.form, now()))
        raw = drafting.restated(kind.facts, change.facts, dump_all(kind.facts, values))
        handing.keep(writing, kind, change, what, raw)
        uid = change.uid
    flash(translate(labels.DONE[what]), "success")
    return redirect(url_for("desk.change", uid=uid), 303)


def _held(writing: Session, place: Place) -> Change:
    """Return the draft that is written on; raises Overtaken if what stands is not what the page showed."""
    if isinstance(place.stands, Change):
        return work.held(writing, place.stands.uid)
    record = queries.record(writing, place.kind, place.stands.slug) or abort(404)
    owner = work.scope(place.kind, record)
    if request.form.get("version") != str(record.version):
        raise Overtaken
    change = changes.begin(writing, place.kind, record, None, owner, work.writer())
    writing.flush()
    return change


def _page(
    place: Place,
    values: Values,
    *,
    after: Values | None = None,
    wrong: Mapping[Path, Message] | None = None,
    status: int = 200,
) -> Response:
    kind, sheet = place.kind, place.sheet
    errors = [differing.error(kind, path, told) for path, told in (wrong or {}).items()]
    asked = request.form if request.method == "POST" else request.args
    leaf = Leaf(values, asked, now(), dict(errors))
    return respond.private(
        sheet.template,
        desk_page(translate(sheet.label), place.title, crumb(kind), (place.title, place.behind)),
        action=request.path,
        guide=translate(sheet.about),
        version=place.stands.version,
        draft=place.behind if isinstance(place.stands, Change) else "",
        errors=errors,
        rows=differing.rows(kind, place.facts, dump_all(kind.facts, after)) if after else [],
        looked=after is not None,
        why={"why": request.form.get("why", getattr(place.stands, "why", ""))},
        sheet=sheet.shows(leaf, after),
        status=status,
    )
