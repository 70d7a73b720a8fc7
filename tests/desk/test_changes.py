"""A change from the first word to the published page: who may do what, and what readers see when."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from embassy.accounts import commands
from embassy.core.access import Role
from embassy.core.workflow import Stage
from embassy.db.record import Revision
from embassy.db.worker import apply_due
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.consular.facts import mission, office
from tests.desk.conftest import NOON, Colleague
from tests.desk.drafts import FAIR, Draft, begun, posted, shown
from tests.events.facts import concert
from tests.rooms import ADDRESS, Door

PAGE = "/en/events/trade-fair-in-tirana"


def work(house: House, later: timedelta = timedelta(0)) -> int:
    """Do what the worker does at a moment."""
    return apply_due(house.database, house.kinds, house.deployment.languages, NOON + later)


@pytest.fixture
def fair(ana: Desk) -> Draft:
    """Ana's draft of a fair, handed in."""
    draft = begun(ana)
    draft.send("save", **FAIR)
    assert draft.send("submit").status_code == 303
    return draft


def test_two_people_bring_an_event_to_its_readers(fair: Draft, besa: Desk, client: FlaskClient) -> None:
    before = client.get(PAGE).status_code, "Trade fair" in client.get("/en/events").text

    approved = fair.at(besa).send("approve", "/decision")

    assert before == (404, False)
    assert approved.status_code == 303
    assert client.get(PAGE).status_code == 200
    assert "Trade fair in Tirana" in client.get("/en/events").text
    history = besa.told("/en/desk/records/event/trade-fair-in-tirana")
    assert "Version 1 · Sunday, 22 November 2026, 13:00 Ana, approved by Besa" in history


def test_nobody_approves_what_they_wrote_in_part_administrators_included(
    fair: Draft, colleague: Colleague
) -> None:
    chief = colleague("chief", Role.editor, Role.approver, Role.administrator)
    fair.at(chief).send("", "/recall")
    fair.at(chief).send("save", **{"title.fr": "Foire"})
    fair.send("submit")

    refused = posted(fair.at(chief), "/decision", do="approve")

    assert refused.status_code == 403
    assert "You wrote this in part, so a colleague decides." in fair.at(chief).text


@pytest.mark.parametrize(
    ("role", "to", "do"),
    [
        (Role.contributor, "", "save"),
        (Role.contributor, "/decision", "approve"),
        (Role.contributor, "/recall", ""),
        (Role.editor, "/decision", "approve"),
        (Role.editor, "/decision", "give_back"),
        (Role.approver, "", "save"),
        (Role.approver, "/recall", ""),
        (Role.administrator, "/decision", "approve"),
        (Role.administrator, "", "submit"),
        (Role.administrator, "/merge", ""),
    ],
)
def test_what_a_role_may_not_do_is_refused_to_a_direct_request_too(
    fair: Draft, colleague: Colleague, house: House, role: Role, to: str, do: str
) -> None:
    refused = posted(fair.at(colleague("other", role)), to, do=do)

    assert refused.status_code == 403
    assert shown(house)["stage"] is Stage.submitted


@pytest.mark.parametrize("do", ["approve", "give_back"])
def test_no_step_is_skipped(ana: Desk, besa: Desk, house: House, do: str) -> None:
    draft = begun(ana)
    draft.send("save", **FAIR)

    refused = posted(draft.at(besa), "/decision", do=do, comment="Why?")

    assert (refused.status_code, shown(house)["stage"]) == (403, Stage.draft)


@pytest.mark.parametrize(("to", "do"), [("", "approve"), ("/decision", "submit"), ("", "apply"), ("", "")])
def test_a_wish_that_no_form_offers_is_none(ana: Desk, besa: Desk, fair: Draft, to: str, do: str) -> None:
    desk = besa if to else ana

    assert posted(fair.at(desk), to, do=do).status_code == 400


def test_a_change_comes_back_with_comments_and_goes_on(fair: Draft, besa: Desk, client: FlaskClient) -> None:
    silent = fair.at(besa).send("give_back", "/decision")
    returned = fair.at(besa).send("give_back", "/decision", comment="Which hall?")
    seen = fair.text
    fair.send("submit", place="Skanderbeg Square")
    fair.at(besa).send("approve", "/decision")

    assert (silent.status_code, returned.status_code) == (422, 303)
    assert "Say what should be changed." in silent.text
    assert "Which hall?" in seen
    assert "Skanderbeg Square" in client.get(PAGE).text


