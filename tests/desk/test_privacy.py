"""Values about people at the desk: typed with their consent, kept apart, withdrawn and erased."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from embassy.accounts.models import Account
from embassy.core.access import Role
from embassy.db.erasure import Erasure
from embassy.db.personal import PersonalValue, sweep
from embassy.db.record import Change, Revision
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.consular.facts import mission
from tests.desk.conftest import Colleague
from tests.desk.drafts import Draft, begun, posted_to, shown
from tests.rooms import Door
from tests.visits.facts import visit

PAGE = "/en/associations/circle"
RECORD = "/en/desk/records/association/circle"
CIRCLE = {
    "title.en": "Reading circle",
    "summary.en": "They read.",
    "country": "BE",
    "slug": "circle",
    "contacts.0.mailbox": "info@circle.example",
}
AGREED = {
    "contacts.0.person.value": "Arta Dade",
    "contacts.0.person.given": "2026-05-03",
    "contacts.0.person.words": "My name on the website",
    "contacts.0.person.language": "en",
}
UNASKED = {"contacts.0.phone.value": "+32 470 12 34 56"}
BESA = {"slug": "besa", "title": {"en": "Besa Kelmendi"}, "appointments": [{"post": {"en": "Minister"}}]}


def _hidden(draft: Draft) -> dict[str, str]:
    return draft.desk.hidden(draft.address)


def sent(draft: Draft, do: str, **fields: str) -> int:
    """Send the whole form; returns the status."""
    return draft.desk.post(draft.address, _hidden(draft) | {"do": do} | fields).status_code


@pytest.fixture
def circle(colleague: Colleague) -> Desk:
    """A published association with somebody to ask for; the desk of its editor."""
    ana, besa = colleague("ana", Role.editor), colleague("besa", Role.approver)
    draft = begun(ana, "association")
    assert sent(draft, "submit", **CIRCLE, **AGREED, **UNASKED) == 303
    assert draft.at(besa).send("approve", "/decision").status_code == 303
    return ana


def kept(house: House) -> list[tuple[str, bool]]:
    """Return the values kept apart, and whether readers may see each."""
    with house.database.reading() as session:
        rows = session.scalars(select(PersonalValue).order_by(PersonalValue.id))
        return [(row.value, row.shown) for row in rows]


def first(house: House) -> str:
    """Return the identity of the value that was kept first."""
    with house.database.reading() as session:
        return str(session.scalars(select(PersonalValue.uid).order_by(PersonalValue.id)).first())


def written(house: House) -> str:
    """Return everything that changes and revisions say."""
    with house.database.reading() as session:
        facts = [*session.scalars(select(Change.facts)), *session.scalars(select(Revision.facts))]
    return json.dumps(facts)


def test_readers_see_what_was_agreed_to_and_no_history_holds_it(circle: Desk, house: House) -> None:
    page = circle.told(PAGE)

    assert ("Arta Dade" in page, "470" in page) == (True, False)
    assert kept(house) == [("Arta Dade", True), ("+32470123456", False)]
    assert ("Arta" in written(house), "470" in written(house)) == (False, False)


def test_an_approver_sees_the_values_and_not_their_identities(colleague: Colleague) -> None:
    ana, besa = colleague("ana", Role.editor), colleague("besa", Role.approver)
    draft = begun(ana, "association")

    sent(draft, "submit", **CIRCLE, **AGREED)

    told = besa.told(draft.address)
    assert "Arta Dade" in told
    assert re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-4", told) == []


def test_a_form_saved_as_it_stands_keeps_the_values_it_has(circle: Desk, house: House) -> None:
    draft = begun(circle, "association", slug="circle")
    before = shown(house)["facts"]

    draft.send("save")

    assert (shown(house)["facts"], len(kept(house))) == (before, 2)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"contacts.0.person.value": "Arta", "contacts.0.person.given": "2026-05-03"}, "This is needed"),
        (AGREED | {"contacts.0.person.given": "2026-11-23"}, "on a day that has come"),
        ({"contacts.0.own_mailbox.value": "no mailbox"}, "A mailbox such as"),
        ({"contacts.0.phone.value": "12"}, "A telephone number"),
    ],
)
def test_a_value_in_no_right_form_is_not_even_drafted(
    colleague: Colleague, house: House, fields: dict[str, str], told: str
) -> None:
    draft = begun(colleague("ana", Role.editor), "association")

    answer = draft.desk.post(draft.address, _hidden(draft) | {"do": "save"} | CIRCLE | fields)

    assert (answer.status_code, told in answer.text) == (422, True)
    assert (shown(house)["facts"], kept(house)) == ({}, [])


def test_nobody_takes_over_a_value_by_its_identity(circle: Desk, house: House) -> None:
    uid = first(house)
    draft = begun(circle, "association")

    sent(draft, "save", **(CIRCLE | {"slug": "other", "contacts.0.person": uid}))

    assert shown(house)["facts"]["contacts"][0]["person"] is None


@pytest.mark.usefixtures("circle")
def test_a_file_that_names_the_value_of_another_record_is_refused(house: House, hand_in: Door) -> None:
    uid = first(house)
    club: dict[str, Any] = {
        "slug": "club",
        "title": {"en": "Club"},
        "summary": {"en": "A club."},
        "country": "BE",
    }

    with pytest.raises(ValueError, match="belongs to another record"):
        hand_in("association", **club, contacts=[{"person": uid}])


def test_a_withdrawn_consent_hides_the_value_at_once(circle: Desk, house: House) -> None:
    assert "Arta Dade" in circle.told(PAGE)
    uid = first(house)

    done = posted_to(circle, f"/en/desk/personal/{uid}", do="withdraw")

    assert (done.status_code, "Arta Dade" in circle.told(PAGE)) == (303, False)
    assert kept(house)[0] == ("Arta Dade", False)
    assert "withdrawn on" in circle.told(RECORD)
    draft = begun(circle, "association", slug="circle")
    draft.send("save")
    assert kept(house)[0] == ("Arta Dade", False)


def test_an_erased_value_is_gone_from_the_page_and_the_record_stands(circle: Desk, house: House) -> None:
    uid = first(house)

    asked = posted_to(circle, f"/en/desk/personal/{uid}", do="erase")
    before = kept(house)
    posted_to(circle, f"/en/desk/personal/{uid}", do="erase", sure="yes")

    assert "Nobody can bring it back" in asked.text
    assert before == [("Arta Dade", True), ("+32470123456", False)]
    assert kept(house) == [("+32470123456", False)]
    assert ("Arta Dade" in circle.told(PAGE), "info@circle.example" in circle.told(PAGE)) == (False, True)
    draft = begun(circle, "association", slug="circle")
    assert sent(draft, "submit", **CIRCLE) == 303
    assert "(no longer kept)" in circle.told(draft.address)


@pytest.mark.parametrize(("do", "status"), [("withdraw", 403), ("erase", 403), ("publish", 400)])
def test_only_who_writes_for_the_mission_settles_a_value(
    circle: Desk, colleague: Colleague, house: House, hand_in: Door, do: str, status: int
) -> None:
    hand_in("mission", **mission())
    other = circle if status == 400 else colleague("cana", Role.editor, mission="embassy")
    uid = first(house)

    answer = posted_to(other, f"/en/desk/personal/{uid}", do=do)

    assert (answer.status_code, len(kept(house)), kept(house)[0][1]) == (status, 2, True)
    assert posted_to(other, f"/en/desk/personal/{'0' * 8}-0000-4000-8000-{'0' * 12}").status_code == 404


def test_a_value_that_nothing_refers_to_any_more_is_let_go(circle: Desk, house: House) -> None:
    draft = begun(circle, "association")
    sent(draft, "save", **CIRCLE, **AGREED)
    with house.database.quietly_writing() as session:
        held = sweep(session, house.kinds)
    sent(draft, "discard", sure="yes")

    with house.database.quietly_writing() as session:
        let_go = [sweep(session, house.kinds), sweep(session, house.kinds)]

    assert (held, let_go, len(kept(house))) == (0, [1, 0], 2)


def test_a_value_in_a_draft_of_a_room_that_is_off_stays(colleague: Colleague, house: House) -> None:
    draft = begun(colleague("ana", Role.editor), "association")
    sent(draft, "save", **CIRCLE, **AGREED)

    with house.database.quietly_writing() as session:
        let_go = sweep(session, type(house.kinds)([]))

    assert (let_go, len(kept(house))) == (0, 1)


@pytest.fixture
def person(hand_in: Door) -> str:
    """Somebody in the directory, with a visit; returns the page on which they are erased."""
    hand_in("place", slug="brussels", title={"en": "Brussels"}, country="BE")
    hand_in("person", **BESA)
    hand_in("visit", **visit(summary={"en": "Besa Kelmendi spoke."}))
    hand_in("place", slug="street", title={"en": "Kelmendi Street"}, country="BE")
    return "/en/desk/records/person/besa/erasure"


def test_a_person_is_erased_after_a_look_at_what_goes(
    colleague: Colleague, house: House, person: str
) -> None:
    chief = colleague("chief", Role.administrator)
    asked = chief.told(person)

    look = chief.post(person, chief.hidden(person) | {"do": "look", "names": "Besa Kelmendi"})
    before = chief.told("/en/visits/talks")
    done = chief.post(person, chief.hidden(person) | {"do": "erase", "names": "Besa Kelmendi"})

    assert ("Besa Kelmendi" in asked, look.status_code, done.status_code) == (True, 200, 303)
    assert "Foreign Minister in Brussels" in look.text
    left = look.text.partition("a part of the name is left in them")[2]
    assert re.findall(r"<bdi>([^<]+)</bdi>", left.partition("</ul>")[0]) == ["Kelmendi Street"]
    assert re.findall(r"<li>(\d+ \w+)", look.text) == ["2 versions", "2 changes", "0 mails", "0 personal"]
    assert ("Besa Kelmendi spoke" in before, "[…] spoke" in chief.told("/en/visits/talks")) == (True, True)
    assert "Besa Kelmendi" not in chief.get("/en/visits/talks").text + written(house)
    assert chief.client.get("/en/people/besa").status_code == 404
    with house.database.reading() as session:
        assert [row.by for row in session.scalars(select(Erasure))] == [_uid(house)]
    assert "Personal data erased" in chief.told("/en/desk/log")
    assert "The chain is whole." in chief.told("/en/desk/log")


def _uid(house: House) -> str:
    with house.database.reading() as session:
        return str(session.scalars(select(Account.uid)).one())


def test_a_short_word_erases_nobody(colleague: Colleague, house: House, person: str) -> None:
    chief = colleague("chief", Role.administrator)

    answer = chief.post(person, chief.hidden(person) | {"do": "erase", "names": "Besa Kelmendi\nBesa"})

    assert (answer.status_code, "“Besa” is one short word" in answer.text) == (422, True)
    assert "Kelmendi" in written(house)


def test_nobody_is_erased_while_a_room_is_off_that_holds_the_name(
    colleague: Colleague, house: House, person: str
) -> None:
    chief = colleague("chief", Role.administrator)
    visit_kind = house.kinds.pop("visit")
    try:
        sent = {
            do: chief.post(person, chief.hidden(person) | {"do": do, "names": "Besa Kelmendi"})
            for do in ("look", "erase")
        }
    finally:
        house.kinds["visit"] = visit_kind

    assert {do: ("a room that is off" in page.text, page.status_code) for do, page in sent.items()} == {
        "look": (True, 422),
        "erase": (True, 422),
    }
    assert "Kelmendi" in written(house)


def test_only_administrators_of_all_erase_people(
    colleague: Colleague, house: House, hand_in: Door, person: str
) -> None:
    hand_in("mission", **mission())
    local = colleague("local", Role.administrator, mission="embassy")

    assert local.get(person).status_code == 403
    assert posted_to(local, person, do="erase", names="Besa Kelmendi").status_code == 403
    assert colleague("ana", Role.editor).get(person).status_code == 403
    assert "Kelmendi" in written(house)


@pytest.mark.usefixtures("person")
def test_only_records_of_people_are_erased(colleague: Colleague) -> None:
    chief = colleague("chief", Role.administrator)

    assert "Erase this person" in chief.told("/en/desk/records/person/besa")
    assert "Erase this person" not in chief.told("/en/desk/records/visit/talks")
    assert chief.get("/en/desk/records/visit/talks/erasure").status_code == 404
