"""What holds for every log of acts, however odd."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from embassy.agreements.acts import Act
from embassy.agreements.clause import Clause, MonthEnd, Trigger
from embassy.agreements.entry import result
from embassy.agreements.progress import party_progress
from embassy.agreements.rules import (
    Agreed,
    FirstOfMonthAfter,
    FirstOfNthMonth,
    PlusMonths,
    Retroactive,
)
from embassy.agreements.status import status_within, timeline
from embassy.agreements.vocabulary import ActType, Consent, PartyStatus, SourceKind, Status
from embassy.core.partial import UNKNOWN, PartialDate
from tests.agreements.logs import PAIR, TODAY, act, in_force, step

HOUSE = (step("house", "BE", "House of Representatives", known="2005-12-09"),)
DAYS = st.dates(date(1990, 1, 1), date(2023, 12, 31))
partials = st.one_of(
    DAYS.map(PartialDate.on),
    DAYS.map(lambda d: PartialDate.in_month(d.year, d.month)),
    DAYS.map(lambda d: PartialDate.in_year(d.year)),
    DAYS.map(PartialDate.not_after),
    DAYS.map(PartialDate.not_before),
    st.just(UNKNOWN),
)


@st.composite
def logs(draw: st.DrawFn) -> list[Act]:
    size = draw(st.integers(0, 7))
    return [
        act(
            draw(st.sampled_from(ActType)),
            str(draw(partials)),
            draw(st.sampled_from([None, *PAIR, "RS"])),
            uid=f"a{number}",
            known=str(draw(DAYS)),
            received=str(draw(partials)),
            effective=str(draw(partials)),
            step=draw(st.sampled_from([None, "house"])),
            scope=draw(st.sampled_from([(), (), ("5",), ("5", "6")])),
            corrects=draw(st.sampled_from([None, None, *(f"a{n}" for n in range(number))])),
            source=draw(st.sampled_from(SourceKind)),
            consent=draw(st.sampled_from([None, Consent.ACCESSION])),
        )
        for number in range(size)
    ]


clauses = st.sampled_from(
    [
        None,
        Clause(Trigger.SIGNATURE),
        Clause(Trigger.LAST_NOTIFICATION_SENT, PlusMonths(1)),
        Clause(Trigger.NTH_DEPOSIT, FirstOfMonthAfter(PlusMonths(1)), deposits=1),
        Clause(Trigger.EXCHANGE, FirstOfNthMonth(2), month_end=MonthEnd.CLAMP),
        Clause(Trigger.SIGNATURE, Retroactive(date(1995, 1, 1))),
        Clause(Trigger.FIXED_DATE, fixed=date(2005, 1, 1)),
        Clause(Trigger.ALL_PARTIES, Agreed(), floor=date(2001, 1, 1)),
    ]
)


@given(logs(), clauses, st.randoms(use_true_random=False), DAYS)
def test_the_order_of_recording_changes_nothing(
    log: list[Act], clause: Clause | None, chance: Random, as_of: date
) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)

    def told(acts: list[Act]) -> tuple[object, ...]:
        return (
            timeline(acts, HOUSE, PAIR, clause, known_at=TODAY),
            result(acts, HOUSE, PAIR, clause, known_at=TODAY),
            party_progress(acts, HOUSE, PAIR, clause, as_of=as_of, known_at=TODAY),
        )

    assert told(shuffled) == told(log)


@given(logs(), logs(), clauses, DAYS)
def test_what_becomes_known_later_never_changes_what_was_known(
    log: list[Act], more: list[Act], clause: Clause | None, known_at: date
) -> None:
    news = [a for a in more if a.known_from > known_at]

    def told(acts: list[Act]) -> tuple[object, ...]:
        return (
            timeline(acts, (), PAIR, clause, known_at=known_at),
            party_progress(acts, (), PAIR, clause, as_of=TODAY, known_at=known_at),
        )

    assert told(log + news) == told(log)


@given(logs(), clauses)
def test_periods_follow_each_other_without_gap_or_repetition(log: list[Act], clause: Clause | None) -> None:
    periods = timeline(log, (), PAIR, clause, known_at=TODAY)

    assert [(p.end, p.last_day) for p in periods] == [
        *((after.start, after.first_day - timedelta(days=1)) for after in periods[1:]),
        (None, None),
    ]
    assert [now for now, after in pairwise(periods) if now.status is after.status] == []


@given(logs(), clauses)
def test_no_day_is_computed_before_its_trigger_unless_retroactive(
    log: list[Act], clause: Clause | None
) -> None:
    entry = result(log, (), PAIR, clause, known_at=TODAY)
    counted = [a for a in log if a.uid in entry.inputs]
    retroactive = clause is not None and (isinstance(clause.rule, Retroactive) or clause.fixed is not None)

    early = [
        a.uid
        for a in counted
        for computed in entry.computed
        if a.event_date.earliest is not None and a.received.is_unknown and computed < a.event_date.earliest
    ]

    assert early == [] or retroactive


@given(logs(), clauses, DAYS)
def test_where_a_party_stands_is_one_of_the_rungs_it_has_passed(
    log: list[Act], clause: Clause | None, as_of: date
) -> None:
    for party in party_progress(log, HOUSE, PAIR, clause, as_of=as_of, known_at=TODAY):
        passed = {
            PartyStatus.SIGNED: party.signature is not None and party.signs,
            PartyStatus.CONSENT_EXPRESSED: party.consent is not None,
            PartyStatus.BOUND: party.binds is not None,
            PartyStatus.RELEASED: party.binds is not None,
            PartyStatus.NOT_SIGNED: party.signature is None and party.consent is None,
        }
        assert passed.get(party.status, party.consent is None)


Changes = list[tuple[ActType, tuple[str, ...]]]
SCOPES: tuple[tuple[str, ...], ...] = ((), ("5",), ("6",), ("7", "8"))


@st.composite
def nestings(draw: st.DrawFn, free: tuple[tuple[str, ...], ...] = SCOPES) -> Changes:
    """Suspensions within suspensions, none of the same scope as one around it."""
    found: Changes = []
    for scope in draw(st.lists(st.sampled_from(free), max_size=2)) if free else []:
        inner = draw(nestings(tuple(other for other in free if other != scope)))
        found += [(ActType.SUSPENDED, scope), *inner, (ActType.RESUMED, scope)]
    return found


@given(nestings())
def test_suspensions_within_suspensions_end_one_by_one(changes: Changes) -> None:
    log = [in_force()]
    suspended: list[tuple[str, ...]] = []
    expected: list[Status] = []
    for number, (kind, scope) in enumerate(changes):
        log.append(act(kind, str(date(2001, 1, 1) + timedelta(days=number)), scope=scope))
        if kind is ActType.SUSPENDED:
            suspended.append(scope)
        else:
            suspended.remove(scope)
        within = Status.PARTIALLY_SUSPENDED if suspended else Status.IN_FORCE
        expected.append(Status.SUSPENDED if () in suspended else within)

    periods = timeline(log, (), PAIR, None, known_at=TODAY)

    days = [date(2001, 1, 1) + timedelta(days=number) for number in range(len(changes))]
    assert [status_within(periods, on) for on in days] == expected
