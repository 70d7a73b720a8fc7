"""One query, several voices: JSON, CSV and small texts; pages and calendars are tested by their rooms."""

import csv
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from embassy.db.record import Record
from embassy.web.respond import neutral
from tests.events.facts import concert

UID = "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"
CELLS = {
    "uid": UID,
    "url": "https://embassy.example/sq/events/concert",
    "title": "Koncert vjeshte",
    "first_day": "2026-12-03",
    "last_day": "",
    "category": "cultural",
    "status": "confirmed",
    "place": '=1+1, "the hall"',
    "city": "Bruxelles",
    "country": "BE",
}


def test_json_and_csv_say_the_same(client: FlaskClient, hand_in: Callable[..., Record]) -> None:
    hand_in("event", **concert(uid=UID, place=CELLS["place"]))

    as_json = client.get("/sq/events.json")
    as_csv = client.get("/sq/events.csv")

    assert as_json.json == {"language": "sq", "total": 1, "records": [CELLS]}
    assert list(csv.DictReader(io.StringIO(as_csv.text, newline=""))) == [
        CELLS | {"place": f"'{CELLS['place']}"}
    ]
    assert (as_json.content_type, as_csv.content_type) == ("application/json", "text/csv; charset=utf-8")
    assert as_csv.text.count("\r\n") == 2


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (0, "0"),
        (-4.5, "'-4.5"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a=b", "a=b"),
        (["a", "b"], "a; b"),
        (("=a", 2), "'=a; 2"),
        ([], ""),
    ],
)
def test_no_spreadsheet_runs_a_cell(value: object, cell: str) -> None:
    assert neutral(value) == cell


@pytest.mark.parametrize(
    ("address", "seconds"), [("/en/events", 30), ("/en/events.json", 30), ("/en/events.ics", 300)]
)
def test_pages_are_kept_for_seconds_and_feeds_for_minutes(
    client: FlaskClient, address: str, seconds: int
) -> None:
    kept = client.get(address).headers["Cache-Control"]

    assert 0 <= int(kept.removeprefix("public, max-age=")) <= seconds


def test_no_public_answer_sets_a_cookie_or_varies_by_one(reader: FlaskClient) -> None:
    answers = [
        reader.get(address) for address in ("/", "/en/", "/en/events", "/en/search?q=a", "/en/nothing")
    ]

    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * 5
    assert {answer.headers.get("Vary") for answer in answers} == {"Accept-Language", "Accept-Encoding", None}
