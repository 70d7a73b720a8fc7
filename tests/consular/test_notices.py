"""Notices: on the pages they concern from their beginning to their end, and in an archive for good."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from embassy.app import build
from embassy.consular.notice_queries import standing
from embassy.core.facts import Refused
from embassy.web.house import House
from tests import rooms
from tests.consular.facts import at, mission, notice, of, office, part, words
from tests.events.facts import concert
from tests.plans import plans
from tests.rooms import Door

NINE, SIX = at("2026-07-14T09:00"), at("2026-07-14T18:00")
PLACES = {
    "front": "/en/",
    "list": "/en/consular",
    "mission": "/en/consular/missions/embassy",
    "office": "/en/consular/office",
    "other mission": "/en/consular/missions/other",
    "other office": "/en/consular/zagreb",
    "its event": "/en/events/fair",
    "an event": "/en/events/concert",
    "agreements": "/en/agreements",
    "search": "/ar/search?q=word",
}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of a Tuesday, standing still."""
    with time_machine.travel(at("2026-07-14T12:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def posts(house: House, hand_in: Door) -> None:
    """Two missions with an office each, and an event of the first."""
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="other", title={"en": "Zagreb"}, host="HR", accreditations=[]))
    # The front page shows three offices, by their names.
    for name in ("office", "second", "third"):
        hand_in("office", **office(slug=name))
    hand_in("office", **office(slug="zagreb", mission="other", title={"en": "Zagreb"}))
    hand_in("event", **concert())
    number = hand_in("event", **concert(slug="fair")).id
    owned = text("UPDATE record SET owner_id = (SELECT id FROM record WHERE slug = 'embassy') WHERE id = :id")
    with house.database.writing() as session:
        session.execute(owned, {"id": number})


def banner(client: FlaskClient, path: str) -> str:
    """Return what stands above a page."""
    answer = client.get(path)
    assert answer.status_code == 200
    return part(answer.text, '<section class="notices"', "</section>").partition("> ")[2]


def bearing(client: FlaskClient) -> set[str]:
    """Return the places above which a notice stands."""
    return {name for name, path in PLACES.items() if banner(client, path)}


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(
    ("facts", "places"),
    [
        ({}, set(PLACES)),
        ({"missions": of("embassy", "other"), "level": "emergency"}, set(PLACES)),
        (
            {"missions": of("embassy"), "level": "emergency"},
            {"front", "list", "mission", "office", "its event"},
        ),
        ({"missions": of("embassy"), "level": "security"}, {"front", "mission", "office"}),
        ({"missions": of("other"), "level": "service_change"}, {"other mission", "other office"}),
        ({"missions": of("other"), "level": "emergency"}, {"list", "other mission", "other office"}),
        ({"begins": "2026-07-14T12:00:01Z"}, set()),
        ({"ends": "2026-07-14T12:00Z"}, set()),
        ({"ends": ""}, set(PLACES)),
        ({"audience": "staff"}, set()),
        ({"shown_from": "2026-07-14T12:01Z"}, set()),
        ({"publication": "archived"}, set()),
        ({"publication": "withdrawn", "reason": "A mistake."}, set()),
    ],
)
def test_a_notice_stands_on_the_pages_it_concerns(
    client: FlaskClient, hand_in: Door, facts: dict[str, object], places: set[str]
) -> None:
    hand_in("notice", **notice(**facts))

    assert bearing(client) == places


@pytest.mark.parametrize("hidden", [{"audience": "staff"}, {"shown_from": "2026-07-14T12:01Z"}])
def test_an_emergency_of_the_only_mission_there_is_stands_on_every_page(
    client: FlaskClient, hand_in: Door, hidden: dict[str, str]
) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="hidden", **hidden))
    hand_in("notice", **notice(missions=of("embassy"), level="emergency"))

    found = {path: bool(banner(client, path)) for path in ("/en/agreements", "/sq/events", "/ar/search")}

    assert found == dict.fromkeys(found, True)


