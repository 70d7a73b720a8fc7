"""The status of an agreement: what is known, its stages, and what befalls it in force."""

from datetime import date

import pytest

from embassy.agreements.progress import party_progress
from embassy.agreements.status import Period, status_on, timeline
from embassy.agreements.vocabulary import ActType, PartyStatus, Status
from embassy.core.partial import UNKNOWN, PartialDate
from tests.agreements.logs import PAIR, TODAY, act, in_force, spans


def test_an_agreement_without_acts_has_an_unknown_status() -> None:
    assert timeline((), (), PAIR, None, known_at=TODAY) == (
        Period(Status.UNKNOWN, UNKNOWN, None, date.min, None),
    )


def test_an_undated_signature_gives_signed_from_an_unknown_day() -> None:
    log = (act(ActType.SIGNED, known="2018-03-01"),)

    periods = timeline(log, (), PAIR, None, known_at=TODAY)
    earlier = status_on(log, (), PAIR, None, as_of=date(2018, 2, 28), known_at=TODAY)

    assert periods == (Period(Status.SIGNED, UNKNOWN, None, date(2018, 3, 1), None),)
    assert earlier == Status.UNKNOWN


def test_acts_that_tell_no_stage_leave_the_status_unknown() -> None:
    log = (act(ActType.BODY_ASSENTED, "2015-07-02", "BE"), act(ActType.AMENDED, "2016-01-01"))

    assert spans(log) == [("unknown", "")]


def test_an_effect_that_is_only_not_before_a_day_ahead_changes_nothing_yet() -> None:
    ahead = act(ActType.SUSPENDED, "2015-01-01", effective="2015-06-01/..", known="2015-01-01")
    begun = act(ActType.SUSPENDED, "2015-01-01", effective="2015-06-01/..", known="2015-06-01")

    assert spans((in_force(), ahead))[-1] == ("in_force", "2000-01-01")
    assert spans((in_force(), begun))[-1] == ("suspended", "2015-06-01/..")


def test_an_act_dated_to_a_month_counts_from_its_last_day() -> None:
    log = (act(ActType.SIGNED, "2013-12"), in_force("2015-01-01"))

    periods = timeline(log, (), PAIR, None, known_at=TODAY)

    assert periods == (
        Period(
            Status.SIGNED,
            PartialDate.parse("2013-12"),
            PartialDate.parse("2015-01-01"),
            date(2013, 12, 31),
            date(2014, 12, 31),
        ),
        Period(Status.IN_FORCE, PartialDate.parse("2015-01-01"), None, date(2015, 1, 1), None),
    )


def test_an_act_dated_to_a_year_is_certain_once_a_source_tells_of_it() -> None:
    log = (act(ActType.SIGNED, "2013", known="2013-05-04"),)

    assert timeline(log, (), PAIR, None, known_at=TODAY)[0].first_day == date(2013, 5, 4)


def test_a_correction_counts_from_the_day_it_was_known_and_deletes_nothing() -> None:
    log = (
        act(ActType.SIGNED, "2013-12-19", uid="misprint"),
        act(ActType.SIGNED, "2013-12-09", corrects="misprint", known="2014-02-01"),
    )

    before, after = spans(log, known_at=date(2014, 1, 31)), spans(log, known_at=date(2014, 2, 1))

    assert (before, after) == ([("signed", "2013-12-19")], [("signed", "2013-12-09")])


def test_a_bare_correction_takes_an_act_away() -> None:
    log = (
        act(ActType.SIGNED, "2013-12-09"),
        act(ActType.TERMINATED, "2014-12-09", uid="mistaken"),
        act(ActType.CORRECTED, "2015-01-01", corrects="mistaken"),
    )

    assert spans(log) == [("signed", "2013-12-09")]


def test_an_announcement_is_no_act_until_it_is_confirmed() -> None:
    announced = act(ActType.SIGNED, "2013-12-09", known="2013-12-01", uid="announced")
    confirmed = act(ActType.SIGNED, "2013-12-10", corrects="announced")

    assert spans((announced,)) == [("unknown", "")]
    assert spans((announced, confirmed)) == [("signed", "2013-12-10")]


