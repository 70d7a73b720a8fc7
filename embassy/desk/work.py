"""Who stands before a change, what they may do with it, and how the desk reads and keeps it."""

import uuid
from typing import Any, NoReturn

from flask import abort, g, request
from sqlalchemy.orm import Session, object_session

from embassy.core.access import Role
from embassy.core.differing import merged
from embassy.core.facts import Refusal, Refused, Wrong
from embassy.core.messages import say
from embassy.core.shapes import plain
from embassy.core.workflow import Hand, Move, may, may_write
from embassy.db import changes, files, personal
from embassy.db.commands import Writer, facts_of
from embassy.db.kinds import Kind
from embassy.db.record import Change, Record
from embassy.desk import drafting, queries
from embassy.web import submission
from embassy.web.house import house, member, now

MISSION = "mission"
WRITERS = (Role.contributor, Role.editor)
MOST_FIELDS = 5000
MOST_FILES = 10
NOT_YOURS = say("You do not write for this mission. Choose one of yours.")


class Overtaken(Exception):
    """Somebody else moved the change since the page was opened."""


def kind_named(name: str) -> Kind:
    """Return a kind that is on; 404 for any other."""
    return house().kinds.get(name) or _lost()


def writer() -> Writer:
    """Return the member of staff at work as one who writes."""
    return Writer(member().uid, now(), house().deployment.languages)


def hand(change: Change) -> Hand:
    """Return the member of staff at work as they stand before a change.

    Roles count where the record belongs now and, if the change takes it elsewhere, there as well.
    """
    roles = [member().roles(mission) for mission in concerned(change)]
    return Hand(frozenset.intersection(*roles), changes.wrote(change, member().uid))


def concerned(change: Change) -> set[int | None]:
    """Return the missions that a change concerns: that of its record, or its own, and one that it names."""
    kind = house().kinds[change.record_kind]
    mission = changes.mission_of(change.record) if change.record else change.owner_id
    named = _named(kind, change)
    if change.record is None and named:
        return {named.id}
    return {mission, named.id} if named else {mission}


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


def identity(given: str) -> uuid.UUID:
    """Return the identity that a form names; 400 for what is none."""
    try:
        return uuid.UUID(given)
    except ValueError:
        abort(400)


def wish(*moves: Move) -> Move:
    """Return which of the moves was wished; 400 for any other."""
    try:
        wished = Move(request.form.get("do", ""))
    except ValueError:
        abort(400)
    return wished if wished in moves else abort(400)


def receive() -> None:
    """Take in the files that came with a form, before anything else waits for its writer.

    Raises Refused naming the fields whose file is not taken.
    """
    g.received, refusals = {}, []
    came = [(name, one) for name, one in request.files.items() if name.endswith(".sent") and one.filename]
    if len(came) > MOST_FILES:
        abort(413)
    for field, one in came:
        name = field.removesuffix(".sent")
        try:
            digest = files.store(house().database, house().settings.files, one.read(), now())
            g.received |= {name: [digest], f"{name}.gone": []}
        except Wrong as wrong:
            path = tuple(int(step) if step.isdecimal() else step for step in name.split("."))
            refusals.append(Refusal(path, one.filename, wrong.expected))
    if refusals:
        raise Refused(refusals)


def sent(reading: Session, kind: Kind, change: Change) -> dict[str, Any]:
    """Return the facts that a form sent, as a draft keeps them.

    What the service counts and the identities it gave are those of the draft, whatever was sent. A form that
    names a language in `into` sends the texts in it alone.
    """
    sent = request.form.to_dict(flat=False) | g.get("received", {})
    if len(sent) > MOST_FIELDS:
        abort(413)
    if tag := tongue():
        raw = drafting.translated(kind.facts, change.facts, tag, sent)
        return drafting.restated(kind.facts, change.facts, raw)
    raw = drafting.guarded(kind.facts, change.facts, submission.read(kind.facts, sent))
    raw = personal.known(reading, kind.facts, raw, change)
    return drafting.restated(kind.facts, change.facts, drafting.addressed(raw, kind.title))


