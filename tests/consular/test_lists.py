"""Where offices and missions are listed: the front page, the index, a mission's page, tables, search."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.consular.facts import at, closure, mission, office, part, words

Door = Callable[..., Record]


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Ten in the morning of an ordinary Tuesday in Brussels."""
    with time_machine.travel(at("2026-07-14T08:00"), tick=False):
        yield


def read(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]


def titles(client: FlaskClient, path: str) -> list[str]:
    return re.findall(r'<h2><a href="/en/consular/[^"]+">([^<]+)</a></h2>', read(client, path))


def test_the_front_page_leads_with_the_office(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    columns = part(read(client, "/en/"), '<div class="columns beside">', '<div class="thirds">')

    assert columns == (
        "Office in Brussels Open now, until 17:00 Next opening: tomorrow, 09:00 "
        "All offices and their hours Which office serves my town? In an emergency +32 485 40 12 37 "
        "Card for an emergency, to keep on your phone"
    )


def test_the_front_page_of_a_service_without_offices_says_so(client: FlaskClient) -> None:
    columns = part(read(client, "/en/"), '<div class="columns beside">', '<div class="thirds">')

    assert (
        columns
        == "No office is listed at the moment. All offices and their hours Which office serves my town?"
    )


def test_the_front_page_shows_three_offices_and_none_that_is_closed_for_good(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(slug="a", title={"en": "Archived"}, publication="archived"))
    for name in "DCEB":
        hand_in("office", **office(slug=name.lower(), title={"en": name}, city={"en": f"Town {name}"}))

    front = read(client, "/en/")

    assert re.findall(r'<h2 class="small"><a [^>]+>([^<]+)</a>', front) == ["B", "C", "D"]
    assert re.findall(r"<h2>(In an emergency[^<]*)</h2>", front) == [
        f"In an emergency: Town {name}" for name in "BCD"
    ]


def test_the_front_page_changes_when_an_office_does(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    with time_machine.travel(at("2026-07-14T14:59:50"), tick=False):
        kept = client.get("/en/").headers["Cache-Control"]

    assert kept == "public, max-age=10"


def test_the_index_lists_offices_with_their_state_and_missions(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    assert part(read(client, "/en/consular"), '<div class="text">', "</main>") == (
        "Town, region or country Find my office "
        "1 office Office in Brussels Open now, until 17:00 Next opening: tomorrow, 09:00 Brussels, Belgium "
        "Missions Embassy of Albania Embassy · Belgium Missions in the world"
    )


def test_the_index_sorts_and_filters_by_country_and_name(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(slug="zadar", title={"en": "Zadar"}, country="HR"))
    hand_in("office", **office(slug="bari", title={"en": "Bari", "sq": "Çentrali"}, country="IT"))
    hand_in("office", **office(slug="hidden", title={"en": "Hidden"}, country="GR", audience="staff"))

    queries = ("", "?country=IT", "?q=zAd", "?q=centrali", "?q=nothing", "?country=IT&q=zadar")
    found = {query: titles(client, f"/en/consular{query}") for query in queries}

    assert found == {
        "": ["Bari", "Zadar"],
        "?country=IT": ["Bari"],
        "?q=zAd": ["Zadar"],
        "?q=centrali": ["Bari"],
        "?q=nothing": [],
        "?country=IT&q=zadar": [],
    }
    assert re.findall(r'<option value="([^"]*)"', read(client, "/en/consular")) == ["", "HR", "IT"]


def test_an_empty_index_says_what_to_do(client: FlaskClient, hand_in: Door) -> None:
    empty = words(read(client, "/en/consular"))
    hand_in("mission", **mission())
    hand_in("office", **office())
    unmatched = words(read(client, "/en/consular?q=nowhere"))

    assert "No office is listed yet Search the whole service, or write to us. Search" in empty
    assert "No office matches Clear the filters to see all of them. All offices" in unmatched


def test_a_mission_tells_where_it_is_accredited_and_lists_its_offices(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission(opened="1924", closed="2030-01-01", source="A register"))
    hand_in("mission", **mission(slug="other", title={"en": "Other"}, accreditations=[]))
    hand_in("office", **office())

    page = read(client, "/en/consular/missions/embassy")

    assert part(page, "<h2>Facts</h2>", "</section>") == (
        "Kind Embassy Sent by Albania Seat in Belgium Date of opening 1924 "
        "Date of closing 1 January 2030 Source A register"
    )
    assert part(page, '<div class="text">', "</main>") == (
        "Offices Office in Brussels Open now, until 17:00 Next opening: tomorrow, 09:00 Brussels, Belgium "
        "Accredited to Belgium Has its seat there. Since: 1924. "
        "Luxembourg Represents the sending state from its seat elsewhere. "
        "Until: not before 1 January 2030. Notices of this mission Missions in the world"
    )
    assert part(read(client, "/en/consular/missions/other"), '<div class="text">', "</main>") == (
        "Offices No office of this mission is listed, so no opening hours are known here. "
        "Notices of this mission Missions in the world"
    )


def test_a_withdrawn_mission_says_why(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission(publication="withdrawn", reason="It was closed."))

    page = words(read(client, "/en/consular/missions/embassy"))

    assert "Please note This mission was withdrawn It was closed." in page


def test_a_designation_carries_its_footnote(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission(host="XK", accreditations=[{"country": "XK", "resident": "yes"}]))

    pages = [read(client, path) for path in ("/en/consular", "/en/consular/missions/embassy")]

    assert [page.count("This designation is without prejudice") for page in pages] == [1, 1]


def test_search_engines_read_what_a_mission_is(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())

    page = client.get("/en/consular/missions/embassy").get_data(as_text=True)

    assert json.loads(page.partition('ld+json">')[2].partition("</script>")[0]) == {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": "Embassy of Albania",
        "description": "The embassy to Belgium and Luxembourg.",
        "areaServed": [
            {"@type": "Country", "identifier": "BE"},
            {"@type": "Country", "identifier": "LU"},
        ],
        "url": "https://embassy.example/en/consular/missions/embassy",
        "location": {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": "BE"}},
    }


def test_the_table_gives_the_offices_to_programs(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    stored = hand_in("office", **office(mailboxes=["a@example.org"]))

    as_json = json.loads(client.get("/en/consular.json").get_data(as_text=True))
    as_csv = list(csv.DictReader(io.StringIO(client.get("/en/consular.csv").get_data(as_text=True))))

    assert as_json["records"] == [
        {
            "uid": str(stored.uid),
            "url": "https://embassy.example/en/consular/office",
            "title": "Office in Brussels",
            "city": "Brussels",
            "country": "BE",
            "address": ["Avenue Louise 179", "1000 Bruxelles", "Belgium"],
            "zone": "Europe/Brussels",
            "phones": ["+3226401422"],
            "fax": "+3226402858",
            "emergency": "+32485401237",
            "mailboxes": ["a@example.org"],
        }
    ]
    assert [(row["address"], row["fax"]) for row in as_csv] == [
        ("Avenue Louise 179; 1000 Bruxelles; Belgium", "'+3226402858")
    ]


def test_the_number_of_questions_does_not_grow_with_the_offices(
    client: FlaskClient, hand_in: Door, queries: Callable[[], list[str]]
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(slug="o1"))

    def count(path: str) -> int:
        queries()
        read(client, path)
        return len(queries())

    paths = ("/en/consular", "/en/", "/en/consular/missions/embassy")
    at_one = {path: count(path) for path in paths}
    hand_in("mission", **mission(slug="second"))
    for name in ("o2", "o3"):
        hand_in("office", **office(slug=name, closures=[closure("2026-07-14", "Today")]))
    at_three = {path: count(path) for path in paths}

    assert at_three == at_one


def test_former_and_unknown_addresses_of_offices(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    stored = hand_in("office", **office())
    hand_in("office", **office(uid=str(stored.uid), slug="renamed"))

    moved = client.get("/sq/consular/office")
    answers = [client.get(f"/en/consular/{path}").status_code for path in ("nowhere", "missions/nowhere")]

    assert (moved.status_code, moved.headers["Location"]) == (301, "/sq/consular/renamed")
    assert answers == [404, 404]
