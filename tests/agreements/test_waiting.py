"""Who is waited for, since when, and whether that is long."""

from datetime import date

from embassy.agreements.acts import Act, Step
from embassy.agreements.progress import party_progress
from embassy.agreements.vocabulary import ActType, Requirement
from embassy.agreements.waiting import Awaited, waits
from embassy.deployment import PATIENCE
from tests.agreements.logs import PAIR, TODAY, act, day, step

Told = tuple[str, str, str, str]


def waited(log: tuple[Act, ...], steps: tuple[Step, ...] = (), as_of: str = "2024-05-01") -> list[Told]:
    """Return each wait as party, what is awaited, of which body, and since when."""
    progress = party_progress(log, steps, PAIR, None, as_of=day(as_of), known_at=TODAY)
    return [
        (one.party, str(one.awaited), one.step.uid if one.step else "", str(one.since or ""))
        for one in waits(progress, log, day(as_of))
    ]


def test_nothing_done_leaves_both_to_sign() -> None:
    assert waited(()) == [("AL", "signature", "", ""), ("BE", "signature", "", "")]


def test_each_open_body_is_waited_for_since_the_last_act_about_it() -> None:
    bodies = (
        step("house", "BE", "House"),
        step("region", "BE", "Region"),
        step("senate", "BE", "Senate", Requirement.NO),
        step("later", "BE", "Others", Requirement.TO_BE_DETERMINED),
    )
    log = (
        act(ActType.SIGNED, "2014-01-01"),
        act(ActType.SUBMITTED_TO_BODY, "2014-02-01", "BE", step="house"),
        act(ActType.BODY_ASSENTED, "2014-03-01", "AL"),
    )

    assert waited(log, bodies) == [
        ("AL", "consent", "", "2014-03-01"),
        ("BE", "determination", "later", "2014-01-01"),
        ("BE", "assent", "house", "2014-02-01"),
        ("BE", "assent", "region", "2014-01-01"),
    ]


def test_who_has_assented_still_has_to_say_so() -> None:
    bodies = (step("house", "BE", "House"),)
    log = (
        act(ActType.SIGNED, "2014-01-01"),
        act(ActType.BODY_ASSENTED, "2014-03-01", "BE", step="house"),
        act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2014-04-01", "AL", received="2014-04-02"),
    )

    assert waited(log, bodies) == [("BE", "consent", "", "2014-03-01")]
    assert waited(log, bodies, "2014-02-01") == [
        ("AL", "consent", "", "2014-01-01"),
        ("BE", "assent", "house", "2014-01-01"),
    ]


def test_a_wait_is_overdue_after_the_time_set_for_its_kind() -> None:
    (wait,) = waits(
        party_progress((act(ActType.SIGNED, "2014-01-01"),), (), ("AL",), None, as_of=TODAY, known_at=TODAY),
        (act(ActType.SIGNED, "2014-01-01"),),
        TODAY,
    )
    patience: dict[str, int] = dict.fromkeys(Awaited, 10)

    days = [date(2014, 1, 11), date(2014, 1, 12)]
    assert [wait.days(one) for one in days] == [10, 11]
    assert [wait.is_overdue(one, patience) for one in days] == [False, True]


def test_a_wait_since_an_unknown_day_is_never_overdue() -> None:
    progress = party_progress((), (), PAIR, None, as_of=TODAY, known_at=TODAY)

    first, *_rest = waits(progress, (), TODAY)

    assert (first.days(TODAY), first.is_overdue(TODAY, PATIENCE)) == (None, False)


def test_the_deployment_sets_a_time_for_each_kind_of_step() -> None:
    assert set(PATIENCE) == set(Awaited)
