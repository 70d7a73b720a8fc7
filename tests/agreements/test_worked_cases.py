"""Agreements of the sample whose outcome has been worked out by hand."""

from datetime import date

import pytest

from embassy.agreements.entry import outlook, result
from embassy.agreements.log import Log
from embassy.agreements.progress import party_progress
from embassy.agreements.refusals import warnings
from embassy.agreements.status import status_on, timeline
from embassy.agreements.vocabulary import PartyStatus, Status
from tests.agreements.facts import sampled_log
from tests.agreements.logs import TODAY

BELGIUM_ALBANIA = sampled_log("social-protection")


def without(log: Log, *uids: str) -> Log:
    """Return a log without some of its acts."""
    return log._replace(acts=tuple(act for act in log.acts if act.uid not in uids))


def test_austria_and_australia_third_month_after_the_last_note() -> None:
    log = sampled_log("austria-australia-social-security")

    entry = result(*log, known_at=TODAY)
    periods = timeline(*log, known_at=TODAY)

    assert (entry.computed, str(entry.asserted), entry.agree) == ((date(2012, 1, 1),), "2012-01-01", True)
    assert entry.inputs == ("note-austria", "note-australia")
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
    log = sampled_log("nato-romania-accession")

    entry = result(*log, known_at=TODAY)
    one_missing = result(*without(log, "accepted-us", "in-force"), known_at=TODAY)

    assert (entry.computed, len(entry.inputs), entry.agree) == ((date(2004, 2, 27),), 19, True)
    assert (one_missing.day, str(one_missing.reason)) == (
        None,
        "Not computed: consent of all parties is not recorded (US).",
    )


def test_rights_of_the_child_thirty_days_after_the_twentieth_instrument() -> None:
    log = sampled_log("rights-of-the-child")

    entry = result(*log, known_at=TODAY)
    too_few = result(*without(log, "deposit-bd", "deposit-be", "deposit-al"), known_at=TODAY)
    later = party_progress(*log, as_of=TODAY, known_at=TODAY)[-2:]

    assert (entry.computed, len(entry.inputs), entry.agree) == ((date(1990, 9, 2),), 20, True)
    assert str(too_few.reason) == "Not computed: 19 instruments of 20 are deposited."
    assert [(p.party, p.status, str(p.since)) for p in later] == [
        ("AL", PartyStatus.BOUND, "1992-03-28"),
        ("BE", PartyStatus.BOUND, "1992-01-15"),
    ]


def test_four_party_social_security_works_back_to_before_its_signature() -> None:
    log = sampled_log("four-party-social-security")
    summer = date(1982, 8, 1)

    entry = result(*log, known_at=TODAY)
    seen_then, seen_now = (status_on(*log, as_of=summer, known_at=day) for day in (summer, TODAY))
    odd = [(found.act, str(found.message)) for found in warnings(*log, today=TODAY) if found.needs_reason]

    assert (entry.computed, str(entry.asserted), entry.agree) == ((date(1982, 7, 1),), "1982-07-01", True)
    assert (seen_then, seen_now) == (Status.UNKNOWN, Status.IN_FORCE)
    assert odd == [
        (
            "in-force",
            "Signature (1982-10-08) comes after the entry into force (1982-07-01); give the reason.",
        )
    ]
    assert str(entry.reason) == (
        "Counted from consent of all parties (../1984-01-17): with effect from 1982-07-01."
    )
    assert {p.since.earliest for p in party_progress(*log, as_of=TODAY, known_at=TODAY)} == {date(1982, 7, 1)}


def test_oviedo_and_spain_bound_by_its_own_deposit_after_the_general_entry() -> None:
    log = sampled_log("oviedo-convention")

    entry = result(*log, known_at=TODAY)
    eve = party_progress(*log, as_of=date(1999, 12, 31), known_at=TODAY)
    after = party_progress(*log, as_of=date(2000, 1, 1), known_at=TODAY)

    assert (entry.computed, entry.agree) == ((date(1999, 12, 1),), True)
    assert [(p.party, p.status, str(p.since)) for p in eve[4:]] == [
        ("DK", PartyStatus.BOUND, "1999-12-01"),
        ("ES", PartyStatus.CONSENT_EXPRESSED, "1999-09-01"),
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
    found = status_on(*BELGIUM_ALBANIA, as_of=known_at, known_at=known_at)
    entry = result(*BELGIUM_ALBANIA, known_at=known_at)

    assert (found, str(outlook(entry, known_at))) == (status, words)


def test_belgian_bodies_were_to_be_determined_in_june_2014() -> None:
    then = date(2014, 6, 1)

    entry = result(*BELGIUM_ALBANIA, known_at=then)
    albania, belgium = party_progress(*BELGIUM_ALBANIA, as_of=then, known_at=then)

    assert (entry.computed, entry.day) == ((), None)
    assert str(entry.reason) == "Not computed: the competent bodies of BE are to be determined."
    assert (albania.status, albania.given, albania.needed) == (PartyStatus.ASSENTED, 1, 1)
    assert [body.uid for body in belgium.undetermined] == ["be-open"]
    assert str(belgium.words) == "Signed; the competent bodies are to be determined."


def test_belgium_has_assented_once_the_competent_body_is_known_and_has() -> None:
    then = date(2015, 8, 1)

    _, belgium = party_progress(*BELGIUM_ALBANIA, as_of=then, known_at=then)

    assert (belgium.status, str(belgium.since), belgium.undetermined) == (
        PartyStatus.ASSENTED,
        "2015-07-02",
        (),
    )
