"""Time that stands still, and a desk for each member of staff."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from embassy.accounts import commands
from embassy.core.access import Role
from tests.accounts.desk import Desk, hire
from tests.rooms import ADDRESS

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
Colleague = Callable[..., Desk]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def colleague(app: Flask) -> Colleague:
    """Sign somebody in: `colleague("ana", Role.editor)`; `mission` is the slug of the one they work for."""

    def sign_in(name: str, *roles: Role, mission: str = "") -> Desk:
        email = f"{name}@example.org"
        hire(app, email, roles[0], mission, name.capitalize())
        for role in roles[1:]:
            with app.test_request_context(base_url=ADDRESS):
                commands.give(email, role, mission)
        desk = Desk(app)
        desk.sign_in(email)
        return desk

    return sign_in


@pytest.fixture
def ana(colleague: Colleague) -> Desk:
    """A contributor at her desk."""
    return colleague("ana", Role.contributor)


@pytest.fixture
def besa(colleague: Colleague) -> Desk:
    """An approver at her desk."""
    return colleague("besa", Role.approver)


@pytest.fixture
def eda(colleague: Colleague) -> Desk:
    """An editor at her desk."""
    return colleague("eda", Role.editor)
