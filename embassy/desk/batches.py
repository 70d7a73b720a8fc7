"""Changes that are looked at and decided together: one batch, or what somebody chose; all of them or none."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.audit import digest
from embassy.core.facts import Refusal, Refused, dump_all
from embassy.core.messages import Message, say, say_many
from embassy.core.workflow import Move, Stage, may, may_write
from embassy.db import changes
from embassy.db.changes import NotAllowed
from embassy.db.commands import standing
from embassy.db.kinds import Kind
from embassy.db.record import Change
from embassy.desk import differing, lines, queries, work
from embassy.web import respond
from embassy.web.house import house, member, now, session
from embassy.web.locale import _, translate
from embassy.web.page import Page, crumb, desk_page

SHOWN = 50
# As many as one request carries well, and as anybody looks through.
MOST = 500
AWAY = (Move.recall, Move.discard)
MOVED = say("Something here changed since you opened the page, so nothing was decided. Look at it again.")


class Stopped(Exception):
    """One change that cannot be decided, so that none is; says why, with the status of the answer."""

    def __init__(self, said: Message, status: int) -> None:
        super().__init__(str(said))
        self.said, self.status = said, status


def propose(
    writing: Session, kind: Kind, values: dict[str, Any], batch: uuid.UUID, version: int | None = None
) -> Change:
    """Begin one record of a batch and hand it in; raises as `begin` does."""
    change = begin(writing, kind, values, batch, version)
    changes.move(change, Move.submit, work.hand(change), work.writer())
    return change


def begin(
    writing: Session, kind: Kind, values: dict[str, Any], batch: uuid.UUID, version: int | None = None
) -> Change:
    """Begin one record of a batch as a draft; raises Unchanged, and Refused where its author may not write.

    Raises Overtaken where the record has left the version that its author saw.
    """
    record, values = standing(writing, kind, values, now())
    if version is not None and (record is None or record.version != version):
        raise work.Overtaken
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
    return change


def show(uid: uuid.UUID, stopped: Stopped | None = None) -> Response:
    """Show a batch: what each of its changes alters, and the one decision on all."""
    batch = _held(session(), uid)
    kind = house().kinds[batch[0].record_kind]
    hands = [(change.stage, work.hand(change)) for change in batch]
    discards = all(any(may(move, stage, hand) for move in AWAY) for stage, hand in hands)
    hands_in = all(may(Move.submit, stage, hand) for stage, hand in hands)
    return _page(
        desk_page(lines.counted(len(batch)), translate(kind.plural), crumb(kind)),
        batch,
        stopped,
        shown=SHOWN,
        action=url_for("desk.decide_batch", uid=uid),
        discard=url_for("desk.discard_batch", uid=uid) if discards else "",
        hand_in=url_for("desk.hand_in_batch", uid=uid) if hands_in else "",
        picks=(),
    )


def decide(uid: uuid.UUID, what: Move) -> AnyResponse:
    """Approve or return every change of a batch, or none."""
    try:
        _decide(lambda writing: _held(writing, uid), what)
    except Stopped as stopped:
        return show(uid, stopped)
    flash(_("It is done."), "success")
    return redirect(url_for("desk.batch", uid=uid), 303)


def discard(uid: uuid.UUID) -> AnyResponse:
    """Take back and discard every change of a batch before it is decided on, or none."""
    writer = work.writer()
    try:
        with house().database.quietly_writing() as writing:
            for change in _held(writing, uid):
                waits = change.stage is Stage.submitted
                for what in AWAY if waits else AWAY[1:]:
                    changes.move(change, what, work.hand(change), writer)
    except NotAllowed:
        raise Forbidden from None
    flash(_("It is done."), "success")
    return redirect(url_for("desk.batch", uid=uid), 303)


def hand_in(uid: uuid.UUID) -> AnyResponse:
    """Hand every draft of a batch in for one decision, or none."""
    try:
        with house().database.quietly_writing() as writing:
            for change in _held(writing, uid):
                _hand_in_one(writing, change)
    except NotAllowed:
        raise Forbidden from None
    except Stopped as stopped:
        return show(uid, stopped)
    flash(_("Handed in. A colleague decides."), "success")
    return redirect(url_for("desk.batch", uid=uid), 303)


def _hand_in_one(writing: Session, change: Change) -> None:
    kind = house().kinds[change.record_kind]
    try:
        changes.submit(writing, kind, change, work.hand(change), work.writer())
    except Refused as refused:
        raise _stopped(change, refused.refusals[0].expected, 422) from None


def together(stopped: Stopped | None = None) -> AnyResponse:
    """Show the changes that somebody ticked, all of each batch among them, and one decision on all."""
    picks = request.form.getlist("pick")
    found = _picked(session(), picks)
    if not found or len(found) > MOST:
        many = _("At most %(most)d changes at once. Tick fewer.", most=MOST)
        flash(many if found else _("Tick at least one change."), "error")
        return redirect(url_for("desk.today"), 303)
    told = translate(say_many("%(num)d change to decide", "%(num)d changes to decide together", len(found)))
    others = (change for change in found if not may(Move.approve, change.stage, work.hand(change)))
    stopped = stopped or next((_stopped(change, _why_not(change), 200) for change in others), None)
    return _page(
        desk_page(told, _("All of them are approved, or all returned, or nothing happens.")),
        found,
        stopped,
        shown=MOST,
        action=url_for("desk.together"),
        discard="",
        hand_in="",
        picks=picks,
    )


def decide_together(what: Move) -> AnyResponse:
    """Approve or return every change that was ticked, or none."""
    try:
        _decide(lambda writing: _picked(writing, request.form.getlist("pick")), what)
    except Stopped as stopped:
        return together(stopped)
    flash(_("It is done."), "success")
    return redirect(url_for("desk.today"), 303)


def _held(reading: Session, uid: uuid.UUID) -> list[Change]:
    """Return the changes of a batch; 404 where there is none, or of a kind that is off."""
    batch = queries.batch(reading, uid)
    return batch if batch and batch[0].record_kind in house().kinds else abort(404)


def _picked(reading: Session, picks: Sequence[str]) -> list[Change]:
    """Return the changes with some identities, or of batches with them; 404 for a kind that is off."""
    found = queries.picked(reading, [work.identity(pick) for pick in picks])
    if any(change.record_kind not in house().kinds for change in found):
        abort(404)
    return found


def _page(page: Page, batch: Sequence[Change], stopped: Stopped | None, shown: int, **more: Any) -> Response:
    kinds = house().kinds
    return respond.private(
        "desk/batch.html",
        page,
        lines=[
            (
                lines.line(change, {}),
                differing.rows(kinds[change.record_kind], changes.base_of(session(), change), change.facts),
            )
            for change in batch[:shown]
        ],
        more=max(0, len(batch) - shown),
        decides=all(may(Move.approve, change.stage, work.hand(change)) for change in batch),
        seen=_seen(batch),
        error=translate(stopped.said) if stopped else "",
        zone=str(house().deployment.legal_zone),
        status=stopped.status if stopped else 200,
        **more,
    )


def _seen(batch: Sequence[Change]) -> str:
    """Return what tells whether changes are those that somebody looked at."""
    return digest("", [[str(change.uid), change.version] for change in batch])


def _decide(find: Callable[[Session], Sequence[Change]], what: Move) -> None:
    """Approve or return every change that is found, as each would be alone, or none; raises Stopped."""
    try:
        comment = work.comment(what)
    except Refused as refused:
        raise Stopped(refused.refusals[0].expected, 422) from None
    database = house().database
    with database.writing() if what is Move.approve else database.quietly_writing() as writing:
        batch = find(writing)
        for change in batch:
            if not may(what, change.stage, work.hand(change)):
                raise _stopped(change, _why_not(change), 403)
        if request.form.get("seen") != _seen(batch):
            raise Stopped(MOVED, 409)
        for change in batch:
            _decide_one(writing, change, what, comment)


def _decide_one(writing: Session, change: Change, what: Move, comment: str) -> None:
    hand, writer = work.hand(change), work.writer()
    try:
        if what is Move.approve:
            changes.approve(writing, house().kinds[change.record_kind], change, hand, writer, None)
        else:
            changes.move(change, what, hand, writer, comment)
    except Refused as refused:
        raise _stopped(change, refused.refusals[0].expected, 422) from None


def _why_not(change: Change) -> Message:
    """Say why somebody may not decide on a change."""
    if change.stage is not Stage.submitted:
        return say("It does not wait for a decision any more.")
    if work.hand(change).wrote:
        return say("You wrote this in part, so a colleague decides.")
    return say("You do not decide for its mission.")


def _stopped(change: Change, why: Message, status: int) -> Stopped:
    return Stopped(say("%(fact)s: %(error)s", fact=lines.line(change, {}).title, error=why), status)
