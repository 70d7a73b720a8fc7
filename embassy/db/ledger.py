"""The ledger: one row with the version that rises with every public change, and the audit chain's head."""

from sqlalchemy import CheckConstraint, String, event, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from embassy.core.audit import BEGINNING
from embassy.db.base import Base


class Ledger(Base):
    """The content version; the length of the audit chain and the hash of its last entry."""

    __tablename__ = "ledger"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    audit_count: Mapped[int] = mapped_column(default=0)
    audit_head: Mapped[str] = mapped_column(String(64), default=BEGINNING)

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class RecordingSession(Session):
    """A session that raises the content version in each transaction that wrote anything.

    The ledger row is locked last, so writers queue for no longer than their commit.
    """


@event.listens_for(RecordingSession, "after_flush")
def _note_flush(session: Session, _context: UOWTransaction) -> None:
    session.info["wrote"] = True


@event.listens_for(RecordingSession, "do_orm_execute")
def _note_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info["wrote"] = True


@event.listens_for(RecordingSession, "before_commit")
def _raise_version(session: Session) -> None:
    if session.in_nested_transaction():
        # The end of a savepoint is no commit: the row would be locked from here on.
        return
    session.flush()
    if session.info.pop("wrote", False):
        raised = update(Ledger).values(version=Ledger.version + 1)
        session.connection().execute(raised)
