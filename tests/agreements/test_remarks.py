"""What follows from an act is told before it is published: status, date and whatever is unusual."""

from datetime import UTC, datetime
from typing import Any

import pytest

from embassy.agreements.room import AGREEMENT
from embassy.db.commands import check
from embassy.web.house import House
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CLAUSE = [{"trigger": "last_notification_received", "rule": "first_of_nth_month 3"}]
NOTES = [
    act(f"note-{code.lower()}", "internal_procedures_notified", day, party=code, received=day)
    for code, day in (("AL", "2026-09-01"), ("BE", "2026-10-17"))
]


def told(house: House, before: dict[str, Any] | None, after: dict[str, Any]) -> list[tuple[str, bool]]:
    """Return what is said before a change is published, and whether it is a doubt."""
    stands = check(AGREEMENT, before) if before else None
    with house.database.reading() as session:
        found = AGREEMENT.remarks(session, stands, check(AGREEMENT, after), NOW)
        return [(str(one.said), one.doubt) for one in found]


def test_the_change_of_status_and_the_computed_date_are_told(house: House) -> None:
    before, after = agreement(SIGNED, clause=CLAUSE), agreement(SIGNED, *NOTES, clause=CLAUSE)

    assert told(house, before, after)[:2] == [
        ("Its status will change: Signed → Entry into force fixed.", False),
        ("Enters into force on 2027-01-01.", False),
    ]


def test_what_stays_or_is_new_has_its_status_told(house: House) -> None:
    signed = agreement(SIGNED)

    assert (
        told(house, None, signed)[0]
        == told(house, signed, signed)[0]
        == (
            "Its status will be: Signed.",
            False,
        )
    )


@pytest.mark.parametrize(
    ("acts", "doubt"),
    [
        (
            [SIGNED, *NOTES, IN_FORCE | {"event_date": "2026-11-20", "known_from": "2026-11-20"}],
            ", the clause ",
        ),
        ([SIGNED, act("early", "body_assented", "2019-01-01", party="AL")], "lies before: Signature"),
    ],
)
def test_what_is_unusual_is_told_as_a_doubt(house: House, acts: list[dict[str, Any]], doubt: str) -> None:
    doubts = [words for words, doubtful in told(house, None, agreement(*acts, clause=CLAUSE)) if doubtful]

    assert [doubt in words for words in doubts] == [True]
