"""The pages of missions in the world: the map, its table, and what one country sees of them."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.db.record import Record
from embassy.web.house import House
from tests.consular.facts import at, mission, office, part, words
from tests.plans import plans

Door = Callable[..., Record]
WORLD = "/en/consular/missions"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Ten in the morning of an ordinary Tuesday in Brussels."""
    with time_machine.travel(at("2026-07-14T08:00"), tick=False):
        yield


@pytest.fixture
def several(hand_in: Door) -> None:
    """Three missions in two countries, which are looked after in four."""
    hand_in("mission", **mission(city={"fr": "Bruxelles", "en": "Brussels"}, latitude=50.8, longitude=4.4))
    hand_in(
        "mission",
        **post(
            "paris", "FR", "embassy", ["FR", "MC", "LU"], latitude=48.9, longitude=2.4, city={"en": "Paris"}
        ),
    )
    hand_in("mission", **post("lyon", "FR", "honorary_consulate", [], phones=["+33478000000"]))


def post(slug: str, host: str, kind: str, countries: list[str], **other: Any) -> dict[str, Any]:
    accredited = [{"country": code, "resident": "yes" if code == host else "no"} for code in countries]
    title = {"en": slug.capitalize()}
    return mission(slug=slug, host=host, kind=kind, accreditations=accredited, title=title, **other)


def read(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]


def table(client: FlaskClient, query: str = "") -> list[list[str]]:
    """Return the cells of the table of countries."""
    page = read(client, WORLD + query)
    lines = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)] for line in lines
    ]


def drawn(client: FlaskClient, query: str = "") -> list[str]:
    """Return what the circles of the map are called."""
    return re.findall(r"<circle[^>]*><title>([^<]*)</title>", read(client, WORLD + query))


@pytest.mark.usefixtures("several")
def test_the_world_is_listed_by_country_with_kinds_and_what_is_looked_after_from_elsewhere(
    client: FlaskClient,
) -> None:
    assert table(client) == [
        ["Belgium", "1", "Embassy", ""],
        ["France", "2", "Embassy · Honorary consulate", ""],
        ["Luxembourg", "", "", "2"],
        ["Monaco", "", "", "1"],
    ]
    assert part(read(client, WORLD), '<p class="tally">', "</p>") == "3 missions · 4 countries"


@pytest.mark.usefixtures("several")
def test_each_country_with_a_known_point_is_a_circle_that_leads_to_it(client: FlaskClient) -> None:
    page = read(client, WORLD)

    assert drawn(client) == ["France · 2 missions", "Belgium · 1 mission"]
    assert re.findall(
        r'<a href="([^"]+)" tabindex="-1"><circle cx="([^"]+)" cy="([^"]+)" r="([^"]+)"', page
    ) == [
        (f"{WORLD}?country=FR", "364.8", "82.2", "5.7"),
        (f"{WORLD}?country=BE", "368.8", "78.4", "4.0"),
    ]
    assert re.findall(r'<use href="/static/maps/land\.svg\?v=[0-9a-f]{12}#land"', page) != []


def test_a_country_whose_missions_lie_nowhere_is_counted_beside_the_map(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **post("paris", "FR", "embassy", [], latitude=48.9, longitude=2.4))
    hand_in("mission", **post("rome", "IT", "embassy", []))

    caption = part(read(client, WORLD), "<figcaption", "</figcaption>")

    assert caption == (
        'class="meta">The larger a circle, the more missions there are in the country. '
        "1 country is missing on the map: where its missions lie is not recorded."
    )


@pytest.mark.usefixtures("several")
def test_the_world_is_narrowed_by_kind_and_by_where_missions_have_their_seat(client: FlaskClient) -> None:
    queries = ("?kind=honorary_consulate", "?accreditation=seat", "?accreditation=elsewhere")

    assert {query: table(client, query) for query in queries} == {
        "?kind=honorary_consulate": [["France", "1", "Honorary consulate", ""]],
        "?accreditation=seat": [
            ["Belgium", "1", "Embassy", ""],
            ["France", "2", "Embassy · Honorary consulate", ""],
        ],
        "?accreditation=elsewhere": [["Luxembourg", "", "", "2"], ["Monaco", "", "", "1"]],
    }
    assert drawn(client, "?accreditation=elsewhere") == []
    assert "No mission matches" in read(client, f"{WORLD}?kind=trade_office")
    assert client.get(f"{WORLD}?kind=castle").status_code == 400


def test_a_world_without_missions_says_what_to_do(client: FlaskClient) -> None:
    empty = words(read(client, WORLD))

    assert "No mission is listed yet Search the whole service, or write to us. Search" in empty