def test_kept_answers_show_and_drop_notices_in_time(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    paths = ("/en/", "/en/agreements", "/sr/events", "/en/consular/notices")
    clock.move_to(NINE - timedelta(seconds=40))
    for path in paths:
        client.get(path)
    hand_in("notice", **notice(level="emergency"))
    seen = []
    for moment in (NINE - timedelta(seconds=1), NINE, SIX - timedelta(seconds=1), SIX):
        clock.move_to(moment)
        found = {path: client.get(path) for path in paths}
        seen.append([(bool(banner(client, path)), found[path].headers["Cache-Control"]) for path in paths])

    assert seen == [
        [(False, "public, max-age=1")] * 4,
        [(True, "public, max-age=30")] * 4,
        [(True, "public, max-age=1")] * 4,
        [(False, "public, max-age=30")] * 4,
    ]


def test_an_emergency_shows_at_once_when_it_is_published_over_kept_answers(
    client: FlaskClient, hand_in: Door
) -> None:
    before = banner(client, "/en/agreements")

    hand_in("notice", **notice(level="emergency"))
    told = banner(client, "/en/agreements")
    hand_in("notice", **notice(level="emergency", publication="withdrawn", reason="It is over."))

    assert (before, banner(client, "/en/agreements")) == ("", "")
    assert told == (
        "Emergency Until: Tuesday, 14 July 2026, 20:00 Lines are down Nobody answers the telephone."
    )


def test_an_embargo_on_a_notice_ends_without_a_write_and_no_header_tells_when(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("notice", **notice(shown_from="2026-07-14T12:00:07Z"))
    hidden = client.get("/en/agreements")
    clock.shift(timedelta(seconds=7))

    assert hidden.headers["Cache-Control"] == "public, max-age=30"
    assert (words(hidden.text).count("Lines are down"), bool(banner(client, "/en/agreements"))) == (0, True)


def test_what_presses_most_stands_first(client: FlaskClient, hand_in: Door) -> None:
    levels = {"a": "information", "b": "emergency", "c": "service_change", "d": "security", "e": "emergency"}
    for hour, (slug, level) in enumerate(levels.items(), 1):
        hand_in("notice", **notice(slug=slug, level=level, begins=f"2026-07-14T0{hour}:00Z"))

    page = client.get("/en/agreements").text

    assert re.findall(r'<a href="/en/consular/notices/(.)">', page) == ["e", "b", "d", "c", "a"]
    assert re.findall(r'<div class="notice (\w+)">', page) == ["alarm", "alarm", "stop", "soon", "asked"]
    assert part(page, '<section class="notices"', "</section>").count("Nobody answers") == 3


def test_the_page_of_a_notice_tells_it_once_with_what_changed(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="secret", title={"en": "Secret post"}, audience="staff"))
    updates = [{"at": "2026-07-14T11:00Z", "told": {"en": "The mailbox was wrong."}}]
    hand_in("notice", **notice(missions=of("embassy", "secret"), updates=updates, source="A ministry"))

    page = client.get("/en/consular/notices/notice").text

    assert banner(client, "/en/consular/notices/notice") == ""
    assert part(page, "<main", "</main>").partition("Lines are down ")[2].partition("Lines are down ")[2] == (
        "Facts From Tuesday, 14 July 2026, 11:00 Until Tuesday, 14 July 2026, 20:00 "
        "Missions Embassy of Albania Published Tuesday, 14 July 2026, 14:00 Source A ministry "
        "On the clocks of Europe/Brussels. Nobody answers the telephone. Write to us. "
        "What changed Tuesday, 14 July 2026, 13:00 The mailbox was wrong. All notices"
    )
    assert "Secret post" not in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"begins": "2026-07-14T13:00Z"}, "This notice is about a time to come"),
        ({"ends": "2026-07-14T11:00Z"}, "This notice is over"),
        ({"ends": ""}, "Until Until further notice Missions All missions"),
        ({"publication": "withdrawn", "reason": "A mistake."}, "This notice was withdrawn A mistake."),
    ],
)
def test_the_page_of_a_notice_says_when_it_stands(
    client: FlaskClient, hand_in: Door, facts: dict[str, str], said: str
) -> None:
    hand_in("notice", **notice(**facts))

    assert said in words(client.get("/en/consular/notices/notice").text)


def test_a_changed_notice_says_since_when(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("notice", **notice())
    clock.shift(timedelta(hours=1))
    hand_in("notice", **notice(level="security"))

    assert "Last changed Tuesday, 14 July 2026, 15:00" in words(
        client.get("/en/consular/notices/notice").text
    )


def test_search_engines_read_a_notice(client: FlaskClient, hand_in: Door) -> None:
    hand_in("notice", **notice())
    hand_in("notice", **notice(slug="open", ends=""))

    found = [client.get(f"/en/consular/notices/{slug}").text for slug in ("notice", "open")]

    bounded, unbounded = (json.loads(one.partition('ld+json">')[2].partition("</")[0]) for one in found)
    assert bounded == {
        "@context": "https://schema.org",
        "@type": "SpecialAnnouncement",
        "name": "Lines are down",
        "text": "Nobody answers the telephone.\n\nWrite to us.",
        "inLanguage": "en",
        "datePosted": "2026-07-14T12:00:00+00:00",
        "expires": "2026-07-14T18:00:00+00:00",
        "url": "https://embassy.example/en/consular/notices/notice",
    }
    assert "expires" not in unbounded


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ahead", "now", "all", "over"]),
        ("?when=current", ["now", "all"]),
        ("?when=ahead", ["ahead"]),
        ("?when=past", ["over"]),
        ("?level=security", ["now"]),
        ("?mission=embassy", ["now", "all"]),
        ("?q=OVER", ["over"]),
        ("?q=nothing", []),
    ],
)
def test_the_archive_is_filtered(client: FlaskClient, hand_in: Door, query: str, found: list[str]) -> None:
    several: dict[str, dict[str, Any]] = {
        "ahead": {"begins": "2026-07-14T13:00Z", "missions": of("other")},
        "now": {"begins": "2026-07-14T10:00Z", "missions": of("embassy"), "level": "security"},
        "all": {"ends": ""},
        "over": {"begins": "2026-07-01T09:00Z", "ends": "2026-07-02T09:00Z", "missions": of("other")},
    }
    for slug, facts in several.items():
        hand_in("notice", **notice(slug=slug, headline={"en": slug}, **facts))

    page = client.get(f"/en/consular/notices{query}").text.partition("<main")[2]
    table = client.get(f"/en/consular/notices.json{query}").get_json()

    assert re.findall(r'<h2><a href="[^"]+">([^<]+)</a>', page) == found
    assert [record["headline"] for record in table["records"]] == found
    assert re.findall(r'<option value="(embassy|other)"', page) == ["embassy", "other"]