def test_the_stages_follow_each_other_and_never_go_back() -> None:
    log = (
        act(ActType.NEGOTIATION_OPENED, "2010-01-01"),
        act(ActType.INITIALLED, "2011-01-01"),
        act(ActType.SIGNED, "2012-01-01"),
        act(ActType.NEGOTIATION_OPENED, known="2020-01-01"),
        act(ActType.PROVISIONAL_APPLICATION_STARTED, "2012-02-01", effective="2012-03-01"),
        act(ActType.PROVISIONAL_APPLICATION_ENDED, "2012-09-01"),
        act(ActType.ENTRY_INTO_FORCE_ASSERTED, "2012-12-01", effective="2013-01-01"),
        act(ActType.EXPIRED, "2023-01-01"),
    )

    assert spans(log) == [
        ("draft", "2010-01-01"),
        ("initialled", "2011-01-01"),
        ("signed", "2012-01-01"),
        ("provisionally_applied", "2012-03-01"),
        ("signed", "2012-09-01"),
        ("entry_into_force_fixed", "2012-12-01"),
        ("in_force", "2013-01-01"),
        ("expired", "2023-01-01"),
    ]


def test_an_earlier_stage_found_out_late_takes_nothing_back() -> None:
    log = (act(ActType.SIGNED, "2012-01-01"), act(ActType.INITIALLED, known="2020-01-01"))

    assert spans(log) == [("signed", "2012-01-01")]


def test_between_two_the_second_signature_completes_the_first() -> None:
    log = (act(ActType.INITIALLED, "2010-01-01"), act(ActType.SIGNED, "2012-01-01", "BE"))

    assert spans(log) == [("initialled", "2010-01-01")]
    assert spans((*log, act(ActType.SIGNED, "2012-03-01", "AL")))[1:] == [("signed", "2012-03-01")]


def test_a_single_recorded_party_signs_for_the_record() -> None:
    log = (act(ActType.SIGNED, "2012-01-01", "BE"),)

    assert status_on(log, (), ("BE",), None, as_of=TODAY, known_at=TODAY) == Status.SIGNED


def test_changes_of_one_day_are_taken_together() -> None:
    log = (
        in_force("2000-01-01"),
        act(ActType.RESUMED, "2001-01-01"),
        act(ActType.SUSPENDED, "2001-01-01"),
        act(ActType.EXPIRED, "2002-01-01"),
        act(ActType.SUPERSEDED, "2002-01-01"),
    )

    assert spans(log) == [("in_force", "2000-01-01"), ("superseded", "2002-01-01")]


def test_a_denunciation_is_a_notice_until_it_takes_effect() -> None:
    log = (in_force(), act(ActType.DENOUNCED, "2010-01-15", "BE", effective="2010-07-15"))

    assert spans(log)[1:] == [("notice_given", "2010-01-15"), ("terminated", "2010-07-15")]


def test_a_denunciation_without_a_day_of_effect_stays_a_notice() -> None:
    log = (in_force(), act(ActType.DENOUNCED, "2010-01-15", "BE"))

    assert spans(log)[1:] == [("notice_given", "2010-01-15")]


@pytest.mark.parametrize(
    ("revoked", "by", "last"),
    [
        ("2010-07-14", "BE", ("in_force", "2010-07-14")),
        ("2010-07-14", None, ("in_force", "2010-07-14")),
        ("2010-07-14", "AL", ("terminated", "2010-07-15")),
        ("2010-07-15", "BE", ("terminated", "2010-07-15")),
    ],
)
def test_a_denunciation_is_revoked_by_its_author_before_it_takes_effect(
    revoked: str, by: str | None, last: tuple[str, str]
) -> None:
    log = (
        in_force(),
        act(ActType.DENOUNCED, "2010-01-15", "BE", effective="2010-07-15"),
        act(ActType.DENUNCIATION_REVOKED, revoked, by),
    )

    assert spans(log)[-1] == last


