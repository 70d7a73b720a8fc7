"""A database of each kind without the web in front of it."""

from collections.abc import Iterator

import pytest

from embassy.db.database import Database
from tests.db.writing import Pen


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database of each kind in turn."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def pen(database: Database) -> Pen:
    """What writes into that database."""
    return Pen(database)
