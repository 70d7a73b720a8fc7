"""Closing today is told at once and looked at afterwards; hours and emergency numbers wait for two people."""

import pytest
from flask.testing import FlaskClient

from embassy.core.access import Role
from tests.accounts.desk import Desk
from tests.consular.facts import closure, mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import begun, posted
from tests.rooms import Door

PAGE = "/en/consular/brussels"
TODAY = {
    "closures.9.first": "2026-11-22",
    "closures.9.last": "2026-11-22",
    "closures.9.cause": "ad_hoc",
    "closures.9.status": "confirmed",
    "closures.9.reason.en": "Burst pipe",
}


@pytest.fixture
def ana(colleague: Colleague, hand_in: Door) -> Desk:
    """A contributor at the desk of a post whose office is in Brussels."""
    hand_in("mission", **mission())
    hand_in("office", **office(slug="brussels", mission=mission()["slug"]))
    return colleague("ana", Role.contributor, mission=mission()["slug"])


def test_an_office_is_closed_today_by_one_person_and_looked_at_by_another(
    ana: Desk, colleague: Colleague, client: FlaskClient
) -> None:
    besa = colleague("besa", Role.approver)
    draft = begun(ana, "office", slug="brussels")
    before = client.get(PAGE).text

    published = draft.send("publish", **TODAY)
    flagged = besa.told("/en/desk")
    shown = draft.at(besa).text
    looked = draft.at(besa).send("review", "/decision")
    again = draft.at(besa).send("review", "/decision", page=shown)

    assert "Burst pipe" not in before
    assert published.status_code == 303
    assert "Burst pipe" in client.get(PAGE).text
    assert "Published at once, to be looked at" in flagged
    assert "Published by one person alone" in shown
    assert (looked.status_code, again.status_code) == (303, 409)
    assert "Published at once, to be looked at" not in besa.told("/en/desk")
    assert "Looked at afterwards" in besa.told(draft.address)


def test_nobody_looks_at_their_own_work(ana: Desk, colleague: Colleague) -> None:
    chief = colleague("chief", Role.contributor, Role.approver)
    draft = begun(ana, "office", slug="brussels").at(chief)
    own = begun(chief, "office", slug="brussels")
    own.send("publish", **TODAY)

    assert "I have looked at it" not in own.text
    assert posted(own, "/decision", do="review").status_code == 403
    assert posted(draft, "/decision", do="review").status_code == 403


@pytest.mark.parametrize(
    "other",
    [
        TODAY | {"closures.9.first": "2026-11-23", "closures.9.last": "2026-11-23"},
        TODAY | {"emergency": "+32 2 640 14 23"},
        TODAY | {"hours.0.opens": "10:00"},
        TODAY | {"closures.0.first": "2026-11-22", "closures.0.last": "2026-11-22"},
        {},
    ],
)
def test_everything_else_waits_for_a_second_person(
    ana: Desk, client: FlaskClient, other: dict[str, str]
) -> None:
    draft = begun(ana, "office", slug="brussels")

    refused = draft.send("publish", **other)

    assert refused.status_code == 422
    assert "Only a closure of today is published at once." in refused.text
    assert "Burst pipe" not in client.get(PAGE).text


def test_no_closure_disappears_at_once(ana: Desk, hand_in: Door) -> None:
    hand_in(
        "office",
        **office(slug="brussels", mission=mission()["slug"], closures=[closure("2026-11-30", "Day")]),
    )
    draft = begun(ana, "office", slug="brussels")
    draft.send("", less="closures.0")

    assert draft.send("publish", **TODAY).status_code == 422


def test_a_proposed_holiday_of_today_is_confirmed_at_once(
    ana: Desk, hand_in: Door, client: FlaskClient
) -> None:
    proposed = closure("2026-11-22", "Feast", status="proposed")
    hand_in("office", **office(slug="brussels", mission=mission()["slug"], closures=[proposed]))
    draft = begun(ana, "office", slug="brussels")

    assert draft.send("publish", **{"closures.0.status": "confirmed"}).status_code == 303
    assert "Feast" in client.get(PAGE).text


@pytest.mark.usefixtures("ana")
def test_only_offices_are_closed(colleague: Colleague) -> None:
    editor = colleague("eda", Role.editor)
    new, standing = begun(editor, "office"), begun(editor, "mission", slug=mission()["slug"])
    new.send("save", mission=mission()["slug"])

    assert ["Close today" in draft.text for draft in (new, standing)] == [False, False]
    assert posted(standing, "", do="publish").status_code == 422


def test_what_is_not_flagged_needs_no_second_look(ana: Desk, colleague: Colleague) -> None:
    besa = colleague("besa", Role.approver)
    draft = begun(ana, "office", slug="brussels")
    draft.send("submit", emergency="+32 2 640 14 23")
    draft.at(besa).send("approve", "/decision")

    assert posted(draft.at(besa), "/decision", do="review").status_code == 403
