"""Translations: their state follows from what is written, and the board shows what lags behind."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.core.access import Role
from tests.accounts.desk import Desk
from tests.desk.conftest import Colleague
from tests.desk.drafts import begun, shown
from tests.events.facts import concert
from tests.rooms import Door
from tests.servers import NuChecker

BOARD = "/en/desk/translations"
NAMES = {"source": "en", "en": "Concert", "sq": "Koncert", "fr": "Concert", "sr": "Концерт"}
ALL = dict.fromkeys(("en", "sq", "fr", "nl", "de", "sr", "ar"), "…")


@pytest.fixture
def eda(colleague: Colleague, hand_in: Door) -> Desk:
    """An editor at her desk, and a concert in four languages."""
    hand_in("event", **concert(title=NAMES, summary={"source": "en"} | ALL, place_note={}, description={}))
    return colleague("eda", Role.editor)


def rows(desk: Desk, query: str) -> dict[str, dict[str, str]]:
    """Return the titles that the board lists, each with its standing by language."""
    page = desk.get(f"{BOARD}?{query}").text
    found: dict[str, dict[str, str]] = {}
    for part in page.split("<h2>")[1:]:
        title = re.search(r">([^<]+)</a>", part)
        marks = re.findall(
            r'<li class="small"><span lang="([\w-]+)".*?<span>([^<]+)</span></span></li>', part, re.S
        )
        if title and marks:
            found[title[1]] = dict(marks)
    return found


def test_the_board_shows_how_a_record_stands_in_each_language(eda: Desk) -> None:
    assert rows(eda, "language=nl") == {
        "Concert": {
            "en": "Current", "sq": "Current", "fr": "Current", "sr": "Current", "sr-Latn": "Current",
            "nl": "Missing", "de": "Missing", "ar": "Missing",
        }
    }  # fmt: skip
    assert rows(eda, "language=sq") == {}
    assert "Nothing lags behind" in eda.told(f"{BOARD}?language=sr-Latn")


def test_it_is_narrowed_by_kind_and_standing(eda: Desk, hand_in: Door) -> None:
    states = {"sq": "draft", "fr": "outdated"}
    ball = {"title": NAMES | {"en": "Ball", "states": states}, "summary": {"source": "en"} | ALL}
    hand_in("event", **concert(slug="b", **ball, place_note={}, description={}))
    hand_in("place", slug="c", title={"en": "Centre"}, country="BE")

    assert [set(rows(eda, query)) for query in (
        "language=sq&kind=event", "language=fr&standing=outdated", "language=sq&standing=draft",
        "language=ar&kind=place", "language=en&standing=current",
    )] == [{"Ball"}, {"Concert"}, {"Ball"}, {"Centre"}, {"Ball", "Concert", "Centre"}]  # fmt: skip


def test_the_first_page_of_the_desk_counts_what_is_outdated_in_its_language(eda: Desk, hand_in: Door) -> None:
    told = "1 record has an outdated text in this language"
    stands = eda.told("/en/desk"), eda.told("/fr/desk")
    late = {"title": {"source": "fr", "fr": "Bal", "en": "Ball", "states": {"en": "outdated"}}}
    hand_in("event", **concert(slug="b", **late, place_note={}, description={}))

    page = eda.get("/en/desk").text

    assert [told in one for one in stands] == [False, False]
    assert f'<a href="{BOARD}?standing=outdated">{told}</a>' in page
    assert "standing=outdated" not in eda.get("/fr/desk").text
    assert set(rows(eda, "standing=outdated")) == {"Ball"}


@pytest.mark.parametrize("query", ["language=xx", "kind=treaty", "standing=late"])
def test_a_wish_that_no_list_offers_is_refused_in_words(eda: Desk, query: str) -> None:
    refused = eda.get(f"{BOARD}?{query}")

    assert refused.status_code == 400
    assert "Go back and choose one" in refused.text


def test_the_board_goes_on_page_after_page_with_its_filters(eda: Desk, hand_in: Door) -> None:
    for number in range(55):
        hand_in("place", slug=f"p{number}", title={"en": f"Place {number:02}"}, country="BE")

    first = eda.get(f"{BOARD}?language=de&kind=place").text
    following = re.search(r'href="(/en/desk/translations\?[^"]*page=2[^"]*)"', first)
    assert following is not None
    second = rows(eda, following[1].replace("&amp;", "&").split("?")[1])

    assert "55 records" in first
    assert set(second) == {f"Place {number}" for number in range(50, 55)}


def states(eda: Desk) -> Any:
    """Return the states of the title's translations in the latest change."""
    return shown(eda.app.extensions["embassy"])["facts"]["title"].get("states")


def test_a_new_original_makes_translations_outdated_until_they_follow_or_hold(eda: Desk) -> None:
    draft = begun(eda, slug="concert")
    found = []
    draft.send("save", **{"title.en": "Gala", "title.sq": "Gala"})
    found.append(states(eda))
    draft.send("save")
    found.append(states(eda))
    draft.send("save", **{"title.holds": "fr"})
    found.append(states(eda))
    draft.send("save", **{"title.sr": "Гала"})
    found.append(states(eda))

    assert found == [
        {"fr": "outdated", "sr": "outdated"},
        {"fr": "outdated", "sr": "outdated"},
        {"sr": "outdated"},
        None,
    ]


def test_a_translation_that_is_not_finished_stays_unseen(
    eda: Desk, colleague: Colleague, client: FlaskClient
) -> None:
    besa = colleague("besa", Role.approver)
    draft = begun(eda, slug="concert")
    draft.send("submit", **{"title.nl": "Half vertaald", "title.drafts": "nl"})
    draft.at(besa).send("approve", "/decision")

    assert states(eda) == {"nl": "draft"}
    assert "Half vertaald" not in client.get("/nl/events/concert").text
    assert rows(eda, "language=nl")["Concert"]["nl"] == "Not finished"
    again = begun(eda, slug="concert")
    again.send("save")
    assert states(eda) == {"nl": "draft"}
    begun(eda, slug="concert").send("save", **{"title.nl": "Concert", "title.drafts": ""})
    assert states(eda) is None


def test_parts_keep_the_states_of_their_texts_too(eda: Desk, hand_in: Door) -> None:
    post = {"source": "en", "en": "Minister", "sq": "Ministër"}
    hand_in("person", slug="besa", title={"en": "Besa"}, appointments=[{"post": post}, {"post": post}])
    draft = begun(eda, "person", slug="besa")

    draft.send("save", **{"appointments.0.post.en": "Foreign Minister"})

    kept = shown(eda.app.extensions["embassy"])["facts"]["appointments"]
    assert [one["post"].get("states") for one in kept] == [{"sq": "outdated"}, None]


def test_whoever_does_not_write_sees_the_board_without_a_pen(eda: Desk, colleague: Colleague) -> None:
    besa = colleague("besa", Role.approver)

    assert ["Translate" in desk.told(f"{BOARD}?language=nl") for desk in (eda, besa)] == [True, False]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_board_is_valid_html(eda: Desk, tag: str, nu_checker: NuChecker) -> None:
    draft = begun(eda, slug="concert")
    draft.send("save", **{"title.en": "Gala"})
    form = draft.text

    pages = [form, eda.get(f"/{tag}/desk/translations?language=nl").text]
    assert [nu_checker.complaints(page) for page in pages] == [[], []]
    assert "The original has changed; this translation still holds" in form
