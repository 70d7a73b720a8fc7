"""A record begun in the form of another: kept, handed in, decided on and seen together with it."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from embassy.accounts.models import Account
from embassy.core.access import Role
from embassy.core.workflow import Stage
from embassy.db import changes
from embassy.db.commands import Writer
from embassy.db.record import Change, Record
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.agreements.facts import agreement
from tests.consular.facts import mission, office
from tests.desk.conftest import NOON, Colleague
from tests.desk.drafts import Draft, begun, posted, shown
from tests.desk.test_changes import work
from tests.desk.test_pages import previews
from tests.rooms import Door
from tests.twinning.facts import town

VISIT = {
    "title.en": "Talks of Elbasan",
    "summary.en": "They talked.",
    "visitor": "AL",
    "host": "BE",
    "first_day": "2026-10-14",
    "slug": "talks",
}
PAGE, PLACE = "/en/visits/talks", "/en/directory/places/elbasan"
STOP = "places.0.place"


def beside(draft: Draft, words: str, field: str = STOP, **fields: str) -> Draft:
    """Begin a record in a field of a draft, by its name."""
    led = draft.send("", begin=field, **{f"{field}.words": words}, **fields)
    assert led.status_code == 303, led.text
    return Draft(draft.desk, led.location)


def stages(house: House) -> list[Stage]:
    """Return where each change stands, in the order they were begun."""
    with house.database.reading() as reading:
        return list(reading.scalars(select(Change.stage).where(Change.author != "tests").order_by(Change.id)))


def errors(page: str) -> dict[str, str]:
    """Return what is wrong on a page, by the field it leads to."""
    return dict(re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page))


@pytest.fixture
def visit(ana: Desk) -> Draft:
    """A draft of a visit that waits for its place."""
    return stopped(begun(ana, "visit"))


@pytest.fixture
def both(visit: Draft) -> tuple[Draft, Draft]:
    """The visit and, begun in it, a place that is whole."""
    place = beside(visit, "Elbasan")
    assert place.send("save", country="AL").status_code == 303
    return visit, place


def stopped(draft: Draft) -> Draft:
    """Return a draft of a visit, whole but for the one place where it went."""
    assert posted(draft, "", do="save", **VISIT, **{f"{STOP}.words": "?"}).status_code == 303
    return draft


def test_what_is_typed_becomes_a_draft_of_its_own_and_the_first_is_kept(visit: Draft, house: House) -> None:
    place = beside(visit, " Elbasan  e Re ", **{"purpose.en": "Peace"})

    with house.database.reading() as reading:
        kept = {one.record_kind: one.facts for one in reading.scalars(select(Change))}
    assert kept["visit"]["places"] == [{"place": "elbasan-e-re"}]
    assert kept["visit"]["purpose"]["en"] == "Peace"
    assert kept["place"] == {"title": {"source": "en", "en": "Elbasan e Re"}, "slug": "elbasan-e-re"}
    assert f'<a href="{visit.address}"><bdi>Talks of Elbasan</bdi></a>' in place.text
    assert f'<a href="{place.address}"><bdi>Elbasan e Re</bdi></a> – Draft, not yet published' in visit.text
    assert 'name="places.0.place.words" value="Elbasan e Re"' in visit.text


def test_an_address_is_free_and_there_is_one_for_every_script(
    visit: Draft, house: House, hand_in: Door
) -> None:
    hand_in("place", **town("elbasan", "Elbasan", "AL"))
    slugs = []
    for words in ("Elbasan", "Elbasan", "إلباسان"):
        beside(visit, words)
        slugs.append(shown(house)["facts"]["slug"])

    assert slugs[:2] == ["elbasan-2", "elbasan-3"]
    assert re.fullmatch("place-[0-9a-f]{6}", slugs[2])


def test_a_new_record_needs_a_name_first(visit: Draft, house: House) -> None:
    refused = visit.send("", begin=STOP, **{f"{STOP}.words": " "})

    assert refused.status_code == 422
    assert errors(refused.text)[STOP].endswith(": Write into this field what the new record is called.")
    assert stages(house) == [Stage.draft]


def test_one_hand_brings_both_in_and_one_decision_publishes_both(
    both: tuple[Draft, Draft], besa: Desk, house: House, client: FlaskClient
) -> None:
    visit, place = both
    visit.send("submit")
    handed = stages(house)
    seen = visit.at(besa).text
    visit.at(besa).send("approve", "/decision")

    assert handed == [Stage.submitted] * 2
    assert "Published together with it" in seen
    assert "<ins>Elbasan</ins>" in seen[seen.index("Published together with it") :]
    assert stages(house) == [Stage.applied] * 2
    assert "Elbasan" in client.get(PAGE).text
    assert client.get(PLACE).status_code == 200
    history = besa.told("/en/desk/records/place/elbasan")
    assert "Ana, approved by Besa" in history
    assert [step in place.text for step in ("Handed in for a decision", "Approved")] == [True, True]


def test_a_draft_that_is_referred_to_twice_is_published_once(
    both: tuple[Draft, Draft], besa: Desk, house: House
) -> None:
    visit, _place = both
    visit.send("submit", **{"places.1.place": "elbasan"})

    assert visit.at(besa).send("approve", "/decision").status_code == 303
    assert stages(house) == [Stage.applied] * 2


def test_what_is_not_whole_is_named_at_the_field_and_nothing_is_handed_in(visit: Draft, house: House) -> None:
    beside(visit, "Elbasan")

    refused = visit.send("submit", host="")

    assert refused.status_code == 422
    assert errors(refused.text) == {
        "host": "Host: This is needed and is missing.",
        STOP: "Where it went · 1 · A place where it went: “Elbasan” is not ready. "
        "Country: This is needed and is missing.",
    }
    assert stages(house) == [Stage.draft] * 2


def test_a_set_time_holds_for_both(
    both: tuple[Draft, Draft], besa: Desk, client: FlaskClient, clock: time_machine.Traveller
) -> None:
    visit, _place = both
    visit.send("submit")
    visit.at(besa).send("approve", "/decision", when="2026-11-22T18:00")
    statuses = []
    for moment in (NOON + timedelta(hours=5) - timedelta(seconds=1), NOON + timedelta(hours=5)):
        clock.move_to(moment)
        statuses.append([client.get(path).status_code for path in (PAGE, PLACE)])

    assert statuses == [[404, 404], [200, 200]]


def test_a_change_that_waits_for_its_time_finds_its_new_place_then(
    ana: Desk, besa: Desk, house: House, hand_in: Door, client: FlaskClient
) -> None:
    hand_in("organisation", slug="mfa", title={"en": "Ministry"}, kind="ministry")
    draft = begun(ana, "organisation", slug="mfa")
    beside(draft, "Elbasan", "place").send("save", country="AL")
    draft.send("submit")
    draft.at(besa).send("approve", "/decision", when="2026-11-22T18:00")
    recalled = draft.at(besa).send("", "/recall")
    told = besa.told(recalled.location)
    draft.send("submit")
    draft.at(besa).send("approve", "/decision", when="2026-11-22T18:00")

    assert "What it refers to stays as it is: Elbasan." in told
    assert work(house, timedelta(hours=5)) == 1
    assert client.get("/en/directory/organisations/mfa").status_code == 200


@pytest.mark.parametrize(("to", "do"), [("/decision", "give_back"), ("/recall", ""), ("", "discard")])
def test_what_stays_is_named_when_the_first_goes_back(
    both: tuple[Draft, Draft], besa: Desk, house: House, to: str, do: str
) -> None:
    visit, _place = both
    if do != "discard":
        visit.send("submit")
    desk = besa if to == "/decision" else visit.desk

    led = visit.at(desk).send(do, to, comment="Which town?", sure="yes")

    assert "What it refers to stays as it is: Elbasan." in desk.told(led.location)
    assert stages(house)[1] is (Stage.draft if do == "discard" else Stage.submitted)


def test_nobody_publishes_their_own_place_with_the_visit_of_another(
    both: tuple[Draft, Draft], colleague: Colleague, house: House
) -> None:
    visit, place = both
    eda = colleague("eda", Role.editor, Role.approver)
    place.at(eda).send("save", **{"title.fr": "Elbasan"})
    visit.send("submit")

    refused = visit.at(eda).send("approve", "/decision")

    told = "“Elbasan” is published together with this, and you may not decide on it. Ask a colleague to."
    assert (refused.status_code, told in errors(refused.text)[STOP]) == (422, True)
    assert stages(house) == [Stage.submitted] * 2


def test_an_approver_of_one_mission_publishes_nothing_of_another_with_it(
    colleague: Colleague, hand_in: Door, house: House
) -> None:
    hand_in("mission", **mission(slug="post-a", title={"en": "Post A"}))
    whole = begun(colleague("whole", Role.editor), "place")
    whole.send("submit", **{"title.en": "Elbasan", "country": "AL"})
    local = begun(colleague("local", Role.contributor, mission="post-a"), "visit")
    posted(local, "", do="submit", **VISIT, **{STOP: "elbasan"})
    besa = colleague("besa", Role.approver, mission="post-a")

    refused = local.at(besa).send("approve", "/decision")

    assert (refused.status_code, stages(house)) == (422, [Stage.submitted] * 2)


def test_a_record_begun_in_a_form_belongs_to_the_mission_of_that_form(
    colleague: Colleague, hand_in: Door, house: House, client: FlaskClient
) -> None:
    hand_in("mission", **mission(slug="post-a", title={"en": "Post A"}))
    local = begun(colleague("local", Role.contributor, mission="post-a"), "visit")
    beside(stopped(local), "Elbasan").send("save", country="AL")
    local.send("submit")
    local.at(colleague("besa", Role.approver, mission="post-a")).send("approve", "/decision")

    assert (client.get(PLACE).status_code, stages(house)) == (200, [Stage.applied] * 2)


def test_a_draft_of_somebody_else_is_not_handed_in_for_them(
    visit: Draft, colleague: Colleague, house: House
) -> None:
    other = begun(colleague("cela", Role.contributor), "place")
    other.send("save", **{"title.en": "Elbasan", "country": "AL"})

    refused = visit.send("submit", **{f"{STOP}.found": "elbasan"})
    other.send("submit")
    handed = visit.send("submit", **{STOP: "elbasan", f"{STOP}.words": "", f"{STOP}.said": ""})

    assert "“Elbasan” is a draft that its author must hand in first." in errors(refused.text)[STOP]
    assert (handed.status_code, stages(house)) == (303, [Stage.submitted] * 2)


def test_of_two_drafts_at_one_address_that_of_the_author_counts(
    both: tuple[Draft, Draft], colleague: Colleague, house: House
) -> None:
    visit, _place = both
    for name in ("cela", "dora"):
        begun(colleague(name, Role.contributor), "place").send(
            "save", **{"title.en": "Elbasan", "slug": "elbasan"}
        )

    assert visit.send("submit").status_code == 303
    assert stages(house) == [Stage.submitted, Stage.submitted, Stage.draft, Stage.draft]


def test_what_was_discarded_or_taken_back_is_named_at_its_field(
    both: tuple[Draft, Draft], besa: Desk, house: House
) -> None:
    visit, place = both
    visit.send("submit")
    place.send("", "/recall")
    taken_back = visit.at(besa).send("approve", "/decision")
    place.send("discard", sure="yes")
    discarded = visit.at(besa).send("approve", "/decision")
    visit.send("", "/recall")
    again = visit.send("submit")

    missing = "Nothing stands at the address “elbasan”: no record, and no draft that could be published"
    assert "“Elbasan” is a draft that its author must hand in first." in errors(taken_back.text)[STOP]
    assert [missing in errors(page.text)[STOP] for page in (discarded, again)] == [True, True]
    assert "No such record" in visit.text
    assert stages(house) == [Stage.draft, Stage.discarded]


def test_what_changed_since_it_was_seen_is_not_published(
    both: tuple[Draft, Draft], besa: Desk, house: House
) -> None:
    visit, place = both
    visit.send("submit")
    page = visit.at(besa).text
    place.send("", "/recall")
    place.send("submit", **{"title.en": "Elsewhere"})

    late = visit.at(besa).send("approve", "/decision", page=page)
    bare = posted(visit.at(besa), "/decision", do="approve")

    assert [late.status_code, bare.status_code] == [409, 409]
    assert stages(house) == [Stage.submitted] * 2


def test_drafts_in_a_row_are_handed_in_together_and_those_in_a_ring_are_not(
    ana: Desk, besa: Desk, house: House, client: FlaskClient
) -> None:
    body = begun(ana, "organisation")
    body.send("save", **{"title.en": "Office", "kind": "agency", "slug": "office"})
    parent = beside(body, "Ministry", "parent")
    place = beside(parent, "Elbasan", "place", kind="ministry")
    place.send("save", country="AL")
    body.send("save", **{"place": "elbasan", "place.words": "", "place.said": ""})
    posted(
        parent,
        "",
        do="save",
        **{"title.en": "Ministry", "kind": "ministry", "slug": "ministry", "parent": "office"},
    )
    ring = body.send("submit")
    posted(
        parent,
        "",
        do="save",
        **{"title.en": "Ministry", "kind": "ministry", "slug": "ministry", "place": "elbasan"},
    )
    row = body.send("submit")
    seen = re.findall(r"<h3><a[^>]*><bdi>([^<]+)", body.at(besa).text)
    body.at(besa).send("approve", "/decision")

    assert "“Ministry” is not ready. Its parent: Nothing stands" in errors(ring.text)["parent"].replace(
        "The body it is a part of", "Its parent"
    )
    assert (ring.status_code, row.status_code) == (422, 303)
    assert seen == ["Elbasan", "Ministry"]
    assert stages(house) == [Stage.applied] * 3
    assert "Ministry" in client.get("/en/directory/organisations/office").text


def test_a_draft_that_refers_to_itself_refers_to_nothing(ana: Desk) -> None:
    body = begun(ana, "organisation")

    refused = posted(
        body,
        "",
        do="submit",
        **{"title.en": "Office", "kind": "agency", "slug": "office", "parent": "office"},
    )

    assert "Nothing stands at the address “office”" in errors(refused.text)["parent"]
    assert "No such record" in refused.text


def test_a_place_that_cannot_be_published_stops_the_visit(
    both: tuple[Draft, Draft], besa: Desk, house: House, hand_in: Door, client: FlaskClient
) -> None:
    visit, _place = both
    visit.send("submit")
    moved = hand_in("place", **town("elbasan", "Another", "AL"))
    hand_in("place", **town("another", "Another", "AL", uid=str(moved.uid)))

    refused = visit.at(besa).send("approve", "/decision")

    told = errors(refused.text)[STOP]
    assert (refused.status_code, "“Elbasan” is not ready." in told) == (422, True)
    assert told.endswith("This address leads to another record for ever; choose a new one.")
    assert stages(house) == [Stage.submitted] * 2
    assert client.get(PAGE).status_code == 404


def test_a_place_that_was_published_meanwhile_is_the_one(
    both: tuple[Draft, Draft], besa: Desk, house: House, hand_in: Door
) -> None:
    visit, _place = both
    visit.send("submit")
    hand_in("place", **town("elbasan", "Elbasan", "AL"))

    assert visit.at(besa).send("approve", "/decision").status_code == 303
    assert stages(house) == [Stage.applied, Stage.submitted]


def test_a_draft_is_seen_with_the_drafts_it_refers_to(both: tuple[Draft, Draft], client: FlaskClient) -> None:
    visit, place = both

    whole = client.get(previews(visit)["en"])
    place.send("save", country="")
    half = client.get(previews(visit)["en"])

    assert (whole.status_code, half.status_code) == (200, 409)
    assert "Elbasan</a>" in whole.text
    assert client.get(PLACE).status_code == 404


def test_a_draft_is_found_by_its_words_so_that_it_is_not_begun_twice(
    both: tuple[Draft, Draft], colleague: Colleague
) -> None:
    begun(colleague("eda", Role.editor), "place")
    found = [
        (visit.json or {})["found"]
        for visit in (both[0].desk.get(f"/en/desk/records/place/found?q={words}") for words in ("elb", "tir"))
    ]

    assert found == [[{"slug": "elbasan", "title": "Elbasan", "note": "Draft, not yet published"}], []]


def test_a_place_says_for_which_drafts_it_was_begun_and_for_no_others(
    both: tuple[Draft, Draft], ana: Desk, hand_in: Door
) -> None:
    _visit, place = both
    hand_in("place", **town("tirana", "Tirana", "AL"))
    other, standing = begun(ana, "visit"), begun(ana, "place", slug="tirana")
    posted(other, "", do="save", **{"title.en": "elbasan", "slug": "elbasan"})

    told = [
        re.findall(r"<li><a[^>]*><bdi>([^<]+)", draft.text)
        for draft in (place, standing, begun(ana, "place"))
    ]

    assert told == [["Talks of Elbasan"], [], []]


def test_beginning_beside_a_draft_of_somebody_else_is_refused(
    visit: Draft, colleague: Colleague, house: House
) -> None:
    fields = {"begin": STOP, f"{STOP}.words": "Elbasan"}

    refused = posted(visit.at(colleague("cela", Role.contributor)), "", **fields)
    late = posted(visit, "", **fields, version="99")

    assert (refused.status_code, late.status_code) == (403, 409)
    assert stages(house) == [Stage.draft]


POST = {"summary.en": "A post.", "kind": "consulate", "sending": "AL", "host": "BE"}


def test_an_office_of_a_new_mission_is_published_with_it_and_belongs_to_it(
    colleague: Colleague, besa: Desk, house: House, client: FlaskClient
) -> None:
    draft = begun(colleague("whole", Role.editor), "office")
    facts = {name: value for name, value in office(slug="counter").items() if isinstance(value, str)}
    posted(draft, "", do="save", **{"title.en": "Counter", "summary.en": "X", "city.en": "Gent"}, **facts)
    beside(draft, "Post of Gent", "mission").send("save", **POST)
    draft.send("submit", address="Street 1")
    draft.at(besa).send("approve", "/decision")

    assert stages(house) == [Stage.applied] * 2
    assert "Post of Gent" in client.get("/en/consular/counter").text
    with house.database.reading() as reading:
        owner = reading.scalars(select(Record.owner_id).where(Record.slug == "counter")).one()
        assert owner == reading.scalars(select(Record.id).where(Record.slug == "post-of-gent")).one()


def test_whoever_writes_for_one_mission_writes_for_no_mission_to_come(
    colleague: Colleague, hand_in: Door, house: House
) -> None:
    hand_in("mission", **mission(slug="post-a", title={"en": "Post A"}))
    begun(colleague("whole", Role.editor), "mission").send("save", **{"title.en": "Post B"} | POST)
    draft = begun(colleague("local", Role.editor, mission="post-a"), "office")

    refused = posted(draft, "", do="save", mission="post-b")
    unchosen = posted(draft, "", do="save", **{"mission.words": "Post"})

    assert "You do not write for this mission. Choose one of yours." in errors(refused.text)["mission"]
    assert (refused.status_code, unchosen.status_code) == (422, 303)
    assert shown(house)["facts"] == {"mission": "“Post”"}


def test_each_draft_is_taken_once_however_many_refer_to_it(ana: Desk, house: House) -> None:
    kind, names = house.kinds["agreement"], [f"p{number}" for number in range(14)]
    with house.database.quietly_writing() as writing:
        uid = str(writing.scalars(select(Account.uid)).one())
        for number, name in enumerate(names):
            amended = [{"kind": "amends", "other": other} for other in names[:number]]
            facts = agreement(slug=name, title={"source": "en", "en": name}, relations=amended)
            last = changes.begin(writing, kind, None, facts, None, Writer(uid, NOON, ()))
        address = f"/en/desk/changes/{last.uid}"

    answer = Draft(ana, address).send("submit")

    assert (answer.status_code, set(stages(house))) == (303, {Stage.submitted})


def test_a_draft_handed_in_before_stays_so_when_another_takes_it_along(
    both: tuple[Draft, Draft], house: House
) -> None:
    visit, place = both
    before = place.send("submit").status_code

    answer = visit.send("submit")

    assert (before, answer.status_code, stages(house)) == (303, 303, [Stage.submitted, Stage.submitted])
