"""A database of each kind without the web in front of it."""

from collections.abc import Iterator
from shutil import copyfile
from uuid import UUID

import pytest

from embassy.db.database import Database
from embassy.db.erasure import Erasure
from embassy.db.personal import PersonalValue
from embassy.db.record import FormerSlug, Link
from tests.db.writing import NOW, Pen
from tests.events.facts import concert


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database of each kind in turn."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def contested(postgresql_url: str) -> Iterator[Database]:
    """An empty database in which several may write at once."""
    opened = Database(postgresql_url)
    yield opened
    opened.dispose()


@pytest.fixture
def pen(database: Database) -> Pen:
    """What writes into that database."""
    return Pen(database)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with one event, a former address and a link, of each kind in turn; nobody changes it."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("filled") / "embassy.db"
        copyfile(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgresql")
        url = server.url(server.create(request.getfixturevalue("postgresql_template")))
    opened = Database(url)
    Pen(opened)(concert())
    with opened.writing() as session:
        session.add(FormerSlug(record_kind="event", slug="old", record_id=1))
        session.add(Link(from_id=1, to_id=1, role="series"))
        session.add(PersonalValue(uid=UUID(int=1), value="Arta", created_at=NOW))
        order: dict[str, list[str]] = {"marks": [], "records": [], "personal": [], "consents": []}
        session.add(Erasure(uid=UUID(int=1), at=NOW, by="tests", **order))
    yield opened
    opened.dispose()
