"""How far each party has come."""

from datetime import date

from embassy.agreements.acts import Act, Step
from embassy.agreements.clause import Clause, Trigger
from embassy.agreements.progress import party_progress
from embassy.agreements.rules import (
    Agreed,
    PlusDays,
    PlusMonths,
    Retroactive,
)
from embassy.agreements.vocabulary import ActType, Consent, PartyStatus, Requirement
from tests.agreements.logs import PAIR, TODAY, act, day, in_force, step


def progress_of(
    party: str,
    log: tuple[Act, ...],
    steps: tuple[Step, ...] = (),
    clause: Clause | None = None,
    as_of: str = "2024-05-01",
) -> tuple[str, str, str]:
    found = party_progress(log, steps, PAIR, clause, as_of=day(as_of), known_at=TODAY)
    one = next(progress for progress in found if progress.party == party)
    return one.status.value, str(one.since), str(one.words)


def test_a_party_passes_from_signature_over_its_bodies_to_consent() -> None:
    bodies = (
        step("house", "BE", "House of Representatives", order=1),
        step("region", "BE", "Flemish Parliament", order=2),
        step("senate", "BE", "Senate", Requirement.NO, order=3),
    )
    log = (
        act(ActType.SIGNED, "2014-01-01", "BE"),
        act(ActType.SUBMITTED_TO_BODY, "2014-02-01", "BE", step="house"),
        act(ActType.BODY_REJECTED, "2014-03-01", "BE", step="house"),
        act(ActType.BODY_ASSENTED, "2014-04-01", "BE", step="house"),
        act(ActType.BODY_ASSENTED, "2014-05-01", "BE", step="region"),
        act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2014-06-01", "BE", received="2014-06-10"),
    )

    found = {
        when: progress_of("BE", log, bodies, as_of=when)
        for when in (
            "2013-12-31",
            "2014-01-01",
            "2014-03-01",
            "2014-04-01",
            "2014-05-01",
            "2014-06-09",
            "2014-06-10",
        )
    }

    assert found == {
        "2013-12-31": ("not_signed", "", "Signature not recorded"),
        "2014-01-01": ("signed", "2014-01-01", "Signed; assent 0 of 2."),
        "2014-03-01": ("assent_under_way", "2014-03-01", "Assent under way; assent 0 of 2."),
        "2014-04-01": ("assent_under_way", "2014-04-01", "Assent under way; assent 1 of 2."),
        "2014-05-01": ("assented", "2014-05-01", "Assented"),
        "2014-06-09": ("assented", "2014-05-01", "Assented"),
        "2014-06-10": ("consent_expressed", "2014-06-10", "Consent to be bound expressed"),
    }


def test_an_assent_of_a_body_nobody_listed_counts_as_under_way() -> None:
    log = (act(ActType.SIGNED, "2014-01-01"), act(ActType.BODY_ASSENTED, "2014-05-01", "AL"))

    assert progress_of("AL", log) == ("assent_under_way", "2014-05-01", "Assent under way")


def test_the_last_vote_of_a_body_counts() -> None:
    log = (
        act(ActType.BODY_ASSENTED, "2014-04-01", "BE", step="house"),
        act(ActType.BODY_REJECTED, "2014-05-01", "BE", step="house"),
    )

    (_, belgium) = party_progress(
        log, (step("house", "BE", "House"),), PAIR, None, as_of=TODAY, known_at=TODAY
    )

    assert [(body.act, body.has_assented) for body in belgium.bodies] == [(log[1], False)]


def test_signature_is_consent_only_where_the_clause_says_so() -> None:
    log = (act(ActType.SIGNED, "2014-01-01", "BE"),)

    by_signature = progress_of("BE", log, clause=Clause(Trigger.SIGNATURE))

    assert (by_signature[0], progress_of("BE", log)[0]) == ("consent_expressed", "signed")


