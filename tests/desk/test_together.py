"""Several waiting changes looked at together: all of them approved or returned, each as it would be alone."""

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from embassy.core.access import Role
from embassy.db.record import Change
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.consular.facts import mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import FAIR, Draft, begun, posted_to
from tests.desk.files import HEADING, ROW, handed_in, send, table
from tests.desk.forms import filled
from tests.events.facts import concert
from tests.rooms import Door
from tests.servers import NuChecker

TOGETHER = "/en/desk/together"
FEAST = FAIR | {"title.en": "Feast", "title.sq": "Festë"}


@pytest.fixture
def waiting(eda: Desk) -> list[Draft]:
    """Two new events that wait for a decision."""
    drafts = [begun(eda), begun(eda)]
    for draft, facts in zip(drafts, (FAIR, FEAST), strict=True):
        assert draft.send("submit", **facts).status_code == 303
    return drafts


def picks(desk: Desk) -> list[str]:
    """Return what can be ticked on the first page of a desk."""
    return re.findall(r'name="pick" value="([^"]+)"', desk.get("/en/desk").text)


def looked(desk: Desk, ticked: list[str]) -> TestResponse:
    """Tick changes and look at them together."""
    return posted_to(desk, TOGETHER, pick=ticked)


def decided(desk: Desk, seen: TestResponse, do: str, **fields: str) -> TestResponse:
    """Decide on changes as they stand together on a page."""
    held: dict[str, list[str]] = {}
    for name, value in [*filled(seen.text, TOGETHER), ("do", do)]:
        held.setdefault(name, []).append(value)
    return desk.post(TOGETHER, held | {name: [value] for name, value in fields.items()})


def error(answer: TestResponse) -> str:
    """Return what a page says stood in the way."""
    return str(re.findall(r'<a href="#main">([^<]+)</a>', answer.text.partition("</header>")[2])[0])


def uids(drafts: list[Draft]) -> list[str]:
    """Return the identities of changes."""
    return [draft.address[-36:] for draft in drafts]


def test_what_is_ticked_is_seen_and_published_together(
    eda: Desk, besa: Desk, waiting: list[Draft], client: FlaskClient
) -> None:
    handed_in(eda, table(HEADING, ROW, ["other", *ROW[1:]]))
    offered, own = picks(besa), picks(eda)
    seen = looked(besa, offered)
    done = decided(besa, seen, "approve")

    assert (len(offered), own) == (3, [])
    assert offered[:2] == uids(waiting)
    assert "4 changes to decide together" in seen.text
    assert [title in seen.text for title in ("Trade fair in Tirana", "Feast", "other")] == [True] * 3
    assert (done.status_code, done.location) == (303, "/en/desk")
    assert "It is done." in besa.told("/en/desk")
    addresses = ("trade-fair-in-tirana", "feast", "fair", "other")
    assert [client.get(f"/en/events/{slug}").status_code for slug in addresses] == [200] * 4


def test_they_are_returned_together_with_a_comment(besa: Desk, waiting: list[Draft]) -> None:
    seen = looked(besa, picks(besa))

    silent = decided(besa, seen, "give_back")
    returned = decided(besa, silent, "give_back", comment="Which hall?")

    assert (silent.status_code, error(silent)) == (422, "Say what should be changed.")
    assert returned.status_code == 303
    assert [draft.text.count("Which hall?") for draft in waiting] == [1, 1]


def test_ones_own_work_stops_the_whole(
    colleague: Colleague, waiting: list[Draft], client: FlaskClient
) -> None:
    both = colleague("both", Role.editor, Role.approver)
    own = begun(both)
    own.send("submit", **FAIR | {"title.en": "Own"})
    seen = looked(both, uids([*waiting, own]))

    stopped = posted_to(both, TOGETHER, do="approve", pick=uids([*waiting, own]))

    assert "Your decision" not in seen.text
    assert (seen.status_code, error(seen)) == (200, error(stopped))
    assert (stopped.status_code, error(stopped)) == (
        403,
        "Own: You wrote this in part, so a colleague decides.",
    )
    assert client.get("/en/events/feast").status_code == 404


