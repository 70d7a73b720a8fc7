"""Agreements whose outcome has been worked out by hand."""

from datetime import date, timedelta

import pytest

from embassy.agreements.clause import Clause, Trigger
from embassy.agreements.entry import outlook, result
from embassy.agreements.progress import party_progress
from embassy.agreements.rules import (
    FirstOfMonthAfter,
    FirstOfNthMonth,
    PlusDays,
    PlusMonths,
    Retroactive,
)
from embassy.agreements.status import status_on, timeline
from embassy.agreements.vocabulary import ActType, PartyStatus, Requirement, Status
from tests.agreements.logs import PAIR, TODAY, act, step

BELGIUM = (
    step("be-open", "BE", "Belgian parliaments", Requirement.TO_BE_DETERMINED, known="2013-12-09"),
    step("be-house", "BE", "House of Representatives", known="2015-07-02", replaces="be-open"),
    step("al-assembly", "AL", "Assembly"),
)
BELGIUM_ALBANIA = (
    act(ActType.SIGNED, "2013-12-09"),
    act(ActType.BODY_ASSENTED, "../2014-05-31", "AL", step="al-assembly"),
    act(ActType.BODY_ASSENTED, "2015-07-02", "BE", step="be-house"),
    act(ActType.PROMULGATED, "2015-09-09", "BE"),
    act(ActType.GAZETTED, "2015-12-22", "BE"),
    act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2015-12-22", effective="2016-01-01"),
)


def test_austria_and_australia_third_month_after_the_last_note() -> None:
    clause = Clause(rule=FirstOfNthMonth(3))
    log = (
        act(ActType.SIGNED, "2010-02-17"),
        act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2010-06-25", "AT", received="2010-07-01"),
        act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2011-10-12", "AU", received="2011-10-17", uid="last"),
        act(ActType.SUPERSEDED, "2017-03-01"),
    )

    entry = result(log, (), ("AU", "AT"), clause, known_at=TODAY)
    periods = timeline(log, (), ("AU", "AT"), clause, known_at=TODAY)

    assert (entry.computed, entry.asserted, entry.agree) == ((date(2012, 1, 1),), None, None)
    assert str(entry.reason) == (
        "Counted from receipt of the last notification (2011-10-17): "
        "on the first day of a month, 3 months after that of the event."
    )
    assert [(p.status, str(p.start), p.last_day) for p in periods] == [
        (Status.SIGNED, "2010-02-17", date(2011, 10, 16)),
        (Status.ENTRY_INTO_FORCE_FIXED, "2011-10-17", date(2011, 12, 31)),
        (Status.IN_FORCE, "2012-01-01", date(2017, 2, 28)),
        (Status.SUPERSEDED, "2017-03-01", None),
    ]


def test_nato_and_romania_on_the_last_of_nineteen_acceptances() -> None:
    allies = tuple(f"{first}{second}" for first in "ABCDE" for second in "KLMN")[:19]
    days = [date(2003, 4, 1) + timedelta(days=7 * n) for n in range(18)] + [date(2004, 2, 27)]
    log = [act(ActType.INSTRUMENT_DEPOSITED, str(d), ally) for ally, d in zip(allies, days, strict=True)]
    clause = Clause(Trigger.ALL_PARTIES)

    entry = result(log, (), allies, clause, known_at=TODAY)
    one_missing = result(log[:-1], (), allies, clause, known_at=TODAY)

    assert (entry.computed, entry.inputs) == ((date(2004, 2, 27),), tuple(a.uid for a in log))
    assert str(one_missing.reason) == "Not computed: consent of all parties is not recorded (EM)."


def test_rights_of_the_child_thirty_days_after_the_twentieth_instrument() -> None:
    parties = [f"P{number:02}" for number in range(25)]
    days = (
        [date(1990, 2, 1) + timedelta(days=8 * n) for n in range(19)]
        + [date(1990, 8, 3)]
        + [date(1990, 8, 20)] * 5
    )
    log = [act(ActType.INSTRUMENT_DEPOSITED, str(d), party) for party, d in zip(parties, days, strict=True)]
    clause = Clause(Trigger.NTH_DEPOSIT, PlusDays(30), deposits=20)

    entry = result(log, (), parties, clause, known_at=TODAY)
    too_few = result(log[:19], (), parties, clause, known_at=TODAY)

    assert (entry.computed, len(entry.inputs)) == ((date(1990, 9, 2),), 20)
    assert str(too_few.reason) == "Not computed: 19 instruments of 20 are deposited."


