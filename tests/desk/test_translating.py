"""Texts beside their originals: what is shown, what changed since, and what is kept of it."""

import re
from typing import Any

import pytest

from embassy.core.access import Role
from tests.accounts.desk import Desk
from tests.consular.facts import closure, mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import Draft, begun, posted, posted_to, shown
from tests.events.facts import concert
from tests.rooms import Door
from tests.servers import NuChecker

NAMES = {"source": "en", "en": "Autumn concert", "sq": "Koncert vjeshte", "sr": "Концерт", "nl": "Concert"}
ONLY = {"summary": {"source": "sq", "sq": "Këngë."}, "place_note": {}, "description": {}}


@pytest.fixture
def eda(colleague: Colleague, hand_in: Door) -> Desk:
    """An editor at her desk, and a concert in four languages whose summary was written in Albanian."""
    hand_in("event", **concert(title=NAMES, **ONLY))
    return colleague("eda", Role.editor)


def into(desk: Desk, tag: str, slug: str = "concert", kind: str = "event") -> Draft:
    """Begin a translation from the board; the draft is sent from the page of that language."""
    led = posted_to(desk, f"/en/desk/records/{kind}/begin", slug=slug, into=tag)
    assert led.status_code == 303
    return Draft(desk, led.location)


def send(page: Draft, do: str, **fields: str) -> Any:
    """Send what stands beside the originals."""
    draft = Draft(page.desk, page.address.partition("/into/")[0])
    return draft.send(do, page=page.text, **fields)


def kept(desk: Desk) -> dict[str, Any]:
    """Return the facts of the latest change."""
    facts: dict[str, Any] = shown(desk.app.extensions["embassy"])["facts"]
    return facts


def marked(page: str) -> tuple[list[str], list[str]]:
    """Return what is marked as added and as removed."""
    return re.findall("<ins>(.*?)</ins>", page), re.findall("<del>(.*?)</del>", page)


def test_the_board_leads_to_the_texts_beside_their_originals(eda: Desk) -> None:
    page = eda.send("/en/desk/translations?language=de", to="/en/desk/records/event/begin")

    assert re.search(r"/en/desk/changes/[\w-]{36}/into/de$", page.location)
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", eda.get(page.location).text))
    assert "2 texts are not current" in text
    assert [words in text for words in ("Autumn concert", "Këngë.", "Missing")] == [True] * 3


def test_what_is_saved_stands_in_that_language_and_nothing_else_changes(eda: Desk) -> None:
    page = into(eda, "de")
    before = kept(eda)

    led = send(page, "save", **{"title.de": "Herbstkonzert", "summary.de": "Lieder.", "title.en": "Forged"})

    assert led.location == page.address
    after = kept(eda)
    assert after["title"] == before["title"] | {"de": "Herbstkonzert"}
    assert after["summary"] == before["summary"] | {"de": "Lieder."}
    assert after == before | {"title": after["title"], "summary": after["summary"]}
    assert "Every text is current." in eda.told(page.address)


def test_a_translation_is_handed_in_and_published_by_a_colleague(eda: Desk, besa: Desk) -> None:
    page = into(eda, "fr")

    led = send(
        page, "submit", why="En français", **{"title.fr": "Concert d’automne", "summary.fr": "Chants."}
    )
    Draft(besa, led.location).send("approve", "/decision")

    assert led.location == page.address.partition("/into/")[0]
    assert "Concert d’automne" in eda.client.get("/fr/events/concert").text
    assert shown(eda.app.extensions["embassy"])["why"] == "En français"


def test_a_translation_going_on_is_the_translators_own_draft(eda: Desk, colleague: Colleague) -> None:
    first = into(eda, "de")
    other = into(colleague("ilir", Role.editor), "de")

    assert into(eda, "fr").address == first.address.replace("/into/de", "/into/fr")
    assert other.address != first.address


def test_what_changed_in_the_original_is_marked_until_the_translation_follows(eda: Desk, besa: Desk) -> None:
    change = begun(eda, slug="concert")
    change.send("submit", **{"title.en": "Winter concert"})
    change.at(besa).send("approve", "/decision")
    page = into(eda, "sq")

    was = page.text
    send(page, "save", **{"title.nl": "Winterconcert", "title.sq": "Koncert dimri"})

    assert marked(was) == (["Winter"], ["Autumn"])
    assert marked(page.text) == ([], [])
    assert kept(eda)["title"]["states"] == {"nl": "outdated", "sr": "outdated"}


def test_a_translation_that_still_holds_is_current_again(eda: Desk) -> None:
    begun(eda, slug="concert").send("save", **{"title.en": "Autumn concerts"})
    page = into(eda, "sr")

    assert marked(page.text) == (["concerts"], ["concert"])
    send(page, "save", **{"title.holds": "sr"})

    assert kept(eda)["title"]["states"] == {"sq": "outdated", "nl": "outdated"}


