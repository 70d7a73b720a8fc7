"""Time that stands still, and one member of staff."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from embassy.core.access import Role
from tests.accounts.authenticator import Authenticator, add_passkey
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


@pytest.fixture
def chief(app: Flask) -> Desk:
    """An administrator of the whole ministry, signed in."""
    hire(app, "chief@example.org", Role.administrator, name="Chief")
    desk = Desk(app)
    desk.sign_in("chief@example.org")
    return desk


@pytest.fixture
def device(desk: Desk, clock: time_machine.Traveller) -> Authenticator:
    """The device on which Ana, who is signed in at the desk, has just made a passkey."""
    desk.sign_in()
    made = add_passkey(desk)
    clock.shift(timedelta(minutes=1))
    return made


@pytest.fixture
def uncounted(desk: Desk, clock: time_machine.Traveller) -> Authenticator:
    """A device of Ana's that does not count and so cannot tell one use from the next."""
    desk.sign_in()
    made = add_passkey(desk, Authenticator(counts=False))
    clock.shift(timedelta(minutes=1))
    return made


@pytest.fixture
def stranger(desk: Desk) -> Desk:
    """Another browser, in which nobody is signed in."""
    return Desk(desk.app, "192.0.2.2")
