"""Who stands before a change, what they may do with it, and how the desk reads and keeps it."""

import uuid
from typing import Any, NoReturn

from flask import abort, request
from sqlalchemy.orm import Session

from embassy.core.facts import Refusal, Refused
from embassy.core.messages import say
from embassy.core.workflow import Hand, Move, may, may_write
from embassy.db import changes
from embassy.db.commands import Writer
from embassy.db.kinds import Kind
from embassy.db.record import Change, Record
from embassy.desk import drafting, queries
from embassy.web import forms
from embassy.web.house import house, member, now


class Overtaken(Exception):
    """Somebody else moved the change since the page was opened."""


def kind_named(name: str) -> Kind:
    """Return a kind that is on; 404 for any other."""
    return house().kinds.get(name) or _lost()


def writer() -> Writer:
    """Return the member of staff at work as one who writes."""
    return Writer(member().uid, now(), house().deployment.languages)


def hand(change: Change) -> Hand:
    """Return the member of staff at work as they stand before a change."""
    return Hand(member().roles(change.owner_id), changes.wrote(change, member().uid))


def found(session: Session, uid: uuid.UUID) -> Change:
    """Return a change of a kind that is on; 404 where there is none."""
    change = queries.change(session, uid)
    return change if change is not None and change.record_kind in house().kinds else _lost()


def held(session: Session, uid: uuid.UUID) -> Change:
    """Return a change to be moved on, if it stands as its page was opened; raises Overtaken."""
    change = found(session, uid)
    if request.form.get("version") != str(change.version):
        raise Overtaken
    return change


def sent(kind: Kind, change: Change) -> dict[str, Any]:
    """Return the facts that a form sent, as a draft keeps them."""
    raw = forms.read(kind.facts, request.form.to_dict(flat=False))
    raw.pop("uid", None)
    if "uid" in change.facts:
        raw["uid"] = change.facts["uid"]
    return drafting.restated(kind.facts, change.facts, drafting.addressed(raw, kind.title))


def keep(session: Session, kind: Kind, change: Change, what: Move, raw: dict[str, Any]) -> None:
    """Keep a draft, and hand it in if that is wished; raises Refused, NotAllowed."""
    if not may(what, change.stage, hand(change)):
        raise changes.NotAllowed
    change.facts, change.why = raw, request.form.get("why", "").strip()[:500]
    _belong(session, kind, change)
    if what is Move.submit:
        changes.submit(session, kind, change, hand(change), writer())
    elif what is Move.publish:
        changes.publish(session, kind, change, hand(change), writer())
    else:
        changes.move(change, what, hand(change), writer())


def scope(record: Record | None) -> int | None:
    """Return the mission that a change would be written for; 403 where the member may not write for it."""
    mission = changes.mission_of(record)
    if record is None:
        writing = sorted({at or 0 for role, at in member().grants if may_write(frozenset({role}))})
        mission = writing[0] if writing and writing[0] else None
    if not may_write(member().roles(mission)):
        abort(403)
    return mission


def base(session: Session, change: Change) -> dict[str, Any]:
    """Return the content that a change began from, without the identity that nobody changes."""
    return changes.base_of(session, change)


def moved_on(change: Change) -> bool:
    """Say whether the record of a change says something else by now than its author saw."""
    return change.record is not None and change.record.version != change.base_version


def _belong(session: Session, kind: Kind, change: Change) -> None:
    """Write a change for the mission that its facts name; raises Refused where its author may not."""
    if not kind.belongs or change.record_id is not None:
        return
    mission = queries.record(session, house().kinds["mission"], str(change.facts.get(kind.belongs, "")))
    owner = mission.id if mission else change.owner_id
    if not may_write(member().roles(owner)):
        told = say("You do not write for this mission. Choose one of yours.")
        raise Refused([Refusal((kind.belongs,), change.facts.get(kind.belongs), told)])
    change.owner_id = owner


def _lost() -> NoReturn:
    abort(404)
