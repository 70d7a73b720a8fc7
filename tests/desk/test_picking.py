"""Fields that refer to another record: found by any name, chosen, taken away, and never guessed."""

import re

import pytest
from flask.testing import FlaskClient

from embassy.core.access import Role
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.consular.facts import mission
from tests.desk.conftest import Colleague
from tests.desk.drafts import Draft, begun, posted, shown
from tests.rooms import Door
from tests.twinning.facts import town

FOUND = "/en/desk/records/place/found"


@pytest.fixture(autouse=True)
def towns(hand_in: Door) -> None:
    """Some places, two of one name."""
    names = {"en": "Liège", "nl": "Luik", "ar": "لييج"}
    hand_in("place", **town("liege", "", "BE", title={"source": "en", **names}, other_names=["Lüttich"]))
    hand_in("place", **town("tripoli", "Tripoli", "LB"))
    hand_in("place", **town("tripoli-2", "Tripoli", "LY"))
    hand_in("place", **town("gone", "Tripolis", "GR", publication="withdrawn", reason="Twice."))


def chosen(draft: Draft) -> list[str]:
    """Return what the first stop of a visit says that is found, then the title and address it shows."""
    held = draft.text
    return [match[1] for match in re.finditer(r'name="places\.0\.place(?:\.words)?" value="([^"]*)"', held)]


def choices(page: str) -> list[tuple[str, str]]:
    """Return what may be chosen, each with what tells it from its namesakes."""
    labels = re.findall(
        r'<label class="tick"><input type="radio"[^>]*value="([^"]*)"[^>]*>(.*?)</label>', page
    )
    return [(value, re.sub(r"\s+", " ", re.sub("<[^>]+>", "", words)).strip()) for value, words in labels]


@pytest.mark.parametrize("words", ["liege", "LUIK", "Lüttich", "lutt", "لييج"])
def test_a_record_is_found_by_any_name_in_any_script_and_nothing_is_kept(
    ana: Desk, house: House, words: str
) -> None:
    draft = begun(ana, "visit")

    page = posted(draft, "", find="places.0.place", **{"places.0.place.words": words})

    assert (page.status_code, "1 found" in page.text) == (200, True)
    assert choices(page.text) == [("liege", "Liège Luik · لييج · Lüttich · Belgium"), ("-", "None of these")]
    assert f'value="{words}"' in page.text
    assert shown(house)["facts"] == {}


def test_namesakes_are_told_apart_and_the_one_chosen_is_kept(ana: Desk, house: House) -> None:
    draft = begun(ana, "visit")
    found = draft.send("", find="places.0.place", **{"places.0.place.words": "tripoli"})

    draft.send("save", page=found.text, **{"places.0.place.found": "tripoli-2"})

    assert choices(found.text)[:2] == [("tripoli", "Tripoli Lebanon"), ("tripoli-2", "Tripoli Libya")]
    assert len(choices(found.text)) == 3
    assert shown(house)["facts"]["places"] == [{"place": "tripoli-2"}]
    assert chosen(draft) == ["tripoli-2", "Tripoli"]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({}, "liege"),
        ({"places.0.place.words": " Liège "}, "liege"),
        ({"places.0.place.words": ""}, None),
        ({"places.0.place.found": "-"}, None),
        ({"places.0.place.words": "Gent"}, "“Gent”"),
        ({"places.0.place.words": "Gent", "places.0.place.found": "tripoli"}, "tripoli"),
    ],
)
def test_what_was_chosen_stays_until_something_else_is_written(
    ana: Desk, house: House, fields: dict[str, str], kept: str | None
) -> None:
    draft = begun(ana, "visit")
    posted(draft, "", do="save", **{"places.0.place": "liege"})

    draft.send("save", **fields)

    assert shown(house)["facts"].get("places", [{}])[0].get("place") == kept


def test_words_that_chose_nothing_are_kept_and_named_when_handed_in(ana: Desk) -> None:
    draft = begun(ana, "visit")
    posted(draft, "", do="save", **{"places.0.place.words": "liege"})

    refused = draft.send("submit")

    assert chosen(draft) == ["", "liege"]
    assert "Nothing is chosen yet" in draft.text
    told = "Where it went · 1 · A place where it went: Choose one of the records found, or begin a new one."
    assert (refused.status_code, told in refused.text) == (422, True)


def test_a_field_without_words_finds_all_and_one_of_signs_alone_nothing(ana: Desk) -> None:
    draft = begun(ana, "visit")

    everything = posted(draft, "", find="places.3.place", **{"places.3.place.words": ""})
    nothing = posted(draft, "", find="places.0.place", **{"places.0.place.words": "!!"})

    assert [slug for slug, _note in choices(everything.text)] == ["liege", "tripoli", "tripoli-2", "-"]
    assert choices(nothing.text) == [("-", "None of these")]


