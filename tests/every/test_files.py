"""Every list as a file: workbook, CSV and JSON say the same, stay the same bytes, and run nothing."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from embassy.web.freshness import Store
from tests.events.facts import concert
from tests.every.crawl import public_rules
from tests.every.markup import Markup
from tests.rooms import LOADED, Door


@pytest.fixture
def database_url(sample_url: str) -> str:
    """The sample service, on one kind of database: a file does not know which."""
    return sample_url


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The moment the sample was loaded."""
    with time_machine.travel(LOADED, tick=False) as traveller:
        yield traveller


def lists(app: Flask) -> list[str]:
    """Return the address of every list as a file, without its form."""
    rules = [rule.rule for rule in public_rules(app) if rule.endpoint.endswith(".table")]
    kinds = ("place", "organisation", "person")
    named = [
        rule.replace("<language:lang>", "fr").partition(".<any(csv, xlsx, json):form>")[0] for rule in rules
    ]
    return [one.replace("<any(place, organisation, person):kind>", kind) for one in named for kind in kinds]


def cells(workbook: bytes) -> list[list[str]]:
    """Return what stands in a workbook, as text."""
    book = load_workbook(io.BytesIO(workbook))
    rows = [["" if one is None else str(one) for one in row] for row in book.worksheets[0].values]
    book.close()
    return rows


def test_all_forms_of_each_list_say_the_same(app: Flask, client: FlaskClient) -> None:
    addresses = sorted(set(lists(app)))
    for address in addresses:
        table = list(csv.reader(io.StringIO(client.get(f"{address}.csv").text)))
        held = json.loads(client.get(f"{address}.json").text)["records"]
        book = cells(client.get(f"{address}.xlsx").data)

        plain = [[cell.removeprefix("'") for cell in row] for row in table]
        assert book == plain, address
        assert (len(held), list(held[0])) == (len(book) - 1, book[0])
    assert len(addresses) == 9


def test_a_workbook_is_the_same_bytes_at_any_time(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller
) -> None:
    first = client.get("/en/visits.xlsx")
    app.extensions["embassy.freshness"].store = Store()
    clock.shift(3600)
    second = client.get("/en/visits.xlsx")

    assert first.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


def test_no_cell_of_a_workbook_is_run(client: FlaskClient, hand_in: Door) -> None:
    hand_in("event", **concert(title={"en": "=1+1"}, place="@SUM(A1)", city="+2"))

    book = load_workbook(io.BytesIO(client.get("/en/events.xlsx").data))
    kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    texts = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    book.close()

    assert "f" not in kinds
    assert {"=1+1", "@SUM(A1)", "+2"} <= texts


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("/en/visits?country=BE&year=2014", "/en/visits.xlsx?country=BE&year=2014"),
        ("/en/visits?page=1&q=tirana", "/en/visits.xlsx?q=tirana"),
        ("/en/agreements?party=BE", "/en/agreements.xlsx?party=BE"),
        ("/en/twinning?country=AL", "/en/twinning.xlsx?country=AL"),
        ("/en/associations", "/en/associations.xlsx"),
        ("/en/events", "/en/events.xlsx?when=upcoming"),
        ("/en/events?when=past&q=gala", "/en/events.xlsx?q=gala&when=past"),
    ],
)
def test_the_file_of_a_list_holds_what_the_list_shows(client: FlaskClient, page: str, file: str) -> None:
    links = {one["href"] for one in Markup(client.get(page).text).all("a") if ".xlsx" in one.get("href", "")}

    def parted(address: str) -> tuple[str, frozenset[str]]:
        path, _mark, query = address.partition("?")
        return path, frozenset(query.split("&"))

    assert [parted(link) for link in links] == [parted(file)]
    assert client.get(file).status_code == 200