def test_one_that_is_not_finished_says_so_and_an_emptied_one_is_missing(eda: Desk) -> None:
    page = into(eda, "nl")
    send(page, "save", **{"title.drafts": "nl"})
    half = kept(eda)["title"]["states"]
    send(page, "save", **{"title.nl": " ", "title.drafts": "nl"})

    assert half == {"nl": "draft"}
    assert "nl" not in kept(eda)["title"]
    assert "states" not in kept(eda)["title"]


def test_serbian_in_latin_letters_shows_what_is_derived_and_can_be_written_by_hand(eda: Desk) -> None:
    page = into(eda, "sr-Latn")

    assert '<p class="hint" id="title.sr-Latn-derived" lang="sr-Latn" dir="ltr">Koncert</p>' in page.text
    send(page, "save", **{"title.sr-Latn": "Koncert u jesen"})

    assert kept(eda)["title"]["sr-Latn"] == "Koncert u jesen"
    assert "derived" not in page.text


def test_parts_are_found_in_earlier_versions_by_their_identity(eda: Desk, hand_in: Door) -> None:
    hand_in("mission", **mission())
    closures = [
        closure("2026-12-01", "") | {"reason": {"source": "en", "en": words, "sq": words}}
        for words in ("Flood", "Strike")
    ]
    hand_in("office", **office(slug="brussels", mission=mission()["slug"], closures=closures))
    change = begun(eda, "office", slug="brussels")
    change.send("save", **{"closures.1.reason.en": "General strike", "closures.7.reason.en": "Moving"})
    change.send("", less="closures.0")

    page = into(eda, "sq", "brussels", "office").text

    assert marked(page) == (["General strike"], ["Strike"])
    assert "Moving" in page


def test_a_new_record_has_no_version_to_compare_with(eda: Desk) -> None:
    change = begun(eda, "place")
    change.send("save", **{"title.en": "Tirana", "title.sq": "Tiranë"})
    change.send("save", **{"title.en": "Tirana city"})

    page = eda.get(f"{change.address}/into/sq").text

    assert marked(page) == ([], [])
    assert "The original has changed; this translation still holds" in page


def test_a_draft_without_texts_says_what_to_do(eda: Desk) -> None:
    change = begun(eda, "place")

    assert "Nothing to translate" in eda.told(f"{change.address}/into/sq")


def test_what_is_refused_is_shown_in_the_whole_form_and_nothing_is_kept(eda: Desk) -> None:
    page = into(eda, "de")
    before = kept(eda)

    refused = send(page, "submit", **{"title.de": "x" * 400})

    assert refused.status_code == 422
    assert "x" * 400 in refused.text
    assert kept(eda) == before


def test_what_somebody_else_saved_meanwhile_is_shown_beside_it(eda: Desk, colleague: Colleague) -> None:
    page = into(eda, "de")
    opened = page.text
    ilir = colleague("ilir", Role.editor)
    Draft(ilir, page.address.partition("/into/")[0]).send("save", **{"title.de": "Konzert im Herbst"})

    late = Draft(eda, page.address.partition("/into/")[0]).send(
        "save", page=opened, **{"title.de": "Herbstkonzert"}
    )

    assert late.status_code == 409
    assert [words in late.text for words in ("Konzert im Herbst", "Herbstkonzert")] == [True, True]
    assert kept(eda)["title"]["de"] == "Konzert im Herbst"


@pytest.mark.parametrize("tag", ["xx", "source", "states"])
def test_a_language_that_is_not_offered_has_no_page_and_takes_no_texts(eda: Desk, tag: str) -> None:
    page = into(eda, "de")
    draft = Draft(eda, page.address.partition("/into/")[0])
    before = kept(eda)

    answers = (
        eda.get(f"{draft.address}/into/{tag}").status_code,
        posted(draft, "", do="save", into=tag, **{f"title.{tag}": "en"}).status_code,
        posted_to(eda, "/en/desk/records/event/begin", slug="concert", into=tag).status_code,
    )

    assert answers == (404, 400, 400)
    assert kept(eda) == before


def test_what_may_not_be_written_leads_to_its_page(eda: Desk, colleague: Colleague) -> None:
    page = into(eda, "de")
    address = page.address.partition("/into/")[0]
    ana = colleague("ana", Role.contributor)

    led = ana.get(page.address)

    assert (led.status_code, led.location) == (303, address)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_page_is_valid_html(eda: Desk, tag: str, nu_checker: NuChecker) -> None:
    page = into(eda, "sr-Latn")

    assert nu_checker.complaints(eda.get(page.address.replace("/en/", f"/{tag}/")).text) == []
