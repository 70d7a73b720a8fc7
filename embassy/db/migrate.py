"""Bringing a database to the present shape (Alembic), with the guards SQLite needs."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, pool

MIGRATIONS = Path(__file__).parent / "migrations"


class BrokenReferences(RuntimeError):
    """A migration left rows that point to nothing; it was taken back."""


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up to a revision; a failure leaves the database as it was."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Migrate down to a revision."""
    _run(url, lambda config: command.downgrade(config, revision))


def is_current(url: str) -> bool:
    """Say whether a database is there and in the present shape."""
    engine = create_engine(make_url(url), poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        return False
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    return set(present) == set(ScriptDirectory(str(MIGRATIONS)).get_heads())


def _run(url: str, migrate: Callable[[Config], None]) -> None:
    engine = create_engine(make_url(url), poolclass=pool.NullPool)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _prepare(connection)
        config.attributes["connection"] = connection
        migrate(config)
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            connection.exec_driver_sql("ROLLBACK")
            raise BrokenReferences("The migration left rows that point to nothing. Nothing was changed.")
        if sqlite:
            connection.exec_driver_sql("COMMIT")
        else:
            connection.commit()


def _prepare(connection: Connection) -> None:
    """Begin by hand: foreign keys are switched off before the transaction that holds all DDL."""
    raw = connection.connection.dbapi_connection
    raw.isolation_level = None  # type: ignore[union-attr]
    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
