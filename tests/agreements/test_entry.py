"""The entry into force: what the clause gives, what a source asserts, and which stands."""

from datetime import date

import pytest

from embassy.agreements.clause import Clause, Trigger
from embassy.agreements.entry import outlook, result
from embassy.agreements.rules import (
    Agreed,
    FirstOfNthMonth,
    Manual,
    PlusDays,
    PlusMonths,
)
from embassy.agreements.vocabulary import ActType, Requirement, SourceKind
from tests.agreements.logs import PAIR, TODAY, act, in_force, spans, step


def test_an_official_assertion_stands_against_the_clause_and_the_mismatch_shows() -> None:
    clause = Clause(Trigger.SIGNATURE, PlusMonths(1))
    log = (act(ActType.SIGNED, "2015-01-10"), in_force("2015-03-01"))

    entry = result(log, (), PAIR, clause, known_at=TODAY)

    assert (entry.computed, str(entry.asserted), entry.agree) == ((date(2015, 2, 10),), "2015-03-01", False)
    assert (str(entry.day), entry.first_day) == ("2015-03-01", date(2015, 3, 1))


def test_a_newspaper_does_not_stand_against_the_clause_but_without_it() -> None:
    clause = Clause(Trigger.SIGNATURE, PlusMonths(1))
    log = (
        act(ActType.SIGNED, "2015-01-10"),
        act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2015-03-01", source=SourceKind.PRESS),
    )

    with_clause = result(log, (), PAIR, clause, known_at=TODAY)
    without = result(log, (), PAIR, None, known_at=TODAY)

    assert (str(with_clause.day), with_clause.agree) == ("2015-02-10", False)
    assert (str(without.day), without.agree) == ("2015-03-01", None)


def test_the_more_authoritative_and_then_the_later_word_is_taken() -> None:
    log = (
        act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2015-01-01", source=SourceKind.NOTE, known="2019-01-01"),
        act(
            ActType.ENTRY_INTO_FORCE_ASSERTED, "2015-02-01", source=SourceKind.DEPOSITARY, known="2015-02-01"
        ),
        act(
            ActType.ENTRY_INTO_FORCE_ASSERTED, "2015-03-01", source=SourceKind.DEPOSITARY, known="2016-02-01"
        ),
    )

    assert str(result(log, (), PAIR, None, known_at=TODAY).day) == "2015-03-01"


def test_a_year_asserted_agrees_with_a_day_computed_within_it() -> None:
    log = (
        act(ActType.SIGNED, "2015-01-10"),
        act(ActType.ENTRY_INTO_FORCE_ASSERTED, known="2016-02-01", effective="2015"),
    )

    entry = result(log, (), PAIR, Clause(Trigger.SIGNATURE), known_at=TODAY)

    assert (entry.agree, str(entry.day), entry.first_day) == (True, "2015", date(2015, 12, 31))
    assert str(entry.fixed_on) == "2015-01-10"


def test_in_force_since_nobody_knows_when() -> None:
    log = (act(ActType.ENTRY_INTO_FORCE_ASSERTED, known="1994-06-01"),)

    entry = result(log, (), PAIR, None, known_at=TODAY)

    assert (spans(log), entry.first_day) == ([("in_force", "")], date(1994, 6, 1))
    assert str(outlook(entry, TODAY)) == "In force; the day of entry into force is not known."


