"""What the log refuses, what it only asks about, and what it leaves in peace."""

from datetime import date

import pytest

from embassy.agreements.acts import Act
from embassy.agreements.clause import Clause, Trigger
from embassy.agreements.refusals import Finding, refusals, warnings
from embassy.agreements.rules import PlusMonths, Retroactive
from embassy.agreements.vocabulary import ActType, Consent, Requirement
from tests.agreements.logs import act, step

TODAY = date(2024, 5, 1)
PAIR = ("AL", "BE")
HOUSE = step("house", "BE", "House of Representatives")
SENATE = step("senate", "BE", "Senate", Requirement.NO)
IN_FORCE = act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2016-01-01", uid="force")
SIGNED = act(ActType.SIGNED, "2013-12-09", uid="signed")

Told = list[tuple[str, str, str]]


def told(findings: tuple[Finding, ...]) -> Told:
    return [(finding.act, finding.field, str(finding.message)) for finding in findings]


def refused(*log: Act, clause: Clause | None = None) -> Told:
    return told(refusals(log, (HOUSE, SENATE), PAIR, clause, today=TODAY))


def warned(*log: Act, clause: Clause | None = None) -> Told:
    return told(warnings(log, (HOUSE, SENATE), PAIR, clause, today=TODAY))


def test_a_regular_log_is_neither_refused_nor_warned_about() -> None:
    log = (
        SIGNED,
        act(ActType.BODY_ASSENTED, "2015-07-02", "BE", step="house"),
        act(ActType.GAZETTED, "2015-12-22", "BE"),
        act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2015-10-01", "BE", received="2015-10-05"),
        IN_FORCE,
        act(ActType.REGISTERED, "2016-05-01"),
        act(ActType.TERMINATED, "2020-01-01", effective="2030-01-01"),
    )

    assert (refused(*log), warned(*log)) == ([], [])


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        (
            act(ActType.GAZETTED, "2015-12-22", "BE", uid="wrong", citation=" "),
            "source",
            "Publication in the gazette (2015-12-22) has no source; cite one.",
        ),
        (
            act(ActType.SIGNED, "2015-12-22", "XK", uid="wrong"),
            "party",
            "Signature (2015-12-22) names XK, which is no party.",
        ),
        (
            act(ActType.BODY_ASSENTED, "2015-12-22", "AL", uid="wrong", step="house"),
            "step",
            "Assent (2015-12-22) names an approval step that its party does not have.",
        ),
        (
            act(ActType.CORRECTED, "2015-12-22", uid="wrong", corrects="wrong"),
            "corrects",
            "Correction (2015-12-22) corrects itself or an act that this agreement does not have.",
        ),
        (
            act(ActType.GAZETTED, "2024-05-02", uid="wrong"),
            "event_date",
            "Publication in the gazette (2024-05-02) has not happened yet; "
            "only the date from which it has effect may lie ahead.",
        ),
        (
            act(ActType.INTERNAL_PROCEDURES_NOTIFIED, known="2024-05-01", received="2025", uid="wrong"),
            "received",
            "Notification that internal procedures are complete (undated) has not happened yet; "
            "only the date from which it has effect may lie ahead.",
        ),
        (
            act(ActType.TERMINATED, "2015-12-31", uid="wrong"),
            "effective",
            "Termination (2015-12-31) lies before entry into force; "
            "record that, undated if the day is unknown.",
        ),
        (
            act(ActType.EXPIRED, "2016-12-31", effective="2015", uid="wrong"),
            "effective",
            "Expiry (2016-12-31) lies before entry into force; record that, undated if the day is unknown.",
        ),
        (
            act(ActType.REGISTERED, "2015-12-31", uid="wrong"),
            "event_date",
            "Registration (2015-12-31) lies before any entry into force or provisional application.",
        ),
    ],
)
def test_an_act_that_cannot_be_is_refused_by_name(wrong: Act, field: str, message: str) -> None:
    found = [finding for finding in refused(IN_FORCE, wrong) if finding[0] == "wrong"]

    assert found == [("wrong", field, message)]


