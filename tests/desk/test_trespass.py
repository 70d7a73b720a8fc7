"""What people at the desk tried that was not theirs to do, or that broke it; each is refused."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.core.access import Role
from embassy.core.workflow import Stage
from embassy.db.record import Change
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.consular.facts import closure, mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import FAIR, begun, posted, shown
from tests.desk.test_closing import TODAY
from tests.desk.test_pages import previews
from tests.events.facts import concert
from tests.rooms import Door
from tests.twinning.facts import town
from tests.visits.facts import visit


@pytest.fixture(autouse=True)
def posts(hand_in: Door) -> None:
    """Two posts, each with an office."""
    for name in ("a", "b"):
        hand_in("mission", **mission(slug=f"post-{name}", title={"en": f"Post {name}"}))
        hand_in(
            "office", **office(slug=f"office-{name}", mission=f"post-{name}", title={"en": f"Office {name}"})
        )


@pytest.fixture
def ana(colleague: Colleague) -> Desk:
    """A contributor of post A."""
    return colleague("ana", Role.contributor, mission="post-a")


@pytest.fixture
def besa(colleague: Colleague) -> Desk:
    """An approver of post A."""
    return colleague("besa", Role.approver, mission="post-a")


@pytest.mark.parametrize("named", ["post-b", "post-b\x01", "post-b\u202a", " post-b "])
def test_no_office_is_made_for_another_post(ana: Desk, besa: Desk, house: House, named: str) -> None:
    draft = begun(ana, "office")
    facts = {
        "slug": "stolen",
        "title.en": "X",
        "summary.en": "Y",
        "address": "St 1",
        "city.en": "B",
        "country": "BE",
    }

    refused = posted(draft, "", do="submit", mission=named, zone="Europe/Brussels", **facts)

    assert refused.status_code in (403, 422)
    assert shown(house)["stage"] is Stage.draft
    assert posted(draft.at(besa), "/decision", do="approve").status_code == 403


def test_no_office_is_handed_over_to_another_post(ana: Desk, colleague: Colleague, house: House) -> None:
    draft = begun(ana, "office", slug="office-a")
    both = colleague("both", Role.editor)

    assert draft.send("submit", mission="post-b").status_code == 422
    handed = begun(both, "office", slug="office-a")
    assert handed.send("submit", mission="post-b").status_code == 303
    for where in ("post-a", "post-b"):
        local = colleague(f"local.{where}", Role.approver, mission=where)
        assert posted(handed.at(local), "/decision", do="approve").status_code == 403
    assert handed.at(colleague("all", Role.approver)).send("approve", "/decision").status_code == 303
    assert shown(house)["stage"] is Stage.applied


def test_a_draft_of_an_office_that_moved_gives_no_right_at_its_new_post(
    ana: Desk, besa: Desk, hand_in: Door, client: FlaskClient
) -> None:
    draft = begun(ana, "office", slug="office-a")
    hand_in("office", **office(slug="office-a", mission="post-b", title={"en": "Moved"}))

    answers = [
        posted(draft, "/merge").status_code,
        posted(draft, "", do="submit").status_code,
        posted(draft, "", do="publish", **TODAY).status_code,
        posted(draft.at(besa), "/decision", do="approve").status_code,
    ]

    assert answers == [403] * 4
    assert "Moved" in client.get("/en/consular/office-a").text


def test_whoever_works_for_a_post_makes_no_post(ana: Desk) -> None:
    token = ana.hidden("/en/desk/account")["csrf_token"]

    assert ana.post("/en/desk/records/mission/begin", {"csrf_token": token, "slug": ""}).status_code == 403


def test_a_preview_shows_its_own_record_early_and_no_other(
    colleague: Colleague, hand_in: Door, client: FlaskClient
) -> None:
    hand_in("place", **town("tirana", "Tirana", "AL"))
    hidden = {"title": {"en": "Hushed visit"}, "delegations": [], "places": [{"place": "tirana"}]}
    hand_in("visit", **visit(slug="hush", shown_from="2027-06-01T08:00Z", **hidden))
    draft = begun(colleague("ana", Role.contributor), "place", slug="tirana")
    draft.send("save", shown_from="2028-01-01T00:00Z")

    page = client.get(previews(draft)["en"])

    assert page.status_code == 200
    assert "Tirana" in page.text
    assert "Hushed visit" not in page.text


@pytest.mark.parametrize(
    "wide",
    [
        TODAY | {"closures.9.last": "2999-12-31"},
        TODAY | {"closures.9.hours": "00:00-24:00"},
        TODAY | {"closures.9.status": "waived"},
        {"closures.0.status": "waived"},
        {"closures.0.last": "2026-11-22"},
    ],
)
def test_one_person_closes_today_alone_and_opens_nothing(
    ana: Desk, hand_in: Door, client: FlaskClient, wide: dict[str, str]
) -> None:
    flood = closure("2026-11-22", "Flood", last="2026-12-20", cause="ad_hoc")
    hand_in("office", **office(slug="office-a", mission="post-a", closures=[flood]))
    draft = begun(ana, "office", slug="office-a")

    refused = draft.send("publish", **wide)

    assert refused.status_code == 422
    assert "Flood" in client.get("/en/consular/office-a").text


def test_a_new_closure_takes_no_place_of_a_standing_one(
    ana: Desk, besa: Desk, hand_in: Door, house: House
) -> None:
    eve = closure("2026-12-24", "Standing")
    hand_in("office", **office(slug="office-a", mission="post-a", closures=[eve]))
    draft = begun(ana, "office", slug="office-a")
    second = {name.replace("9", "5"): value for name, value in TODAY.items()}
    second |= {
        "closures.5.first": "2026-12-24",
        "closures.5.last": "2026-12-24",
        "closures.5.reason.en": "Second",
    }
    second |= {"closures.5.cause": "sending_holiday"}
    draft.send("submit", **second)
    assert draft.at(besa).send("approve", "/decision").status_code == 303

    after = begun(ana, "office", slug="office-a")
    kept = shown(house)["facts"]["closures"]
    assert [one["reason"]["en"] for one in kept] == ["Standing", "Second"]
    assert len({one["uid"] for one in kept}) == 2
    assert after.send("save").status_code == 303


def test_what_the_service_counts_is_not_taken_from_a_browser(
    ana: Desk, colleague: Colleague, hand_in: Door, house: House
) -> None:
    hand_in("event", **concert())
    hand_in("office", **office(slug="office-a", mission="post-a", closures=[closure("2026-12-24", "Eve")]))
    event = begun(colleague("eda", Role.editor), slug="concert")
    event.send("save", sequence="100000")
    counted = shown(house)["facts"]
    office_draft = begun(ana, "office", slug="office-a")
    before = shown(house)["facts"]["closures"]
    stolen = "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"
    office_draft.send("save", **{"closures.0.sequence": "7"})
    same = shown(house)["facts"]["closures"]
    office_draft.send("save", **{"closures.0.uid": stolen, "closures.0.sequence": "7"})
    other = shown(house)["facts"]["closures"]

    assert counted.get("sequence", 0) == 0
    assert same == before
    assert "uid" not in other[0]
    assert "sequence" not in other[0]


@pytest.mark.parametrize("kind", ["event", "visit", "agreement", "office"])
@pytest.mark.parametrize("part", ["more=title", "more=nothing", "less=title.0"])
def test_only_parts_are_added_to(colleague: Colleague, kind: str, part: str) -> None:
    name, _equals, value = part.partition("=")

    assert posted(begun(colleague("eda", Role.editor), kind), "", **{name: value}).status_code == 400


@pytest.mark.parametrize(
    ("to", "fields", "status"),
    [
        ("", {"less": "places." + "9" * 5000}, 303),
        ("/merge", {"version": "99"}, 409),
        ("", {"do": "save", "version": "99"}, 409),
        ("", {"do": "save", "title.en": "a\x00b"}, 400),
        ("", {"do": "save", "why": "a\x00b"}, 400),
        ("", {"do": "save", "a\x00b": "c"}, 400),
        ("", {"do": "save", "summary.en": "a b " * 6000}, 413),
        ("", {"do": "save", **{f"places.{number}.place": "x" for number in range(5001)}}, 413),
    ],
)
def test_odd_forms_are_refused_and_break_nothing(
    colleague: Colleague, hand_in: Door, to: str, fields: dict[str, str], status: int
) -> None:
    hand_in("place", **town("brussels", "Brussels", "BE"))
    hand_in("person", slug="besa", title={"en": "Besa Kola"})
    hand_in("visit", **visit())
    draft = begun(colleague("eda", Role.editor), "visit", slug="talks")

    assert posted(draft, to, **fields).status_code == status


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_at_the_end_of_all_calendars_is_refused_or_kept(colleague: Colleague, when: str) -> None:
    draft = begun(colleague("ana", Role.contributor))
    draft.send("submit", **FAIR)

    assert (
        posted(draft.at(colleague("besa", Role.approver)), "/decision", do="approve", when=when).status_code
        == 422
    )


@pytest.mark.parametrize("path", ["/en/desk/records/event/a%00b", "/en/desk/records/event?q=a%00b"])
def test_what_no_database_keeps_is_not_looked_for(colleague: Colleague, path: str) -> None:
    assert colleague("eda", Role.editor).get(path).status_code in (400, 404)


def test_a_long_text_is_compared_in_a_moment(colleague: Colleague, hand_in: Door, house: House) -> None:
    hand_in("event", **concert(description={"en": "b a " * 990}))
    draft = begun(colleague("eda", Role.editor), slug="concert")
    draft.send("submit", **{"description.en": "a b a " * 660})
    besa: Any = colleague("besa", Role.approver)

    assert re.search("<ins>|<del>", draft.at(besa).text)
    with house.database.reading() as reading:
        assert reading.query(Change).count() >= 1


def test_merging_the_change_of_somebody_else_is_refused(colleague: Colleague, hand_in: Door) -> None:
    hand_in("event", **concert())
    draft = begun(colleague("ana", Role.contributor), slug="concert")

    assert posted(draft.at(colleague("cela", Role.contributor)), "/merge").status_code == 403
