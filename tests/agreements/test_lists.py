"""The list of agreements, its filters and files, on both kinds of database."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from embassy.db.record import Record
from embassy.web.house import House
from tests.agreements.facts import IN_FORCE, SIGNED, agreement
from tests.agreements.reading import read, titles

Door = Callable[..., Record]
OTHER = {"slug": "accord", "title": {"en": "Accord on roads"}, "subjects": ["transport"], "kind": "treaty"}


pytestmark = pytest.mark.usefixtures("clock")


def test_lists_are_by_title_or_by_latest_change(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))
    hand_in("agreement", **agreement(SIGNED, **OTHER))

    assert titles(client) == ["Accord on roads", "Pact on rivers"]
    assert titles(client, "?sort=newest") == ["Pact on rivers", "Accord on roads"]


@pytest.mark.parametrize(
    "query",
    [
        "q=PACT",
        "status=in_force",
        "subject=environment",
        "kind=agreement",
        "year=2021",
        "q=lumenj",
        "party=LU",
    ],
)
def test_filters_narrow_the_list(client: FlaskClient, hand_in: Door, query: str) -> None:
    parties = [{"code": "AL", "country": "AL"}, {"code": "LU", "country": "LU"}]
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, parties=parties))
    hand_in("agreement", **agreement(SIGNED, **OTHER))

    assert titles(client, f"?{query}") == ["Pact on rivers"]
    assert "1 agreement " in read(client, f"/en/agreements?{query}")


@pytest.mark.parametrize(
    "query", ["status=maybe", "kind=x", "subject=x", "sort=x", "year=0", "year=20x", "party=BEL"]
)
def test_unknown_wishes_are_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/en/agreements?{query}").status_code == 400


def test_an_empty_list_says_what_to_do(client: FlaskClient) -> None:
    page = read(client, "/en/agreements?q=nothing")

    assert "0 agreements No agreement matches Clear the filters to see all of them." in page


def test_files_hold_the_list_as_it_is_filtered(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))
    hand_in("agreement", **agreement(SIGNED, **OTHER))

    as_json = json.loads(client.get("/en/agreements.json?status=in_force").text)
    as_csv = list(csv.DictReader(io.StringIO(client.get("/en/agreements.csv?status=in_force").text)))

    [record] = as_json["records"]
    assert record | {"uid": ""} == {
        "uid": "",
        "url": "https://embassy.example/en/agreements/pact",
        "title": "Pact on rivers",
        "status": "in_force",
        "since": "2021-03-01",
        "kind": "agreement",
        "collection": "own",
        "form": "bilateral",
        "binding": None,
        "subjects": ["environment"],
        "parties": ["Albania", "Belgium"],
    }
    assert [row["title"] for row in as_csv] == ["Pact on rivers"]
    assert as_csv[0]["parties"] == "Albania; Belgium"


def test_the_front_page_tells_the_latest_dated_changes(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))
    hand_in("agreement", **agreement(**OTHER))

    page = read(client, "/en/")

    told = page.partition("What changed in agreements ")[2].partition(" All agreements")[0]
    assert told == "1 March 2021 Pact on rivers In force"


def queries_for(house: House, client: FlaskClient, path: str) -> int:
    """Return how many questions a page asks the database, its own version aside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(house.database.reading_engine, "before_cursor_execute", note)
    client.get(path)
    event.remove(house.database.reading_engine, "before_cursor_execute", note)
    return len([statement for statement in asked if statement.startswith("SELECT")])


def test_lists_and_files_ask_as_often_for_three_rows_as_for_one(
    house: House, client: FlaskClient, hand_in: Door
) -> None:
    paths = ("/en/agreements", "/en/agreements.json", "/en/agreements.csv", "/en/")
    hand_in("agreement", **agreement(SIGNED))
    one = [queries_for(house, client, path) for path in paths]
    for number in range(2):
        hand_in("agreement", **agreement(SIGNED, slug=f"pact-{number}"))

    three = [queries_for(house, client, path) for path in paths]

    assert three == one
    assert min(one) > 0