def test_parts_that_were_left_empty_stay_where_they_are_until_the_draft_is_kept(
    ana: Desk, house: House
) -> None:
    draft = begun(ana, "visit")
    sent = {"places.0.place.words": "", "places.1.place": "tripoli", "places.2.place.words": "liege"}

    page = posted(draft, "", find="places.2.place", **sent).text
    posted(draft, "", do="save", **sent)

    assert shown(house)["facts"]["places"] == [{"place": "tripoli"}, {"place": "“liege”"}]
    assert re.findall(r'name="(places\.\d\.place\.found)" value="liege"', page) == ["places.2.place.found"]
    assert re.findall(r'name="places\.\d\.place\.words" value="([^"]*)"', page) == ["", "Tripoli", "liege"]


@pytest.mark.parametrize(
    "name", ["title", "nothing", "places", "places.x.place", "places.0.nothing", "slug.0.a"]
)
@pytest.mark.parametrize("wish", ["find", "begin"])
def test_only_fields_that_refer_to_records_find_or_begin_any(
    ana: Desk, house: House, wish: str, name: str
) -> None:
    draft = begun(ana, "visit")

    assert posted(draft, "", **{wish: name, f"{name}.words": "Gent"}).status_code == 400
    assert shown(house)["facts"] == {}


def test_scripts_are_told_what_is_found_with_its_count(ana: Desk, hand_in: Door) -> None:
    for number in range(30):
        hand_in("place", **town(f"new-{number:02}", f"Neuville {number:02}", "FR"))

    few, none, many = (ana.get(f"{FOUND}?q={words}") for words in ("tripoli", "xyz", "neuville"))
    first = ana.get(f"{FOUND}?q=ville 07")

    assert few.json == {
        "told": "2 found",
        "found": [
            {"slug": "tripoli", "title": "Tripoli", "note": "Lebanon"},
            {"slug": "tripoli-2", "title": "Tripoli", "note": "Libya"},
        ],
    }
    assert none.json == {"told": "0 found", "found": []}
    assert (many.json or {})["told"] == "The first 20 are shown"
    assert len((many.json or {})["found"]) == 20
    assert [one["slug"] for one in (first.json or {})["found"]] == ["new-07"]
    assert few.headers["Cache-Control"] == "no-store"


def test_names_that_begin_as_the_words_come_first(ana: Desk, hand_in: Door) -> None:
    hand_in("place", **town("old-town", "Alt Zell", "DE"))
    hand_in("place", **town("zell", "Zell", "DE"))

    found = (ana.get(f"{FOUND}?q=zell").json or {})["found"]

    assert [one["slug"] for one in found] == ["zell", "old-town"]


def test_bodies_and_people_are_told_apart_by_kind_and_posts(ana: Desk, hand_in: Door) -> None:
    body = {"slug": "mfa", "title": {"en": "Foreign Ministry"}, "kind": "ministry", "country": "AL"}
    hand_in("organisation", **body, acronyms=["MFA"])
    hand_in("person", slug="anna", title={"en": "Anna Peeters"}, appointments=[{"post": {"en": "Consul"}}])

    notes = [
        (ana.get(f"/en/desk/records/{kind}/found").json or {})["found"][0]["note"]
        for kind in ("organisation", "person")
    ]

    assert notes == ["Ministry · MFA · Albania", "Consul"]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.approver, 403), (Role.administrator, 403), (Role.editor, 200)]
)
def test_only_those_who_write_are_told_what_is_found(colleague: Colleague, role: Role, status: int) -> None:
    assert colleague("x", role).get(FOUND).status_code == status


def test_others_are_told_nothing(client: FlaskClient, ana: Desk) -> None:
    assert client.get(FOUND).status_code == 302
    assert ana.get("/en/desk/records/treaty/found").status_code == 404
    assert ana.get(f"{FOUND}?q={'a' * 101}").status_code == 400


def test_only_those_of_the_whole_ministry_may_begin_a_mission(colleague: Colleague, hand_in: Door) -> None:
    hand_in("mission", **mission())
    local = begun(colleague("local", Role.editor, mission=mission()["slug"]), "office")
    whole = begun(colleague("whole", Role.editor), "office")

    refused = posted(local, "", begin="mission", **{"mission.words": "Post of mine"})

    assert [("New: Mission" in draft.text) for draft in (local, whole)] == [False, True]
    assert refused.status_code == 400
