"""The pages of the desk: what waits, records of a kind, a change and what becomes of it."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.access import Role
from embassy.core.composed import Path
from embassy.core.facts import Refusal, Refused
from embassy.core.messages import Message, say
from embassy.core.workflow import Move
from embassy.db import changes, files
from embassy.db.changes import NotAllowed
from embassy.desk import (
    board,
    bulk,
    companions,
    differing,
    handing,
    labels,
    meeting,
    pages,
    picking,
    queries,
    sure,
    translating,
    work,
)
from embassy.desk import log as chain
from embassy.desk import planned as calendar
from embassy.desk.work import Overtaken
from embassy.web import formats, forms, respond, submission
from embassy.web.guard import listing, requires, staff
from embassy.web.house import house, now, session
from embassy.web.locale import _, translate

bp = Blueprint("desk", __name__, url_prefix="/<language:lang>/desk")
KEEPING = (Move.save, Move.submit, Move.publish)
PUBLISHING = (Move.approve, Move.publish)


@bp.get("")
@staff
def today() -> Response:
    """Show what waits for whoever asks, and for others."""
    return pages.today(queries.under_way(session()))


@bp.get("/log")
@requires(Role.administrator)
@listing("what", "who", "about")
def log() -> Response:
    """Show who did what and when."""
    return chain.show()


@bp.get("/log.csv")
@requires(Role.administrator)
def log_table() -> Response:
    """Give the log as a table."""
    return chain.export()


@bp.get("/translations")
@listing("language", "kind", "standing")
def translations() -> Response:
    """Show which records lag behind in a language."""
    return board.show()


@bp.get("/planned")
@staff
def planned() -> Response:
    """Show what is planned, by month."""
    return calendar.show()


@bp.get("/records/<kind>")
@listing("q")
def records(kind: str) -> Response:
    """List the records of a kind."""
    wanted = work.kind_named(kind)
    return pages.records(wanted, bulk.offered(wanted))


@bp.get("/records/<kind>/<slug>")
@staff
def record(kind: str, slug: str) -> Response:
    """Show what became of a record, and what is under way."""
    wanted = work.kind_named(kind)
    return pages.record(wanted, pages.stands(wanted, slug))


@bp.get("/records/<kind>/<slug>/compare")
@staff
def compare(kind: str, slug: str) -> Response:
    """Show two revisions of a record word by word."""
    wanted = work.kind_named(kind)
    return pages.compare(wanted, pages.stands(wanted, slug))


@bp.get("/records/<kind>/found")
@requires(*work.WRITERS)
def found(kind: str) -> Response:
    """Tell which records of a kind some words find, for the fields that refer to one."""
    return picking.answer(work.kind_named(kind))


@bp.post("/records/<kind>/begin")
@requires(*work.WRITERS)
def begin(kind: str) -> AnyResponse:
    """Begin a draft: of a new record, of one that stands, or of one as it was."""
    wanted, slug = work.kind_named(kind), request.form.get("slug", "")
    with house().database.quietly_writing() as writing:
        stands = queries.record(writing, wanted, slug) if slug else None
        if slug and stands is None:
            raise BadRequest
        owner, old = work.scope(wanted, stands), request.form.get("revision", "")
        facts = pages.revision(writing, stands, old).facts if stands and old else None
        tag = work.tongue()
        going_on = work.going_on(writing, stands) if stands and tag else None
        uid = (going_on or changes.begin(writing, wanted, stands, facts, owner, work.writer())).uid
    return redirect(_leading(uid, tag), 303)


@bp.get("/files/<digest>")
@staff
def file(digest: str) -> Response:
    """Hand out a file that is held, published or not, to staff who know its digest."""
    stored = files.with_digest(session(), digest)
    return respond.file(stored, f"{digest[:12]}.pdf") if stored else abort(404)


@bp.get("/changes/<uuid:uid>")
@staff
def change(uid: uuid.UUID) -> Response:
    """Show a change: its form for those who write it, its content for all others.

    `more` names a list of parts that the form is to hold one more of, to be written.
    """
    return pages.change(work.found(session(), uid), more=request.args.getlist("more"))


@bp.get("/changes/<uuid:uid>/into/<tag>")
@requires(*work.WRITERS)
def into(uid: uuid.UUID, tag: str) -> AnyResponse:
    """Show a draft's texts in one language beside their originals."""
    return translating.show(work.found(session(), uid), tag)


@bp.post("/changes/<uuid:uid>")
@requires(*work.WRITERS)
def save(uid: uuid.UUID) -> AnyResponse:
    """Keep what was written, or hand it in; nothing is kept of what is refused.

    Adding a part, taking one out and beginning a record beside a field keep the draft; what a field finds is
    shown without keeping anything.
    """
    try:
        work.receive()
    except Refused as refused:
        return _unreceived(uid, refused)
    if name := request.form.get("find"):
        return _found(uid, name)
    if {"more", "less", "begin"} & request.form.keys():
        return _moved(uid, Move.save, request.form.get("begin", ""))
    what = work.wish(Move.save, Move.submit, Move.publish, Move.discard)
    if what is Move.discard and "sure" not in request.form:
        return sure.discarding(work.found(session(), uid))
    return _moved(uid, what)


@bp.post("/changes/<uuid:uid>/decision")
@requires(Role.approver)
def decide(uid: uuid.UUID) -> AnyResponse:
    """Publish a change now or at a time, or return it with comments."""
    return _moved(uid, work.wish(Move.approve, Move.give_back, Move.review))


