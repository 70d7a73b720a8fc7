"""Writing records: check the facts, apply a Change, keep a Revision, renew what is derived."""

import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from embassy.core.access import ANONYMOUS, Standing, may_read
from embassy.core.audit import digest
from embassy.core.facts import Fact, Refusal, Refused, dump_all, parse_all
from embassy.core.languages import Language
from embassy.core.messages import say
from embassy.core.workflow import Move, Stage
from embassy.db.audit import note
from embassy.db.derived import write_beside
from embassy.db.kinds import Kind
from embassy.db.personal import PersonalValue, claimed, kept
from embassy.db.record import Change, FormerSlug, Record, Revision
from embassy.db.values import assign, values_of

# Who writes where nobody is signed in.
COMMAND_LINE = "command line"


class Outcome(StrEnum):
    """What handing in a record's facts came to."""

    created = "created"
    changed = "changed"
    unchanged = "unchanged"


@dataclass(frozen=True)
class Writer:
    """Who writes, when, and for readers of which languages."""

    author: str
    now: datetime
    languages: tuple[Language, ...]


class Unchanged(Exception):
    """Values that say what the record says already."""


def facts_of(kind: Kind, record: Record) -> dict[str, Any]:
    """Return the record's approved content as JSON facts, whole."""
    return dump_all(kind.facts, values_of(kind, record))


