"""Short forms: an act recorded with what follows from it, an office closed today in two steps."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.agreements import additions
from embassy.core.access import Role
from tests.accounts.desk import Desk
from tests.agreements.facts import SIGNED, act, agreement
from tests.consular.facts import mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import shown
from tests.desk.forms import filled
from tests.rooms import Door
from tests.servers import NuChecker

PACT, CLOSING = "/en/desk/records/agreement/pact/add/acts", "/en/desk/records/office/brussels/add/closures"
CLAUSE = [{"trigger": "last_notification_received", "rule": "first_of_nth_month 3"}]
STEPS = [{"uid": "senate", "party": "BE", "body": {"en": "Senate"}, "required": "yes"}]
FIRST = act("note-al", "internal_procedures_notified", "2026-09-01", party="AL", received="2026-09-01")
LAST = {
    "type": "internal_procedures_notified",
    "party": "BE",
    "event_date": "17.10.2026",
    "received": "17.10.2026",
    "source_kind": "note",
    "citation.en": "Note of 17 October 2026",
}


@pytest.fixture
def eda(colleague: Colleague, hand_in: Door) -> Desk:
    """An editor at her desk, a pact half notified, and an office in Brussels."""
    hand_in("agreement", **agreement(SIGNED, FIRST, clause=CLAUSE, steps=STEPS))
    hand_in("mission", **mission())
    hand_in("office", **office(slug="brussels", mission=mission()["slug"], closures=[]))
    return colleague("eda", Role.editor)


def send(desk: Desk, page: str, do: str, **part: str) -> Any:
    """Fill in a short form and send it."""
    text = desk.get(page).text
    name = re.search(r'name="(\w+\.\d+)\.', text)
    assert name is not None
    names = {
        key if key.startswith("phrase.") or key == "why" else f"{name[1]}.{key}": value
        for key, value in part.items()
    }
    return desk.post(page, {**dict(filled(text, page)), **names, "do": do})


def latest(desk: Desk) -> Any:
    """Return the latest change."""
    return shown(desk.app.extensions["embassy"])


def test_what_follows_from_an_act_is_shown_before_anything_is_kept(eda: Desk) -> None:
    looked = send(eda, PACT, "look", **LAST)
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", looked.text))

    assert "Its status will change: Signed → Entry into force fixed." in text
    assert "Enters into force on" in text
    assert "Note of 17 October 2026" in text
    assert "Record an act" in eda.told("/en/desk/records/agreement/pact")
    assert latest(eda)["author"] == "tests"


def test_an_act_is_handed_in_with_a_name_of_its_own_and_published_by_a_colleague(
    eda: Desk, besa: Desk, client: FlaskClient
) -> None:
    led = send(eda, PACT, "submit", why="Note came in", **LAST)
    besa.send(led.location, to=f"{led.location}/decision", do="approve")

    kept = latest(eda)
    assert [one["uid"] for one in kept["facts"]["acts"]] == [
        SIGNED["uid"], "note-al", "internal-procedures-notified-be-2026-10-17",
    ]  # fmt: skip
    assert kept["facts"]["acts"][-1]["known_from"] == "2026-11-22"
    assert kept["why"] == "Note came in"
    assert "1 January 2027" in client.get("/en/agreements/pact").text


def test_parties_bodies_and_acts_are_chosen_from_those_of_the_agreement(eda: Desk) -> None:
    page = eda.get(PACT).text

    def offered(name: str) -> list[str]:
        choice = page[page.index(f'name="acts.2.{name}"') :]
        return re.findall(r'<option value="([^"]+)"', choice[: choice.index("</select>")])

    assert (offered("party"), offered("step"), offered("corrects")) == (
        ["AL", "BE"],
        ["senate"],
        [SIGNED["uid"], "note-al"],
    )
    assert "Belgium · Senate" in page
    assert 'name="acts.2.uid"' not in page


@pytest.mark.parametrize(
    ("part", "completed"),
    [
        (
            {"type": "body_assented", "step": "senate", "event_date": "2026"},
            {"party": "BE", "uid": "body-assented-be-2026-2"},
        ),
        ({}, {"uid": "act"}),
        ({"type": "signed", "event_date": "x" * 80}, {"uid": f"signed-{'x' * 49}"}),
    ],
)
def test_an_act_of_a_body_is_of_its_party_and_no_name_is_given_twice(
    part: dict[str, str], completed: dict[str, str]
) -> None:
    facts = {"steps": STEPS, "acts": [{"uid": "body-assented-be-2026"}]}

    assert additions.named(part, facts) == part | completed


@pytest.mark.parametrize("do", ["look", "submit"])
def test_what_is_wrong_is_named_at_its_field_and_nothing_is_kept(eda: Desk, do: str) -> None:
    refused = send(eda, PACT, do, **LAST | {"url": "nowhere"})

    assert refused.status_code == 422
    assert '<a href="#acts.2.url">' in refused.text
    assert '<details class="part">' not in refused.text or 'value="nowhere"' in refused.text
    assert latest(eda)["author"] == "tests"


def test_an_office_is_closed_today_in_two_steps_in_every_language(
    eda: Desk, besa: Desk, client: FlaskClient
) -> None:
    led = send(eda, CLOSING, "publish", **{"phrase.reason": "1"})

    assert led.status_code == 303
    (closure,) = latest(eda)["facts"]["closures"]
    assert (closure["first"], closure["last"]) == ("2026-11-22", "2026-11-22")
    assert closure["reason"]["de"] == "Stromausfall"
    assert "Power cut" in client.get("/en/consular/brussels").text
    assert "انقطاع الكهرباء" in client.get("/ar/consular/brussels").text
    assert "Published at once, to be looked at" in besa.told("/en/desk")


def test_the_desk_leads_those_who_write_for_an_office_to_closing_it(
    eda: Desk, besa: Desk, colleague: Colleague, hand_in: Door
) -> None:
    hand_in("mission", **mission(slug="paris", title={"en": "Embassy in Paris"}))
    ana = colleague("ana", Role.contributor, mission="paris")
    ilir = colleague("ilir", Role.contributor, mission=mission()["slug"])

    link = f'<a href="{CLOSING}">Close this office</a>'
    few = [link in desk.get("/en/desk").text for desk in (eda, besa, ana, ilir)]
    for number in range(6):
        hand_in("office", **office(slug=f"p{number}", mission="paris", closures=[]))
    many = [link in desk.get("/en/desk").text for desk in (eda, ilir)]

    assert (few, many) == ([True, False, False, True], [False, True])


def test_words_of_ones_own_stand_in_the_place_of_the_sentence(eda: Desk) -> None:
    send(eda, CLOSING, "save", **{"phrase.reason": "0", "reason.en": "Lift out of order"})

    reason = latest(eda)["facts"]["closures"][0]["reason"]
    assert (reason["en"], reason["fr"]) == ("Lift out of order", "Panne technique")
    assert latest(eda)["stage"] == "draft"


def test_a_closure_of_another_day_waits_for_a_second_person(eda: Desk) -> None:
    part = {"first": "2026-12-24", "last": "2026-12-24", "phrase.reason": "0"}

    refused = send(eda, CLOSING, "publish", **part)
    handed_in = send(eda, CLOSING, "submit", **part)

    assert refused.status_code == 422
    assert "Only a closure of today is published at once." in refused.text
    assert (handed_in.status_code, latest(eda)["stage"]) == (303, "submitted")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("agreement/pact/add/parties", 404),
        ("agreement/none/add/acts", 404),
        ("event/pact/add/acts", 404),
    ],
)
def test_only_what_a_kind_offers_is_added_to_what_stands(eda: Desk, path: str, status: int) -> None:
    assert eda.get(f"/en/desk/records/{path}").status_code == status


def test_who_does_not_write_for_a_mission_adds_nothing(
    eda: Desk, colleague: Colleague, hand_in: Door
) -> None:
    hand_in("mission", **mission(slug="paris", title={"en": "Embassy in Paris"}))
    ana = colleague("ana", Role.contributor, mission="paris")
    token = ana.hidden("/en/desk/account")["csrf_token"]

    answers = (
        ana.get(CLOSING).status_code,
        ana.post(CLOSING, {"csrf_token": token, "do": "publish"}).status_code,
    )

    assert answers == (403, 403)
    assert latest(eda)["author"] == "tests"


@pytest.mark.parametrize("page", [PACT, CLOSING])
def test_the_short_forms_are_valid_html(eda: Desk, page: str, nu_checker: NuChecker) -> None:
    pages = [eda.get(page.replace("/en/", "/ar/")).text, send(eda, page, "look").text]

    assert [nu_checker.complaints(one) for one in pages] == [[], []]