def tongue() -> str:
    """Return the language whose texts alone a form sends, "" for a form of everything; 400 for any other."""
    tag = request.form.get("into", "")
    return tag if tag in {"", *(one.tag for one in house().deployment.languages)} else abort(400)


def going_on(session: Session, record: Record) -> Change | None:
    """Return the latest draft of a record that is the member's own work and may be written on."""
    drafts = [one for one in queries.under_way(session, record.id) if may(Move.save, one.stage, hand(one))]
    return next((one for one in reversed(drafts) if changes.wrote(one, member().uid)), None)


def reshaped(kind: Kind, raw: dict[str, Any]) -> dict[str, Any]:
    """Return what a form sent without the part that was to be taken out; 400 for a part of no list."""
    part = request.form.get("more") or request.form.get("less") or ""
    if part and part.partition(".")[0] not in drafting.lists(kind.facts):
        abort(400)
    return drafting.without(raw, request.form.get("less", ""))


def comment(what: Move) -> str:
    """Return what was written along with a move; raises Refused where an author must learn what to change."""
    written = plain(request.form.get("comment", ""))[:2000]
    if what is Move.give_back and not written:
        raise Refused([Refusal(("comment",), "", say("Say what should be changed."))])
    return written


def belong(kind: Kind, change: Change) -> None:
    """Write a new record for the mission that its facts name; raises Refused where its author may not.

    Whoever writes for a mission that is a draft as yet writes for the whole ministry.
    """
    wanted, named = change.facts.get(kind.belongs, ""), _named(kind, change)
    if not wanted or submission.unchosen(wanted):
        return
    if not may_write(member().roles(named.id if named else None)):
        raise Refused([Refusal((kind.belongs,), wanted, NOT_YOURS)])
    if change.record is None and named is not None:
        change.owner_id = named.id


def scope(kind: Kind, record: Record | None) -> int | None:
    """Return the mission that a change would be written for; 403 where the member may not write for it."""
    mission = changes.mission_of(record)
    if record is None and kind.name != MISSION:
        writing = sorted({at or 0 for role, at in member().grants if may_write(frozenset({role}))})
        mission = writing[0] if writing and writing[0] else None
    if not may_write(member().roles(mission)):
        abort(403)
    return mission


def moved_on(change: Change) -> bool:
    """Say whether the record of a change says something else by now than its author saw."""
    return change.record is not None and change.record.version != change.base_version


def merge(session: Session, change: Change) -> dict[str, Any]:
    """Bring a draft together with its record; returns what the record says where both changed.

    Raises NotAllowed.
    """
    if change.record is None:
        raise changes.NotAllowed
    kind = house().kinds[change.record_kind]
    theirs = facts_of(kind, change.record)
    both, clashes = merged(changes.base_of(session, change), theirs, change.facts)
    changes.move(change, Move.save, hand(change), writer())
    change.facts, change.base_version = both, change.record.version
    return {name: theirs.get(name) for name in clashes}


def settle(kind: Kind, change: Change) -> set[int | None]:
    """Let a new record belong to the mission that its facts name; returns the missions concerned."""
    named = _named(kind, change)
    if change.record is None and named is not None:
        change.owner_id = named.id
    return concerned(change)


def _named(kind: Kind, change: Change) -> Record | None:
    """Return the mission that the facts of a change name, read as they will be when it is published."""
    shapes = {fact.name: fact.shape for fact in kind.facts}
    if not kind.belongs or (reading := object_session(change)) is None:
        return None
    try:
        slug = shapes[kind.belongs].parse(change.facts.get(kind.belongs, ""))
    except Wrong:
        return None
    return queries.record(reading, house().kinds[MISSION], slug)


def _lost() -> NoReturn:
    abort(404)