@pytest.mark.usefixtures("several")
def test_a_country_lists_its_missions_and_those_that_look_after_it_from_elsewhere(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("office", **office())
    hand_in("office", **office(slug="lyon", mission="lyon", title={"en": "Honorary consul"}, country="FR"))

    pages = {code: read(client, f"{WORLD}?country={code}") for code in ("FR", "LU", "MC", "IT")}

    nothing = "No office of this mission is listed, so no opening hours are known here."
    opened = "Open now, until 17:00 Next opening: tomorrow, 09:00"
    assert {
        code: part(page, '<p class="tally">', '<p class="meta">This list') for code, page in pages.items()
    } == {
        "FR": f"2 missions With their seat there Paris Embassy · Seat: Paris, France {nothing} "
        "Lyon Honorary consulate · Seat: France +33 4 78 00 00 00 "
        f"Honorary consul {opened}",
        "LU": "2 missions Accredited from elsewhere Embassy of Albania Embassy · Seat: Brussels, Belgium "
        f"Office in Brussels {opened} Paris Embassy · Seat: Paris, France {nothing}",
        "MC": f"1 mission Accredited from elsewhere Paris Embassy · Seat: Paris, France {nothing}",
        "IT": "",
    }
    assert "No mission represents the sending state there" in pages["IT"]


@pytest.mark.usefixtures("several")
def test_a_country_is_narrowed_like_the_world(client: FlaskClient) -> None:
    queries = (
        "LU&accreditation=seat",
        "LU&accreditation=elsewhere",
        "FR&accreditation=seat",
        "FR&kind=embassy",
    )
    found = {
        query: re.findall(r"<h3><a [^>]+>([^<]+)", read(client, f"{WORLD}?country={query}"))
        for query in queries
    }

    assert found == {
        "LU&accreditation=seat": [],
        "LU&accreditation=elsewhere": ["Embassy of Albania", "Paris"],
        "FR&accreditation=seat": ["Paris", "Lyon"],
        "FR&kind=embassy": ["Paris"],
    }
    assert "All missions of this country" in read(client, f"{WORLD}?country=LU&accreditation=seat")


def test_what_readers_may_not_find_is_on_no_map_and_in_no_country(client: FlaskClient, hand_in: Door) -> None:
    where = {"latitude": 45.0, "longitude": 7.0}
    hidden: dict[str, dict[str, Any]] = {
        "staff": {"audience": "staff"},
        "later": {"shown_from": "2999-01-01T00:00Z"},
        "withdrawn": {"publication": "withdrawn", "reason": "Gone."},
        "archived": {"publication": "archived"},
        "closed": {"closed": "2026-07-13"},
    }
    for slug, other in hidden.items():
        hand_in("mission", **post(slug, "IT", "embassy", ["IT", "SM"], **where, **other))
    ended = [{"country": "MT", "resident": "no", "ends": "2026-07-13"}]
    hand_in("mission", **mission(slug="rome", host="VA", accreditations=ended, **where))

    seen = table(client), drawn(client)
    countries = {
        code: read(client, f"{WORLD}?country={code}").count("<h3>") for code in ("IT", "SM", "MT", "VA")
    }
    files = json.loads(client.get(f"{WORLD}.json").get_data(as_text=True))

    assert seen == ([["Vatican City", "1", "Embassy", ""]], ["Vatican City · 1 mission"])
    assert countries == {"IT": 0, "SM": 0, "MT": 0, "VA": 1}
    assert [one["host"] for one in files["records"]] == ["VA"]


@pytest.mark.usefixtures("several")
def test_the_missions_sought_are_a_file_for_programs(client: FlaskClient) -> None:
    def hosts(query: str) -> list[tuple[str, str]]:
        found = json.loads(client.get(f"{WORLD}.json{query}").get_data(as_text=True))
        return [(one["title"], one["city"]) for one in found["records"]]

    queries = ("", "?country=FR", "?accreditation=elsewhere", "?accreditation=seat&kind=embassy")
    assert {query: hosts(query) for query in queries} == {
        "": [("Embassy of Albania", "Brussels"), ("Paris", "Paris"), ("Lyon", "")],
        "?country=FR": [("Paris", "Paris"), ("Lyon", "")],
        "?accreditation=elsewhere": [("Embassy of Albania", "Brussels"), ("Paris", "Paris")],
        "?accreditation=seat&kind=embassy": [("Embassy of Albania", "Brussels"), ("Paris", "Paris")],
    }


@pytest.mark.usefixtures("several")
def test_a_mission_says_where_it_has_its_seat(client: FlaskClient) -> None:
    paris, lyon = (read(client, f"{WORLD}/{slug}") for slug in ("paris", "lyon"))
    schema = client.get(f"{WORLD}/paris").get_data(as_text=True).partition('ld+json">')[2]

    assert "Seat in Paris, France" in part(paris, "<h2>Facts</h2>", "</section>")
    assert "Seat in France Telephone +33 4 78 00 00 00" in part(lyon, "<h2>Facts</h2>", "</section>")
    assert json.loads(schema.partition("</script>")[0])["location"] == {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Paris", "addressCountry": "FR"},
        "geo": {"@type": "GeoCoordinates", "latitude": 48.9, "longitude": 2.4},
    }


def test_the_number_of_questions_does_not_grow_with_the_missions(
    client: FlaskClient, hand_in: Door, queries: Callable[[], list[str]]
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(slug="o1"))

    def count(path: str) -> int:
        queries()
        read(client, path)
        return len(queries())

    paths = (WORLD, f"{WORLD}?country=BE")
    at_one = {path: count(path) for path in paths}
    for slug in ("m2", "m3"):
        hand_in("mission", **mission(slug=slug))
        hand_in("office", **office(slug=f"o-{slug}", mission=slug))
    at_three = {path: count(path) for path in paths}

    assert at_three == at_one


def test_no_table_is_read_whole_for_a_country_and_none_but_by_an_index_for_the_world(
    sqlite_url: str, house: House, client: FlaskClient, hand_in: Door
) -> None:
    if house.settings.database_url != sqlite_url:
        return
    hand_in("mission", **mission())
    hand_in("office", **office())

    def scans(path: str) -> list[str]:
        with plans(house) as found:
            read(client, path)
        return [step for steps in found.values() for step in steps if re.match(r"SCAN \w", step)]

    assert scans(f"{WORLD}?country=BE") == []
    assert [scan for scan in scans(WORLD) if "USING COVERING INDEX" not in scan] == []
