"""The office that serves a town: found by any name of it, in any script, with the reason why."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import pytest
import time_machine
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from embassy.app import create_app
from embassy.consular.finder import country_codes, serving
from embassy.consular.models import OfficePlace
from embassy.core.facts import Refused
from embassy.core.folding import fold
from embassy.core.languages import SPOKEN
from embassy.db.migrate import downgrade, upgrade
from embassy.directory.models import PlaceName
from embassy.web.house import House
from tests import rooms
from tests.consular.facts import at, mission, office, part, words
from tests.plans import plans
from tests.rooms import ADDRESS, Door

VUSHTRRI = {
    "slug": "vushtrri",
    "title": {"source": "sq", "sq": "Vushtrri", "sr": "Вучитрн"},
    "country": "XK",
    "other_names": ["Vıçıtırın"],
}
LIEGE = {
    "slug": "liege",
    "title": {"source": "fr", "fr": "Liège", "nl": "Luik", "de": "Lüttich", "sr": "Лијеж", "ar": "لييج"},
    "country": "BE",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Ten in the morning of a Tuesday in Brussels, standing still."""
    with time_machine.travel(at("2026-07-14T08:00"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def posts(hand_in: Door) -> None:
    """An embassy with two offices, accredited to a second state, and one in Pristina."""
    hand_in("place", **LIEGE)
    hand_in("place", **VUSHTRRI)
    hand_in("mission", **mission())
    hand_in("office", **office(districts=["Ghent", "West Flanders"]))
    hand_in("office", **office(slug="liege", title={"en": "Office in Liège"}, city={"fr": "Liège"}))
    pristina = {"title": {"en": "Embassy in Pristina"}, "host": "XK", "accreditations": []}
    hand_in("mission", **mission(slug="pristina", **pristina))
    there = {"title": {"en": "Office in Pristina"}, "city": {"sq": "Prishtinë", "sr": "Приштина"}}
    hand_in("office", **office(slug="pristina", mission="pristina", country="XK", **there))


def found(client: FlaskClient, asked: str, tag: str = "en") -> list[tuple[str, str]]:
    """Return the offices found for what was typed, each with the reason why."""
    answer = client.get(f"/{tag}/consular/post", query_string={"place": asked})
    assert answer.status_code == 200
    rows = re.findall(r"<h2><a [^>]+>(.*?)</a></h2>\s*<p>(.*?)</p>", answer.text)
    return [(words(title), words(why)) for title, why in rows]


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize("asked", ["Luik", "lüttich", "LIEGE", "Лијеж", "lijez", "لييج", " Liège, Belgium "])
def test_a_town_is_found_by_each_of_its_names(client: FlaskClient, asked: str) -> None:
    assert found(client, asked) == [("Office in Liège", "Liège: this office is in this town.")]


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize("asked", ["Vushtrri", "Vučitrn", "вучитрн", "VUCITRN", "vicitirin"])
def test_a_town_without_an_office_leads_to_that_of_its_country(client: FlaskClient, asked: str) -> None:
    why = "Vushtrri (Kosovo*): Embassy in Pristina has its seat in this country."

    assert found(client, asked) == [("Office in Pristina", why)]
    assert "This designation is without prejudice" in client.get(f"/en/consular/post?place={asked}").text


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("ghent", [("Office in Brussels", "ghent belongs to the district of this office.")]),
        ("West-Flanders", [("Office in Brussels", "West-Flanders belongs to the district of this office.")]),
        ("bruxelles", [("Office in Brussels", "bruxelles: this office is in this town.")]),
        ("Приштина", [("Office in Pristina", "Приштина: this office is in this town.")]),
        ("nowhere, at all", []),
        ("?!", []),
        ("", []),
    ],
)
def test_districts_and_towns_lead_to_their_office(
    client: FlaskClient, asked: str, expected: list[tuple[str, str]]
) -> None:
    assert found(client, asked) == expected


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize("asked", ["Luxembourg", "Луксембург", "LUKSEMBURG", "لوكسمبورغ", "lu"])
def test_a_country_without_a_seat_leads_to_where_it_is_served(client: FlaskClient, asked: str) -> None:
    why = "Luxembourg: Embassy of Albania is accredited to this country, without a seat there."

    assert sorted(found(client, asked)) == [("Office in Brussels", why), ("Office in Liège", why)]


@pytest.mark.usefixtures("posts")
def test_the_reason_is_told_in_the_readers_language(client: FlaskClient) -> None:
    told = {tag: found(client, "Luik", tag)[0][1] for tag in ("nl", "sr-Latn")}

    assert told == {
        "nl": "Luik: dit kantoor bevindt zich in deze plaats.",
        "sr-Latn": "Lijež: ova kancelarija je u tom mestu.",
    }


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"accreditations": [{"country": "LU", "resident": "no", "ends": "2020"}]}, False),
        ({"closed": "2020"}, False),
        ({"audience": "staff"}, False),
        ({"shown_from": "2026-07-15T00:00Z"}, False),
        ({"publication": "archived"}, False),
    ],
)
def test_only_missions_that_serve_today_are_named(
    client: FlaskClient, hand_in: Door, facts: dict[str, Any], expected: bool
) -> None:
    hand_in("mission", **mission(**facts))
    hand_in("office", **office())

    assert bool(found(client, "Luxembourg")) == expected


@pytest.mark.parametrize(
    "facts", [{"audience": "staff"}, {"publication": "archived"}, {"shown_from": "2026-07-15T00:00Z"}]
)
def test_an_office_that_is_not_open_to_readers_is_not_led_to(
    client: FlaskClient, hand_in: Door, facts: dict[str, Any]
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(districts=["Ghent"], **facts))

    assert (found(client, "Ghent"), found(client, "Belgium")) == ([], [])