def check(kind: Kind, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of raw facts; raises Refused naming everything that is wrong."""
    values = parse_all(kind.facts, raw)
    if refusals := kind.check(values):
        raise Refused(refusals)
    return values


def judged(kind: Kind, record: Record, values: Mapping[str, Any], now: datetime) -> Sequence[Refusal]:
    """Return what a record as it stands, or the moment, does not allow values to say."""
    return kind.judge(values_of(kind, record), values, now)


def propose(
    session: Session, kind: Kind, values: Mapping[str, Any], writer: Writer, batch: uuid.UUID
) -> Change:
    """Write checked values down as a submitted Change."""
    return proposed(session, kind, _existing(session, kind, values), values, writer, batch)


def proposed(
    session: Session,
    kind: Kind,
    record: Record | None,
    values: Mapping[str, Any],
    writer: Writer,
    batch: uuid.UUID,
) -> Change:
    """Write checked values down as a submitted Change of a record, or of a new one."""
    change = Change(
        uid=uuid.uuid4(),
        batch=batch,
        record_kind=kind.name,
        record_id=record.id if record else None,
        base_version=record.version if record else None,
        facts=dump_all(kind.facts, values),
        author=writer.author,
        stage=Stage.submitted,
        created_at=writer.now,
    )
    session.add(change)
    return change


def apply(session: Session, kind: Kind, change: Change, writer: Writer) -> Record:
    """Make the Change the record's content and keep the Revision; raises Refused on a clash."""
    values = check(kind, change.facts)
    return _applied(
        session, kind, change, as_read(session, kind, values, change.base_version), values, writer
    )


def _applied(
    session: Session,
    kind: Kind,
    change: Change,
    record: Record | None,
    values: Mapping[str, Any],
    writer: Writer,
) -> Record:
    """Make the values of a Change the content of a record that stands as its author saw it."""
    before = values_of(kind, record) if record is not None else None
    if refusals := kind.judge(before, values, writer.now):
        raise Refused(refusals)
    with _unless_overtaken(session, kind, values, change.base_version):
        _keep_address(session, kind, record, values["slug"])
        record = record if record is not None else begun(session, kind, change, writer)
        _write(session, kind, record, before, kind.revise(before, dict(values)), writer)
    concluded(session, kind, change, record, writer)
    return record


def begun(session: Session, kind: Kind, change: Change, writer: Writer) -> Record:
    """Return a new record for a Change, still empty."""
    record = kind.model(created_at=writer.now, record_kind=kind.name)
    session.add(record)
    record.owner_id = change.owner_id
    return record


def concluded(session: Session, kind: Kind, change: Change, record: Record, writer: Writer) -> None:
    """Keep what a Change made of a record as a Revision, and the Change as applied."""
    change.record_id, change.stage = record.id, Stage.applied
    _revised(session, kind, record, writer, Move.apply, change.id)


def redact(session: Session, kind: Kind, record: Record, facts: Mapping[str, Any], writer: Writer) -> None:
    """Let a record say no more than these facts of its own; what no longer fits its shape goes too.

    No rule of the kind is asked: what is erased is erased.
    """
    _write(session, kind, record, values_of(kind, record), _fitting(kind.facts, dict(facts)), writer)
    _revised(session, kind, record, writer, Move.erase, None)


def _fitting(facts: tuple[Fact, ...], raw: dict[str, Any]) -> dict[str, Any]:
    """Return the values of facts, without each fact or part in which something does not fit."""
    while True:
        try:
            return parse_all(facts, raw)
        except Refused as refused:
            name, *within = refused.refusals[0].path
            held = raw[str(name)]
            in_part = within and isinstance(held, list)
            raw[str(name)] = [part for n, part in enumerate(held) if n != within[0]] if in_part else None


def _revised(
    session: Session, kind: Kind, record: Record, writer: Writer, what: Move, change_id: int | None
) -> None:
    """Keep what the record says now as a Revision, and note it in the audit chain."""
    facts, salt = facts_of(kind, record), secrets.token_hex(16)
    session.add(
        Revision(
            record_id=record.id,
            number=record.version,
            facts=facts,
            author=writer.author,
            change_id=change_id,
            recorded_at=writer.now,
            salt=salt,
        )
    )
    note(session, writer.now, writer.author, what, kind.name, record.uid, digest(salt, facts))


def hand_in(
    session: Session, kind: Kind, values: Mapping[str, Any], writer: Writer, batch: uuid.UUID
) -> Outcome:
    """Propose and apply in one step, unless the record already says just this."""
    try:
        record, values = standing(session, kind, values, writer.now)
    except Unchanged:
        return Outcome.unchanged
    change = proposed(session, kind, record, values, writer, batch)
    _applied(session, kind, change, record, values, writer)
    return Outcome.created if record is None else Outcome.changed


def standing(
    session: Session, kind: Kind, values: Mapping[str, Any], now: datetime
) -> tuple[Record | None, dict[str, Any]]:
    """Return the record that values are about, and the values with what they confide kept apart.

    Raises Unchanged if the record says the same already.
    """
    record = _existing(session, kind, values)
    values = kept(session, kind.facts, values, record, now)
    if record is not None and _says_already(kind, record, values):
        raise Unchanged
    return record, values


def _existing(session: Session, kind: Kind, values: Mapping[str, Any]) -> Record | None:
    """Return the record these values are about, locked until the end of the transaction."""
    uid, slug = values["uid"], values["slug"]
    same = or_(kind.model.uid == uid, kind.model.slug == slug)
    found = session.scalars(select(kind.model).where(same).with_for_update(of=Record)).unique().all()
    if len(found) > 1 or (found and uid not in (None, found[0].uid)):
        raise Refused([Refusal(("slug",), slug, say("Another record has this address already."))])
    if not found and uid is not None and session.scalar(select(Record.id).where(Record.uid == uid)):
        raise Refused([Refusal(("uid",), uid, say("A record of another kind has this identity already."))])
    return found[0] if found else None


def as_read(
    session: Session, kind: Kind, values: Mapping[str, Any], base_version: int | None
) -> Record | None:
    """Return the record these values are about, as their author saw it; raises Refused if it moved on."""
    record = _existing(session, kind, values)
    if (record.version if record else None) != base_version:
        field = "slug" if record is None or record.slug == values["slug"] else "uid"
        expected = say("Somebody changed this record since you read it.")
        raise Refused([Refusal((field,), values[field], expected)])
    return record


@contextmanager
def _unless_overtaken(
    session: Session, kind: Kind, values: Mapping[str, Any], base_version: int | None
) -> Iterator[None]:
    """Refuse a write whose address or identity somebody took between the look and the write.

    What does not exist cannot be locked, so on PostgreSQL only the unique constraints see such a
    race; once they have, a second look finds the other record and says what is wrong.
    """
    try:
        with session.begin_nested():
            yield
    except IntegrityError:
        as_read(session, kind, values, base_version)
        raise


def _keep_address(session: Session, kind: Kind, record: Record | None, slug: str) -> None:
    """Leave a redirect where the address changes; refuse one that leads to another record for ever."""
    former = session.get(FormerSlug, (kind.name, slug))
    if former is not None and (record is None or former.record_id != record.id):
        expected = say("This address leads to another record for ever; choose a new one.")
        raise Refused([Refusal(("slug",), slug, expected)])
    if former is not None:
        session.delete(former)
    if record is not None and record.slug != slug:
        session.add(FormerSlug(record_kind=kind.name, slug=record.slug, record_id=record.id))


def _says_already(kind: Kind, record: Record, values: Mapping[str, Any]) -> bool:
    """Compare with what stands, taking what the writer left to the service as it is."""
    stands = facts_of(kind, record)
    given = dump_all(kind.facts, kind.revise(values_of(kind, record), dict(values)))
    left_out = {name for name in ("uid", "shown_from") if values[name] is None}
    return {**given, **{name: stands[name] for name in left_out}} == stands


def _write(
    session: Session,
    kind: Kind,
    record: Record,
    before: Mapping[str, Any] | None,
    values: dict[str, Any],
    writer: Writer,
) -> None:
    confided = put(session, kind, record, before, values, writer)
    session.flush()
    for row in confided:
        row.record_id = record.id
    write_beside(session, kind, [record], writer.languages, anew=before is None)


def put(
    session: Session,
    kind: Kind,
    record: Record,
    before: Mapping[str, Any] | None,
    values: dict[str, Any],
    writer: Writer,
) -> list[PersonalValue]:
    """Put values into a record; return the rows of what they confide, which are to be part of it."""
    with session.no_autoflush:
        values, confided = claimed(session, kind.facts, values, record)
    values["uid"] = values["uid"] or record.uid or uuid.uuid4()
    values["shown_from"] = values["shown_from"] or record.shown_from or writer.now
    if before is None or _public(kind, before, writer.now) != _public(kind, values, writer.now):
        record.changed_at = writer.now
        if any(_is_read(one, writer.now) for one in (before, values)):
            record.told_at = writer.now
    flag_modified(record, "changed_at")
    with session.no_autoflush:
        for fact in kind.facts:
            assign(session, record, fact.name, fact.shape, values[fact.name], (fact.name,))
    if kind.belongs:
        record.owner_id = getattr(record, kind.belongs).id
    kind.project(record)
    return confided


def _is_read(values: Mapping[str, Any] | None, now: datetime) -> bool:
    """Say whether readers see a record with these values."""
    return values is not None and may_read(
        ANONYMOUS, now, Standing(**{fact.name: values[fact.name] for fact in fields(Standing)})
    )


def _public(kind: Kind, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return dump_all(kind.facts, kind.public(values, now))