def test_an_empty_archive_says_what_to_do(client: FlaskClient) -> None:
    empty, unmatched = (
        words(client.get(f"/en/consular/notices{query}").text) for query in ("", "?when=past")
    )

    assert "There is no notice Opening hours and closures stand on the page of each office." in empty
    assert "No notice matches Clear the filters to see all of them." in unmatched


def test_programs_get_the_notices(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="secret", audience="staff"))
    stored = hand_in("notice", **notice(missions=of("embassy", "secret")))

    (record,) = client.get("/en/consular/notices.json").get_json()["records"]
    told = client.get("/en/consular/notices.atom?level=information").data
    feed = fromstring(told)  # noqa: S314 - our own

    assert record == {
        "uid": str(stored.uid),
        "url": "https://embassy.example/en/consular/notices/notice",
        "headline": "Lines are down",
        "body": "Nobody answers the telephone.\n\nWrite to us.",
        "level": "information",
        "begins": "2026-07-14T09:00:00+00:00",
        "ends": "2026-07-14T18:00:00+00:00",
        "missions": ["embassy"],
    }
    (entry,) = feed.iter(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "published", "updated")] == [
        stored.uid.urn,
        "Lines are down",
        "2026-07-14T12:00:00Z",
        "2026-07-14T12:00:00Z",
    ]
    assert {one.get("href") for one in feed.findall(f"{ATOM}link")} == {
        "https://embassy.example/en/consular/notices.atom?level=information",
        "https://embassy.example/en/consular/notices?level=information",
    }


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"ends": "2026-07-14T09:00Z"}, ("ends",)),
        ({"missions": of("embassy", "embassy")}, ("missions", 1, "mission")),
    ],
)
def test_what_does_not_fit_together_is_refused(
    hand_in: Door, facts: dict[str, object], path: tuple[object, ...]
) -> None:
    hand_in("mission", **mission())

    with pytest.raises(Refused) as refused:
        hand_in("notice", **notice(**facts))

    assert [refusal.path for refusal in refused.value.refusals] == [path]


def test_the_database_keeps_the_order_of_moments(house: House, hand_in: Door) -> None:
    number = hand_in("notice", **notice()).id

    with pytest.raises(IntegrityError, match="in_order"), house.database.writing() as session:
        session.execute(text("UPDATE notice SET ends = begins WHERE id = :id"), {"id": number})


def test_a_page_asks_once_for_its_notices_however_many(
    app: Flask, client: FlaskClient, hand_in: Door, queries: Callable[[], list[str]]
) -> None:
    def asked() -> list[str]:
        app.extensions["embassy.freshness"].store.answers.clear()
        client.get("/en/agreements")
        return [statement for statement in queries() if " notice" in statement]

    hand_in("mission", **mission())
    hand_in("notice", **notice())
    at_one = asked()
    for slug in ("second", "third"):
        hand_in("notice", **notice(slug=slug, missions=of("embassy")))

    assert (len(at_one), asked()) == (1, at_one)


def test_no_page_looks_through_the_archive_for_its_notices(sqlite_url: str, tmp_path: Path) -> None:
    house = build(rooms.settings(tmp_path, sqlite_url))

    with plans(house) as found, house.database.reading() as session:
        session.execute(standing(), {"now": NINE}).unique().all()
    house.database.dispose()

    (steps,) = found.values()
    assert [step for step in steps if step.startswith(("SEARCH", "SCAN"))] == [
        "SEARCH notice USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH notice USING COVERING INDEX ix_notice_ends (ends=?)",
        "SEARCH notice USING COVERING INDEX ix_notice_ends (ends>?)",
        "SEARCH record USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH notice_mission_1 USING INDEX ix_notice_mission_notice_id (notice_id=?) LEFT-JOIN",
        "SEARCH record USING INDEX ix_record_record_kind_publication_shown_from (record_kind=?)",
        "SEARCH notice_mission USING INDEX ix_notice_mission_notice_id (notice_id=?)",
    ]
