"""Charters between towns: listed by town and pair of countries, told truly, kept as anniversaries."""

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
from embassy.twinning.models import Charter
from embassy.web.house import House
from tests.rooms import Door
from tests.twinning.facts import charter, town

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPEN = {"status": "in_preparation", "signed": ""}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def towns(hand_in: Door) -> None:
    """Four towns in three countries."""
    for slug, name, country in (
        ("elbasan", "Elbasan", "AL"),
        ("liege", "Liège", "BE"),
        ("durres", "Durrës", "AL"),
        ("nis", "Niš", "RS"),
    ):
        hand_in("place", **town(slug, name, country))


def told(client: FlaskClient, path: str) -> str:
    """Return a page's main text, its white space folded."""
    page = client.get(path).get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def titles(client: FlaskClient, query: str = "") -> list[str]:
    """Return the titles that the list shows."""
    return re.findall(r"<h2><a[^>]*>([^<]*)</a>", client.get(f"/en/twinning{query}").text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Charter of Durrës and Niš", "Charter of Elbasan and Liège"]),
        ("?place=liege", ["Charter of Elbasan and Liège"]),
        ("?country=AL&partner=RS", ["Charter of Durrës and Niš"]),
        ("?country=AL", ["Charter of Durrës and Niš", "Charter of Elbasan and Liège"]),
        ("?status=dormant", ["Charter of Durrës and Niš"]),
        ("?q=NIS", ["Charter of Durrës and Niš"]),
        ("?country=BE&partner=RS", []),
    ],
)
def test_charters_are_found_by_town_country_status_and_words(
    client: FlaskClient, hand_in: Door, query: str, found: list[str]
) -> None:
    hand_in("charter", **charter())
    other = {"title": {"en": "Charter of Durrës and Niš"}, "members": [{"place": "durres"}, {"place": "nis"}]}
    hand_in("charter", **charter(slug="other", status="dormant", **other))

    assert titles(client, query) == found


def test_a_page_tells_the_towns_with_who_signed_and_what_they_do(client: FlaskClient, hand_in: Door) -> None:
    hand_in("charter", **charter())

    page = told(client, "/en/twinning/tie")

    assert "Active; signed: 14 May 2019" in page
    assert "Fields of cooperation Education and Culture" in page
    assert "Elbasan Albania · Municipal Council Liège Belgium" in page
    assert "Charter of Elbasan and Liège" in told(client, "/en/directory/places/liege")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (OPEN, "In preparation"),
        (OPEN | {"announced_for": "2014-05-14"}, "Signing announced for 14 May 2014; outcome not recorded"),
        (OPEN | {"announced_for": "2026-11-22"}, "Signing announced for 22 November 2026"),
        (OPEN | {"announced_for": "2026-11-22/.."}, "Signing announced for not before 22 November 2026"),
        ({"signed": "2019"}, "Active; signed: 2019"),
        ({"signed": "", "status": "ended"}, "Ended"),
    ],
)
def test_a_charter_is_told_as_far_as_sources_go(
    client: FlaskClient, hand_in: Door, facts: dict[str, str], sentence: str
) -> None:
    hand_in("charter", **charter(**facts))

    page = client.get("/en/twinning/tie").text

    assert re.findall(r'<h1>.*</h1>\s*<p><span class="mark \w+"><span>([^<]*)<', page) == [sentence]


def test_a_hidden_town_is_neither_named_nor_found(client: FlaskClient, hand_in: Door) -> None:
    hand_in("place", **town("secret", "Secret", "XK", audience="staff"))
    hand_in("charter", **charter(members=[{"place": "elbasan"}, {"place": "secret"}]))

    pages = [client.get(path).text for path in ("/en/twinning", "/en/twinning/tie", "/en/twinning.json")]

    assert ["ecret" in page for page in pages] == [False, False, False]
    assert (titles(client, "?place=secret"), titles(client, "?country=XK")) == ([], [])


def test_anniversaries_of_living_charters_are_a_calendar(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("charter", **charter(uid="0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"))
    hand_in("charter", **charter(slug="vague", signed="2018"))
    hand_in("charter", **charter(slug="over", status="ended"))

    clock.shift(timedelta(hours=1))
    hand_in("charter", **charter(slug="tie", signed="2019-05-15"))
    answer = client.get("/sq/twinning.ics")

    entry: Any
    (entry,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (str(entry["UID"]), str(entry["SUMMARY"]), entry["DTSTART"].dt, entry["SEQUENCE"]) == (
        "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a",
        "Karta e Elbasanit dhe Liezhit",
        date(2019, 5, 15),
        1,
    )
    assert entry["RRULE"].to_ical() == b"FREQ=YEARLY"
    assert answer.headers["Last-Modified"] == "Sun, 22 Nov 2026 13:00:00 GMT"


def test_the_list_as_a_file_holds_what_was_asked_for(client: FlaskClient, hand_in: Door) -> None:
    hand_in("charter", **charter())

    held = json.loads(client.get("/en/twinning.json?place=liege").text)

    assert [(one["signed"], one["fields"]) for one in held["records"]] == [
        ("2019-05-14", ["education", "culture"])
    ]
    assert json.loads(client.get("/en/twinning.json?place=nis").text)["total"] == 0


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"members": [{"place": "liege"}]}, "('members',): Two or more towns, each named once."),
        (
            {"members": [{"place": "liege"}, {"place": "nis"}, {"place": "nis"}]},
            "('members',): Two or more towns, each named once.",
        ),
        (
            {"status": "in_preparation"},
            "('signed',): What is in preparation is not signed yet; give the day it was announced for.",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_by_name(
    hand_in: Callable[..., Any], facts: dict[str, Any], told: str
) -> None:
    with pytest.raises(Refused) as refused:
        hand_in("charter", **charter(**facts))

    assert str(refused.value) == told


def test_the_database_itself_lets_no_sequence_fall_below_nothing(house: House, hand_in: Door) -> None:
    hand_in("charter", **charter())

    with pytest.raises(IntegrityError) as refused, house.database.writing() as session:
        session.execute(update(Charter).values(sequence=-1))

    assert "ck_charter_sequence_never_negative" in str(refused.value)


def test_nothing_found_says_what_to_do(client: FlaskClient) -> None:
    assert "No charter matches Clear the filters" in told(client, "/en/twinning?q=nothing")
