"""Keeping the audit chain: entries are noted while a transaction works and chained as it commits."""

import uuid
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime

from sqlalchemy import Index, String, event, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from embassy.core.audit import Entry, chained, digest, first_break
from embassy.db.base import Base
from embassy.db.ledger import Ledger
from embassy.db.record import Record, Revision


class AuditEntry(Base):
    """One entry of the chain; `hash` covers it and the hash before (see core.audit)."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index(None, "about"), Index(None, "who"))

    @property
    def entry(self) -> Entry:
        """Return what the hash covers."""
        return Entry(self.number, self.at, self.who, self.what, self.kind, self.about, self.digest)


def note(
    session: Session, at: datetime, who: str, what: str, kind: str, about: uuid.UUID, digest: str = ""
) -> None:
    """Note what somebody did; it is chained when the transaction commits, and forgotten if it does not."""
    session.info.setdefault("noted", []).append(Entry(0, at, who, what, kind, str(about), digest))


def entries(session: Session) -> Generator[tuple[Entry, str]]:
    """Yield the whole chain in order, each entry with its hash."""
    chain = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)
    with closing(session.scalars(chain)) as rows:
        for row in rows:
            yield row.entry, row.hash


def broken(session: Session) -> int | None:
    """Return the number of the first entry at which the chain is broken, None if it is whole."""
    head = session.scalar(select(Ledger.audit_head).where(Ledger.id == 1))
    with closing(entries(session)) as chain:
        return first_break(chain, head or "")


def altered(session: Session) -> Iterator[tuple[str, int]]:
    """Yield slug and number of each revision that says something else than when it was chained."""
    chained_of: dict[str, set[str]] = defaultdict(set)
    for about, told in session.execute(
        select(AuditEntry.about, AuditEntry.digest).where(AuditEntry.digest != "")
    ):
        chained_of[about].add(told)
    wanted = select(Revision, Record.uid, Record.slug).join(Record, Record.id == Revision.record_id)
    for revision, uid, slug in session.execute(wanted.where(Revision.salt != "").order_by(Revision.id)):
        if digest(revision.salt, revision.facts) not in chained_of[str(uid)]:
            yield slug, revision.number


@event.listens_for(Session, "before_commit")
def _chain(session: Session) -> None:
    """Chain what was noted, behind the head that nobody else can move until this commit."""
    if session.in_nested_transaction() or not (noted := session.info.pop("noted", None)):
        return
    session.flush()
    held = select(Ledger.audit_count, Ledger.audit_head).where(Ledger.id == 1).with_for_update()
    number, head = session.connection().execute(held).one()
    rows = []
    for one in noted:
        number += 1
        entry = Entry(number, one.at, one.who, one.what, one.kind, one.about, one.digest)
        head = chained(head, entry)
        rows.append({**vars(entry), "hash": head})
    session.connection().execute(insert(AuditEntry), rows)
    moved = update(Ledger).where(Ledger.id == 1).values(audit_count=number, audit_head=head)
    session.connection().execute(moved)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("noted", None)
