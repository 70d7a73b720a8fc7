"""What the door refuses in missions and offices, and what it keeps of closures."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from embassy.consular.models import Mission, Office, OfficeClosure, ServiceHours
from embassy.consular.room import MISSION, OFFICE
from embassy.core.facts import Refused
from embassy.db.commands import check
from embassy.db.record import Record
from embassy.web.house import House
from tests.consular.facts import closure, hours, mission, office

Door = Callable[..., Record]
KNOWN = "6d7f4b0e-58a5-4b2c-93a1-7f0f6a8d1c11"


def refusals(kind: Any, facts: dict[str, Any]) -> list[tuple[tuple[str | int, ...], object, str]]:
    with pytest.raises(Refused) as refused:
        check(kind, facts)
    return [(one.path, one.value, str(one.expected)) for one in refused.value.refusals]


def test_hours_of_one_service_that_overlap_are_refused_with_their_lines() -> None:
    other_service = hours("16:00", "18:00", ("monday",), "passport")
    overlapping = hours("16:30", "18:00", ("monday",))

    found = refusals(OFFICE, office(hours=[*other_service, *hours(), *overlapping]))

    assert found == [
        (
            ("hours", 6, "opens"),
            "16:30",
            "These hours overlap those in line 2, from 09:00 to 17:00. "
            "Change the times of one of them, or the dates from and to which they hold.",
        )
    ]


def test_the_same_hours_of_different_services_or_times_are_accepted() -> None:
    winter = hours(valid_from="2026-01-01", valid_to="2026-03-31")
    summer = hours(valid_from="2026-04-01")

    checked = check(OFFICE, office(hours=[*winter, *summer, *hours(channel="phone")]))

    assert len(checked["hours"]) == 15


@pytest.mark.parametrize(
    ("country", "told"),
    [
        ("BE", "One of the regions of this country: Flemish, French, German."),
        ("AL", "The calendar of holidays tells no regions of this country apart; leave it empty."),
    ],
)
def test_a_region_that_no_calendar_of_holidays_knows_is_refused_with_those_it_knows(
    country: str, told: str
) -> None:
    found = refusals(OFFICE, office(country=country, region="Wallonia"))

    assert found == [(("region",), "Wallonia", told)]
    assert check(OFFICE, office(region="Flemish"))["region"] == "Flemish"


def test_days_and_hours_that_run_backwards_are_refused() -> None:
    backwards = hours(days=("monday",), valid_from="2026-02-01", valid_to="2026-01-31")
    wrong = [
        closure("2026-05-02", "A", last="2026-05-01"),
        closure("2026-05-03", "B", hours=["13:00-17:00", "09:00-14:00"]),
        closure("2026-05-04", "C", hours=["09:00-12:00", "12:00-24:00"]),
    ]

    found = refusals(OFFICE, office(hours=backwards, closures=wrong))

    assert [(path, str(value)) for path, value, _ in found] == [
        (("hours", 0, "valid_to"), "2026-01-31"),
        (("closures", 0, "last"), "2026-05-01"),
        (("closures", 1, "hours"), "13:00-17:00; 09:00-14:00"),
    ]


def test_what_belongs_together_in_an_office_is_refused_apart() -> None:
    twice = [closure("2026-05-01", "A", uid=KNOWN), closure("2026-05-02", "B", uid=KNOWN)]

    found = refusals(OFFICE, office(latitude=50.5, hours_confirmed_by="embassy", closures=twice))

    assert [(path, expected) for path, _, expected in found] == [
        (("closures", 1, "uid"), "Another closure of this office has this identity already."),
        (("longitude",), "Latitude and longitude stand together."),
        (("hours_confirmed_on",), "Say on which day the post confirmed."),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("phones", [{"purpose": "general", "number": "640 14 22"}]), ("zone", "Brussels"), ("mission", "?")],
)
def test_values_of_a_wrong_shape_are_refused(name: str, value: object) -> None:
    found = refusals(OFFICE, office(**{name: value}))

    assert [path[0] for path, _, _ in found] == [name]


def test_a_mission_neither_closes_before_it_opens_nor_ends_an_accreditation_early() -> None:
    wrong = [{"country": "BE", "resident": "yes", "begins": "1924", "ends": "1923"}]

    found = refusals(MISSION, mission(opened="1924", closed="1923-05", accreditations=wrong))

    assert [(path, expected) for path, _, expected in found] == [
        (("closed",), "A mission cannot close before it opened."),
        (("accreditations", 0, "ends"), "An accreditation cannot end before it begins."),
    ]


@pytest.mark.parametrize(("known", "lacking"), [("latitude", "longitude"), ("longitude", "latitude")])
def test_half_a_point_is_refused_where_the_other_half_should_stand(known: str, lacking: str) -> None:
    found = refusals(MISSION, mission(**{known: 50.8}))

    assert found == [((lacking,), None, "Latitude and longitude stand together.")]


def test_an_office_needs_a_mission_that_exists(hand_in: Door) -> None:
    with pytest.raises(Refused) as refused:
        hand_in("office", **office())

    assert [one.path for one in refused.value.refusals] == [("mission",)]


def closures_of(house: House) -> list[tuple[str, int]]:
    with house.database.reading() as session:
        found = session.scalars(select(OfficeClosure).order_by(OfficeClosure.position))
        return [(str(one.uid), one.sequence) for one in found]


def test_a_closure_without_a_name_is_known_again_by_its_days(house: House, hand_in: Door) -> None:
    hand_in("mission", **mission())
    first, second = closure("2026-05-01", "A"), closure("2026-05-01", "A", service="visa")
    hand_in("office", **office(closures=[first, second]))
    before = closures_of(house)

    hand_in("office", **office(closures=[second | {"status": "waived"}, first | {"reason": {"en": "New"}}]))

    assert closures_of(house) == [(before[1][0], 1), (before[0][0], 0)]


def test_a_named_closure_moves_and_its_sequence_never_falls(house: House, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(closures=[closure("2026-05-01", "A", uid=KNOWN, sequence=4)]))

    hand_in("office", **office(closures=[closure("2026-05-04", "A", uid=KNOWN)]))

    assert closures_of(house) == [(KNOWN, 5)]


CHANGES = {
    "ck_mission_point_is_whole": update(Mission).values(longitude=1.0),
    "ck_office_point_is_whole": update(Office).values(latitude=1.0),
    "ck_service_hours_validity_in_order": update(ServiceHours).values(valid_to=date(2025, 1, 1)),
    "ck_office_closure_in_order": update(OfficeClosure).values(last=date(2025, 1, 1)),
    "ck_office_closure_sequence_never_negative": update(OfficeClosure).values(sequence=-1),
    "uq_office_closure_office_id_uid": update(OfficeClosure).values(uid=UUID(KNOWN)),
}


def test_the_database_itself_keeps_the_rules(house: House, hand_in: Door) -> None:
    hand_in("mission", **mission())
    two = [closure("2026-05-01", "A"), closure("2026-05-02", "B")]
    hand_in("office", **office(hours=hours(valid_from="2026-01-01"), closures=two))
    told_by_sqlite = {"uq_office_closure_office_id_uid": "office_closure.office_id, office_closure.uid"}

    for name, change in CHANGES.items():
        with pytest.raises(IntegrityError) as refused, house.database.writing() as session:
            session.execute(change)
        told = told_by_sqlite.get(name, name) if house.database.is_sqlite else name
        assert told in str(refused.value.orig)
