"""Erasing a person: out of records, history, drafts and mails, and again once a backup is brought back."""

import json
import os
import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, selectinload

from embassy.core.access import Audience
from embassy.core.audit import digest
from embassy.core.composed import Words, replaced
from embassy.core.erasing import ERASED, Eraser, Mark
from embassy.core.facts import Fact, Refusal, Refused
from embassy.core.languages import Language
from embassy.core.messages import say
from embassy.core.shapes import Reference
from embassy.core.workflow import Move
from embassy.db.audit import note
from embassy.db.base import Base, Facts
from embassy.db.commands import Writer, facts_of, redact
from embassy.db.database import Database
from embassy.db.held import HeldFile
from embassy.db.kinds import Kind, Kinds
from embassy.db.outbox import Mail
from embassy.db.personal import PersonalValue
from embassy.db.record import Change, FormerSlug, Record, Revision

REPEATED = "erasure"
STAYING = ("uid", "slug", "shown_from", "publication")
ROOM_OFF = say("The name stands in records of a room that is off. Switch the room on, then erase.")


@dataclass
class Report:
    """What an order came to: the records concerned, and how many versions, changes, mails and values."""

    records: list[uuid.UUID] = field(default_factory=list)
    versions: int = 0
    changes: int = 0
    mails: int = 0
    values: int = 0


@dataclass(frozen=True)
class Order:
    """What is to be erased: names by their marks, whole records about people and kept values by identity.

    `consents` are the values whose consent was withdrawn. Nothing in it tells a name.
    """

    marks: frozenset[Mark] = frozenset()
    records: frozenset[uuid.UUID] = frozenset()
    personal: frozenset[uuid.UUID] = frozenset()
    consents: frozenset[uuid.UUID] = frozenset()


