"""What tests ask for by name: databases of both kinds, a browser, a checker of HTML."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from sqlalchemy import event

from embassy.app import create_app
from embassy.cli import main
from embassy.config import Settings
from embassy.db.migrate import upgrade
from embassy.db.record import Record
from embassy.web.house import House
from tests import rooms, servers

Run = Callable[..., Result]
BOTH_FOLLOWED = Path(__file__).parent / "db"
# Compiling the templates takes longer than most tests.
Flask.jinja_options = Flask.jinja_options | {"bytecode_cache": rooms.Compiled()}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Follow the lines of a test of both kinds of database once: that costs nearly half of its time.

    Where the two kinds run different lines, as in embassy/db, both are followed.
    """
    for item in items:
        run = getattr(item, "callspec", None)
        again = run is not None and run.params.get("database_url") == "postgresql"
        apart = BOTH_FOLLOWED in item.path.parents or item.get_closest_marker("followed")
        if again and not apart:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[servers.PostgreSQL]:
    """A PostgreSQL server for this run."""
    with servers.postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql: servers.PostgreSQL) -> str:
    """The name of the database that each test gets a copy of."""
    name = postgresql.create()
    upgrade(postgresql.url(name))
    return name


@pytest.fixture(scope="session")
def postgresql_spare() -> list[str]:
    """Names of databases that a test used and that are empty again."""
    return []


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file that each test gets a copy of."""
    path = tmp_path_factory.mktemp("template") / "embassy.db"
    upgrade(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").close()
    connection.close()
    return path


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """A database file that holds the sample service, loaded by the real import at `rooms.LOADED`."""
    path = tmp_path_factory.mktemp("sample") / "embassy.db"
    copyfile(sqlite_template, path)
    rooms.load_sample(f"sqlite:///{path}")
    return path


@pytest.fixture
def sample_url(tmp_path: Path, sample_template: Path) -> str:
    """The address of an SQLite database that holds the sample service."""
    path = tmp_path / "sample.db"
    copyfile(sample_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "embassy.db"
    copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(
    postgresql: servers.PostgreSQL, postgresql_template: str, postgresql_spare: list[str]
) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    name = postgresql_spare.pop() if postgresql_spare else postgresql.create(postgresql_template)
    assert postgresql.emptied(name)
    yield postgresql.url(name)
    if postgresql.emptied(name):
        postgresql_spare.append(name)
    else:
        postgresql.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database, of each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def nu_checker() -> Iterator[servers.NuChecker]:
    """The Nu HTML checker."""
    with servers.nu_checker() as checker:
        yield checker


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; each test opens contexts of its own in it."""
    with servers.browser() as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a service on a fresh database, of each kind in turn."""
    return rooms.settings(tmp_path, database_url)


@pytest.fixture(scope="session")
def built(sqlite_template: Path) -> Flask:
    """The whole service, put together once for all tests that do not change how it is built."""
    return create_app(rooms.settings(sqlite_template.parent, "sqlite://"))


@pytest.fixture
def app(settings: Settings, built: Flask) -> Iterator[Flask]:
    """The whole service, on a database of its own and with nothing kept from before."""
    with rooms.moved_in(built, settings) as service:
        yield service


@pytest.fixture
def own_app(settings: Settings) -> Iterator[Flask]:
    """A service of the test's own, which it may build on."""
    service = create_app(settings)
    service.testing = True
    yield service
    service.extensions["embassy"].database.dispose()


@pytest.fixture
def house(app: Flask) -> House:
    """What the service is made of."""
    built: House = app.extensions["embassy"]
    return built


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader without a browser."""
    app.test_client_class = rooms.Reader
    return app.test_client()


@pytest.fixture
def hand_in(house: House) -> Callable[..., Record]:
    """Write a record's facts through the one door there is; returns it as stored."""
    return rooms.Door(house)


@pytest.fixture
def queries(house: House) -> Iterator[Callable[[], list[str]]]:
    """Return the statements that readers' sessions sent since the last call."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    def take() -> list[str]:
        taken = sent.copy()
        sent.clear()
        return taken

    event.listen(house.database.reading_engine, "before_cursor_execute", note)
    yield take
    event.remove(house.database.reading_engine, "before_cursor_execute", note)


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The variables of a service on a fresh database, of each kind in turn."""
    return {
        "EMBASSY_DATA": str(settings.data),
        "EMBASSY_DATABASE_URL": settings.database_url,
        "EMBASSY_PUBLIC_URL": settings.public_url,
        "EMBASSY_SECRET_KEY": settings.secret_key,
    }


@pytest.fixture
def embassy(environment: dict[str, str]) -> Run:
    """Run a command of that service."""

    def run(*words: str, **other: str | None) -> Result:
        return CliRunner().invoke(main, words, env=environment | other)

    return run
