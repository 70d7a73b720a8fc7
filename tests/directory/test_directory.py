"""Who is who: found by any name, shown with what speaks of it, on both kinds of database."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from embassy.core.facts import Refused
from embassy.directory.models import Place
from embassy.web.house import House
from tests.directory.facts import organisation, person, place
from tests.rooms import Door

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def entries(hand_in: Door) -> None:
    """A place, an organisation seated there, and a person who worked in it."""
    hand_in("place", **place())
    hand_in("organisation", **organisation())
    hand_in("person", **person())


def read(client: FlaskClient, path: str) -> str:
    """Return a page's main text, its white space folded."""
    page = client.get(path).get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def titles(client: FlaskClient, query: str = "") -> list[str]:
    """Return the titles that the list shows."""
    return re.findall(r"<h2[^>]*><a[^>]*>([^<]*)</a>", client.get(f"/en/directory{query}").text)


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Anna Berg", "Export Agency", "Liège"]),
        ("?q=LUIK", ["Liège"]),
        ("?q=lidje", ["Liège"]),
        ("?q=exa", ["Export Agency"]),
        ("?q=bureau+of+trade", ["Export Agency"]),
        ("?q=Ана", ["Anna Berg"]),
        ("?kind=place", ["Liège"]),
        ("?q=berg&kind=organisation", []),
    ],
)
def test_an_entry_is_found_by_any_name_it_has(client: FlaskClient, query: str, found: list[str]) -> None:
    assert titles(client, query) == found


@pytest.mark.usefixtures("entries")
def test_the_page_of_a_place_names_it_in_every_language_and_leads_to_what_is_there(
    client: FlaskClient,
) -> None:
    page = client.get("/en/directory/places/liege").text
    told = read(client, "/en/directory/places/liege")

    names = re.findall(r'<span lang="(..)">([^<]*)</span>', page)
    assert names == [("fr", "Liège"), ("nl", "Luik"), ("de", "Lüttich")]
    assert "Place in Belgium" in told
    assert "Also called Lidje" in told
    assert '<a href="/en/directory/organisations/agency">Export Agency</a>' in page


@pytest.mark.usefixtures("entries")
def test_the_page_of_an_organisation_leads_to_its_place_and_its_people(client: FlaskClient) -> None:
    page = client.get("/fr/directory/organisations/agency").text

    assert '<a href="/fr/directory/places/liege">Liège</a>' in page
    assert '<a href="/fr/directory/people/anna-berg">Anna Berg</a>' in page
    assert '<a href="https://agency.example/" rel="noopener">Site web</a>' in page


@pytest.mark.usefixtures("entries")
def test_the_page_of_a_person_tells_the_posts_as_far_as_they_are_dated(client: FlaskClient) -> None:
    told = read(client, "/en/directory/people/anna-berg")

    assert "Director Export Agency Since: 2012. Until: 1 May 2014." in told
    assert "Adviser" in told
    assert "Form of address Her Excellency Anna Berg" in told


@pytest.mark.parametrize("hidden", [{"audience": "staff"}, {"publication": "withdrawn", "reason": ""}])
def test_a_body_readers_may_not_find_is_not_named_on_the_page_of_a_person(
    client: FlaskClient, hand_in: Door, hidden: dict[str, str]
) -> None:
    hand_in("place", **place())
    hand_in("organisation", **organisation(**hidden))
    hand_in("person", **person())

    assert "Export Agency" not in client.get("/en/directory/people/anna-berg").text
    assert "Director" in client.get("/en/directory/people/anna-berg").text


def test_a_body_under_embargo_is_named_once_its_time_has_come(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("place", **place())
    hand_in("organisation", **organisation(shown_from="2026-11-22T13:00:00Z"))
    hand_in("person", **person())
    before = client.get("/en/directory/people/anna-berg").text

    clock.shift(timedelta(hours=1))
    after = client.get("/en/directory/people/anna-berg").text

    assert ("Export Agency" in before, "Export Agency" in after) == (False, True)


@pytest.mark.usefixtures("entries")
def test_the_tables_hold_every_entry_with_all_its_names(client: FlaskClient) -> None:
    held = {
        kind: json.loads(client.get(f"/en/directory/{kind}.json").text)["records"]
        for kind in ("place", "organisation", "person")
    }

    assert {kind: len(records) for kind, records in held.items()} == {
        "place": 1,
        "organisation": 1,
        "person": 1,
    }
    assert held["place"][0]["names"] == ["Liège", "Luik", "Lüttich", "Lidje"]
    assert held["person"][0]["posts"] == ["Director", "Adviser"]


@pytest.mark.parametrize(
    ("kind", "facts", "told"),
    [
        ("place", place(longitude=None), "('longitude',): Latitude and longitude stand together."),
        ("organisation", organisation(parent="agency"), "('parent',): A body cannot be a part of itself."),
        (
            "person",
            person(appointments=[{"post": {"en": "Director"}, "begins": "2014", "ends": "2012"}]),
            "('appointments', 0, 'ends'): The end cannot lie before the beginning.",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_by_name(
    hand_in: Callable[..., Any], kind: str, facts: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refused) as refused:
        hand_in(kind, **facts)

    assert str(refused.value) == told


def test_half_a_point_is_refused_by_the_table_too(house: House, hand_in: Door) -> None:
    hand_in("place", **place())

    with pytest.raises(IntegrityError) as refused, house.database.writing() as session:
        session.execute(update(Place).values(latitude=None))

    assert "ck_place_point_is_whole" in str(refused.value)


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    assert "No entry matches Try another name" in read(client, "/en/directory?q=nobody")
