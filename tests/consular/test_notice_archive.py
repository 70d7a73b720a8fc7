"""The page of a notice and the archive of all of them, for people and for programs."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.core.facts import Refused
from tests.consular.facts import at, mission, notice, of, part, words
from tests.rooms import Door

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of a Tuesday, standing still."""
    with time_machine.travel(at("2026-07-14T12:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def posts(hand_in: Door) -> None:
    """Two missions."""
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="other", title={"en": "Zagreb"}, host="HR", accreditations=[]))


def test_the_page_of_a_notice_tells_it_once_with_what_changed(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="secret", title={"en": "Secret post"}, audience="staff"))
    updates = [{"at": "2026-07-14T11:00Z", "told": {"en": "The mailbox was wrong."}}]
    hand_in("notice", **notice(missions=of("embassy", "secret"), updates=updates, source="A ministry"))

    page = client.get("/en/consular/notices/notice").text

    assert '<section class="notices"' not in page
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