@pytest.mark.parametrize("kind", [ActType.TERMINATED, ActType.EXPIRED, ActType.REGISTERED])
def test_nothing_ends_or_is_registered_that_was_never_in_force(kind: ActType) -> None:
    assert [finding[0] for finding in refused(SIGNED, act(kind, "2020-01-01", uid="wrong"))] == ["wrong"]


def test_an_undated_entry_into_force_is_enough_for_an_end() -> None:
    undated = act(ActType.ENTRY_INTO_FORCE_ASSERTED, known="2018-01-01")

    assert refused(undated, act(ActType.TERMINATED, "2010-01-01")) == []


def test_provisional_application_is_enough_to_register() -> None:
    applied = act(ActType.PROVISIONAL_APPLICATION_STARTED, "2014-01-01")

    assert refused(SIGNED, applied, act(ActType.REGISTERED, "2014-01-01")) == []
    assert len(refused(SIGNED, applied, act(ActType.REGISTERED, "2013-12-31"))) == 1


@pytest.mark.parametrize(
    ("rejected", "assented", "contradict"),
    [
        ("2015-07-02", "2015-07-02", True),
        ("2015-07-02", "2015", True),
        ("2015-07-02", "", True),
        ("2014-07-02", "2015-07-02", False),
        ("2016", "2015-07-02", False),
    ],
)
def test_a_body_does_not_assent_and_reject_at_once(rejected: str, assented: str, contradict: bool) -> None:
    log = (
        act(ActType.BODY_REJECTED, rejected, "BE", step="house", uid="rejected"),
        act(ActType.BODY_ASSENTED, assented, "BE", step="house"),
        act(ActType.BODY_ASSENTED, rejected, "BE", step="senate"),
    )

    found = refused(*log)

    assert [finding[0] for finding in found] == ["rejected"] * contradict


def test_a_contradiction_names_both_acts() -> None:
    log = (
        act(ActType.BODY_REJECTED, "2015-07-02", "BE", step="house", uid="rejected"),
        act(ActType.BODY_ASSENTED, "2015", "BE", step="house"),
    )

    assert refused(*log) == [
        (
            "rejected",
            "event_date",
            "Rejection (2015-07-02) contradicts: Assent (2015); give the days that tell which came last.",
        )
    ]


def test_what_has_been_corrected_is_not_held_against_the_log() -> None:
    wrong = act(ActType.SIGNED, "2013-12-09", "XK", uid="wrong")
    right = act(ActType.SIGNED, "2013-12-09", "AL", corrects="wrong")

    assert (len(refused(wrong)), refused(wrong, right)) == (1, [])


def test_corrections_in_a_circle_are_refused() -> None:
    one = act(ActType.SIGNED, "2013-12-09", uid="one", corrects="other")
    other = act(ActType.SIGNED, "2013-12-10", uid="other", corrects="one")
    astray = act(ActType.SIGNED, "2013-12-11", uid="astray", corrects="elsewhere")

    assert [finding[:2] for finding in refused(one, other, astray)] == [
        ("one", "corrects"),
        ("other", "corrects"),
        ("astray", "corrects"),
    ]


@pytest.mark.parametrize(
    ("kind", "consent"),
    [(ActType.INSTRUMENT_DEPOSITED, Consent.ACCESSION), (ActType.SUCCEEDED, None)],
)
def test_one_that_joins_may_act_as_a_party(kind: ActType, consent: Consent | None) -> None:
    joining = act(kind, "2017-01-01", "XK", consent=consent)

    assert refused(IN_FORCE, joining, act(ActType.DENOUNCED, "2018-01-01", "XK")) == []