@pytest.mark.parametrize(
    ("effective", "found"),
    [("2016-01-01/..", []), ("2015-12-01/..", ["2015-12-01/.."]), ("../2015-12-24", ["../2015-12-24"])],
)
def test_a_day_ahead_before_which_it_is_not_fixes_nothing(effective: str, found: list[str]) -> None:
    log = (act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2015-12-22", effective=effective),)

    entry = result(log, (), PAIR, None, known_at=TODAY)

    assert [str(entry.day)] * (entry.day is not None) == found


def test_a_month_of_entry_is_told_as_such() -> None:
    log = (act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2015-12-22", effective="2016-01"),)

    entry = result(log, (), PAIR, None, known_at=TODAY)

    assert str(outlook(entry, TODAY)) == "Entry into force: 2016-01."


def test_a_month_too_short_shows_both_days_and_is_certain_on_the_later() -> None:
    clause = Clause(Trigger.SIGNATURE, PlusMonths(1))
    log = (act(ActType.SIGNED, "2011-01-31"),)

    entry = result(log, (), PAIR, clause, known_at=TODAY)

    assert entry.computed == (date(2011, 2, 28), date(2011, 3, 1))
    assert (str(entry.day), entry.first_day) == ("2011-02-28/..", date(2011, 3, 1))
    assert str(entry.reason) == (
        "The clause does not say which day counts where a month is too short: 2011-02-28 or 2011-03-01."
    )


def test_a_month_is_exact_enough_where_the_rule_does_not_ask_for_the_day() -> None:
    log = (act(ActType.SIGNED, "2011-01"),)

    by_month = result(log, (), PAIR, Clause(Trigger.SIGNATURE, FirstOfNthMonth(3)), known_at=TODAY)
    by_day = result(log, (), PAIR, Clause(Trigger.SIGNATURE, PlusDays(3)), known_at=TODAY)

    assert (by_month.computed, str(by_month.fixed_on)) == ((date(2011, 4, 1),), "../2011-01-31")
    assert (by_day.computed, by_day.fixed_on) == ((), None)
    assert str(by_day.reason) == "Not computed: the day of signature is not known exactly enough."


def test_an_undated_trigger_computes_nothing() -> None:
    log = [act(ActType.INSTRUMENT_DEPOSITED, known="2011-01-01", party=party) for party in PAIR]

    by_all = result(log, (), PAIR, None, known_at=TODAY)
    by_number = result(log, (), PAIR, Clause(Trigger.NTH_DEPOSIT, deposits=2), known_at=TODAY)

    assert (by_all.computed, by_number.computed) == ((), ())
    assert str(by_number.reason) == (
        "Not computed: the day of deposit of the required number of instruments is not known exactly enough."
    )


def test_a_note_sent_is_not_yet_a_note_received() -> None:
    log = [act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2015-03-02", party) for party in PAIR]

    received = result(log, (), PAIR, Clause(), known_at=TODAY)
    sent = result(log, (), PAIR, Clause(Trigger.LAST_NOTIFICATION_SENT), known_at=TODAY)

    assert (received.computed, sent.computed) == ((), (date(2015, 3, 2),))
    assert str(received.reason) == "Not computed: the day of receipt of a notification is not recorded."


def test_instruments_are_exchanged_by_all_whoever_recorded_it() -> None:
    log = (act(ActType.INSTRUMENTS_EXCHANGED, "2015-03-02", "BE"),)

    entry = result(log, (), PAIR, Clause(Trigger.EXCHANGE, PlusMonths(1)), known_at=TODAY)

    assert entry.computed == (date(2015, 4, 2),)


def test_a_consent_to_chosen_articles_counts_as_consent() -> None:
    log = [
        act(ActType.INSTRUMENT_DEPOSITED, "2015-03-02", "AL", scope=("1", "5", "6")),
        act(ActType.INSTRUMENT_DEPOSITED, "2015-03-01", "BE"),
    ]

    assert result(log, (), PAIR, None, known_at=TODAY).computed == (date(2015, 3, 2),)


@pytest.mark.parametrize("notes", [("2015-05-02", "2015-04-02"), ("2015-04-02", "2015-05-02")])
def test_a_party_that_notifies_twice_is_counted_by_its_first_note(notes: tuple[str, str]) -> None:
    log = [
        act(ActType.INTERNAL_PROCEDURES_NOTIFIED, done, party, received=done)
        for party, done in (("AL", "2015-03-02"), *(("BE", note) for note in notes))
    ]

    assert result(log, (), PAIR, Clause(), known_at=TODAY).computed == (date(2015, 4, 2),)


def test_a_fixed_date_waits_for_the_signature_only() -> None:
    clause = Clause(Trigger.FIXED_DATE, fixed=date(2015, 1, 1))
    signed = (act(ActType.SIGNED, "2014-11-20"),)

    assert result((), (), PAIR, clause, known_at=TODAY).computed == ()
    assert spans(signed, clause) == [("entry_into_force_fixed", "2014-11-20"), ("in_force", "2015-01-01")]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Agreed(), "Not computed: entry into force is on a day the parties agree upon."),
        (Manual(), "Not computed: entry into force is as the clause describes."),
    ],
)
def test_a_day_left_to_the_parties_waits_for_their_word(rule: Agreed | Manual, reason: str) -> None:
    log = (act(ActType.SIGNED, "2014-11-20"),)

    entry = result(log, (), PAIR, Clause(Trigger.SIGNATURE, rule), known_at=TODAY)

    assert (entry.computed, str(entry.reason), spans(log)) == ((), reason, [("signed", "2014-11-20")])


def test_a_reason_lets_the_clause_count_while_bodies_are_to_be_determined() -> None:
    open_body = (step("open", "BE", "parliaments", Requirement.TO_BE_DETERMINED),)
    log = (act(ActType.SIGNED, "2014-11-20"),)
    clause = Clause(Trigger.SIGNATURE, override="Signature binds under article 9.")

    entry = result(log, open_body, PAIR, clause, known_at=TODAY)
    unsigned = result((), open_body, PAIR, clause, known_at=TODAY)

    assert (entry.computed, unsigned.computed) == ((date(2014, 11, 20),), ())
    assert str(entry.reason) == (
        "Counted from signature (2014-11-20): on the same day. "
        "Computed although bodies are to be determined, because: Signature binds under article 9."
    )


def test_without_a_clause_all_parties_consent_brings_it_into_force() -> None:
    log = (
        act(ActType.SIGNED, "2014-01-01"),
        act(ActType.INSTRUMENT_DEPOSITED, "2014-06-01", "AL"),
        act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2014-07-01", "BE", received="2014-07-09"),
    )

    assert spans(log) == [("signed", "2014-01-01"), ("in_force", "2014-07-09")]
