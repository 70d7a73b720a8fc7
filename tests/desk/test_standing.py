"""What the pages of records and drafts tell of where they stand, whose they are and what may be done."""

import re

from flask.testing import FlaskClient

from embassy.core.access import Role
from tests.consular.facts import mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import FAIR, Draft, begun
from tests.desk.forms import filled
from tests.events.facts import concert
from tests.rooms import Door


def test_a_writer_sees_what_differs_before_handing_in(colleague: Colleague, hand_in: Door) -> None:
    hand_in("event", **concert(city="Gent"))
    ana = colleague("ana", Role.contributor)
    draft = begun(ana, slug="concert")
    told = "What differs so far from the version that stands"

    untouched = told in draft.text
    draft.send("save", city="Liège")

    assert untouched is False
    assert told in draft.text
    assert [f"<{how}>{city}</{how}>" in draft.text for how, city in (("del", "Gent"), ("ins", "Liège"))] == [
        True,
        True,
    ]
    new = begun(ana)
    new.send("save", **FAIR)
    assert told not in new.text


def test_each_page_tells_for_which_mission_it_is_and_why_one_may_not_write(
    colleague: Colleague, hand_in: Door
) -> None:
    hand_in("mission", **mission(title={"en": "Embassy in Brussels"}))
    hand_in("office", **office(slug="brussels", mission=mission()["slug"]))
    hand_in("event", **concert())
    ana = colleague("ana", Role.editor, mission=mission()["slug"])
    besa = colleague("besa", Role.approver)
    draft = begun(ana, "office", slug="brussels")

    office_page, event_page = (f"/en/desk/records/{path}" for path in ("office/brussels", "event/concert"))
    assert "Belongs to: Embassy in Brussels" in ana.told(office_page)
    assert "Belongs to: Embassy in Brussels" in ana.told(draft.address)
    assert "You do not write for this mission" in besa.told(office_page)
    assert "Only those who write for all missions change it." in ana.told(event_page)
    assert "Only its author and the editors of its mission write on it." in besa.told(draft.address)
    assert "Belongs to the whole ministry" in besa.told(event_page)


def test_a_record_is_withdrawn_with_a_reason_and_published_again(
    colleague: Colleague, hand_in: Door, client: FlaskClient
) -> None:
    hand_in("event", **concert())
    eda, besa = colleague("eda", Role.editor), colleague("besa", Role.approver)
    page, many = "/en/desk/records/event/concert", "/en/desk/records/event"
    words = []

    for do, asked in (("withdraw", {"value": "Called off by the hall."}), ("publish", {})):
        looked = eda.send(page, to=many, do=do)
        for _step in asked:
            looked = eda.post(many, {**dict(filled(looked.text, many)), **asked})
        led = eda.post(many, dict(filled(looked.text, many)))
        (address,) = re.findall(r'href="(/en/desk/changes/[^"]+)"', eda.get(led.location).text)
        change = Draft(besa, address)
        change.send("approve", "/decision")
        words.append(
            [
                told in one
                for told, one in (
                    ('<span class="mark stop">', besa.get(change.address).text),
                    ("Publish it again", eda.told(page)),
                    ("Called off by the hall.", client.get("/en/events/concert").text),
                )
            ]
        )

    assert words == [[True, True, True], [False, False, False]]


def test_what_was_approved_for_later_says_from_when_readers_see_it(colleague: Colleague) -> None:
    ana, besa = colleague("ana", Role.contributor), colleague("besa", Role.approver)
    draft = begun(ana)
    draft.send("submit", **FAIR)
    draft.at(besa).send("approve", "/decision", when="2026-12-01T09:00")

    assert "Approved; readers see it from Tuesday, 1 December 2026" in ana.told(draft.address)


def test_what_was_archived_says_so(colleague: Colleague, hand_in: Door) -> None:
    hand_in("event", **concert())
    eda, besa = colleague("eda", Role.editor), colleague("besa", Role.approver)
    draft = begun(eda, slug="concert")
    draft.send("submit", publication="archived")
    draft.at(besa).send("approve", "/decision")

    assert "Archived" in eda.told(draft.address)
    assert "Archived" in eda.told("/en/desk/records/event/concert")


def test_saves_in_a_row_by_one_person_are_told_once(colleague: Colleague) -> None:
    ana, eda = colleague("ana", Role.contributor), colleague("eda", Role.editor)
    draft = begun(ana)
    for desk, times in ((ana, 3), (eda, 2), (ana, 1)):
        for _time in range(times):
            draft.at(desk).send("save")
    draft.send("submit", **FAIR)

    assert re.findall(r"(Draft saved|Handed in for a decision) (\w+)", ana.told(draft.address)) == [
        ("Draft saved", "Ana"), ("Draft saved", "Eda"), ("Draft saved", "Ana"),
        ("Handed in for a decision", "Ana"),
    ]  # fmt: skip


def test_each_page_of_the_desk_leads_to_the_desk_and_out(colleague: Colleague, client: FlaskClient) -> None:
    ana = colleague("ana", Role.contributor)
    pages = [ana.get(f"/en/desk{path}").text for path in ("", "/records/event", "/account")]

    assert {
        (page.count('<a href="/en/desk">Desk</a>') > 0, page.count('action="/en/desk/sign-out"'))
        for page in pages
    } == {(True, 1)}
    assert "sign-out" not in ana.get("/en/events").text
    assert "sign-out" not in client.get("/en/desk/sign-in").text