@bp.post("/changes/<uuid:uid>/recall")
@requires(*work.WRITERS, Role.approver)
def recall(uid: uuid.UUID) -> AnyResponse:
    """Take a change back before it is published."""
    return _moved(uid, Move.recall)


@bp.post("/changes/<uuid:uid>/merge")
@requires(*work.WRITERS)
def merge(uid: uuid.UUID) -> AnyResponse:
    """Bring a draft together with what its record says by now."""
    try:
        with house().database.quietly_writing() as writing:
            theirs = work.merge(writing, work.held(writing, uid))
    except NotAllowed:
        raise Forbidden from None
    except Overtaken:
        return _overtaken(uid, Move.recall)
    flash(_("Both versions are in one draft now. Compare what is marked and save."), "success")
    change = work.found(session(), uid)
    told = differing.worded(house().kinds[change.record_kind], theirs, theirs)
    return pages.change(change, theirs=told)


def _moved(uid: uuid.UUID, what: Move, beside: str = "") -> AnyResponse:
    """Make a move and lead on, or show the change with what stood in the way.

    `beside` names the field whose record is begun as a draft of its own; it leads there.
    """
    raw: dict[str, Any] | None = None
    leads, staying = uid, list[str]()
    database = house().database
    try:
        with database.writing() if what in PUBLISHING else database.quietly_writing() as writing:
            change = work.held(writing, uid)
            kind = house().kinds[change.record_kind]
            if what in KEEPING:
                raw = work.reshaped(kind, work.sent(writing, kind, change))
                leads = handing.begin(writing, change, raw, beside).uid if beside else uid
                raw = submission.filled(raw)
                handing.keep(writing, kind, change, what, raw)
            elif what is Move.approve:
                handing.approve(writing, change, _time())
            elif what is Move.review:
                changes.review(change, work.hand(change), work.writer())
            else:
                changes.move(change, what, work.hand(change), work.writer(), work.comment(what))
                staying = companions.staying(writing, change)
    except NotAllowed:
        raise Forbidden from None
    except Overtaken:
        return _overtaken(uid, what)
    except Refused as refused:
        return pages.change(work.found(session(), uid), raw=raw, refusals=forms.wrong(refused), status=422)
    flash(translate(labels.DONE[what]), "success")
    if staying:
        flash(_("What it refers to stays as it is: %(titles)s.", titles=formats.listed(staying)), "info")
    away = what is Move.discard
    return redirect(url_for("desk.today") if away else _written_on(leads, raw or {}), 303)


def _written_on(uid: uuid.UUID, raw: Mapping[str, Any]) -> str:
    """Return where writing goes on: at the part that was wished for, or where one was taken out."""
    if name := request.form.get("more"):
        return url_for("desk.change", uid=uid, more=name, _anchor=f"{name}.{len(raw.get(name, ()))}")
    if part := request.form.get("less"):
        return url_for("desk.change", uid=uid, _anchor=part.partition(".")[0])
    return _leading(uid, work.tongue() if request.form.get("do") == Move.save else "")


def _leading(uid: uuid.UUID, tag: str) -> str:
    """Return where a change is written: whole, or its texts in one language beside their originals."""
    return url_for("desk.into", uid=uid, tag=tag) if tag else url_for("desk.change", uid=uid)


def _overtaken(uid: uuid.UUID, what: Move) -> Response:
    """Show what was written together with what somebody else wrote meanwhile."""
    change = work.found(session(), uid)
    kind = house().kinds[change.record_kind]
    raw, theirs = None, dict[str, str]()
    if what in KEEPING:
        mine = submission.filled(work.sent(session(), kind, change))
        shown = (pages.form(change, facts).controls(facts) for facts in (mine, change.facts))
        raw, both = meeting.met(mine, change.facts, *shown)
        theirs = differing.worded(kind, change.facts, both)
    refusals: Mapping[Path, Message] = {
        (): say(
            "Somebody else worked on this meanwhile, so nothing was saved. What they wrote is in the form; "
            "where both of you wrote, you see both. Look at it and send again."
        )
    }
    return pages.change(change, raw=raw, refusals=refusals, theirs=theirs, status=409)


def _unreceived(uid: uuid.UUID, refused: Refused) -> Response:
    """Show the form as it was sent, with what was wrong with its files; nothing else is looked at yet."""
    change = work.found(session(), uid)
    raw = submission.filled(work.sent(session(), house().kinds[change.record_kind], change))
    return pages.change(change, raw=raw, refusals=forms.wrong(refused), status=422)


def _found(uid: uuid.UUID, name: str) -> Response:
    """Show the form with the records that the words in a field find; nothing is kept yet."""
    change = work.found(session(), uid)
    raw = work.sent(session(), house().kinds[change.record_kind], change)
    *_place, path = picking.place(change, raw, name)
    return pages.change(change, raw=raw, asked=path)


def _time() -> datetime | None:
    """Return the time set for publication, None for at once; raises Refused for what is no time ahead."""
    given = request.form.get("when", "").strip()
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given).replace(tzinfo=house().deployment.legal_zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _refused("when", given, say("A day and a time, such as 2026-12-24T09:00.")) from None
    if moment <= now():
        raise _refused("when", given, say("This time has passed. Choose one ahead, or none."))
    return moment


def _refused(field: str, given: str, expected: Message) -> Refused:
    return Refused([Refusal((field,), given, expected)])