def test_a_new_record_appears_at_the_time_set_without_a_write(
    fair: Draft, besa: Desk, client: FlaskClient, clock: time_machine.Traveller
) -> None:
    fair.at(besa).send("approve", "/decision", when="2026-11-22T18:00")
    statuses = []
    for moment in (NOON + timedelta(hours=5) - timedelta(seconds=1), NOON + timedelta(hours=5)):
        clock.move_to(moment)
        statuses.append((client.get(PAGE).status_code, "Trade fair" in client.get("/en/events").text))

    assert statuses == [(404, False), (200, True)]


def test_a_change_of_a_record_waits_for_its_time_and_can_be_taken_back(
    ana: Desk, besa: Desk, hand_in: Door, house: House, client: FlaskClient
) -> None:
    hand_in("event", **concert(city="Gent"))
    draft = begun(ana, slug="concert")
    draft.send("submit", city="Liège")
    draft.at(besa).send("approve", "/decision", when="2026-11-22T18:00")

    planned, early = shown(house), work(house, timedelta(hours=4))
    on_desk = besa.told("/en/desk")
    draft.at(besa).send("", "/recall")
    recalled, skipped = shown(house)["stage"], work(house, timedelta(hours=6))
    draft.send("submit")
    draft.at(besa).send("approve", "/decision", when="2026-11-22T18:00")
    applied = work(house, timedelta(hours=5))

    assert (planned["stage"], planned["due_at"]) == (Stage.approved, NOON + timedelta(hours=5))
    assert "Planned for a time Autumn concert" in on_desk
    assert (early, recalled, skipped, applied) == (0, Stage.draft, 0, 1)
    assert "Liège" in client.get("/en/events/concert").text


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-11-22T12:59", "This time has passed. Choose one ahead, or none."),
        ("tomorrow", "A day and a time, such as 2026-12-24T09:00."),
    ],
)
def test_a_time_that_cannot_be_kept_is_refused(
    fair: Draft, besa: Desk, house: House, when: str, told: str
) -> None:
    refused = fair.at(besa).send("approve", "/decision", when=when)

    assert (refused.status_code, told in refused.text) == (422, True)
    assert shown(house)["stage"] is Stage.submitted


def test_what_is_discarded_is_gone_from_the_desk_and_kept_in_the_log(ana: Desk, house: House) -> None:
    draft = begun(ana)
    asked = draft.send("discard")
    before = shown(house)["stage"]
    led = draft.send("discard", sure="yes")

    assert "What was written in it is lost." in asked.text
    assert before is Stage.draft
    assert led.location == "/en/desk"
    assert "Nothing waits." in ana.told("/en/desk")
    assert shown(house)["stage"] is Stage.discarded
    assert "Discarded" in draft.text


def test_a_draft_that_is_not_right_stays_with_its_author_and_each_error_leads_to_its_field(
    ana: Desk, house: House
) -> None:
    draft = begun(ana)
    draft.send("save", **{"title.en": "Half an event"})

    refused = draft.send("submit", first_day="someday", organisers="A; B")

    assert refused.status_code == 422
    found = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', refused.text)
    assert ("first_day", "First day: A date as far as it is known: 2013-12-09, 2013-12, 2013, "
            "../2013-12-09 (not after) or 2013-12-09/.. (not before).") in found  # fmt: skip
    assert {name for name, _said in found} == {"summary", "category", "status", "first_day", "zone"}
    assert 'value="someday"' in refused.text
    assert "first_day" not in shown(house)["facts"]


def test_what_is_wrong_within_a_text_or_a_part_is_named_with_its_place(ana: Desk) -> None:
    draft = begun(ana, "visit")
    wrong = {"title.en": "Talks", "title.source": "fr", "delegations.0.side": "guest", "meetings.0.day": "1"}

    refused = draft.send("submit", **wrong)

    found = dict(re.findall(r'<li><a href="#([^"]+)">([^<:]+):', refused.text))
    assert found["title.source"] == "Visit · Written first in"
    assert found["delegations.0.side"] == "Who took part, in the order of protocol · 1 · Whose delegation"
    assert found["meetings.0.subject"] == "What was talked about · 1 · Who spoke about what, by language"


def test_what_no_form_asks_is_not_looked_at(ana: Desk, house: House) -> None:
    draft = begun(ana)
    draft.send("save", **FAIR)
    posted(draft, "", do="save", uid="0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a", stage="approved", author="x",
           owner_id="7", **FAIR)  # fmt: skip

    kept = shown(house)
    assert "uid" not in kept["facts"]
    assert (kept["stage"], kept["owner_id"], kept["author"] == "x") == (Stage.draft, None, False)


