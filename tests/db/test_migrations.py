"""Every migration, up and down, on both databases, with something in them."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from embassy.db.base import Base
from embassy.db.database import Database
from embassy.db.migrate import MIGRATIONS, BrokenReferences, downgrade, is_current, upgrade
from embassy.db.record import Record
from tests.db.writing import MINUTE, NOW, Pen
from tests.events.facts import concert, titled

REVISIONS = [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def _tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def _run(url: str, order: str) -> list[tuple[object, ...]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        done = connection.execute(text(order))
        return [tuple(row) for row in done] if done.returns_rows else []


def test_the_migrations_build_what_the_models_say(database_url: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("revision", [*REVISIONS[1:-1]])
def test_each_step_down_and_up_again_keeps_what_was_there_before_it(
    database_url: str, database: Database, pen: Pen, revision: str
) -> None:
    pen(concert())
    before = pen.facts("concert"), pen.counts()
    # What was chained goes with the chain.
    before[1].pop("audit_entry" if revision < "0016" else "", None)
    database.dispose()

    downgrade(database_url, revision)
    current = is_current(database_url)
    upgrade(database_url)

    assert (current, is_current(database_url)) == (False, True)
    assert (pen.facts("concert"), pen.counts()) == before


def test_all_the_way_down_and_up_again_leaves_an_empty_house(
    database_url: str, database: Database, pen: Pen
) -> None:
    pen(concert())
    database.dispose()

    downgrade(database_url, "base")
    left = _tables(database_url)
    upgrade(database_url)

    assert (left, pen.counts(), database.content_version()) == (set(), {"ledger": 1}, 0)
    assert _tables(database_url) == set(Base.metadata.tables)


def test_earlier_records_learn_when_readers_last_noticed_a_change(
    database_url: str, database: Database, pen: Pen
) -> None:
    staff, ahead = {"audience": "staff"}, {"shown_from": "2999-01-01T00:00:00Z"}
    lives: dict[str, list[dict[str, Any]]] = {
        "shown": [{}, {"city": "Gent"}],
        "never-shown": [staff, staff | {"city": "Gent"}],
        "born-withdrawn": [{"publication": "withdrawn"}],
        "for-staff-since": [{}, staff, staff | {"city": "Gent"}],
        "embargoed-since": [{}, ahead, ahead | {"city": "Gent"}],
        "withdrawn-since": [{}, {"publication": "withdrawn"}],
    }
    for slug, life in lives.items():
        for minute, facts in enumerate(life):
            pen(titled(slug, **facts), now=NOW + minute * MINUTE)
    wanted = select(Record.slug, Record.told_at).order_by(Record.id)
    with database.reading() as session:
        told = [tuple(row) for row in session.execute(wanted)]
    database.dispose()

    downgrade(database_url, "0004")
    upgrade(database_url)

    with database.reading() as session:
        assert [tuple(row) for row in session.execute(wanted)] == told
    never = {"never-shown": None, "born-withdrawn": None}
    assert told == [*(dict.fromkeys(lives, NOW + MINUTE) | never).items()]


def test_migrating_twice_changes_nothing(database_url: str, pen: Pen) -> None:
    pen(concert())
    before = pen.counts()

    upgrade(database_url)

    assert pen.counts() == before


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    database_url: str, database: Database, pen: Pen
) -> None:
    pen(concert())
    database.dispose()
    downgrade(database_url, "0001")
    _run(database_url, "CREATE TABLE event_occurrence (id INTEGER)")
    before = _tables(database_url), _run(database_url, "SELECT * FROM record")

    with pytest.raises(DBAPIError) as failed:
        upgrade(database_url)

    assert "event_occurrence" in str(failed.value.orig)
    assert (_tables(database_url), _run(database_url, "SELECT * FROM record")) == before
    assert _run(database_url, "SELECT version_num FROM alembic_version") == [("0001",)]


def test_a_migration_that_leaves_rows_pointing_to_nothing_is_taken_back(sqlite_url: str) -> None:
    downgrade(sqlite_url, "0002")
    _run(sqlite_url, "INSERT INTO former_slug VALUES ('event', 'old', 99)")

    with pytest.raises(BrokenReferences) as broken:
        upgrade(sqlite_url)

    assert str(broken.value) == "The migration left rows that point to nothing. Nothing was changed."
    assert _run(sqlite_url, "SELECT version_num FROM alembic_version") == [("0002",)]


def test_a_database_that_is_not_there_is_not_current_and_stays_away(tmp_path: Path) -> None:
    path = tmp_path / "embassy.sqlite"

    assert (is_current(f"sqlite:///{path}"), path.exists()) == (False, False)
