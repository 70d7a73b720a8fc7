"""Associations of people abroad: found by town, interest and name, reached through mailboxes of roles."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.core.facts import Refused
from tests.rooms import Door

PLACE = {"slug": "ghent", "title": {"en": "Ghent", "nl": "Gent"}, "country": "BE"}


def association(**other: Any) -> dict[str, Any]:
    """Return the facts of a reading circle."""
    return {
        "slug": "circle",
        "title": {"en": "Reading circle", "sq": "Rrethi i leximit"},
        "summary": {"en": "They read together."},
        "description": {"en": "Every month.\n\nAll are welcome."},
        "country": "BE",
        "place": "ghent",
        "interests": ["literature", "language"],
        "founded": "1999",
        "contacts": [
            {"purpose": {"en": "Membership"}, "mailbox": "members@circle.example"},
            {"mailbox": "info@circle.example"},
        ],
        "web": "https://circle.example/",
        "last_confirmed": "2026-01-15",
    } | other


@pytest.fixture(autouse=True)
def place(hand_in: Door) -> None:
    """A town."""
    hand_in("place", **PLACE)


def told(client: FlaskClient, path: str) -> str:
    """Return a page's main text, its white space folded."""
    page = client.get(path).get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def titles(client: FlaskClient, query: str = "") -> list[str]:
    """Return the names that the list shows."""
    return re.findall(r"<h2><a[^>]*>([^<]*)</a>", client.get(f"/en/associations{query}").text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Football club", "Reading circle"]),
        ("?place=ghent", ["Reading circle"]),
        ("?interest=sport", ["Football club"]),
        ("?q=leximit", ["Reading circle"]),
        ("?interest=sport&place=ghent", []),
    ],
)
def test_associations_are_found_by_town_interest_and_name(
    client: FlaskClient, hand_in: Door, query: str, found: list[str]
) -> None:
    hand_in("association", **association())
    club = {"title": {"en": "Football club"}, "place": None, "interests": ["sport", "sport"]}
    hand_in("association", **association(slug="club", **club))

    assert titles(client, query) == found


def test_an_interest_that_is_given_up_is_no_longer_found(client: FlaskClient, hand_in: Door) -> None:
    hand_in("association", **association())
    hand_in("association", **association(interests=["language", "women"]))

    found = [titles(client, f"?interest={interest}") for interest in ("literature", "language", "women")]

    assert found == [[], ["Reading circle"], ["Reading circle"]]


def test_a_page_tells_what_an_association_is_and_how_to_reach_it(client: FlaskClient, hand_in: Door) -> None:
    hand_in("association", **association())

    page, text = client.get("/en/associations/circle").text, told(client, "/en/associations/circle")

    assert "Town Ghent Country Belgium Interests Literature and Language Founded 1999" in text
    assert "Last confirmed 15 January 2026" in text
    assert "All are welcome." in text
    assert 'Membership: <a href="mailto:members@circle.example"><bdi>members@circle.example</bdi></a>' in page
    assert '<a href="/en/directory/places/ghent">Ghent</a>' in page
    there = client.get("/en/directory/places/ghent").text
    assert '<a href="/en/associations/circle">Reading circle</a>' in there


def test_a_bare_entry_says_what_is_not_known(client: FlaskClient, hand_in: Door) -> None:
    left_out = ("place", "interests", "founded", "contacts", "web", "last_confirmed", "description")
    hand_in("association", **association(**dict.fromkeys(left_out)))

    text = told(client, "/en/associations/circle")

    assert "No contact is known. The embassy may be able to help." in text
    assert "The association has not confirmed this entry yet." in text


def test_a_hidden_town_is_neither_named_nor_found(client: FlaskClient, hand_in: Door) -> None:
    hand_in("place", **PLACE | {"audience": "staff"})
    hand_in("association", **association())

    pages = [client.get(f"/en/associations{path}").text for path in ("", "/circle", ".json")]

    assert ["Ghent" in page for page in pages] == [False, False, False]
    assert titles(client, "?place=ghent") == []


def test_the_list_as_a_file_holds_what_was_asked_for(client: FlaskClient, hand_in: Door) -> None:
    hand_in("association", **association())

    held = json.loads(client.get("/en/associations.json?interest=language").text)["records"]

    assert [(one["title"], one["interests"], one["founded"]) for one in held] == [
        ("Reading circle", ["literature", "language"], "1999")
    ]


def test_a_mailbox_that_is_none_is_refused_by_name(hand_in: Callable[..., Any]) -> None:
    with pytest.raises(Refused) as refused:
        hand_in("association", **association(contacts=[{"mailbox": "circle.example"}]))

    assert str(refused.value) == "('contacts', 0, 'mailbox'): A mailbox such as consulate@example.org."


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    assert "No association matches Clear the filters" in told(client, "/en/associations?q=nothing")


def test_a_contact_that_nobody_agreed_to_show_is_left_out(client: FlaskClient, hand_in: Door) -> None:
    hidden = {"purpose": {"en": "President"}, "person": {"value": "Arta Dade"}}
    hand_in("association", **association(contacts=[hidden, {"mailbox": "info@circle.example"}]))

    text = told(client, "/en/associations/circle")

    assert ("President" in text, "Arta" in text, "info@circle.example" in text) == (False, False, True)


def test_a_file_handed_in_again_keeps_the_values_about_people(hand_in: Door) -> None:
    consent = {"given": "2026-05-03", "words": "On the website", "language": "en"}
    contacts = [{"person": {"value": "Arta Dade"} | consent, "phone": {"value": "+32 470 12 34 56"}}]

    records = [hand_in("association", **association(contacts=contacts)) for _time in range(2)]

    assert [record.version for record in records] == [1, 1]
