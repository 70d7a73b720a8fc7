"""Readers cannot write, writers queue, and the ledger counts every commit that wrote."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from embassy.db.database import Database, DatabaseAway
from embassy.db.record import FormerSlug, Link, Record
from tests.db.writing import Pen
from tests.events.facts import concert


def _orm(session: Session) -> None:
    session.add(Link(from_id=1, to_id=1, role="series"))


def _insert(session: Session) -> None:
    session.execute(insert(Link).values(from_id=1, to_id=1, role="series"))


def _update(session: Session) -> None:
    session.execute(update(Record).values(source="A letter."))


def _delete(session: Session) -> None:
    session.execute(delete(FormerSlug))


def _before_a_refused_step(session: Session) -> None:
    _update(session)
    with pytest.raises(ZeroDivisionError), session.begin_nested():
        session.flush()
        raise ZeroDivisionError


def _in_steps(session: Session) -> None:
    for write in (_update, _insert):
        with session.begin_nested():
            write(session)


@pytest.mark.parametrize("write", [_orm, _insert, _update, _delete, _before_a_refused_step, _in_steps])
def test_every_commit_that_writes_raises_the_content_version_once(
    database: Database, pen: Pen, write: Callable[[Session], None]
) -> None:
    pen(concert())
    before = database.content_version()

    with database.writing() as session:
        write(session)

    assert database.content_version() == before + 1


def test_neither_reading_nor_a_failed_write_raises_the_content_version(database: Database, pen: Pen) -> None:
    pen(concert())
    before = database.content_version()

    with database.reading() as session:
        session.scalars(select(Record)).all()
    with database.writing() as session:
        session.scalars(select(Record)).all()
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        _update(session)
        raise ZeroDivisionError

    assert (database.content_version(), pen.facts("concert").get("source")) == (before, None)


@pytest.mark.parametrize("write", [_insert, _update, _delete])
def test_a_readers_session_cannot_write(
    database: Database, pen: Pen, write: Callable[[Session], None]
) -> None:
    pen(concert())

    with database.reading() as session, pytest.raises(DBAPIError) as refused:
        write(session)

    told = "attempt to write a readonly database" if database.is_sqlite else "in a read-only transaction"
    assert told in str(refused.value.orig)


def test_a_reader_sees_one_moment_however_long_they_read(database: Database, pen: Pen) -> None:
    pen(concert())

    with database.reading() as session:
        before = session.scalars(select(Record.slug)).all()
        pen(concert(slug="fair"))
        after = session.scalars(select(Record.slug)).all()

    assert (before, after) == (["concert"], ["concert"])


def test_each_commit_is_on_the_disk_and_keys_are_watched(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    with database.writing() as session:
        settings = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    database.dispose()


def test_a_database_that_does_not_answer_is_away(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/nowhere/embassy.sqlite")

    with pytest.raises(DatabaseAway) as away:
        database.content_version()

    assert str(away.value) == "unable to open database file"


def test_a_connection_that_broke_is_replaced(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    before = database.content_version()
    with database.writing() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        session.execute(text(f"{others} AND pid <> pg_backend_pid()"))

    assert database.content_version() == before
    database.dispose()


@pytest.mark.parametrize("engine", ["reading_engine", "writing_engine"])
def test_what_went_wrong_tells_no_values(database: Database, engine: str) -> None:
    with pytest.raises(DBAPIError) as wrong, Session(getattr(database, engine)) as session:
        session.execute(text("SELECT :value FROM nowhere"), {"value": "wombat"})

    assert "nowhere" in str(wrong.value)
    assert "wombat" not in str(wrong.value)
