"""What the facts of an agreement may not say."""

from collections.abc import Callable
from typing import Any

import pytest

from embassy.core.facts import Refused
from embassy.db.record import Record
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement

Door = Callable[..., Record]
STEP = {"uid": "house", "party": "BE", "body": {"en": "House"}, "required": "yes"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


pytestmark = pytest.mark.usefixtures("clock")


def refused(hand_in: Door, facts: dict[str, Any]) -> dict[str, str]:
    """Return where facts are refused and what is expected there."""
    with pytest.raises(Refused) as found:
        hand_in("agreement", **facts)
    return {".".join(map(str, one.path)): str(one.expected) for one in found.value.refusals}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            agreement(SIGNED, parties=[{"code": "AL", "country": "AL"}]),
            {"parties": "A bilateral agreement has exactly two parties."},
        ),
        (
            agreement(parties=[{"code": "EU"}, {"code": "AL", "country": "AL"}]),
            {"parties.0.name": "A party that is no country needs a name."},
        ),
        (
            agreement(parties=[{"code": "AL", "country": "AL"}, {"code": "AL", "country": "AL"}]),
            {"parties.1.code": "Each of these once; this one stands here already."},
        ),
        (agreement(SIGNED, SIGNED), {"acts.1.uid": "Each of these once; this one stands here already."}),
        (
            agreement(steps=[STEP | {"party": "FR", "replaces": "senate"}]),
            {
                "steps.0.party": "The code of a party of this agreement.",
                "steps.0.replaces": "The uid of another approval step of this agreement.",
            },
        ),
        (agreement(clause=[{}, {"article": "9"}]), {"clause": "An agreement has one clause at most."}),
        (
            agreement(clause=[{"trigger": "nth_deposit"}]),
            {
                "clause.0.trigger": "Give a number of deposits "
                "where the trigger is the n-th deposit, only there."
            },
        ),
        (
            agreement(act("law", "promulgated", "2020-06-01", party="FR")),
            {"acts.0.party": "Promulgation (2020-06-01) names FR, which is no party."},
        ),
        (
            agreement(SIGNED | {"event_date": "2026-11-24", "known_from": "2026-11-22"}),
            {
                "acts.0.event_date": "Signature (2026-11-24) has not happened yet; "
                "only the date from which it has effect may lie ahead."
            },
        ),
        (
            agreement(SIGNED | {"known_from": "2026-11-24"}),
            {
                "acts.0.known_from": "The day a source made it public; "
                "that can lie ahead under an embargo only."
            },
        ),
    ],
)
def test_facts_that_do_not_fit_are_refused(
    hand_in: Door, facts: dict[str, Any], expected: dict[str, str]
) -> None:
    assert refused(hand_in, facts) == expected


def test_an_end_before_the_beginning_is_refused(hand_in: Door) -> None:
    found = refused(hand_in, agreement(act("over", "terminated", "2020-06-01"), IN_FORCE))

    assert list(found) == ["acts.0.effective"]


def test_a_rule_that_is_none_is_refused(hand_in: Door) -> None:
    found = refused(hand_in, agreement(clause=[{"rule": "soon"}]))

    assert list(found) == ["clause.0.rule"]


def test_what_has_not_happened_in_utc_may_have_happened_further_east(hand_in: Door) -> None:
    facts = agreement(SIGNED | {"event_date": "2026-11-23", "known_from": "2026-11-23"})

    assert hand_in("agreement", **facts).slug == facts["slug"]


def test_entry_into_force_before_signature_needs_a_reason(hand_in: Door) -> None:
    early = act("in-force", "entry_into_force_asserted", "2019-01-01")

    without = refused(hand_in, agreement(early, SIGNED))
    record = hand_in("agreement", **agreement(early | {"reason": "Agreed to work back."}, SIGNED))

    assert without == {
        "acts.0.reason": "Signature (2020-05-04) comes after the entry into force (2019-01-01); "
        "give the reason."
    }
    assert record.slug == "pact"


def test_an_act_is_never_rewritten(hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))

    found = refused(hand_in, agreement(SIGNED | {"event_date": "2020-05-05"}))

    assert found == {"acts.0.event_date": "Acts are never rewritten; add one that corrects it."}
