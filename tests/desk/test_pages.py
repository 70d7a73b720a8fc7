"""The pages of the desk: what waits for whom, records with their history, and previews."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.core.access import Role
from embassy.db.outbox import letter
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.agreements.facts import SIGNED, act, agreement
from tests.consular.facts import closure, mission, office
from tests.desk.conftest import NOON, Colleague
from tests.desk.drafts import FAIR, Draft, begun
from tests.events.facts import concert
from tests.every.markup import Markup
from tests.rooms import Door
from tests.servers import NuChecker
from tests.visits.facts import visit

HISTORY = "/en/desk/records/event/concert"


def headings(desk: Desk) -> list[str]:
    """Return the headings under which changes stand on the first page."""
    page = desk.get("/en/desk").text
    main = page[page.index('<div class="text">') :]
    return re.findall(r"<h2>([^<]+)</h2>", main[: main.index('<section class="facts"')])


def test_each_sees_what_waits_for_them_and_for_others(colleague: Colleague) -> None:
    ana, eda = colleague("ana", Role.contributor), colleague("eda", Role.editor)
    besa, chief = colleague("besa", Role.approver), colleague("chief", Role.administrator)
    draft = begun(ana)
    draft.send("save", **FAIR)
    found = [[headings(desk) for desk in (ana, eda, besa, chief)]]
    draft.send("submit")
    found.append([headings(desk) for desk in (ana, eda, besa, chief)])
    draft.at(besa).send("give_back", "/decision", comment="Where?")
    found.append([headings(desk) for desk in (ana, eda, besa, chief)])

    assert found == [
        [["Drafts"], ["Drafts"], [], []],
        [["Waiting for others"], ["Waiting for others"], ["For your decision"], ["Waiting for others"]],
        [["Returned to you"], ["Drafts"], [], []],
    ]
    assert "Trade fair in Tirana Returned with comments Event · Ana" in ana.told("/en/desk")


def test_what_readers_do_not_see_yet_is_told_with_its_time_the_next_first(
    colleague: Colleague, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("event", **concert(slug="b", title={"en": "Later"}, shown_from="2026-12-02T08:00Z"))
    hand_in("event", **concert(slug="a", title={"en": "Sooner"}, shown_from="2026-11-22T12:10Z"))
    ana = colleague("ana", Role.approver)
    told = ana.told("/en/desk")
    clock.shift(timedelta(minutes=11))

    assert (
        "Published, not yet shown to readers "
        "Sooner Event · Readers see it from: Sunday, 22 November 2026, 13:10 "
        "Later Event · Readers see it from: Wednesday, 2 December 2026, 09:00"
    ) in told
    assert "Sooner" not in ana.told("/en/desk")


def test_records_are_found_by_words_whatever_their_standing(colleague: Colleague, hand_in: Door) -> None:
    hand_in("event", **concert())
    hand_in("event", **concert(slug="gone", title={"en": "Gone"}, publication="withdrawn", reason="Error."))
    hand_in("event", **concert(slug="old", title={"en": "Old"}, publication="archived"))
    hand_in("event", **concert(slug="later", title={"en": "Later"}, shown_from="2026-12-01T08:00Z"))
    hand_in("event", **concert(slug="ours", title={"en": "Ours"}, audience="staff"))
    ana = colleague("ana", Role.approver)

    listed = ana.told("/en/desk/records/event")

    assert "5 records" in listed
    for told in (
        "Gone Withdrawn",
        "Old Archived",
        "Later Readers see it from: Tuesday, 1 December 2026, 09:00",
        "Ours Staff alone",
    ):
        assert told in listed
    assert "1 record " in ana.told("/en/desk/records/event?q=LATER")
    assert "No record matches" in ana.told("/en/desk/records/event?q=nothing")
    assert "New: Event" not in listed


def test_the_history_tells_each_version_compares_any_two_and_brings_one_back(
    colleague: Colleague, hand_in: Door, client: FlaskClient
) -> None:
    hand_in("event", **concert(city="Gent", title={"en": "Concert of autumn"}))
    hand_in("event", **concert(city="Liège", title={"en": "Concert of winter"}))
    ana, besa = colleague("ana", Role.editor), colleague("besa", Role.approver)

    told = ana.told(HISTORY)
    compared = ana.get(f"{HISTORY}/compare?old=1&new=2").text
    same = ana.told(f"{HISTORY}/compare?old=2&new=2")
    draft = begun(ana, slug="concert", revision="1")
    draft.send("submit", why="The first was right")
    draft.at(besa).send("approve", "/decision")

    assert re.findall(r"Version \d", told) == ["Version 2", "Version 1"]
    assert "<del>autumn</del><ins>winter</ins>" in compared
    assert "<del>Gent</del><ins>Liège</ins>" in compared
    assert "Both say the same." in same
    assert "Concert of autumn" in client.get("/en/events/concert").text
    after = ana.told(HISTORY)
    assert "Ana, approved by Besa · The first was right" in after
    assert re.findall(r"Version \d", after) == ["Version 3", "Version 2", "Version 1"]


def test_a_comparison_says_codes_in_the_words_of_readers(colleague: Colleague, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, subjects=["environment"]))
    hand_in("agreement", **agreement(SIGNED, subjects=["taxation", "social_protection"]))

    compared = colleague("ana", Role.editor).told("/en/desk/records/agreement/pact/compare?old=1&new=2")

    assert "Social protection" in compared
    assert "social_protection" not in compared


@pytest.mark.parametrize(
    "path",
    [
        "/en/desk/records/treaty",
        "/en/desk/records/event/nothing",
        f"{HISTORY}/compare",
        f"{HISTORY}/compare?old=1&new=9",
        f"{HISTORY}/compare?old=1&new=99999999999",
        "/en/desk/changes/0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a",
        "/en/desk/changes/1",
    ],
)
def test_what_is_not_there_is_not_found(colleague: Colleague, hand_in: Door, path: str) -> None:
    hand_in("event", **concert())

    assert colleague("ana", Role.editor).get(path).status_code == 404


def test_a_change_of_what_is_not_there_is_no_change(colleague: Colleague, hand_in: Door) -> None:
    hand_in("event", **concert())
    ana = colleague("ana", Role.editor)
    token = {"csrf_token": ana.hidden("/en/desk")["csrf_token"]}

    statuses = [
        ana.post("/en/desk/records/event/begin", token | fields).status_code
        for fields in (
            {"slug": "nothing"},
            {"slug": "concert", "revision": "9"},
            {"slug": "concert", "revision": "x"},
        )
    ]
    assert statuses == [400, 404, 404]


def previews(draft: Draft) -> dict[str, str]:
    """Return the addresses at which a change is seen, by language."""
    return {tag: path for path, tag in re.findall(r'<a href="(/([\w-]+)/desk/preview/[^"]+)"', draft.text)}


def test_a_draft_is_seen_as_readers_will_see_it_in_any_language_and_stays_unseen(
    colleague: Colleague, client: FlaskClient
) -> None:
    draft = begun(colleague("ana", Role.contributor))
    draft.send("save", **FAIR | {"shown_from": "2026-12-01T08:00Z"})

    seen = {tag: client.get(path) for tag, path in previews(draft).items()}

    assert len(seen) == 8
    assert {answer.status_code for answer in seen.values()} == {200}
    assert "<h1>Panairi në Tiranë" in seen["sq"].text
    assert {answer.headers["Cache-Control"] for answer in seen.values()} == {"no-store"}
    assert {
        "Preview: readers do not see this yet." in answer.text for tag, answer in seen.items() if tag == "en"
    } == {True}
    assert {'<meta name="robots" content="noindex">' in answer.text for answer in seen.values()} == {True}
    assert client.get("/en/events/trade-fair-in-tirana").status_code == 404
    assert "Trade fair" not in client.get("/en/events").text


def test_a_preview_ends_with_its_time_with_publication_and_with_the_draft(
    colleague: Colleague, client: FlaskClient, clock: time_machine.Traveller
) -> None:
    ana, besa = colleague("ana", Role.contributor), colleague("besa", Role.approver)
    half, whole, gone = begun(ana), begun(ana), begun(ana)
    half.send("save", **{"title.en": "Half"})
    whole.send("submit", **FAIR)
    paths = [previews(draft)["en"] for draft in (half, whole, gone)]
    gone.send("discard", sure="yes")
    whole.at(besa).send("approve", "/decision")
    statuses = [client.get(path).status_code for path in (*paths, paths[0] + "x")]
    clock.shift(timedelta(days=7, seconds=1))

    assert statuses == [409, 404, 404, 404]
    assert client.get(paths[0]).status_code == 404
    assert previews(whole) == {}


@pytest.mark.parametrize("tag", ["en", "sq", "sr", "ar"])
def test_the_pages_of_the_desk_are_valid_html(
    colleague: Colleague, hand_in: Door, tag: str, nu_checker: NuChecker
) -> None:
    hand_in("event", **concert())
    hand_in("event", **concert(city="Liège"))
    ana, besa = colleague("ana", Role.editor), colleague("besa", Role.approver)
    draft, visit = begun(ana, slug="concert"), begun(ana, "visit")
    pages = {
        "refused": draft.send("submit", first_day="never").text,
        "visit": visit.send("", more="delegations").text,
    }
    draft.send("submit", city="Gent")
    paths = ("", "/records/event", "/records/event/concert", "/records/event/concert/compare?old=1&new=2")
    pages |= {path: ana.get(f"/{tag}/desk{path}").text for path in paths}
    pages["handed in"] = ana.get(draft.address.replace("/en/", f"/{tag}/")).text
    pages["to decide"] = besa.get(draft.address.replace("/en/", f"/{tag}/")).text

    assert {path: nu_checker.complaints(page) for path, page in pages.items()} == {path: [] for path in pages}
    assert {path: len(Markup(page).words("h1")) for path, page in pages.items()} == dict.fromkeys(pages, 1)


def concerns(desk: Desk) -> dict[str, list[str]]:
    """Return what the first page of the desk wants looked after, with the records concerned."""
    page = desk.get("/en/desk").text
    parts = [part.partition("</strong>") for part in page.split("<p><strong>")[1:]]
    return {
        told: sorted(re.findall(r">([^<]+)</a>", rest.partition("</ul>")[0])) for told, _end, rest in parts
    }


def test_rooms_say_what_should_be_looked_after(colleague: Colleague, hand_in: Door) -> None:
    ana = colleague("ana", Role.editor)
    before = "To look after" in ana.get("/en/desk").text
    hand_in("mission", **mission())
    feast = closure("2026-12-24", "Eve", status="proposed")
    later = closure("2027-03-01", "Spring", status="proposed")
    for slug, day, ahead in (
        ("new", "2026-01-05", later),
        ("old", "2025-11-20", later),
        ("feast", "2026-01-05", feast),
    ):
        hand_in("office", **office(slug=slug, title={"en": slug}, mission=mission()["slug"], closures=[ahead],
                                   hours_confirmed_on=day))  # fmt: skip
    for slug, day in (("past", "2026-11-20"), ("ahead", "2026-11-22")):
        announced = {"title": {"en": slug}, "status": "announced", "first_day": day, "starts": "", "ends": ""}
        hand_in("event", **concert(slug=slug, **announced))
        bare = {"title": {"en": slug}, "status": "announced", "places": [], "delegations": [], "last_day": ""}
        hand_in("visit", **visit(slug=slug, first_day=day, **bare))

    assert not before
    assert concerns(ana) == {
        "Hours that no post has confirmed for 365 days": ["old"],
        "Holidays of the next 60 days that wait for confirmation": ["feast"],
        "Next year’s holidays, which nobody has looked at yet": ["feast", "new", "old"],
        "Announced events whose day has passed: record what came of them": ["past"],
        "Announced visits whose day has passed: record what came of them": ["past"],
    }


def test_texts_that_speak_of_what_is_over_are_told_to_editors(colleague: Colleague, hand_in: Door) -> None:
    ahead, done = {"en": "They will meet.", "sr": "Састали су се."}, {"en": "They met."}
    for slug, day, told in (
        ("stale", "2026-11-20", ahead),
        ("plain", "2026-11-20", done),
        ("old", "2026-01-20", ahead),
        ("next", "2026-11-23", ahead),
    ):
        hand_in(
            "event",
            **concert(slug=slug, title={"en": slug}, first_day=day, starts="", ends="", description=told),
        )
        bare = {"title": {"en": slug}, "places": [], "delegations": [], "last_day": ""}
        hand_in("visit", **visit(slug=slug, first_day=day, outcome=told, **bare))
    for slug, told, since, kept in (
        ("stale", ahead, "2026-10-01", "own"),
        ("plain", done, "2026-10-01", "own"),
        ("old", ahead, "2020-10-01", "own"),
        ("theirs", ahead, "2026-10-01", "others"),
    ):
        acts = act("signed", "signed", "2020-05-04"), act("in", "entry_into_force_asserted", since)
        title = {"en": slug}
        hand_in("agreement", **agreement(*acts, slug=slug, title=title, guide=told, collection=kept))

    assert concerns(colleague("ana", Role.editor)) == {
        "Agreements now in force whose texts still speak of the future": ["stale"],
        "Past events whose texts still speak of the future": ["stale"],
        "Past visits whose texts still speak of the future": ["stale"],
    }


def test_treaties_that_nothing_was_heard_of_for_a_year_are_told(colleague: Colleague, hand_in: Door) -> None:
    long_ago, lately = (
        act("signed", "signed", "2020-05-04"),
        act("assent", "body_assented", "2026-03-01", party="AL"),
    )
    for slug, acts, other in (
        ("stuck", [long_ago], {}),
        ("moving", [long_ago, lately], {}),
        ("memo", [long_ago], {"binding": "non_binding"}),
        ("talks", [long_ago], {"kind": "dialogue_conclusion"}),
        ("theirs", [long_ago], {"collection": "others"}),
        ("done", [long_ago, act("in", "entry_into_force_asserted", "2021-03-01")], {}),
    ):
        hand_in("agreement", **agreement(*acts, slug=slug, title={"en": slug}, **other))

    assert concerns(colleague("ana", Role.editor)) == {
        "Ratifications of which nothing became known for a year": ["stuck"]
    }


def test_many_concerns_are_counted_and_failed_mails_told_to_administrators(
    colleague: Colleague, hand_in: Door, house: House
) -> None:
    hand_in("mission", **mission())
    for number in range(12):
        hand_in("office", **office(slug=f"o{number}", mission=mission()["slug"], hours_confirmed_on=None))
    chief, ana = colleague("chief", Role.administrator), colleague("ana", Role.editor)
    failed = letter("ana@example.org", "en", "Hello", "…", NOON)
    failed.failure = "refused"
    with house.database.quietly_writing() as writing:
        writing.add(failed)

    assert "and 2 more" in ana.told("/en/desk")
    assert "1 mail could not be sent; it is tried again" in chief.told("/en/desk")
    assert "could not be sent" not in ana.told("/en/desk")
