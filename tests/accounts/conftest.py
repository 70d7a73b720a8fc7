"""Time that stands still, and one member of staff."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from tests.accounts.desk import Desk, hire

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(app: Flask) -> Desk:
    """The browser of somebody who has an account and has not signed in yet."""
    hire(app)
    return Desk(app)
