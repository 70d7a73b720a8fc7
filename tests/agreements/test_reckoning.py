"""How a page says where the day of entry into force comes from."""

import pytest

from embassy.agreements.acts import Act
from embassy.agreements.clause import Clause, Trigger
from embassy.agreements.entry import result
from embassy.agreements.rules import Retroactive
from embassy.agreements.sentence import reckoning
from embassy.agreements.vocabulary import ActType, SourceKind
from tests.agreements.logs import PAIR, TODAY, act, day

SIGNED = act(ActType.SIGNED, "2020-05-04")
ON_SIGNATURE = Clause(Trigger.SIGNATURE)
COUNTED = "Counted from signature (2020-05-04): on the same day."
BEFORE = "It has had effect since before it was signed."


def stated(start: str, source: SourceKind = SourceKind.GAZETTE) -> Act:
    return act(ActType.ENTRY_INTO_FORCE_ASSERTED, start, source=source)


@pytest.mark.parametrize(
    ("log", "clause", "told"),
    [
        ((SIGNED,), ON_SIGNATURE, [COUNTED]),
        ((SIGNED, stated("2020-05-04")), ON_SIGNATURE, [COUNTED, "A source states the same day."]),
        (
            (SIGNED, stated("2020-06-01")),
            ON_SIGNATURE,
            [COUNTED, "An official source states another day, which holds: 2020-06-01."],
        ),
        (
            (SIGNED, stated("2020-06-01", SourceKind.PRESS)),
            ON_SIGNATURE,
            [COUNTED, "The press states another day: 2020-06-01."],
        ),
        (
            (stated("2020-06-01"),),
            None,
            [
                "Not computed: consent of all parties is not recorded (AL, BE).",
                "A source states the day: 2020-06-01.",
            ],
        ),
        (
            (act(ActType.SIGNED, "2020-05-04", uid="b"), act(ActType.SIGNED, "2021-01-01", "BE", uid="a")),
            Clause(Trigger.SIGNATURE, Retroactive(day("2020-07-01"))),
            ["Counted from signature (2020-05-04): with effect from 2020-07-01."],
        ),
        (
            (act(ActType.SIGNED, "2021-01-01", "BE"), SIGNED),
            Clause(Trigger.SIGNATURE, Retroactive(day("2020-04-01"))),
            ["Counted from signature (2020-05-04): with effect from 2020-04-01.", BEFORE],
        ),
    ],
)
def test_the_day_is_explained(log: tuple[Act, ...], clause: Clause | None, told: list[str]) -> None:
    entry = result(log, (), PAIR, clause, known_at=TODAY)

    assert [str(sentence) for sentence in reckoning(entry, log)] == told


def test_a_trigger_known_in_part_is_said_as_far_as_it_is_known() -> None:
    clause = Clause(Trigger.SIGNATURE, Retroactive(day("2020-01-01")))
    vague = act(ActType.SIGNED, "../2020-05-04")

    entry = result((vague,), (), PAIR, clause, known_at=TODAY)

    assert str(entry.reason) == "Counted from signature (../2020-05-04): with effect from 2020-01-01."