def test_a_note_whose_receipt_is_unknown_counts_from_its_dispatch_as_consent() -> None:
    log = (act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2014-06-01", "BE"),)

    assert progress_of("BE", log)[:2] == ("consent_expressed", "2014-06-01")


def test_parties_are_bound_together_and_released_with_the_agreement() -> None:
    log = (in_force("2015-01-01"), act(ActType.TERMINATED, "2019-01-01"))

    assert progress_of("AL", log, as_of="2018-12-31")[:2] == ("bound", "2015-01-01")
    assert progress_of("AL", log)[:2] == ("released", "2019-01-01")


def joined(*log: Act, clause: Clause | None = None, as_of: date = TODAY) -> tuple[PartyStatus, str]:
    founders = [act(ActType.INSTRUMENT_DEPOSITED, "2000-01-01", party) for party in PAIR]
    last = party_progress([*founders, *log], (), PAIR, clause, as_of=as_of, known_at=TODAY)[-1]
    return last.status, f"{last.party} {last.since}"


def accession(done: str = "2010-05-05") -> Act:
    return act(ActType.INSTRUMENT_DEPOSITED, done, "XK", consent=Consent.ACCESSION)


def test_one_that_accedes_is_bound_from_its_own_instrument() -> None:
    clause = Clause(Trigger.ALL_PARTIES, PlusDays(30))

    assert joined(accession()) == (PartyStatus.BOUND, "XK 2010-05-05")
    assert joined(accession(), clause=clause) == (PartyStatus.BOUND, "XK 2010-06-04")
    assert joined(accession(), clause=clause, as_of=date(2010, 6, 3)) == (
        PartyStatus.CONSENT_EXPRESSED,
        "XK 2010-05-05",
    )
    assert joined(accession("1999-05-05")) == (PartyStatus.BOUND, "XK 2000-01-01")


def test_the_day_from_which_a_joiner_will_be_bound_is_told_before() -> None:
    log = [*(act(ActType.INSTRUMENT_DEPOSITED, "2000-01-01", party) for party in PAIR), accession()]
    clause = Clause(Trigger.ALL_PARTIES, PlusDays(30))

    found = party_progress(log, (), PAIR, clause, as_of=date(2010, 6, 3), known_at=TODAY)[-1]

    assert (found.status, str(found.consented), str(found.binds)) == (
        PartyStatus.CONSENT_EXPRESSED,
        "2010-05-05",
        "2010-06-04",
    )


def test_a_signature_is_expected_of_those_that_negotiated_and_did_not_accede() -> None:
    log = (
        act(ActType.SIGNED, "2000-01-01", "AL"),
        act(ActType.INSTRUMENT_DEPOSITED, "2001-01-01", "RS", consent=Consent.ACCESSION),
        act(ActType.SUCCEEDED, "2002-01-01", "ME"),
        accession(),
    )

    found = party_progress(log, (), (*PAIR, "RS"), None, as_of=TODAY, known_at=TODAY)

    assert {one.party: (one.signs, one.signature) for one in found} == {
        "AL": (True, log[0]),
        "BE": (True, None),
        "RS": (False, None),
        "ME": (False, None),
        "XK": (False, None),
    }


def test_one_that_accedes_is_not_bound_retroactively() -> None:
    clause = Clause(Trigger.ALL_PARTIES, Retroactive(date(1999, 1, 1)))

    assert joined(accession(), clause=clause) == (PartyStatus.BOUND, "XK 2010-05-05")


def test_an_accession_of_uncertain_day_binds_from_an_unknown_one() -> None:
    assert joined(accession("2010-05")) == (PartyStatus.BOUND, "XK ")
    assert joined(accession(), clause=Clause(Trigger.ALL_PARTIES, PlusMonths(9))) == (
        PartyStatus.BOUND,
        "XK 2011-02-05",
    )


def test_a_day_left_to_agreement_binds_the_joiner_once_it_is_stated() -> None:
    general = in_force("2001-01-01")
    clause = Clause(Trigger.ALL_PARTIES, Agreed())
    own = act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2011-01-01", "XK")

    assert joined(general, accession(), clause=clause)[0] == PartyStatus.CONSENT_EXPRESSED
    assert joined(general, accession(), own, clause=clause) == (PartyStatus.BOUND, "XK 2011-01-01")


def test_a_successor_is_bound_from_the_day_of_succession() -> None:
    succession = act(
        ActType.SUCCEEDED, "2012-10-01", "RS", effective="1992-04-27", consent=Consent.SUCCESSION
    )
    later = act(ActType.SUCCEEDED, "2012-10-01", "RS", effective="2006-06-03")

    assert joined(succession) == (PartyStatus.BOUND, "RS 2000-01-01")
    assert joined(later) == (PartyStatus.BOUND, "RS 2006-06-03")


def test_a_negotiating_state_without_instrument_is_not_bound_by_the_others() -> None:
    clause = Clause(Trigger.NTH_DEPOSIT, deposits=2)

    found = party_progress(
        [act(ActType.INSTRUMENT_DEPOSITED, "2000-01-01", party) for party in PAIR],
        (),
        (*PAIR, "RS"),
        clause,
        as_of=TODAY,
        known_at=TODAY,
    )

    assert [p.status for p in found] == [PartyStatus.BOUND, PartyStatus.BOUND, PartyStatus.NOT_SIGNED]


def test_a_withdrawal_revoked_in_time_releases_nobody() -> None:
    notice = act(ActType.DENOUNCED, "2015-01-01", "XK", effective="2016-01-01")
    revoked = act(ActType.DENUNCIATION_REVOKED, "2015-12-31", "XK")
    partial = act(ActType.DENOUNCED, "2015-01-01", "XK", effective="2016-01-01", scope=("3",))
    undated = act(ActType.DENOUNCED, "2015-01-01", "XK")

    assert joined(accession(), notice) == (PartyStatus.RELEASED, "XK 2016-01-01")
    assert joined(accession(), notice, as_of=date(2015, 12, 31))[0] == PartyStatus.BOUND
    assert joined(accession(), notice, revoked)[0] == PartyStatus.BOUND
    assert joined(accession(), partial, undated)[0] == PartyStatus.BOUND
