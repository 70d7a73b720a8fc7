"""Visits: found by relation, year and level; told as far as sources go; embargoed until their time."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from embassy.core.facts import Refused
from embassy.visits.models import Visit
from embassy.web.house import House
from tests.rooms import Door
from tests.twinning.facts import town
from tests.visits.facts import visit

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BARE: dict[str, Any] = {"last_day": "", "places": [], "delegations": []}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def directory(hand_in: Door) -> None:
    """One town and one person."""
    hand_in("place", **town("brussels", "Brussels", "BE"))
    hand_in("person", slug="besa", title={"en": "Besa Kola"})


def told(client: FlaskClient, path: str) -> str:
    """Return a page's main text, its white space folded."""
    page = client.get(path).get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def titles(client: FlaskClient, query: str = "") -> list[str]:
    """Return the titles that the list shows."""
    return re.findall(r"<h2><a[^>]*>([^<]*)</a>", client.get(f"/en/visits{query}").text)


def entries(client: FlaskClient, tag: str = "en") -> list[Any]:
    """Return what the calendar holds."""
    return Calendar.from_ical(client.get(f"/{tag}/visits.ics").data).walk("VEVENT")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Envoy in Niš", "Foreign Minister in Brussels", "Old talks", "Talks some day"]),
        ("?country=AL", ["Foreign Minister in Brussels", "Old talks", "Talks some day"]),
        ("?country=BE&partner=RS", ["Envoy in Niš"]),
        ("?country=AL&partner=RS", []),
        ("?year=2026", ["Envoy in Niš", "Foreign Minister in Brussels"]),
        ("?year=2013", ["Old talks"]),
        ("?year=2014", []),
        ("?level=working", ["Envoy in Niš"]),
        ("?q=OLD", ["Old talks"]),
    ],
)
def test_visits_are_found_by_relation_year_level_and_words(
    client: FlaskClient, hand_in: Door, query: str, found: list[str]
) -> None:
    hand_in("visit", **visit())
    nis = {"title": {"en": "Envoy in Niš"}, "visitor": "BE", "host": "RS", "level": "working"}
    hand_in("visit", **visit(slug="nis", first_day="2026-11", **BARE, **nis))
    hand_in("visit", **visit(slug="old", title={"en": "Old talks"}, first_day="2013", **BARE))
    hand_in("visit", **visit(slug="undated", title={"en": "Talks some day"}, first_day="", **BARE))

    assert titles(client, query) == found


def test_a_page_tells_who_met_whom_where_and_as_what(client: FlaskClient, hand_in: Door) -> None:
    hand_in("visit", **visit())

    page = told(client, "/en/visits/talks")

    assert "14–15 October 2026" in page
    assert "Level Official visit Format Outgoing Visitor Albania Host Belgium" in page
    assert "Albania Besa Kola Minister of Foreign Affairs of Albania" in page
    assert "Belgium Anna Peeters Minister (acting)" in page
    assert 'href="/en/directory/people/besa"' in client.get("/en/visits/talks").text
    assert "Foreign Minister in Brussels" in told(client, "/en/directory/people/besa")
    assert "Foreign Minister in Brussels" in told(client, "/en/directory/places/brussels")
    assert "Foreign Minister in Brussels" in told(client, "/en/search?q=peeters")


