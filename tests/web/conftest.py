"""One service that tests share which only read; it is built once and holds one event."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from embassy.app import create_app
from embassy.config import SAMPLE, Settings
from tests.events.facts import concert
from tests.rooms import ADDRESS, Door, Reader


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Settings:
    """Settings of the shared service."""
    folder = tmp_path_factory.mktemp("shared")
    copyfile(sqlite_template, folder / "embassy.sqlite")
    url = f"sqlite:///{folder}/embassy.sqlite"
    return Settings(folder, url, ADDRESS, SAMPLE / "deployment.toml", "0123456789abcdef0123456789abcdef")


@pytest.fixture(scope="session")
def site(shared: Settings) -> Iterator[Flask]:
    """The shared service."""
    app = create_app(shared)
    app.test_client_class = Reader
    Door(app.extensions["embassy"])("event", **concert())
    yield app
    app.extensions["embassy"].database.dispose()


@pytest.fixture
def reader(site: Flask) -> FlaskClient:
    """A reader of the shared service."""
    return site.test_client()
