"""What happens at a set time: approved changes are applied when they are due."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from embassy.core.facts import Refused
from embassy.core.languages import Language
from embassy.core.workflow import Move, Stage
from embassy.db.commands import Writer, apply
from embassy.db.database import Database
from embassy.db.kinds import Kinds
from embassy.db.record import Change, ChangeStep


def apply_due(database: Database, kinds: Kinds, languages: Iterable[Language], now: datetime) -> int:
    """Apply each approved change that is due, in the order of its time; return how many.

    Two workers never take the same change (SKIP LOCKED). A change whose record moved on since goes
    back to its author; one whose room is off waits for it.
    """
    due = (
        select(Change)
        .where(Change.stage == Stage.approved, Change.due_at <= now, Change.record_kind.in_(kinds))
        .order_by(Change.due_at, Change.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    applied = 0
    while True:
        with database.writing() as session:
            if (change := session.scalar(due)) is None:
                return applied
            try:
                with session.begin_nested():
                    apply(
                        session,
                        kinds[change.record_kind],
                        change,
                        Writer(change.author, now, tuple(languages)),
                    )
                applied += 1
            except Refused:
                change.stage = Stage.returned
                change.steps.append(ChangeStep(move=Move.give_back, by="", at=now))