def test_meetings_purpose_outcome_and_note_stand_on_the_page(client: FlaskClient, hand_in: Door) -> None:
    more = {
        "meetings": [
            {"day": "2026-10-14", "subject": {"en": "Two ministers about pensions"}},
            {"subject": {"sq": "Për bashkitë"}},
        ],
        "purpose": {"en": "To prepare an agreement."},
        "outcome": {"en": "They agreed to meet again."},
        "note": {"en": "The page is older than the visit."},
        "level": "consultations",
        "round": 3,
    }
    hand_in("visit", **visit(**more))

    page = told(client, "/en/visits/talks")

    assert "About the source The page is older than the visit." in page
    assert "Purpose To prepare an agreement." in page
    assert "Meetings 14 October 2026 Two ministers about pensions date unknown Për bashkitë" in page
    assert "Outcome They agreed to meet again." in page
    assert "Level Consultations, round 3" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"first_day": "2013-12"}, "December 2013 Level"),
        ({"first_day": ""}, "date unknown Level"),
        ({"first_day": "2014-07-01"}, "Tuesday, 1 July 2014 Level"),
        ({"first_day": "2014-07", "last_day": "2014-08-02"}, "July 2014 to 2 August 2014 Level"),
        (
            {"first_day": "2014-07-01", "status": "announced"},
            "Tuesday, 1 July 2014 Visit announced; outcome not recorded Level",
        ),
        (
            {"first_day": "2026-11-20", "last_day": "2026-11-22", "status": "announced"},
            "20–22 November 2026 Visit announced Level",
        ),
        ({"first_day": "2026-12", "status": "announced"}, "December 2026 Visit announced Level"),
        ({"first_day": "", "status": "announced"}, "date unknown Visit announced Level"),
        ({"status": "cancelled"}, "14 October 2026 Visit cancelled Level"),
        ({"status": "postponed"}, "14 October 2026 Visit postponed Level"),
    ],
)
def test_a_visit_is_told_as_far_as_sources_go(
    client: FlaskClient, hand_in: Door, facts: dict[str, str], said: str
) -> None:
    hand_in("visit", **visit(**BARE | facts))

    assert said in told(client, "/en/visits/talks").replace(" Facts ", " ")


