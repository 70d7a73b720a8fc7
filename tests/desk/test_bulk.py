"""The same done to many records: seen before anything is written, and bound to what was seen."""

import re
import uuid
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from embassy.core.access import Member, Role
from embassy.db.commands import check, facts_of
from embassy.db.record import Change, Record
from embassy.desk import batches
from embassy.desk.work import Overtaken
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.consular.facts import mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import begun, posted_to
from tests.desk.files import decided
from tests.desk.forms import filled
from tests.events.facts import concert, titled
from tests.rooms import ADDRESS, Door
from tests.servers import NuChecker

EVENTS = "/en/desk/records/event"
Fields = dict[str, list[str]]


@pytest.fixture(autouse=True)
def three(hand_in: Door) -> None:
    """Three events, one of them for staff and in another category."""
    hand_in("event", **titled("alpha"))
    hand_in("event", **titled("beta"))
    hand_in("event", **titled("gamma", category="official", audience="staff", starts="", ends=""))


def form(page: str, number: int = 0, path: str = EVENTS) -> Fields:
    """Return the fields of one of the forms on a page that change records."""
    parts = page.split(f'<form action="{path}" method="post"')
    fields: Fields = {}
    for name, value in filled(f'<form action="{path}"{parts[1 + number]}', path):
        fields.setdefault(name, []).append(value)
    return fields


def ticked(desk: Desk, do: str, *slugs: str, path: str = EVENTS, **fields: str) -> TestResponse:
    """Tick records of a list and send what is to be done with them."""
    page = desk.get(path).text
    uids = {slug: _uid(desk, slug) for slug in slugs}
    assert all(f'value="{uid}"' in page for uid in uids.values())
    return desk.post(
        path,
        form(page, path=path)
        | {"do": [do], "record": [*uids.values()]}
        | {name: [value] for name, value in fields.items()},
    )


def _uid(desk: Desk, slug: str) -> str:
    home: House = desk.app.extensions["embassy"]
    with home.database.reading() as reading:
        return str(reading.scalars(select(Record.uid).where(Record.slug == slug)).one())


def sections(page: str) -> dict[str, list[str]]:
    """Return the titles of the records under each heading of a preview."""
    parts = [part.partition("</h2>") for part in page.split("<section>\n<h2>")[1:]]
    return {heading: re.findall(r"<h3><a [^>]+><bdi>([^<]+)", rest) for heading, _end, rest in parts}


def counted(house: House) -> int:
    """Return how many changes there are that somebody at a desk began."""
    with house.database.reading() as reading:
        return reading.scalar(select(func.count()).where(Change.author != "tests")) or 0


def facts(house: House, slug: str) -> dict[str, Any]:
    """Return what an event says."""
    kind = house.kinds["event"]
    with house.database.reading() as reading:
        return facts_of(kind, reading.scalars(select(kind.model).where(kind.model.slug == slug)).one())


def test_records_are_withdrawn_with_a_reason_once_a_colleague_has_decided(
    eda: Desk, besa: Desk, client: FlaskClient, house: House
) -> None:
    asked = ticked(eda, "withdraw", "alpha", "beta")
    seen = eda.post(EVENTS, form(asked.text) | {"value": ["Entered twice."]})
    before = counted(house), client.get("/en/events/alpha").status_code
    handed = eda.post(EVENTS, form(seen.text, 1) | {"why": ["Doubles"]})
    told, own = eda.told(handed.location), decided(eda, handed.location, "approve").status_code
    approved = decided(besa, handed.location, "approve")

    assert sections(asked.text) == {}
    assert sections(seen.text) == {"2 records would change": ["Alpha", "Beta"]}
    assert "<del>Published</del><ins>Withdrawn</ins>" in seen.text
    assert "<ins>Entered twice.</ins>" in seen.text
    assert before == (0, 200)
    assert "2 changes are handed in. A colleague decides once on all." in told
    assert "2 changes" in told
    assert (own, approved.status_code) == (403, 303)
    assert "Entered twice." in client.get("/en/events/alpha").text
    assert "Eda, approved by Besa · Doubles" in eda.told(f"{EVENTS}/beta")


@pytest.mark.parametrize(
    ("do", "before", "after"),
    [
        ("archive", {"publication": "withdrawn", "reason": "Error."}, {"publication": "archived"}),
        ("publish", {"publication": "withdrawn", "reason": "Error."}, {"publication": "published"}),
        ("staff", {}, {"audience": "staff"}),
        ("public", {"audience": "staff"}, {"audience": "public"}),
        ("withdraw", {}, {"publication": "withdrawn"}),
        ("set.city", {}, {}),
        ("set.city", {}, {"city": "Gent"}),
        ("set.country", {}, {"country": "LU"}),
        ("set.status", {}, {"status": "cancelled"}),
        ("set.source", {}, {"source": "Gazette, p. 7"}),
    ],
)
def test_each_action_does_what_it_says(
    eda: Desk, besa: Desk, hand_in: Door, house: House, do: str, before: dict[str, str], after: dict[str, str]
) -> None:
    hand_in("event", **concert(**before))
    stood = facts(house, "concert")
    seen = ticked(eda, do, "concert")
    if 'name="value"' in seen.text:
        given = {"value": [after.get(do.removeprefix("set."), "")]} if "." in do else {}
        seen = eda.post(EVENTS, form(seen.text) | given)
    number = seen.text.count(f'<form action="{EVENTS}" method="post"') - 1
    batch = eda.post(EVENTS, form(seen.text, number)).location
    decided(besa, batch, "approve")

    gone = {"reason", "sequence", "city" if do == "set.city" else ""}
    stands = facts(house, "concert")
    stands.pop("sequence")
    assert stands == {name: value for name, value in stood.items() if name not in gone} | after