def test_a_party_that_withdraws_before_entry_into_force_leaves_it_abandoned() -> None:
    signed, withdrawn = (
        act(ActType.SIGNED, "2009-01-01"),
        act(ActType.DENOUNCED, "2010-01-15", effective="2010-02-01"),
    )
    consents = [act(ActType.INSTRUMENT_DEPOSITED, "2011-01-01", party) for party in PAIR]

    abandoned = spans((signed, withdrawn, *consents))
    in_force_all_the_same = spans((signed, withdrawn, in_force("2011-06-01")))

    assert abandoned == [("signed", "2009-01-01"), ("abandoned", "2010-01-15")]
    assert in_force_all_the_same[-1] == ("notice_given", "2011-06-01")


def test_one_party_of_many_acts_for_itself() -> None:
    three = ("AL", "BE", "RS")
    log = (
        in_force(),
        act(ActType.SUSPENDED, "2009-01-01", "RS"),
        act(ActType.DENOUNCED, "2010-01-15", "BE", effective="2010-07-15"),
        act(ActType.TERMINATED, "2011-01-15", "AL"),
    )

    periods = timeline(log, (), three, None, known_at=TODAY)
    progress = party_progress(log, (), three, None, as_of=TODAY, known_at=TODAY)

    assert [p.status for p in periods] == [Status.IN_FORCE]
    assert [(p.party, p.status, str(p.since)) for p in progress] == [
        ("AL", PartyStatus.RELEASED, "2011-01-15"),
        ("BE", PartyStatus.RELEASED, "2010-07-15"),
        ("RS", PartyStatus.BOUND, "2000-01-01"),
    ]


def test_an_end_of_listed_articles_leaves_the_agreement_where_it_stands() -> None:
    log = (
        in_force(),
        act(ActType.TERMINATED, "2009-01-01", scope=("7",)),
        act(ActType.DENOUNCED, "2010-01-15", "BE", effective="2010-07-15", scope=("8", "9")),
    )

    assert spans(log) == [("in_force", "2000-01-01")]


def test_suspensions_nest() -> None:
    log = (
        in_force(),
        act(ActType.SUSPENDED, "2001-01-01", scope=("5", "6")),
        act(ActType.SUSPENDED, "2002-01-01"),
        act(ActType.PARTIALLY_SUSPENDED, "2003-01-01", scope=("7",)),
        act(ActType.RESUMED, "2004-01-01", scope=("7",)),
        act(ActType.RESUMED, "2005-01-01"),
        act(ActType.RESUMED, "2006-01-01", scope=("5",)),
        act(ActType.RESUMED, "2007-01-01", scope=("6",)),
    )

    assert spans(log)[1:] == [
        ("partially_suspended", "2001-01-01"),
        ("suspended", "2002-01-01"),
        ("partially_suspended", "2005-01-01"),
        ("in_force", "2007-01-01"),
    ]


def test_a_plain_resumption_ends_a_partial_suspension_where_nothing_else_is_suspended() -> None:
    log = (in_force(), act(ActType.PARTIALLY_SUSPENDED, "2001-01-01"), act(ActType.RESUMED, "2002-01-01"))

    assert spans(log)[1:] == [("partially_suspended", "2001-01-01"), ("in_force", "2002-01-01")]


def test_each_party_resumes_what_it_suspended_itself() -> None:
    log = (
        in_force(),
        act(ActType.SUSPENDED, "2001-01-01", "AL"),
        act(ActType.SUSPENDED, "2002-01-01", "BE"),
        act(ActType.RESUMED, "2003-01-01", "BE"),
        act(ActType.DENOUNCED, "2003-06-01", "BE"),
        act(ActType.RESUMED, "2004-01-01", "AL"),
    )

    assert spans(log)[1:] == [("suspended", "2001-01-01"), ("notice_given", "2004-01-01")]
