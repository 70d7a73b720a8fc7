"""The two engines of one database: a reading one that cannot write, and a writing one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from embassy.db.ledger import RecordingSession

# How long SQLite waits for others, in milliseconds: in general, and for what can be done later as well.
PATIENT, IMPATIENT = 30_000, 500


class DatabaseAway(RuntimeError):
    """The database does not answer."""


class Database:
    """Opens sessions. Readers see one snapshot and cannot write; writers queue, so no update is lost.

    SQLite: WAL, every commit synced, foreign keys on; a reader begins deferred with `query_only`, a
    writer begins IMMEDIATE. PostgreSQL: readers are repeatable-read and read-only. Errors tell no values:
    those may be personal data.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.reading_engine = self._engine(writes=False)
        self.writing_engine = self._engine(writes=True)
        self.watching_engine = self._watcher()

    @property
    def is_sqlite(self) -> bool:
        """Say whether the database is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    def _engine(self, *, writes: bool) -> Engine:
        if self.is_sqlite:
            engine = create_engine(self.url, connect_args={"timeout": 30}, hide_parameters=True)
            event.listen(engine, "connect", _prepare_writer if writes else _prepare_reader)
            event.listen(engine, "begin", _begin_immediate if writes else _begin)
            return engine
        if writes:
            return create_engine(self.url, pool_pre_ping=True, hide_parameters=True)
        return create_engine(
            self.url, pool_pre_ping=True, isolation_level="REPEATABLE READ", hide_parameters=True
        ).execution_options(postgresql_readonly=True)

    def _watcher(self) -> Engine:
        if self.is_sqlite:
            return self.reading_engine
        return create_engine(self.url, isolation_level="AUTOCOMMIT")

    def content_version(self) -> int:
        """Return the ledger's version as cheaply as the driver can; raises DatabaseAway.

        A connection that broke since it was last used is replaced once.
        """
        failures = (DBAPIError, self.watching_engine.dialect.loaded_dbapi.Error)
        try:
            return self._read_version()
        except failures:
            self.watching_engine.dispose()
        try:
            return self._read_version()
        except failures as error:
            raise DatabaseAway(str(error)) from error

    def _read_version(self) -> int:
        with closing(self.watching_engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT version FROM ledger WHERE id = 1")
            return int(cursor.fetchall()[0][0])

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session on one snapshot that can change nothing."""
        with Session(self.reading_engine, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that commits at the end, or leaves nothing behind if anything fails."""
        with RecordingSession(self.writing_engine) as session, session.begin():
            yield session

    @contextmanager
    def quietly_writing(self) -> Iterator[Session]:
        """Yield a writing session for what readers never see, such as accounts: no answer grows old by it."""
        with Session(self.writing_engine) as session, session.begin():
            yield session

    def compact(self) -> bool:
        """Give up the space of deleted rows, so that no copy holds them; say whether that is complete.

        While others read or write, SQLite cannot; then it is tried again later.
        """
        with self.writing_engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM FULL")
                return True
            raw: Any = connection.connection.dbapi_connection
            raw.execute(f"PRAGMA busy_timeout={IMPATIENT}").close()
            try:
                raw.execute("VACUUM").close()
                busy, _logged, _moved = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not busy
            except OperationalError:
                return False
            finally:
                raw.execute(f"PRAGMA busy_timeout={PATIENT}").close()

    def dispose(self) -> None:
        """Close every connection (needed after a fork)."""
        self.reading_engine.dispose()
        self.writing_engine.dispose()
        self.watching_engine.dispose()


def _prepare(connection: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={PATIENT}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _prepare_writer(connection: Any, _record: object) -> None:
    _prepare(connection)


def _prepare_reader(connection: Any, _record: object) -> None:
    _prepare(connection)
    connection.execute("PRAGMA query_only=ON").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