def test_what_stays_and_what_is_refused_is_told_with_its_reason(eda: Desk, house: House) -> None:
    draft = begun(eda, slug="beta")

    category = eda.post(EVENTS, form(ticked(eda, "set.category", "alpha", "beta", "gamma").text)
                        | {"value": ["cultural"]})  # fmt: skip
    yearly = eda.post(EVENTS, form(ticked(eda, "set.recurrence", "alpha", "gamma").text)
                      | {"value": ["FREQ=NEVER"]})  # fmt: skip

    assert sections(category.text) == {
        "1 record would change": ["Gamma"],
        "1 record is left out": ["Beta"],
        "1 record stays as it is": ["Alpha"],
    }
    assert "A change of it is under way. Bring that to its end first." in category.text
    assert f'<a href="{draft.address}"><bdi>Beta</bdi></a> · Draft' in category.text
    assert sections(yearly.text) == {
        "0 records would change": [],
        "2 records are left out": ["Alpha", "Gamma"],
    }
    assert "A repetition as RFC 5545 writes it: FREQ=YEARLY: " in yearly.text
    assert yearly.text.count(f'<form action="{EVENTS}" method="post"') == 1
    assert counted(house) == 1


@pytest.mark.parametrize(
    ("do", "value"), [("set.category", ""), ("set.category", "sport"), ("set.country", "belgium")]
)
def test_a_value_that_does_not_fit_is_named_at_its_field(eda: Desk, do: str, value: str) -> None:
    refused = eda.post(EVENTS, form(ticked(eda, do, "alpha").text) | {"value": [value]})

    assert refused.status_code == 422
    assert 'id="value-error"' in refused.text
    assert sections(refused.text) == {}


def test_all_that_match_are_meant_and_no_more(eda: Desk) -> None:
    listed = eda.get(f"{EVENTS}?q=a")
    none = posted_to(eda, EVENTS, do="staff", all="1", q="beta")

    assert "All 3 that match, ticked or not" in listed.text
    assert sections(posted_to(eda, EVENTS, do="staff", all="1", q="").text) == {
        "2 records would change": ["Alpha", "Beta"],
        "1 record stays as it is": ["Gamma"],
    }
    assert sections(none.text) == {"1 record would change": ["Beta"]}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"do": "staff"}, "Tick at least one record."),
        ({"do": "staff", "all": "1", "q": "nothing"}, "Tick at least one record."),
        ({"do": "", "all": "1"}, "Choose what should be done with them."),
        ({"do": "set.slug", "all": "1"}, "Choose what should be done with them."),
        ({"do": "set.title", "all": "1"}, "Choose what should be done with them."),
        (
            {"do": "staff", "record": [str(uuid.UUID(int=n)) for n in range(501)]},
            "At most 500 records at once.",
        ),
    ],
)
def test_a_wish_that_lacks_something_leads_back(eda: Desk, fields: dict[str, Any], told: str) -> None:
    led = posted_to(eda, EVENTS, **{"q": "a b"} | fields)

    assert led.status_code == 303
    assert led.location.startswith(f"{EVENTS}?q=")
    assert told in eda.told(led.location)


@pytest.mark.parametrize("record", ["x", "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"])
def test_a_record_that_is_none_is_refused(eda: Desk, record: str) -> None:
    assert posted_to(eda, EVENTS, do="staff", record=record).status_code == 400


def test_what_moved_on_since_it_was_seen_is_shown_anew(
    eda: Desk, besa: Desk, hand_in: Door, house: House
) -> None:
    seen = form(ticked(eda, "staff", "alpha", "beta").text)
    hand_in("event", **titled("beta", city="Gent"))
    late = eda.post(EVENTS, seen)
    none = counted(house)
    anew = eda.post(EVENTS, form(late.text))
    again = eda.post(EVENTS, seen)

    assert late.status_code == again.status_code == 409
    assert "Records changed since you looked, so nothing was handed in." in late.text
    assert sections(late.text) == {"2 records would change": ["Alpha", "Beta"]}
    assert none == 0
    assert anew.status_code == 303
    assert sections(again.text) == {"0 records would change": [], "2 records are left out": ["Alpha", "Beta"]}
    assert decided(besa, anew.location, "approve").status_code == 303


