"""Which agreements one amends, replaces or carries out, told on the pages of both."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.agreements.facts import SIGNED, agreement
from tests.agreements.parts import (
    HIDDEN,
    PAGE,
    section,
)

Door = Callable[..., Record]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("kind", "there", "back"),
    [
        ("amends", "Amends", "Amended by"),
        ("supplements", "Supplements", "Supplemented by"),
        ("implements", "Implements", "Implemented by"),
        ("supersedes", "Supersedes", "Superseded by"),
        ("terminates", "Terminates", "Terminated by"),
        ("suspends", "Suspends", "Suspended by"),
        ("extends", "Extends", "Extended by"),
        ("succeeds", "Succeeds", "Succeeded by"),
    ],
)
def test_a_relation_is_told_on_both_pages_in_the_words_of_each(
    client: FlaskClient, hand_in: Door, kind: str, there: str, back: str
) -> None:
    hand_in("agreement", **agreement(slug="treaty", title={"en": "Treaty of seas"}))
    hand_in("agreement", **agreement(relations=[{"kind": kind, "other": "treaty"}]))

    pages = [client.get(f"/en/agreements/{slug}").text for slug in ("pact", "treaty")]

    told = [section(page, "Related agreements") for page in pages]
    assert told == [f"This agreement {there} Treaty of seas", f"This agreement {back} Pact on rivers"]
    assert '<span><a href="/en/agreements/treaty">Treaty of seas</a></span></p></li>' in pages[0]


def test_relations_stand_by_kind_and_are_told_of_today_alone(client: FlaskClient, hand_in: Door) -> None:
    for slug in ("a", "b", "c"):
        hand_in("agreement", **agreement(slug=slug, title={"en": f"Treaty {slug}"}))
    related = [("succeeds", "c"), ("amends", "b"), ("succeeds", "a")]
    hand_in("agreement", **agreement(relations=[{"kind": kind, "other": slug} for kind, slug in related]))

    now, then = (client.get(f"{PAGE}{query}").text for query in ("", "?known=2026-11-21"))

    assert section(now, "Related agreements") == "This agreement Amends Treaty b Succeeds Treaty c Treaty a"
    assert section(then, "Related agreements") == ""


def test_the_lines_of_the_tree_start_where_the_language_does(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(slug="treaty", title={"en": "Treaty of seas"}))
    hand_in("agreement", **agreement(relations=[{"kind": "amends", "other": "treaty"}]))

    pages = [client.get(f"/{tag}/agreements/pact").text for tag in ("en", "ar")]

    marks = [re.findall(r'<circle class="(\w+)" cx="(\d+)"', page) for page in pages]
    widths = [re.findall(r'<svg class="drawn" width="(\d+)" aria-hidden="true">', page) for page in pages]
    assert marks == [[("own", "10"), ("other", "50")], [("own", "10"), ("other", "10")]]
    assert widths == [["20", "40", "60"]] * 2


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_relative_that_readers_may_not_find_is_told_in_neither_direction(
    client: FlaskClient, hand_in: Door, hidden: dict[str, Any]
) -> None:
    wombat = {"slug": "wombat", "title": {"en": "Wombat treaty"}}
    back = [{"kind": "extends", "other": "pact"}]
    hand_in("agreement", **agreement(SIGNED))
    before = client.get(PAGE).text
    hand_in("agreement", **agreement(**wombat, relations=back, **hidden))

    page = client.get(PAGE).text
    hand_in("agreement", **agreement(SIGNED, relations=[{"kind": "amends", "other": "wombat"}]))

    assert (page, client.get(PAGE).text) == (before, before)
    for path in ("/en/agreements.json", "/en/agreements", "/ar/agreements/pact"):
        assert "wombat" not in client.get(path).text.lower()


def test_search_engines_learn_which_agreements_one_changes(client: FlaskClient, hand_in: Door) -> None:
    for slug in ("a", "b", "c"):
        hand_in("agreement", **agreement(slug=slug, title={"en": f"Treaty {slug}"}))
    related = [("supersedes", "a"), ("terminates", "b"), ("succeeds", "c"), ("amends", "c")]
    hand_in("agreement", **agreement(relations=[{"kind": kind, "other": slug} for kind, slug in related]))
    page = client.get(PAGE).text

    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])

    def said(slug: str) -> dict[str, str]:
        url = f"https://embassy.example/en/agreements/{slug}"
        return {"@type": "Legislation", "name": f"Treaty {slug}", "url": url}

    assert {
        name: value for name, value in told.items() if name in ("legislationAmends", "legislationRepeals")
    } == {
        "legislationAmends": [said("c")],
        "legislationRepeals": [said("a"), said("b")],
    }