def test_an_address_is_made_from_the_title_and_is_free(
    ana: Desk, besa: Desk, hand_in: Door, house: House
) -> None:
    hand_in("event", **concert(slug="gala-ne-liege"))
    begun(ana).send("save", **{"title.en": "Gala në Liège!"})
    made = shown(house)["facts"]["slug"]
    draft = begun(ana)
    refused = draft.send("submit", **FAIR | {"slug": "gala-ne-liege"})
    mended = draft.send("submit", **FAIR | {"slug": "gala-2026"})
    arabic = begun(ana)
    arabic.send("save", **{"title.ar": "حفل", "title.source": "ar"})
    unspoken = shown(house)["facts"]["slug"]
    arabic.send("save", **{"title.ar": "حفل كبير", "slug": ""})

    assert made == "gala-ne-liege-2"
    assert refused.status_code == 422
    assert "Another record has this address already." in refused.text
    assert mended.status_code == 303
    assert re.fullmatch("event-[0-9a-f]{6}", unspoken)
    assert "slug" not in shown(house)["facts"]
    assert besa.get("/en/desk").status_code == 200


def test_what_was_written_is_saved_as_parts_are_added_and_taken_out(
    ana: Desk, hand_in: Door, house: House
) -> None:
    hand_in("mission", **mission())
    draft = begun(ana, "mission", slug=mission()["slug"])
    held = len(mission()["accreditations"])

    more = draft.send("", more="accreditations", **{"title.en": "The mission"})
    grown = ana.get(more.location).text
    beyond = draft.send("", less="accreditations.99")
    kept = ana.get(beyond.location).text
    less = draft.send("", less="accreditations.0")

    counts = [page.count('<details class="part"') - 1 for page in (grown, kept, draft.text)]
    assert counts == [held + 1, held, held - 1]
    assert [urlsplit(one.location)[3:] for one in (more, beyond, less)] == [
        ("more=accreditations", f"accreditations.{held}"),
        ("", "accreditations"),
        ("", "accreditations"),
    ]
    assert shown(house)["facts"]["title"]["en"] == "The mission"
    assert len(shown(house)["facts"]["accreditations"]) == held - 1


def test_only_lists_of_parts_grow(ana: Desk) -> None:
    draft = begun(ana, "visit")

    pages = [
        ana.get(f"{draft.address}?{query}").text for query in ("", "more=title&more=nothing", "more=places")
    ]

    assert [page.count('<details class="part"') - 1 for page in pages] == [0, 0, 1]


def test_two_editors_see_both_texts_and_nothing_is_lost(
    ana: Desk, colleague: Colleague, house: House
) -> None:
    eda = colleague("eda", Role.editor)
    draft = begun(ana)
    draft.send("save", **FAIR)
    old = draft.text
    draft.at(eda).send("save", **{"title.en": "Fair of Tirana", "city": "Tirana"})

    second = draft.send("save", page=old, **{"title.en": "Big fair"})

    assert second.status_code == 409
    assert "Somebody else worked on this meanwhile, so nothing was saved." in second.text
    assert 'value="Big fair"' in second.text
    assert "Fair of Tirana" in second.text
    assert shown(house)["facts"]["title"]["en"] == "Fair of Tirana"
    third = draft.send("save", page=second.text)
    assert (third.status_code, shown(house)["facts"]["title"]["en"]) == (303, "Big fair")


def test_what_only_a_colleague_wrote_is_taken_over_and_what_only_i_wrote_is_kept(
    ana: Desk, colleague: Colleague, house: House
) -> None:
    eda = colleague("eda", Role.editor)
    draft = begun(ana)
    draft.send("save", **FAIR | {"place": "Hall", "city": "Tirana", "country": "AL"})
    old = draft.text
    draft.at(eda).send("save", city="Durrës", country="", performers="Choir", place="Castle")

    late = draft.send("save", page=old, place="Arena", status="tentative")
    clashes = re.findall(r'<p class="lines">([^<]*)</p>', late.text)
    draft.send("save", page=late.text)

    assert late.status_code == 409
    assert clashes == ["Castle"]
    kept = shown(house)["facts"]
    assert {name: kept.get(name) for name in ("city", "country", "performers", "place", "status")} == {
        "city": "Durrës", "country": None, "performers": ["Choir"], "place": "Arena", "status": "tentative",
    }  # fmt: skip