def test_an_announced_visit_turns_at_midnight_without_a_write(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("visit", **visit(**BARE | {"first_day": "2026-11-22", "status": "announced"}))
    before = told(client, "/en/visits")
    clock.move_to(datetime(2026, 11, 22, 23, 0, 1, tzinfo=UTC))

    assert "outcome not recorded" not in before
    assert "outcome not recorded" in told(client, "/en/visits")


def test_a_hidden_person_or_place_is_neither_named_nor_linked(client: FlaskClient, hand_in: Door) -> None:
    hand_in("person", slug="besa", title={"en": "Besa Kola"}, audience="staff")
    hand_in("place", **town("brussels", "Secret town", "BE", audience="staff"))
    hand_in("visit", **visit())

    paths = ("/en/visits", "/en/visits/talks", "/en/visits.json", "/en/visits.ics", "/en/")
    pages = [client.get(path).text for path in paths]

    assert [[word for word in ("Besa Kola", "Secret town") if word in page] for page in pages] == [[]] * 5
    assert "Albania Minister of Foreign Affairs of Albania Belgium" in told(client, "/en/visits/talks")


def test_an_embargoed_visit_appears_everywhere_at_its_time_and_not_before(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("visit", **visit(slug="first"))
    clock.shift(timedelta(hours=1))
    hand_in("visit", **visit(title={"en": "Canary visit"}, shown_from="2026-11-22T15:00Z"))

    def seen() -> dict[str, Any]:
        feed = client.get("/en/visits.ics")
        return {
            "entries": len(entries(client)),
            "etag": feed.headers["ETag"],
            "changed": feed.headers["Last-Modified"],
            "total": json.loads(client.get("/en/visits.json").text)["total"],
            "listed": titles(client),
            "page": client.get("/en/visits/talks").status_code,
            "found": "Canary visit" in client.get("/en/search?q=canary").text,
            "mapped": "/en/visits/talks" in client.get("/sitemap.xml").text,
            "front": "Canary visit" in client.get("/en/").text,
        }

    early = seen()
    clock.move_to(datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC))
    still = seen()
    clock.move_to(datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
    late = seen()

    assert still == early
    assert (early["entries"], early["total"], early["page"]) == (1, 1, 404)
    assert [early[name] for name in ("found", "mapped", "front")] == [False] * 3
    assert early["changed"] == "Sun, 22 Nov 2026 12:00:00 GMT"
    assert (late["entries"], late["total"], late["page"]) == (2, 2, 200)
    assert [late[name] for name in ("found", "mapped", "front")] == [True] * 3
    assert late["changed"] == "Sun, 22 Nov 2026 15:00:00 GMT"
    assert late["etag"] != early["etag"]
    assert sorted(late["listed"]) == ["Canary visit", "Foreign Minister in Brussels"]


def test_the_calendar_holds_exact_days_of_this_year_and_the_last(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("visit", **visit(uid="0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"))
    hand_in("visit", **visit(slug="vague", first_day="2026-09", last_day=""))
    hand_in("visit", **visit(slug="old", first_day="2024-12-31", last_day=""))
    clock.shift(timedelta(hours=1))
    hand_in("visit", **visit(first_day="2026-10-15", status="cancelled"))

    (entry,) = entries(client, "sq")

    assert (str(entry["UID"]), entry["DTSTART"].dt, entry["DTEND"].dt, entry["SEQUENCE"]) == (
        "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a",
        date(2026, 10, 15),
        date(2026, 10, 16),
        1,
    )
    assert str(entry["SUMMARY"]) == "Anuluar: Ministri i Jashtëm në Bruksel"
    assert (entry["STATUS"], entry["LOCATION"]) == ("CANCELLED", "Brussels")


def test_what_leaves_the_calendar_at_new_year_moves_its_date(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("visit", **visit(first_day="2025-02-03", last_day=""))
    before = client.get("/en/visits.ics").headers["Last-Modified"]
    clock.move_to(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    after = client.get("/en/visits.ics")

    assert before == "Sun, 22 Nov 2026 12:00:00 GMT"
    assert after.headers["Last-Modified"] == "Thu, 31 Dec 2026 23:00:00 GMT"
    assert entries(client) == []


def test_the_list_as_a_file_holds_what_was_asked_for(client: FlaskClient, hand_in: Door) -> None:
    hand_in("visit", **visit())

    held = json.loads(client.get("/en/visits.json?year=2026&country=BE").text)

    assert [(one["first_day"], one["visitor"], one["level"]) for one in held["records"]] == [
        ("2026-10-14", "AL", "official")
    ]
    assert json.loads(client.get("/en/visits.json?year=2025").text)["total"] == 0


def test_the_front_page_shows_the_last_three_that_took_place(client: FlaskClient, hand_in: Door) -> None:
    assert "No dated visit is known." in told(client, "/en/")
    for month in range(5, 10):
        hand_in(
            "visit",
            **visit(slug=f"v{month}", title={"en": f"Visit {month}"}, first_day=f"2026-0{month}", **BARE),
        )
    hand_in(
        "visit",
        **visit(slug="later", title={"en": "Visit to come"}, first_day="2027", status="announced", **BARE),
    )

    front = client.get("/en/").text

    assert re.findall(r">(Visit [^<]+)</a>", front) == ["Visit 9", "Visit 8", "Visit 7"]


def test_a_private_visit_is_told_without_details(client: FlaskClient, hand_in: Callable[..., Any]) -> None:
    with pytest.raises(Refused) as refused:
        hand_in("visit", **visit(level="private", purpose={"en": "Holidays"}))

    assert [refusal.path for refusal in refused.value.refusals] == [
        ("places",),
        ("delegations",),
        ("purpose",),
    ]
    hand_in("visit", **visit(level="private", audience="staff"))
    assert titles(client) == []
    hand_in("visit", **visit(slug="bare", level="private", **BARE))
    assert titles(client) == ["Foreign Minister in Brussels"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"host": "AL"}, "('host',): A visit joins two different countries."),
        ({"last_day": "2026-10-13"}, "('last_day',): The last day cannot lie before the first."),
        ({"first_day": ""}, "('last_day',): A last day needs a first one."),
        ({"round": 2}, "('round',): Only consultations are counted in rounds."),
        (
            {"delegations": [{"side": "host"}]},
            "('delegations', 0): Whoever takes part has a person, a name, a post or a rank.",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_by_name(
    hand_in: Callable[..., Any], facts: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refused) as refused:
        hand_in("visit", **visit(**facts))

    assert str(refused.value) == told


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"sequence": -1}, "ck_visit_sequence_never_negative"), ({"host": "AL"}, "ck_visit_two_countries")],
)
def test_the_database_itself_refuses_what_can_never_be(
    house: House, hand_in: Door, values: dict[str, Any], constraint: str
) -> None:
    hand_in("visit", **visit())

    with pytest.raises(IntegrityError) as refused, house.database.writing() as session:
        session.execute(update(Visit).values(values))

    assert constraint in str(refused.value)


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    assert "No visit matches Clear the filters" in told(client, "/en/visits?q=nothing")


def test_search_engines_are_told_what_is_certain(client: FlaskClient, hand_in: Door) -> None:
    hand_in("visit", **visit(status="postponed"))

    page = client.get("/en/visits/talks").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    said = json.loads(found[1])

    assert (said["@type"], said["startDate"], said["endDate"]) == ("Event", "2026-10-14", "2026-10-15")
    assert said["eventStatus"] == "https://schema.org/EventPostponed"
    assert said["location"] == [{"@type": "Place", "name": "Brussels"}]