def test_a_change_of_another_mission_stops_the_whole(eda: Desk, colleague: Colleague, hand_in: Door) -> None:
    drafts = []
    for name in ("a", "b"):
        hand_in("mission", **mission(slug=f"post-{name}", title={"en": f"Post {name}"}))
        hand_in("office", **office(slug=f"office-{name}", mission=f"post-{name}", title={"en": name.upper()}))
        drafts.append(begun(eda, "office", slug=f"office-{name}"))
        drafts[-1].send("submit", postal_code="1000")
    local = colleague("local", Role.approver, mission="post-a")
    stopped = [
        posted_to(local, TOGETHER, do=do, pick=uids(drafts), comment="No.") for do in ("approve", "give_back")
    ]

    assert [(one.status_code, error(one)) for one in stopped] == [
        (403, "B: You do not decide for its mission.")
    ] * 2
    assert "Waits for a decision" in drafts[0].text


def test_what_cannot_be_published_stops_the_whole_and_is_named(
    besa: Desk, waiting: list[Draft], hand_in: Door, client: FlaskClient
) -> None:
    seen = looked(besa, uids(waiting))
    hand_in("event", **concert(slug="feast"))

    stopped = decided(besa, seen, "approve")

    assert (stopped.status_code, error(stopped)) == (
        422,
        "Feast: Somebody changed this record since you read it.",
    )
    assert client.get("/en/events/trade-fair-in-tirana").status_code == 404
    assert waiting[0].text.count("Waits for a decision") == 1


def test_what_is_decided_already_stops_the_whole(
    besa: Desk, waiting: list[Draft], client: FlaskClient
) -> None:
    seen = looked(besa, uids(waiting))
    waiting[1].at(besa).send("approve", "/decision")

    stopped = decided(besa, seen, "approve")

    assert (stopped.status_code, error(stopped)) == (403, "Feast: It does not wait for a decision any more.")
    assert client.get("/en/events/trade-fair-in-tirana").status_code == 404


def test_nothing_is_decided_unseen(besa: Desk, waiting: list[Draft], client: FlaskClient) -> None:
    seen = looked(besa, uids(waiting))
    waiting[1].send("", "/recall")
    waiting[1].send("submit", city="Durrës")

    late = decided(besa, seen, "approve")
    blind = posted_to(besa, TOGETHER, do="approve", pick=uids(waiting))
    anew = decided(besa, late, "approve")

    assert late.status_code == blind.status_code == 409
    assert error(late).startswith("Something here changed since you opened the page")
    assert "Durrës" in late.text
    assert anew.status_code == 303
    assert client.get("/en/events/feast").status_code == 200


def test_a_tick_is_needed_and_too_many_are_too_many(eda: Desk, besa: Desk) -> None:
    places = [{"slug": f"p{n}", "title": {"en": f"P{n}"}, "country": "BE"} for n in range(501)]
    sent = send(eda, json.dumps(places).encode(), "places.json", "/en/desk/records/place/file")

    none = posted_to(besa, TOGETHER).location, besa.told("/en/desk")
    many = looked(besa, [sent.location[-36:]]).location, besa.told("/en/desk")

    assert none[0] == many[0] == "/en/desk"
    assert "Tick at least one change." in none[1]
    assert "At most 500 changes at once. Tick fewer." in many[1]


@pytest.mark.parametrize(
    ("fields", "status"), [({"pick": "x"}, 400), ({"do": "discard"}, 400), ({"do": "review"}, 400)]
)
def test_odd_forms_are_refused(besa: Desk, waiting: list[Draft], fields: dict[str, str], status: int) -> None:
    assert posted_to(besa, TOGETHER, **{"pick": uids(waiting)[0]} | fields).status_code == status


def test_a_change_of_a_kind_that_is_off_is_not_there(besa: Desk, waiting: list[Draft], house: House) -> None:
    with house.database.quietly_writing() as writing:
        writing.execute(update(Change).values(record_kind="treaty"))

    assert looked(besa, uids(waiting)).status_code == 404


def test_who_does_not_decide_looks_at_each_alone(eda: Desk, waiting: list[Draft]) -> None:
    assert looked(eda, uids(waiting)).status_code == 403


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_of_joint_decisions_are_valid_html(
    besa: Desk, waiting: list[Draft], tag: str, nu_checker: NuChecker
) -> None:
    path = f"/{tag}/desk/together"
    pages = [besa.get(f"/{tag}/desk").text]
    pages += [posted_to(besa, path, pick=uids(waiting), **do).text for do in ({}, {"do": "give_back"})]

    assert [nu_checker.complaints(page) for page in pages] == [[]] * 3