@pytest.mark.parametrize("facts", [{}, {"audience": "staff"}, {"shown_from": "2026-07-15T00:00Z"}])
def test_a_place_that_readers_do_not_know_leads_nowhere(
    client: FlaskClient, hand_in: Door, facts: dict[str, Any]
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())
    hand_in("place", **LIEGE, **facts)

    assert bool(found(client, "Luik")) == (facts == {})


def test_an_office_whose_town_stands_in_two_countries_is_told_once(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(districts=["Luxembourg"]))
    hand_in("place", slug="luxembourg", title={"en": "Luxembourg"}, country="LU")

    assert found(client, "luxembourg") == [
        ("Office in Brussels", "Luxembourg belongs to the district of this office.")
    ]


def test_where_nothing_is_known_the_page_says_what_to_do(client: FlaskClient) -> None:
    unknown = words(client.get("/en/consular/post?place=<b>Atlantis</b>").text)
    unasked = words(client.get("/en/consular/post").text)

    assert "We know of no office for “<b>Atlantis</b>” Check the spelling, or name a larger town" in unknown
    assert "We know of no office" not in unasked
    assert client.get("/en/consular/post", query_string={"place": "x" * 101}).status_code == 400


def test_the_field_stands_on_the_page_of_offices(client: FlaskClient) -> None:
    page = client.get("/en/consular").text

    assert 'action="/en/consular/post" method="get"' in page
    assert part(page, '<form class="filters"', "</form>").endswith("Town, region or country Find my office")


def test_of_many_offices_twenty_are_shown_and_the_rest_told_of(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    for number in range(21):
        hand_in("office", **office(slug=f"o{number}", closures=[], hours=[]))

    page = client.get("/en/consular/post?place=Belgium").text

    assert len(re.findall("<h2><a ", page)) == 20
    assert "There are more: name a town to find the nearest." in page


def test_the_names_follow_what_is_written(house: House, client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(districts=["Ghent", "Ostend", "ghent"]))
    hand_in("office", **office(districts=["Ghent", "Bruges"]))

    with house.database.reading() as session:
        names = session.scalars(select(OfficePlace.folded).order_by(OfficePlace.folded)).all()

    assert names == ["bruges", "brussel", "brussels", "bruxelles", "ghent"]
    assert found(client, "Ostend") == []


def test_an_address_of_another_page_is_refused(hand_in: Door) -> None:
    hand_in("mission", **mission())

    with pytest.raises(Refused) as refused:
        hand_in("office", **office(slug="notices"))

    assert [refusal.path for refusal in refused.value.refusals] == [("slug",)]


@pytest.mark.usefixtures("posts")
def test_records_written_before_are_found_too(house: House, client: FlaskClient, database_url: str) -> None:
    def counted() -> list[int | None]:
        with house.database.reading() as session:
            return [session.scalar(select(func.count()).select_from(one)) for one in (OfficePlace, PlaceName)]

    before = counted()
    house.database.dispose()
    downgrade(database_url, "0024")
    upgrade(database_url)

    assert (counted(), before) == (before, [8, 8])
    assert found(client, "Luik") == [("Office in Liège", "Liège: this office is in this town.")]


@given(st.sampled_from(sorted(SPOKEN)), st.sampled_from(["AL", "BE", "CI", "TR", "US", "ZA"]), st.booleans())
def test_a_country_is_found_by_its_name_however_it_is_written(
    built: Flask, tag: str, code: str, loud: bool
) -> None:
    name = Locale.parse(SPOKEN[tag].locale).territories[code]

    with built.test_request_context("/en/", base_url=ADDRESS):
        found = country_codes(fold(name.upper() if loud else strip_marks(name)))

    assert code in found


def strip_marks(name: str) -> str:
    """Return a name as it is typed on a keyboard without marks."""
    return "".join(one for one in normalize("NFD", name) if not combining(one))


def test_a_country_is_known_by_every_language_and_by_this_deployment(app: Flask) -> None:
    asked = ("belgien", "belgjikë", "белгија", "بلجيكا", "be", "kosova", "kosovo", "eu", "atlantis")

    with app.test_request_context("/en/", base_url=ADDRESS):
        known = {name: sorted(country_codes(fold(name))) for name in asked}

    assert known == {
        **{name: ["BE"] for name in asked[:5]},
        **{name: ["XK"] for name in asked[5:7]},
        **{name: [] for name in asked[7:]},
    }


def test_every_step_of_a_look_up_goes_by_an_index(sqlite_url: str, tmp_path: Path) -> None:
    service = create_app(rooms.settings(tmp_path, sqlite_url))
    house: House = service.extensions["embassy"]
    write = Door(house)
    write("mission", **mission())
    write("office", **office())
    write("place", **LIEGE)

    with plans(house) as steps, service.test_request_context("/en/", base_url=ADDRESS):
        service.preprocess_request()
        reasons = serving("Lüttich, Luxembourg")
    house.database.dispose()

    assert len(reasons) == 1
    assert len(steps) > 4
    told = [step for found in steps.values() for step in found if "SCAN" in step and "anon_" not in step]
    assert told == []


@pytest.mark.usefixtures("posts")
def test_the_number_of_questions_does_not_grow(
    app: Flask, client: FlaskClient, hand_in: Door, queries: Callable[[], list[str]]
) -> None:
    def asked() -> int:
        app.extensions["embassy.freshness"].store.answers.clear()
        queries()
        client.get("/en/consular/post?place=Belgium")
        return len(queries())

    before = asked()
    hand_in("mission", **mission(slug="second", title={"en": "Second"}))
    for slug in ("a", "b"):
        hand_in("office", **office(slug=slug, mission="second"))

    assert asked() == before
