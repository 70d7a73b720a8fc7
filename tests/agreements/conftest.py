"""Time that stands still, and the records of other rooms that agreements refer to."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.agreements.facts import agreement
from tests.consular.facts import mission, office
from tests.rooms import Door

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def neighbours(hand_in: Door) -> None:
    """An office to ask, two people, and an older agreement."""
    hand_in("mission", **mission())
    hand_in("office", **office())
    hand_in("person", slug="besa", title={"en": "Besa Kola"})
    hand_in("agreement", **agreement(slug="treaty", title={"en": "Treaty of seas"}))