def test_four_party_social_security_works_back_to_before_its_signature() -> None:
    clause = Clause(Trigger.SIGNATURE, Retroactive(date(1982, 7, 1)))
    log = (act(ActType.SIGNED, "1982-10-08"),)
    parties = ("AT", "CH", "DE", "LI")

    entry = result(log, (), parties, clause, known_at=TODAY)
    as_seen_then = status_on(log, (), parties, clause, as_of=date(1982, 8, 1), known_at=date(1982, 8, 1))
    as_seen_now = status_on(log, (), parties, clause, as_of=date(1982, 8, 1), known_at=TODAY)

    assert entry.computed == (date(1982, 7, 1),)
    assert (as_seen_then, as_seen_now) == (Status.UNKNOWN, Status.IN_FORCE)


def test_oviedo_and_spain_bound_by_its_own_deposit_after_the_general_entry() -> None:
    clause = Clause(Trigger.NTH_DEPOSIT, FirstOfMonthAfter(PlusMonths(3)), deposits=5)
    deposits = {
        "SK": "1998-01-15",
        "SM": "1998-03-20",
        "GR": "1998-10-06",
        "SI": "1998-11-05",
        "DK": "1999-08-10",
        "ES": "1999-09-01",
    }
    log = [act(ActType.INSTRUMENT_DEPOSITED, done, party) for party, done in deposits.items()]

    entry = result(log, (), [*deposits], clause, known_at=TODAY)
    eve = party_progress(log, (), [*deposits], clause, as_of=date(1999, 12, 31), known_at=TODAY)
    after = party_progress(log, (), [*deposits], clause, as_of=date(2000, 1, 1), known_at=TODAY)

    assert entry.computed == (date(1999, 12, 1),)
    assert [(p.status, str(p.since)) for p in eve[4:]] == [
        (PartyStatus.BOUND, "1999-12-01"),
        (PartyStatus.CONSENT_EXPRESSED, "1999-09-01"),
    ]
    assert (after[5].status, str(after[5].since)) == (PartyStatus.BOUND, "2000-01-01")


@pytest.mark.parametrize(
    ("known_at", "status", "words"),
    [
        (date(2013, 12, 8), Status.UNKNOWN, "No date of entry into force is known."),
        (date(2014, 6, 1), Status.SIGNED, "No date of entry into force is known."),
        (date(2015, 12, 21), Status.SIGNED, "No date of entry into force is known."),
        (date(2015, 12, 22), Status.ENTRY_INTO_FORCE_FIXED, "Enters into force on 2016-01-01."),
        (date(2015, 12, 31), Status.ENTRY_INTO_FORCE_FIXED, "Enters into force tomorrow."),
        (date(2016, 1, 1), Status.IN_FORCE, "Enters into force today."),
        (date(2024, 5, 1), Status.IN_FORCE, "Entered into force on 2016-01-01."),
    ],
)
def test_belgium_and_albania_as_known_on_the_day(known_at: date, status: Status, words: str) -> None:
    known = (BELGIUM_ALBANIA, BELGIUM, PAIR, None)

    found = status_on(*known, as_of=known_at, known_at=known_at)
    entry = result(*known, known_at=known_at)

    assert (found, str(outlook(entry, known_at))) == (status, words)


def test_belgian_bodies_were_to_be_determined_in_june_2014() -> None:
    then = date(2014, 6, 1)

    entry = result(BELGIUM_ALBANIA, BELGIUM, PAIR, None, known_at=then)
    albania, belgium = party_progress(BELGIUM_ALBANIA, BELGIUM, PAIR, None, as_of=then, known_at=then)

    assert (entry.computed, entry.day) == ((), None)
    assert str(entry.reason) == "Not computed: the competent bodies of BE are to be determined."
    assert (albania.status, albania.given, albania.needed) == (PartyStatus.ASSENTED, 1, 1)
    assert [body.uid for body in belgium.undetermined] == ["be-open"]
    assert str(belgium.words) == "Signed; the competent bodies are to be determined."


def test_belgium_has_assented_once_the_competent_body_is_known_and_has() -> None:
    then = date(2015, 8, 1)

    _, belgium = party_progress(BELGIUM_ALBANIA, BELGIUM, PAIR, None, as_of=then, known_at=then)

    assert (belgium.status, str(belgium.since), belgium.undetermined) == (
        PartyStatus.ASSENTED,
        "2015-07-02",
        (),
    )