class Erasure(Base):
    """An order that was carried out, kept so that it is carried out again on a backup brought back.

    `compacted_at` is when the database had also let go of the space in which the words stood.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(120))
    marks: Mapped[list[Any]] = mapped_column(Facts)
    records: Mapped[list[Any]] = mapped_column(Facts)
    personal: Mapped[list[Any]] = mapped_column(Facts)
    consents: Mapped[list[Any]] = mapped_column(Facts)
    compacted_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("uid"),)

    @property
    def line(self) -> dict[str, Any]:
        """Return it as one line of the list that lies beside the database."""
        order = {name: getattr(self, name) for name in ORDERED}
        return {"uid": str(self.uid), "at": self.at.isoformat(), "by": self.by} | order


ORDERED = ("marks", "records", "personal", "consents")


@dataclass(frozen=True)
class _Scrub:
    """What takes names out of facts: `records` are about the person as a whole, `moved` their addresses."""

    records: frozenset[uuid.UUID]
    eraser: Eraser
    moved: Mapping[tuple[str, str], str]

    def facts(self, kind: Kind | None, uid: uuid.UUID | None, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts without the names; of a record about the person only what none can do without."""
        turned = self._readdressed(kind.facts, facts) if kind else dict(facts)
        left: dict[str, Any] = self.eraser.facts(turned)
        if kind is None or uid is None or uid not in self.records:
            return left
        needed = {fact.name: fact.shape for fact in kind.facts if fact.required or fact.name in STAYING}
        bare = {name: value for name, value in left.items() if name in needed}
        nameless = {
            name: {
                tag: words if tag == "source" else ERASED for tag, words in value.items() if tag != "states"
            }
            for name, value in bare.items()
            if isinstance(needed[name], Words)
        }
        return bare | nameless | {"audience": str(Audience.staff), "slug": _nameless(uid)}

    def _readdressed(self, facts: Iterable[Fact], raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts that refer to the records by their new addresses."""

        def turned(shape: Reference, slug: str, _path: object) -> str:
            return self.moved.get((shape.kind, slug), slug)

        return replaced(facts, raw, Reference, turned)


def erase(session: Session, kinds: Kinds, order: Order, key: bytes, writer: Writer) -> Report:
    """Carry an order out and keep it; returns what it came to."""
    kept = _kept(order, uuid.uuid4(), writer.now, writer.author)
    session.add(kept)
    return _carried_out(session, kinds, order, key, writer)


def _carried_out(session: Session, kinds: Kinds, order: Order, key: bytes, writer: Writer) -> Report:
    eraser, done = Eraser(order.marks, key), Report()
    if not order.marks and not order.records:
        _values(session, order, eraser, writer, done)
        return done
    scrub = _Scrub(order.records, eraser, _moved(session, order.records))
    touched = _history(session, kinds, scrub, writer, done)
    _changes(session, kinds, scrub, done)
    _addresses(session, scrub, touched)
    for kind in kinds.values():
        its = Record.record_kind == kind.name
        for record_id in session.scalars(select(Record.id).where(its, Record.id.in_(touched))).all():
            record = session.get_one(kind.model, record_id)
            redact(session, kind, record, scrub.facts(kind, record.uid, facts_of(kind, record)), writer)
            done.records.append(record.uid)
    _mails(session, eraser, done)
    session.execute(delete(HeldFile))
    _values(session, order, eraser, writer, done)
    return done


def _moved(session: Session, records: Iterable[uuid.UUID]) -> dict[tuple[str, str], str]:
    """Return the addresses, present and former, of records about a person, each with the one it becomes."""
    named = session.scalars(select(Record).where(Record.uid.in_(records))).all()
    moved = {(record.record_kind, record.slug): _nameless(record.uid) for record in named}
    for record in named:
        for former in session.scalars(select(FormerSlug).where(FormerSlug.record_id == record.id)):
            moved[former.record_kind, former.slug] = _nameless(record.uid)
    return moved


def _nameless(uid: uuid.UUID) -> str:
    return f"erased-{uid.hex[:8]}"


def _history(session: Session, kinds: Kinds, scrub: _Scrub, writer: Writer, done: Report) -> set[int]:
    """Redact the revisions; returns the records concerned. Each is chained anew with what it says now.

    Raises Refused where a record of a room that is off would have to change: it is not known how.
    """
    touched = set()
    wanted = select(Revision, Record.uid, Record.record_kind).join(Record, Record.id == Revision.record_id)
    for revision, uid, name in session.execute(wanted.order_by(Revision.id)).all():
        facts = scrub.facts(kinds.get(name), uid, revision.facts)
        if facts == revision.facts:
            continue
        if name not in kinds:
            raise Refused([Refusal(("names",), None, ROOM_OFF)])
        revision.facts, revision.salt = facts, secrets.token_hex(16)
        note(session, writer.now, writer.author, Move.erase, name, uid, digest(revision.salt, facts))
        touched.add(revision.record_id)
        done.versions += 1
    session.flush()
    return touched


def _changes(session: Session, kinds: Kinds, scrub: _Scrub, done: Report) -> None:
    loaded = select(Change).options(selectinload(Change.steps), selectinload(Change.record))
    for change in session.scalars(loaded.order_by(Change.id)).all():
        uid = change.record.uid if change.record else None
        facts = scrub.facts(kinds.get(change.record_kind), uid, change.facts)
        said = [change.why, *(step.comment for step in change.steps)]
        left = [scrub.eraser.text(words) for words in said]
        if (facts, left) == (change.facts, said):
            continue
        change.facts, change.why = facts, left[0]
        for step, comment in zip(change.steps, left[1:], strict=True):
            step.comment = comment
        done.changes += 1
    session.flush()


def _addresses(session: Session, scrub: _Scrub, touched: set[int]) -> None:
    """Change the addresses first: facts refer to records by them."""
    for record in session.scalars(select(Record).where(Record.id.in_(touched))).all():
        here = record.record_kind, record.slug
        record.slug = scrub.moved.get(here) or scrub.eraser.text(record.slug)
    for former in session.scalars(select(FormerSlug)).all():
        gone = (former.record_kind, former.slug) in scrub.moved
        if gone or scrub.eraser.text(former.slug) != former.slug:
            session.delete(former)
    session.flush()


def _mails(session: Session, eraser: Eraser, done: Report) -> None:
    """Drop the mails that were not sent; those sent have no words any more."""
    for mail in session.scalars(select(Mail).where(Mail.sent_at.is_(None))).all():
        said = (mail.recipient, mail.subject, mail.body)
        if tuple(map(eraser.text, said)) != said:
            session.delete(mail)
            done.mails += 1


def _values(session: Session, order: Order, eraser: Eraser, writer: Writer, done: Report) -> None:
    rows = session.scalars(select(PersonalValue)).all()
    gone = {row.uid for row in rows if row.uid in order.personal or _names(eraser, row)}
    done.values += len(gone)
    session.execute(delete(PersonalValue).where(PersonalValue.uid.in_(gone)))
    withdrawn = PersonalValue.uid.in_(order.consents) & PersonalValue.withdrawn_at.is_(None)
    session.execute(update(PersonalValue).where(withdrawn).values(withdrawn_at=writer.now))
    session.expire_all()


def _names(eraser: Eraser, row: PersonalValue) -> bool:
    """Say whether a name stands in a value, or in the words of the consent to show it."""
    said = f"{row.value}\n{row.words}"
    return eraser.text(said) != said


def finish(
    database: Database, kinds: Kinds, file: Path, key: bytes, languages: Iterable[Language], now: datetime
) -> int:
    """Bring database and list in step, and let the database go of what was erased; returns how many.

    An order that stands in the list alone was lost with a backup that was brought back: it is carried out
    again. The list lies beside the database, outside its backups.
    """
    listed = {line["uid"]: line for line in map(json.loads, _whole_lines(file))}
    with database.reading() as session:
        held = {str(row.uid): row.line for row in session.scalars(select(Erasure).order_by(Erasure.id))}
    _append(file, [line for uid, line in held.items() if uid not in listed])
    lost = [line for uid, line in listed.items() if uid not in held]
    again = sum(
        _repeated(database, kinds, line, key, Writer(REPEATED, now, tuple(languages))) for line in lost
    )
    waiting = select(Erasure.id).where(Erasure.compacted_at.is_(None))
    with database.reading() as session:
        ids = session.scalars(waiting).all()
    if ids and database.compact():
        with database.quietly_writing() as session:
            session.execute(update(Erasure).where(Erasure.id.in_(ids)).values(compacted_at=now))
    return again


def _repeated(database: Database, kinds: Kinds, line: dict[str, Any], key: bytes, writer: Writer) -> bool:
    """Carry an order of the list out again; not yet while a room is off in which the name stands."""
    order = Order(
        frozenset(Mark(*mark) for mark in line["marks"]),
        *(frozenset(map(uuid.UUID, line[name])) for name in ORDERED[1:]),
    )
    try:
        with database.writing() as session:
            session.add(_kept(order, uuid.UUID(line["uid"]), datetime.fromisoformat(line["at"]), line["by"]))
            _carried_out(session, kinds, order, key, writer)
    except Refused:
        return False
    return True


def _kept(order: Order, uid: uuid.UUID, at: datetime, by: str) -> Erasure:
    erases = order.marks or order.records or order.personal
    return Erasure(
        compacted_at=None if erases else at,
        uid=uid,
        at=at,
        by=by,
        marks=sorted(map(list, order.marks)),
        records=sorted(map(str, order.records)),
        personal=sorted(map(str, order.personal)),
        consents=sorted(map(str, order.consents)),
    )


def _whole_lines(file: Path) -> list[str]:
    """Return the lines of the list; one that was cut off as it was written goes, and is written again."""
    if not file.exists():
        return []
    text = file.read_bytes()
    whole = text[: text.rfind(b"\n") + 1]
    if whole != text:
        os.truncate(file, len(whole))
    return whole.decode().splitlines()


def _append(file: Path, lines: list[dict[str, Any]]) -> None:
    if not lines:
        return
    with file.open("a") as list_:
        list_.writelines(f"{json.dumps(line)}\n" for line in lines)
        list_.flush()
        os.fsync(list_.fileno())
