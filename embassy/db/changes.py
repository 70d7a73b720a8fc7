"""Changes on their way: begun, saved, submitted, returned, decided; each move allowed or refused."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from embassy.core.facts import Refusal, Refused, dump_all
from embassy.core.messages import say
from embassy.core.workflow import MOVES, Hand, Move, Stage, may
from embassy.db.audit import note
from embassy.db.commands import Writer, apply, check, facts_of, judged
from embassy.db.kinds import Kind
from embassy.db.record import Change, ChangeStep, Record, Revision

AUTHORING = (Move.save, Move.submit, Move.publish)


class NotAllowed(Exception):
    """A move that the workflow does not know at this stage, or not for this person."""


def mission_of(record: Record | None) -> int | None:
    """Return the mission a record belongs to, None for the whole ministry."""
    if record is None:
        return None
    return record.id if record.record_kind == "mission" else record.owner_id


def wrote(change: Change, by: str) -> bool:
    """Say whether a change is in part somebody's work."""
    return change.author == by or any(step.by == by and step.move in AUTHORING for step in change.steps)


def begin(
    session: Session,
    kind: Kind,
    record: Record | None,
    facts: Mapping[str, Any] | None,
    owner_id: int | None,
    writer: Writer,
) -> Change:
    """Begin a draft of a new record, or of one that exists: as it stands, unless facts are given."""
    change = Change(
        uid=uuid.uuid4(),
        record_kind=kind.name,
        record_id=record.id if record else None,
        base_version=record.version if record else None,
        facts=dict(facts) if facts is not None else facts_of(kind, record) if record else {},
        author=writer.author,
        owner_id=mission_of(record) if record else owner_id,
        stage=Stage.draft,
        created_at=writer.now,
    )
    session.add(change)
    return change


def move(change: Change, what: Move, hand: Hand, writer: Writer, comment: str = "") -> None:
    """Take a change one step further and write down who did it; raises NotAllowed."""
    if not may(what, change.stage, hand):
        raise NotAllowed
    change.stage = MOVES[change.stage, what]
    change.steps.append(ChangeStep(move=what, by=writer.author, at=writer.now, comment=comment))
    note(
        cast(Session, object_session(change)), writer.now, writer.author, what, change.record_kind, change.uid
    )


def submit(session: Session, kind: Kind, change: Change, hand: Hand, writer: Writer) -> None:
    """Hand a draft over for a decision, if it is whole and right; raises Refused or NotAllowed."""
    values = check(kind, change.facts)
    taken = select(kind.model.id).where(kind.model.slug == values["slug"], kind.model.id != change.record_id)
    if session.scalar(taken) is not None:
        raise Refused([Refusal(("slug",), values["slug"], say("Another record has this address already."))])
    if change.record is not None and (refusals := judged(kind, change.record, values, writer.now)):
        raise Refused(refusals)
    change.facts = dump_all(kind.facts, values)
    move(change, Move.submit, hand, writer)


def approve(
    session: Session, kind: Kind, change: Change, hand: Hand, writer: Writer, due_at: datetime | None
) -> None:
    """Publish a change now or at a time; raises Refused or NotAllowed, and then nothing happened.

    A new record is written at once and hidden until its time, which no worker can miss; a change of one
    that readers know waits for the worker.
    """
    move(change, Move.approve, hand, writer)
    if due_at is not None and change.record_id is None:
        change.facts = {**change.facts, "shown_from": due_at.isoformat()}
    elif due_at is not None:
        change.due_at = due_at
        return
    apply(session, kind, change, Writer(change.author, writer.now, writer.languages))


def publish(session: Session, kind: Kind, change: Change, hand: Hand, writer: Writer) -> None:
    """Publish what cannot wait for a second person, and flag it for one; raises Refused or NotAllowed."""
    values = check(kind, change.facts)
    stands = check(kind, facts_of(kind, change.record)) if change.record is not None else None
    if kind.urgent is None or stands is None or not kind.urgent(stands, values, writer.now):
        told = say("Only a closure of today is published at once. Hand this in for a decision.")
        raise Refused([Refusal((), None, told)])
    move(change, Move.publish, hand, writer)
    change.flagged = True
    apply(session, kind, change, writer)


def review(change: Change, hand: Hand, writer: Writer) -> None:
    """Take the flag off a change that was published without a second person; raises NotAllowed."""
    if not change.flagged:
        raise NotAllowed
    move(change, Move.review, hand, writer)
    change.flagged = False


def base_of(session: Session, change: Change) -> dict[str, Any]:
    """Return the content that the author of a change saw, nothing for a new record."""
    seen = select(Revision.facts).where(
        Revision.record_id == change.record_id, Revision.number == change.base_version
    )
    return session.scalar(seen) or {}
