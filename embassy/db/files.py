"""Files that records hold: kept once by what they say, under random names, synced before their row."""

import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from embassy.core import pdf
from embassy.core.access import Viewer
from embassy.core.composed import replaced
from embassy.core.facts import Fact
from embassy.core.shapes import Document
from embassy.core.workflow import OPEN
from embassy.db.base import Base
from embassy.db.database import Database
from embassy.db.kinds import Kinds
from embassy.db.record import Change, Record
from embassy.db.visibility import Moment, readable

WAITS = timedelta(days=1)


class StoredFile(Base):
    """A file in the folder of files, where it is called by its identity; `digest` is the SHA-256 of it.

    It is `kept` for good once a published version of a record holds it.
    """

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    kept: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("uid"),
        UniqueConstraint("digest"),
        CheckConstraint("size > 0", name="says_something"),
        Index(None, "kept", "sent_at"),
    )


class RecordFile(Base):
    """A file that a record holds as it stands: whoever may read the record may read the file."""

    __tablename__ = "record_file"

    record_id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey(StoredFile.id), primary_key=True)

    __table_args__ = (Index(None, "file_id"),)


def store(database: Database, folder: Path, content: bytes, now: datetime) -> str:
    """Take a PDF in, unless it is held already; return its digest. Raises Wrong for any other file."""
    pdf.inspect(content)
    digest = sha256(content).hexdigest()
    with database.reading() as session:
        file = with_digest(session, digest)
    file = file or StoredFile(uid=uuid.uuid4(), digest=digest, size=len(content), sent_at=now)
    if not place(folder, file).exists():
        _write(place(folder, file), content)
    try:
        with database.quietly_writing() as session:
            session.merge(file)
    except IntegrityError:
        place(folder, file).unlink()
    return digest


def place(folder: Path, file: StoredFile) -> Path:
    """Return where a file lies."""
    return folder / file.uid.hex


def with_digest(session: Session, digest: str) -> StoredFile | None:
    """Return the file that has a digest, if it is held."""
    return session.scalar(select(StoredFile).where(StoredFile.digest == digest))


def with_uid(session: Session, uid: uuid.UUID) -> StoredFile | None:
    """Return the file with an identity, if it is held."""
    return session.scalar(select(StoredFile).where(StoredFile.uid == uid))


def shown(session: Session, uid: uuid.UUID, viewer: Viewer, at: Moment) -> StoredFile | None:
    """Return the file with an identity, if a record holds it that the viewer may read."""
    holds = exists().where(
        RecordFile.file_id == StoredFile.id, RecordFile.record_id == Record.id, readable(viewer)
    )
    return session.scalar(select(StoredFile).where(StoredFile.uid == uid, holds), at)


def digests(facts: Iterable[Fact], held: Mapping[str, Any]) -> set[str]:
    """Return the digests of the files that facts, and those of their parts, name."""
    found: set[str] = set()

    def noted(_shape: Document, digest: str, _path: object) -> str:
        found.add(digest)
        return digest

    replaced(facts, held, Document, noted)
    return found


def sweep(database: Database, kinds: Kinds, folder: Path, now: datetime) -> int:
    """Let go of files that nothing published ever held and no draft names, a day after they came."""
    with database.quietly_writing() as session:
        left = select(StoredFile).where(~StoredFile.kept, StoredFile.sent_at <= now - WAITS)
        unkept = session.scalars(left).all()
        named = set(_named(session, kinds)) if unkept else set()
        gone = [file for file in unkept if file.digest not in named]
        for file in gone:
            session.delete(file)
    for file in gone:
        place(folder, file).unlink(missing_ok=True)
    return len(gone)


def tidy(database: Database, folder: Path, now: datetime) -> int:
    """Let go of files without a row, which a write that was cut off left behind; return how many."""
    with database.reading() as session:
        known = {uid.hex for uid in session.scalars(select(StoredFile.uid))}
    lying = folder.iterdir() if folder.exists() else ()
    gone = [file for file in lying if file.name not in known and _age(file, now) >= WAITS]
    for file in gone:
        file.unlink()
    return len(gone)


def _age(file: Path, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _named(session: Session, kinds: Kinds) -> Iterator[str]:
    open_changes = select(Change).where(Change.stage.in_(OPEN), Change.record_kind.in_(kinds))
    for change in session.scalars(open_changes):
        yield from digests(kinds[change.record_kind].facts, change.facts)


def _write(path: Path, content: bytes) -> None:
    """Write a file and the folder's entry for it through to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
