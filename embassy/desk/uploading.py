"""Files of records on the desk: read, tried without writing, proposed as one batch, decided once."""

import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.composed import Words
from embassy.core.facts import Refusal, Refused, dump_all
from embassy.core.messages import say, say_many
from embassy.core.workflow import Move, may, may_write
from embassy.db import changes
from embassy.db.changes import NotAllowed
from embassy.db.commands import Outcome, Unchanged, standing
from embassy.db.kinds import Kind
from embassy.desk import differing, pages, queries, work
from embassy.web import respond, spreadsheet
from embassy.web.house import house, language, member, now, session
from embassy.web.importing import BadRow, FileRefused, checked_rows, refused_row, tried
from embassy.web.locale import _, translate
from embassy.web.page import desk_page
from embassy.web.tabular import Row, Unreadable

SHOWN = 50


def form(kind: Kind, refused: FileRefused | None = None) -> Response:
    """Show where a file is sent, and what was wrong in the last one."""
    bad = refused.rows if refused else ()
    return respond.private(
        "desk/upload.html",
        desk_page(_("Records from a file"), translate(kind.plural), pages.crumb(kind)),
        kind=kind,
        bad=[(row, translate(row.expected)) for row in bad[:200]],
        more=max(0, len(bad) - 200),
        facts=[(fact, translate(fact.about)) for fact in kind.facts],
        status=422 if bad else 200,
    )


def receive(kind: Kind) -> AnyResponse:
    """Read a file and propose what it says as one batch; nothing is kept of a file with a bad row."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return form(kind, FileRefused([BadRow(1, "", "", say("Choose a file."))]))
    with closing(sent):
        data, name = sent.read(), sent.filename
    try:
        rows = spreadsheet.read(data, name, kind.facts, _called(kind))
        tried(house().database, kind, rows, work.writer())
        batch, outcomes = _proposed(kind, rows)
    except Unreadable as error:
        refusal = error.refusal
        return form(
            kind, FileRefused([BadRow(error.line, str(refusal.path[0]), refusal.value, refusal.expected)])
        )
    except FileRefused as refused:
        return form(kind, refused)
    if not outcomes[Outcome.created] + outcomes[Outcome.changed]:
        flash(_("The file says nothing new: every record in it stands as it is."), "info")
        return redirect(url_for("desk.records", kind=kind.name), 303)
    flash(_told(outcomes), "success")
    return redirect(url_for("desk.batch", uid=batch), 303)


def show(uid: uuid.UUID, error: Refused | None = None) -> Response:
    """Show a batch: what each of its changes alters, and the one decision on all."""
    batch = queries.batch(session(), uid) or abort(404)
    kind = house().kinds.get(batch[0].record_kind) or abort(404)
    hands = [(change.stage, work.hand(change)) for change in batch]
    return respond.private(
        "desk/batch.html",
        desk_page(
            translate(say_many("%(num)d change from a file", "%(num)d changes from a file", len(batch))),
            translate(kind.plural),
            pages.crumb(kind),
        ),
        uid=uid,
        lines=[
            (pages.line(change, {}), differing.rows(kind, changes.base_of(session(), change), change.facts))
            for change in batch[:SHOWN]
        ],
        more=max(0, len(batch) - SHOWN),
        decides=all(may(Move.approve, stage, hand) for stage, hand in hands),
        discards=all(may(Move.recall, stage, hand) for stage, hand in hands),
        error=translate(error.refusals[0].expected) if error else "",
        zone=str(house().deployment.legal_zone),
        status=422 if error else 200,
    )


def decide(uid: uuid.UUID, what: Move) -> AnyResponse:
    """Approve, return or discard every change of a batch, or none."""
    database, writer = house().database, work.writer()
    try:
        comment = work.comment(what)
        with database.writing() if what is Move.approve else database.quietly_writing() as writing:
            batch = queries.batch(writing, uid) or abort(404)
            for change in batch:
                kind, hand = house().kinds[change.record_kind], work.hand(change)
                if what is Move.approve:
                    changes.approve(writing, kind, change, hand, writer, None)
                elif what is Move.discard:
                    changes.move(change, Move.recall, hand, writer)
                    changes.move(change, Move.discard, hand, writer)
                else:
                    changes.move(change, what, hand, writer, comment)
    except NotAllowed:
        raise Forbidden from None
    except Refused as refused:
        return show(uid, refused)
    flash(_("It is done."), "success")
    return redirect(url_for("desk.batch", uid=uid), 303)


def _proposed(kind: Kind, rows: Sequence[Row]) -> tuple[uuid.UUID, Counter[Outcome]]:
    batch, outcomes, bad = uuid.uuid4(), Counter[Outcome](), list[BadRow]()
    with house().database.quietly_writing() as writing:
        for row, values in checked_rows(kind, rows):
            try:
                outcomes[_change(writing, kind, values, batch)] += 1
            except Refused as refused:
                bad += refused_row(row, refused)
        if bad:
            raise FileRefused(bad)
    return batch, outcomes


def _change(writing: Session, kind: Kind, values: dict[str, Any], batch: uuid.UUID) -> Outcome:
    """Propose one record of a file; raises Refused where its author does not write for its mission."""
    try:
        record, values = standing(writing, kind, values, now())
    except Unchanged:
        return Outcome.unchanged
    field = kind.belongs or "slug"
    elsewhere = Refused([Refusal((field,), values[field], work.NOT_YOURS)])
    try:
        owner = work.scope(kind, record)
    except Forbidden:
        raise elsewhere from None
    change = changes.begin(writing, kind, record, dump_all(kind.facts, values), owner, work.writer())
    change.batch = batch
    if not all(may_write(member().roles(mission)) for mission in work.settle(kind, change)):
        raise elsewhere
    changes.move(change, Move.submit, work.hand(change), work.writer())
    return Outcome.created if record is None else Outcome.changed


def _called(kind: Kind) -> dict[str, str]:
    """Return what people call a column in the language of the page, folded, with its name."""
    shapes = {fact.name: fact.shape for fact in kind.facts}
    called = {}
    for cell in kind.cells:
        if (shape := shapes.get(cell.name)) is not None:
            suffix = f".{language().tag}" if isinstance(shape, Words) else ""
            called[translate(cell.label).casefold()] = cell.name + suffix
    return called


def _told(outcomes: Counter[Outcome]) -> str:
    return _(
        "New: %(created)d, changed: %(changed)d, unchanged: %(unchanged)d. A colleague decides once on all.",
        created=outcomes[Outcome.created],
        changed=outcomes[Outcome.changed],
        unchanged=outcomes[Outcome.unchanged],
    )
