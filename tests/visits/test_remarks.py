"""Doubts about a visit, told to whoever writes it and never refused."""

from datetime import UTC, datetime
from typing import Any

import pytest

from embassy.db.commands import check
from embassy.visits.room import VISIT
from embassy.web.house import House
from tests.rooms import Door
from tests.visits.facts import visit

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BESA: dict[str, Any] = {
    "slug": "besa",
    "title": {"en": "Besa Kelmendi"},
    "appointments": [
        {"post": {"en": "Minister of Foreign Affairs", "sq": "Ministre e Jashtme"}, "begins": "2025-09"},
        {"post": {"en": "Ambassador"}, "begins": "2019", "ends": "2023"},
    ],
}
OTHER_POST = "The directory knows another post of Besa Kelmendi at that time: Minister of Foreign Affairs"
DOUBLE = "This visit may be recorded already."


@pytest.fixture(autouse=True)
def directory(hand_in: Door) -> None:
    """A town and somebody who visits it."""
    hand_in("place", slug="brussels", title={"en": "Brussels"}, country="BE")
    hand_in("person", **BESA)


def doubts(house: House, **facts: Any) -> list[tuple[str, str]]:
    """Return what is doubtful about a new visit, and the record each doubt speaks of."""
    with house.database.reading() as session:
        told = VISIT.remarks(session, None, check(VISIT, visit(slug="new", **facts)), NOW)
        return [(str(one.said), one.about.slug if one.about else "") for one in told]


def with_post(**post: str) -> list[dict[str, Any]]:
    """Return a delegation of one person with a post."""
    return [{"side": "visitor", "person": "besa", "post": post}]


@pytest.mark.parametrize(
    ("facts", "doubted"),
    [
        ({}, []),
        ({"delegations": with_post(en="Ambassador")}, [(OTHER_POST, "besa")]),
        ({"delegations": with_post(en="Minister")}, []),
        ({"delegations": with_post(fr="Présidente")}, []),
        ({"delegations": [{"side": "visitor", "person": "besa"}]}, []),
        ({"delegations": [{"side": "visitor", "name": "Besa", "post": {"en": "Mayor"}}]}, []),
        ({"delegations": with_post(en="Ambassador"), "first_day": "", "last_day": ""}, []),
        ({"delegations": with_post(en="Ambassador"), "first_day": "2020", "last_day": ""}, []),
        (
            {"delegations": with_post(en="Ambassador"), "first_day": "2024-05", "last_day": ""},
            [(OTHER_POST.rpartition(" Minister")[0] + " –", "besa")],
        ),
    ],
)
def test_a_post_is_compared_with_those_held_then(
    house: House, facts: dict[str, Any], doubted: list[tuple[str, str]]
) -> None:
    assert doubts(house, **facts) == doubted


def test_somebody_of_whom_no_post_is_known_raises_no_doubt(house: House, hand_in: Door) -> None:
    hand_in("person", **(BESA | {"appointments": []}))

    assert doubts(house, delegations=with_post(en="Mayor")) == []


@pytest.mark.parametrize(
    ("facts", "doubted"),
    [
        ({}, True),
        ({"first_day": "2026-10-17", "last_day": ""}, True),
        ({"first_day": "2026-10-18", "last_day": ""}, False),
        ({"first_day": "2026-10-11", "last_day": "2026-10-12"}, True),
        ({"first_day": "2026-10-11", "last_day": "2026-10-11"}, False),
        ({"visitor": "BE", "host": "AL"}, True),
        ({"host": "FR"}, False),
        ({"delegations": []}, True),
        ({"delegations": [{"side": "host", "name": "ANNA PEETERS"}]}, True),
        ({"delegations": [{"side": "host", "name": "Jan Peeters"}]}, False),
        ({"first_day": "", "last_day": ""}, False),
    ],
)
def test_a_visit_of_the_same_people_within_two_days_may_be_the_same(
    house: House, hand_in: Door, facts: dict[str, Any], doubted: bool
) -> None:
    hand_in("visit", **visit())

    assert ((DOUBLE, "talks") in doubts(house, **facts)) == doubted


def test_a_visit_is_no_double_of_itself(house: House, hand_in: Door) -> None:
    hand_in("visit", **visit())

    with house.database.reading() as session:
        told = list(VISIT.remarks(session, None, check(VISIT, visit()), NOW))

    assert told == []