@pytest.mark.parametrize("was", ["", "[]", "{"])
def test_a_form_that_does_not_tell_what_it_showed_shows_all_that_differs(
    ana: Desk, colleague: Colleague, was: str
) -> None:
    draft = begun(ana)
    draft.send("save", **FAIR)
    old = draft.text
    draft.at(colleague("eda", Role.editor)).send("save", city="Durrës")

    late = draft.send("save", page=old, place="Arena", was=was)

    assert re.findall(r'<p class="lines">([^<]*)</p>', late.text) == ["(empty)", "Durrës"]


def test_a_double_click_decides_once(fair: Draft, besa: Desk, house: House) -> None:
    page = fair.at(besa).text
    answers = [fair.at(besa).send("approve", "/decision", page=page).status_code for _click in range(2)]

    assert answers == [303, 409]
    with house.database.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(Revision)) == 1


def test_a_record_that_moved_on_is_brought_together_and_clashes_are_shown(
    ana: Desk, besa: Desk, hand_in: Door, client: FlaskClient
) -> None:
    hand_in("event", **concert(city="Gent", place="Hall"))
    draft = begun(ana, slug="concert")
    draft.send("submit", place="Church", performers="Choir")
    hand_in("event", **concert(city="Antwerp", place="Opera"))

    refused = draft.at(besa).send("approve", "/decision")
    draft.send("", "/recall")
    merged = draft.send("", "/merge")
    draft.send("submit", page=merged.text)
    draft.at(besa).send("approve", "/decision")

    assert refused.status_code == 422
    assert "Somebody changed this record since you read it." in refused.text
    assert "The record has changed since this was begun" in refused.text
    assert re.findall(r'<p class="lines">([^<]*)</p>', merged.text) == ["Opera"]
    page = client.get("/en/events/concert").text
    assert [word in page for word in ("Antwerp", "Church", "Choir", "Opera")] == [True, True, True, False]


def test_a_new_record_has_nothing_to_be_brought_together_with(ana: Desk) -> None:
    draft = begun(ana)

    assert posted(draft, "/merge").status_code == 403


def test_a_translation_is_outdated_when_its_original_changes_and_current_when_it_follows(
    ana: Desk, hand_in: Door, house: House
) -> None:
    hand_in("event", **concert(title={"source": "en", "en": "Concert", "sq": "Koncert", "fr": "Concert"}))
    draft = begun(ana, slug="concert")

    draft.send("save", **{"title.en": "Gala concert", "title.fr": "Concert de gala"})
    first = shown(house)["facts"]["title"]
    draft.send("save", **{"title.sq": "Koncert gala"})
    second = shown(house)["facts"]["title"]

    assert first["states"] == {"sq": "outdated"}
    assert "states" not in second


def test_whoever_works_for_one_mission_writes_for_it_alone(hand_in: Door, colleague: Colleague) -> None:
    ours, theirs = mission(), mission(slug="paris", title={"en": "Embassy in Paris"})
    for facts in (ours, theirs):
        hand_in("mission", **facts)
    hand_in("office", **office(slug="our-office", mission=ours["slug"]))
    hand_in("office", **office(slug="their-office", mission="paris"))
    hand_in("event", **concert())
    local = colleague("local", Role.editor, mission=ours["slug"])

    begins = {
        slug: posted_begin(local, kind, slug).status_code
        for kind, slug in (
            ("office", "our-office"),
            ("office", "their-office"),
            ("mission", ours["slug"]),
            ("mission", "paris"),
            ("event", "concert"),
            ("event", ""),
        )
    }
    draft = begun(local, "office")
    refused = draft.send("save", mission="paris")
    kept = draft.send("save", mission=ours["slug"])

    assert begins == {
        "our-office": 303,
        "their-office": 403,
        ours["slug"]: 303,
        "paris": 403,
        "concert": 403,
        "": 303,
    }
    assert refused.status_code == 422
    assert "You do not write for this mission. Choose one of yours." in refused.text
    assert kept.status_code == 303


def test_a_role_taken_away_is_gone_at_the_next_request(fair: Draft, besa: Desk, app: Flask) -> None:
    page = fair.at(besa).text
    with app.test_request_context(base_url=ADDRESS):
        commands.take("besa@example.org", Role.approver)

    assert fair.at(besa).send("approve", "/decision", page=page).status_code == 403


def posted_begin(desk: Desk, kind: str, slug: str) -> Any:
    """Begin a change of a record without its button."""
    token = desk.hidden("/en/desk/account")["csrf_token"]
    return desk.post(f"/en/desk/records/{kind}/begin", {"csrf_token": token, "slug": slug})
