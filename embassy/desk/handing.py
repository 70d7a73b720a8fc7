"""Drafts kept, handed in and decided on, together with the drafts that they refer to."""

import secrets
from collections.abc import Callable
from datetime import datetime
from itertools import chain, count
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest

from embassy.core.facts import Refusal, Refused
from embassy.core.messages import Message, say
from embassy.core.shapes import plain
from embassy.core.workflow import Move, Stage, may
from embassy.db import changes, personal
from embassy.db.changes import NotAllowed
from embassy.db.kinds import Kind
from embassy.db.record import Change
from embassy.desk import companions, differing, drafting, picking, queries, work
from embassy.desk.companions import Awaited
from embassy.desk.work import Overtaken
from embassy.web import submission
from embassy.web.house import house, language, now

Step = Callable[[Change], None]
Done = dict[int, Message | None]
NAMELESS = say("Write into this field what the new record is called.")
UNCHOSEN = say("Choose one of the records found, or begin a new one.")


def keep(session: Session, kind: Kind, change: Change, what: Move, raw: dict[str, Any]) -> None:
    """Keep a draft, and hand it in if that is wished; raises Refused, NotAllowed."""
    if not may(what, change.stage, work.hand(change)):
        raise NotAllowed
    if (
        change.record is None
        and not (request.form.get("slug") or change.facts.get("slug"))
        and kind.title in raw
    ):
        raw["slug"] = _free(session, kind, raw.get("slug"))
    change.facts = personal.confided(session, kind.facts, raw, now())
    change.why = plain(request.form.get("why", ""))[:500]
    work.belong(kind, change)
    if what is Move.submit:
        _together(session, change, lambda one: _submit(session, one))
    elif what is Move.publish:
        changes.publish(session, kind, change, work.hand(change), work.writer())
    else:
        changes.move(change, what, work.hand(change), work.writer())


def approve(session: Session, change: Change, due_at: datetime | None) -> None:
    """Publish a change and, before it, the drafts it refers to, now or all at one time.

    Whoever decides must be allowed to decide on each, and have seen each as it stands. Raises Refused,
    NotAllowed, Overtaken.
    """
    if request.form.get("seen", "") != companions.seen(companions.begun_with(session, change)):
        raise Overtaken
    _together(session, change, lambda one: _approve(session, one, due_at))


def begin(session: Session, change: Change, raw: dict[str, Any], name: str) -> Change:
    """Begin a draft of the record that a field of another draft is to refer to; put its address there.

    It belongs to the same mission. Raises Refused where no name was typed.
    """
    wanted, holds, path = picking.place(change, raw, name)
    kind = house().kinds.get(wanted)
    if kind is None or not picking.may_begin(kind):
        raise BadRequest
    words = " ".join(plain(request.form.get(f"{name}.words", "")).split())[: submission.LONGEST_NAME]
    if not words:
        raise Refused([Refusal(path, "", NAMELESS)])
    tag = language().tag
    facts = drafting.addressed({kind.title: {"source": tag, tag: words}}, kind.title)
    facts["slug"] = holds[str(path[-1])] = _free(session, kind, facts.get("slug"))
    owner = None if kind.name == work.MISSION else changes.mission_of(change.record) or change.owner_id
    return changes.begin(session, kind, None, facts, owner, work.writer())


def _free(session: Session, kind: Kind, slug: str | None) -> str:
    """Return an address that nothing else has; one that says little where the title gives none."""
    stem = slug or f"{kind.name}-{secrets.token_hex(3)}"
    tries = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(one for one in tries if not queries.taken(session, kind, one))


def _together(
    session: Session,
    change: Change,
    step: Step,
    above: tuple[Change, ...] = (),
    done: Done | None = None,
) -> None:
    """Take the drafts that a change refers to one step, then itself; raises Refused with what stops it.

    `done` holds the drafts that were taken already, each with what stopped it: none is taken twice, however
    many refer to it.
    """
    done = {} if done is None else done
    refusals = [
        Refusal(one.path, one.slug, stops)
        for one in companions.awaited(session, change)
        if (stops := _stops(session, one, step, (*above, change), done))
    ]
    try:
        step(change)
    except Refused as refused:
        # What is said of a draft tells more than that there is no such record.
        refusals = [*refused.refusals, *refusals]
    if refusals:
        raise Refused(refusals)


def _stops(
    session: Session, one: Awaited, step: Step, above: tuple[Change, ...], done: Done
) -> Message | None:
    """Take a draft that others refer to one step; return what stands in the way, if anything."""
    draft = one.draft
    if submission.unchosen(one.slug):
        return UNCHOSEN
    if draft is None or draft in above:
        return say(
            "Nothing stands at the address “%(slug)s”: no record, and no draft that could be published with "
            "this. Choose another, or begin a new one.",
            slug=one.slug,
        )
    if draft.id not in done:
        done[draft.id] = _taken(session, draft, step, above, done)
    return done[draft.id]


def _taken(
    session: Session, draft: Change, step: Step, above: tuple[Change, ...], done: Done
) -> Message | None:
    title = differing.title(draft.record_kind, draft.facts)
    try:
        _together(session, draft, step, above, done)
    except NotAllowed:
        return _forbidden(draft, title)
    except Refused as refused:
        kind = house().kinds[draft.record_kind]
        errors = " ".join(differing.error(kind, wrong.path, wrong.expected)[1] for wrong in refused.refusals)
        return say("“%(title)s” is not ready. %(errors)s", title=title, errors=errors)
    return None


def _forbidden(draft: Change, title: str) -> Message:
    if draft.stage is Stage.submitted:
        return say(
            "“%(title)s” is published together with this, and you may not decide on it. Ask a colleague to.",
            title=title,
        )
    return say("“%(title)s” is a draft that its author must hand in first.", title=title)


def _submit(session: Session, change: Change) -> None:
    if change.stage is not Stage.submitted:
        kind = house().kinds[change.record_kind]
        changes.submit(session, kind, change, work.hand(change), work.writer())


def _approve(session: Session, change: Change, due_at: datetime | None) -> None:
    kind = house().kinds[change.record_kind]
    changes.approve(session, kind, change, work.hand(change), work.writer(), due_at)