def test_what_moved_on_and_back_is_shown_anew_too(eda: Desk, hand_in: Door) -> None:
    seen = form(ticked(eda, "staff", "alpha").text)
    hand_in("event", **titled("alpha", source="A letter"))
    hand_in("event", **titled("alpha"))

    assert eda.post(EVENTS, seen).status_code == 409


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_nothing_is_handed_in_unseen(eda: Desk, house: House, seen: str) -> None:
    refused = posted_to(eda, EVENTS, do="public", record=_uid(eda, "gamma"), seen=seen)
    empty = posted_to(eda, EVENTS, do="public", record=_uid(eda, "alpha"), seen=seen)

    assert (refused.status_code, empty.status_code, counted(house)) == (409, 409, 0)


def test_a_version_that_nobody_saw_is_not_proposed(app: Flask, house: House) -> None:
    kind = house.kinds["event"]
    values = check(kind, facts(house, "alpha") | {"city": "Gent"})

    with app.test_request_context("/", base_url=ADDRESS), house.database.quietly_writing() as writing:
        g.member = Member("eda", "Eda", frozenset({(Role.editor, None)}))
        with pytest.raises(Overtaken):
            batches.propose(writing, kind, values, uuid.uuid4(), version=2)


def test_records_of_other_missions_are_left_out(colleague: Colleague, hand_in: Door, house: House) -> None:
    path = "/en/desk/records/office"
    for name in ("a", "b"):
        hand_in("mission", **mission(slug=f"post-{name}", title={"en": f"Post {name}"}))
        hand_in("office", **office(slug=f"office-{name}", mission=f"post-{name}", title={"en": name}))
    local = colleague("local", Role.contributor, mission="post-a")

    hidden = ticked(local, "staff", "office-a", "office-b", path=path)
    moved = ticked(local, "set.mission", "office-a", path=path)
    moved = local.post(path, form(moved.text, path=path) | {"value": ["post-b"]})
    handed = local.post(path, form(hidden.text, path=path))

    assert sections(hidden.text) == {"1 record would change": ["a"], "1 record is left out": ["b"]}
    assert "You do not write for its mission." in hidden.text
    assert sections(moved.text) == {"0 records would change": [], "1 record is left out": ["a"]}
    assert "You do not write for this mission." in moved.text
    assert "1 change is handed in. A colleague decides." in local.told(handed.location)
    assert counted(house) == 1


def test_only_simple_facts_are_set_for_many(eda: Desk) -> None:
    offered = re.findall(r'<option value="([^"]+)"', eda.get(EVENTS).text.partition('name="do"')[2])

    assert offered == [
        "withdraw", "archive", "publish", "staff", "public", "set.source", "set.source_url", "set.category",
        "set.status", "set.recurrence", "set.place", "set.city", "set.country", "set.online_link",
    ]  # fmt: skip


def test_who_does_not_write_ticks_nothing(besa: Desk) -> None:
    assert 'type="checkbox"' not in besa.get(EVENTS).text
    assert posted_to(besa, EVENTS, do="staff", record=_uid(besa, "alpha")).status_code == 403


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_of_bulk_changes_are_valid_html(eda: Desk, tag: str, nu_checker: NuChecker) -> None:
    path = f"/{tag}/desk/records/event"
    begun(eda, slug="beta")
    asked = ticked(eda, "set.category", "alpha", "beta", "gamma", path=path).text
    pages = [eda.get(path).text, asked]
    pages += [eda.post(path, form(asked, path=path) | {"value": [value]}).text for value in ("cultural", "x")]

    assert [nu_checker.complaints(page) for page in pages] == [[]] * 4


def test_a_record_to_refer_to_is_found_by_words_and_chosen(eda: Desk, hand_in: Door) -> None:
    path = "/en/desk/records/association"
    about = {"title": {"en": "Circle"}, "summary": {"en": "They read."}, "country": "BE"}
    hand_in("association", slug="circle", **about)
    hand_in("place", slug="ghent", title={"en": "Ghent", "nl": "Gent"}, country="BE")

    asked = ticked(eda, "set.place", "circle", path=path)
    found = eda.post(path, form(asked.text, path=path) | {"value.words": ["gent"], "find": ["value"]})
    unchosen = eda.post(path, form(asked.text, path=path) | {"value.words": ["gent"]})
    every = eda.post(path, form(asked.text, path=path) | {"find": ["value"]})
    chosen = eda.post(path, form(unchosen.text, path=path) | {"value.found": ["ghent"]})
    done = eda.post(path, form(chosen.text, 1, path=path))

    offers = 'name="value.found" value="ghent"'
    assert [offers in page.text for page in (asked, found, unchosen, every)] == [False, True, True, True]
    assert [page.status_code for page in (asked, found, unchosen, chosen, done)] == [200, 200, 422, 200, 303]
    assert re.findall(r"<ins>([^<]+)</ins>", chosen.text) == ["Ghent"]
    assert 'value="Ghent"' in chosen.text
