"""What a page says of itself: addresses, translations, the furniture around it."""

import pytest
from flask import Flask

from embassy.core.text import Localized, Translation
from embassy.web.page import Page, absolute, address, furniture
from tests.rooms import ADDRESS


def told(site: Flask, where: str, page: Page) -> tuple[str, dict[str, str]]:
    """Return a page's canonical address and those of its real translations."""
    with site.test_request_context(where, base_url=ADDRESS):
        site.preprocess_request()
        return page.canonical, {one.language.tag: one.url for one in page.alternates}


def test_a_page_of_our_own_words_exists_in_every_language(site: Flask) -> None:
    canonical, alternates = told(
        site, "/sq/events?page=2&q=a+b&utm=1", Page("Events", "What is on.", queries=("q", "page"))
    )

    assert canonical == f"{ADDRESS}/sq/events?q=a+b&page=2"
    assert alternates == {
        tag: f"{ADDRESS}/{tag}/events?q=a+b&page=2"
        for tag in ("sq", "en", "fr", "nl", "de", "sr", "sr-Latn", "ar")
    }


def test_a_record_exists_in_the_languages_it_is_written_in(site: Flask) -> None:
    text = Localized("sr", {"sr": "Љубав", "fr": "Amour", "en": "Love"}, {"en": Translation.draft})

    found = {
        tag: told(site, f"/{tag}/events/love", Page("Love", "", text=text)) for tag in ("fr", "de", "sr-Latn")
    }

    alternates = {tag: f"{ADDRESS}/{tag}/events/love" for tag in ("fr", "sr", "sr-Latn")}
    assert found == {
        "fr": (f"{ADDRESS}/fr/events/love", alternates),
        "de": (f"{ADDRESS}/sr/events/love", alternates),
        "sr-Latn": (f"{ADDRESS}/sr-Latn/events/love", alternates),
    }


def test_the_language_of_the_page_is_marked_in_the_switch(site: Flask) -> None:
    with site.test_request_context("/fr/", base_url=ADDRESS):
        site.preprocess_request()
        current = [one.language.tag for one in Page("", "").languages if one.current]

    assert current == ["fr"]


def test_a_hostile_path_stays_a_path(site: Flask) -> None:
    canonical, _alternates = told(site, "/en/events/%22%3E%3Cscript%3E%3Fa=b", Page("", ""))

    assert canonical == f"{ADDRESS}/en/events/%22%3E%3Cscript%3E%3Fa%3Db"


@pytest.mark.parametrize("tag", ["en", "sr-Latn", "ar"])
def test_the_address_of_a_record_is_in_the_language_of_the_page(site: Flask, tag: str) -> None:
    with site.test_request_context(f"/{tag}/", base_url=ADDRESS):
        site.preprocess_request()
        found = [absolute(address("events.show", slug)) for slug in ("gala", "fair")]

    assert found == [f"{ADDRESS}/{tag}/events/{slug}" for slug in ("gala", "fair")]


def test_the_menu_marks_the_room_one_is_in(site: Flask) -> None:
    marked = {}
    for where in ("/en/events/concert", "/en/search", "/en/nothing"):
        with site.test_request_context(where, base_url=ADDRESS):
            site.preprocess_request()
            marked[where] = [room["url"] for room in furniture()["rooms"] if room["current"]]

    assert marked == {"/en/events/concert": ["/en/events"], "/en/search": [], "/en/nothing": []}