def test_entry_into_force_before_signature_is_accepted_with_a_reason() -> None:
    clause = Clause(Trigger.SIGNATURE, Retroactive(date(1982, 7, 1)))
    log = (act(ActType.SIGNED, "1982-10-08", uid="signed"),)

    found = warnings(log, (), ("AT", "CH", "DE", "LI"), clause, today=TODAY)

    assert (told(found), [finding.needs_reason for finding in found]) == (
        [
            (
                "signed",
                "effective",
                "Signature (1982-10-08) comes after the entry into force (1982-07-01); give the reason.",
            )
        ],
        [True],
    )
    assert refusals(log, (), ("AT", "CH", "DE", "LI"), clause, today=TODAY) == ()


@pytest.mark.parametrize(
    ("log", "clause", "finding"),
    [
        (
            (act(ActType.SIGNED, "2017-01-01"), IN_FORCE),
            None,
            (
                "force",
                "effective",
                "Signature (2017-01-01) comes after the entry into force (2016-01-01); give the reason.",
            ),
        ),
        (
            (SIGNED, act(ActType.BODY_ASSENTED, "2013-11-30", "BE", uid="assent")),
            None,
            ("assent", "event_date", "Assent (2013-11-30) lies before: Signature (2013-12-09)."),
        ),
        (
            (IN_FORCE, act(ActType.GAZETTED, "2016-02-01", "BE", uid="gazette")),
            None,
            (
                "gazette",
                "event_date",
                "Publication in the gazette (2016-02-01) comes after the entry into force (2016-01-01).",
            ),
        ),
        (
            (SIGNED, IN_FORCE),
            Clause(Trigger.SIGNATURE, PlusMonths(3)),
            (
                "force",
                "effective",
                "Statement of entry into force (2016-01-01) gives 2016-01-01, the clause 2014-03-09.",
            ),
        ),
        (
            (
                act(
                    ActType.INTERNAL_PROCEDURES_NOTIFIED,
                    "2015-06-01",
                    "BE",
                    received="2015-06-05",
                    uid="note",
                ),
                act(ActType.BODY_ASSENTED, "2015-07-02", "BE", step="house"),
            ),
            None,
            (
                "note",
                "received",
                "Notification that internal procedures are complete (2015-06-01) "
                "comes before the assent of House of Representatives.",
            ),
        ),
        (
            (act(ActType.INTERNAL_PROCEDURES_NOTIFIED, "2015-06-01", "BE", uid="note"),),
            None,
            (
                "note",
                "received",
                "Notification that internal procedures are complete (2015-06-01) "
                "comes before the assent of House of Representatives.",
            ),
        ),
        (
            (act(ActType.SIGNED, "2013-12-09", known="2013-12-01", uid="announced"),),
            None,
            (
                "announced",
                "event_date",
                "Signature was announced for 2013-12-09; its outcome is not recorded.",
            ),
        ),
    ],
)
def test_what_is_rare_is_warned_about_and_not_refused(
    log: tuple[Act, ...], clause: Clause | None, finding: tuple[str, str, str]
) -> None:
    assert (warned(*log, clause=clause), refused(*log, clause=clause)) == ([finding], [])


def test_each_party_assents_after_its_own_signature() -> None:
    log = (
        act(ActType.SIGNED, "2013-12-09", "AL"),
        act(ActType.BODY_ASSENTED, "2014-01-09", "AL"),
        act(ActType.BODY_ASSENTED, "2014-01-09", "BE", uid="early"),
        act(ActType.SIGNED, "2014-06-09", "BE"),
    )

    assert [finding[0] for finding in warned(*log)] == ["early"]


def test_an_announcement_warns_only_when_its_day_has_passed_unconfirmed() -> None:
    announced = act(ActType.SIGNED, "2013-12-09", known="2013-12-01")
    ahead = act(ActType.SIGNED, "2024-05-01/..", known="2024-04-01")

    assert len(warned(announced)) == 1
    assert warned(announced, act(ActType.SIGNED, "2013-12-10")) == []
    assert warned(ahead) == []
