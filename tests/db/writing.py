"""Writing into a database as the service does, and reading what became of it."""

import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy import func, select, text

from embassy.core.languages import SPOKEN
from embassy.core.workflow import Stage
from embassy.db.base import Base
from embassy.db.commands import Outcome, Writer, check, facts_of, hand_in, propose
from embassy.db.database import Database
from embassy.db.kinds import Kind
from embassy.db.record import Change
from embassy.events.room import EVENT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
Result = TypeVar("Result")


def writer(now: datetime = NOW) -> Writer:
    """Return somebody who writes for the readers of all languages."""
    return Writer("tests", now, tuple(SPOKEN.values()))


class Pen:
    """Writes facts of events, unless another kind is named."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __call__(self, facts: dict[str, Any], kind: Kind = EVENT, now: datetime = NOW) -> Outcome:
        """Hand facts in."""
        with self.database.writing() as session:
            return hand_in(session, kind, check(kind, facts), writer(now), uuid.uuid4())

    def propose(
        self,
        facts: dict[str, Any],
        kind: Kind = EVENT,
        *,
        stage: Stage = Stage.submitted,
        due_at: datetime | None = None,
    ) -> int:
        """Write a Change down without applying it; return its id."""
        with self.database.writing() as session:
            change = propose(session, kind, check(kind, facts), writer(), uuid.uuid4())
            change.stage, change.due_at = stage, due_at
            session.flush()
            return change.id

    def stage(self, change: int) -> Stage:
        """Return how far a Change has come."""
        with self.database.reading() as session:
            return session.get_one(Change, change).stage

    def facts(self, slug: str, kind: Kind = EVENT) -> dict[str, Any]:
        """Return what a record says."""
        with self.database.reading() as session:
            return facts_of(kind, session.scalars(select(kind.model).where(kind.model.slug == slug)).one())

    def counts(self) -> dict[str, int]:
        """Return how many rows each table has that has any."""
        with self.database.reading() as session:
            tables = Base.metadata.sorted_tables
            counted = {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
            }
        return {name: count for name, count in counted.items() if count}


def at_once(hands: int, write: Callable[[int], Any]) -> list[Any]:
    """Return what came of calls made at the same moment by as many hands, each told its number."""
    barrier = Barrier(hands)

    def begin(number: int) -> Any:
        barrier.wait()
        return write(number)

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(begin, range(hands)))


def overtaken(
    database: Database, facts: dict[str, Any], write: Callable[[], Result], kind: Kind = EVENT
) -> Future[Result]:
    """Return what came of a write that had looked, on PostgreSQL, before somebody else's was committed.

    The other hands the facts in first and commits as soon as the write waits for them.
    """
    with ThreadPoolExecutor(1) as pool, database.writing() as session:
        hand_in(session, kind, check(kind, facts), writer(), uuid.uuid4())
        slower = pool.submit(write)
        while not (slower.done() or session.scalar(text(WAITING))):
            pass
    return slower
