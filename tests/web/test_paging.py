"""Lists in pages of fifty."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import literal, select, union_all
from werkzeug.exceptions import NotFound

from embassy.web.paging import Paged, paged
from tests.rooms import ADDRESS

NUMBERS = union_all(*(select(literal(number).label("number")) for number in range(101))).subquery()
LIST = select(NUMBERS.c.number).order_by(NUMBERS.c.number)


def turned(site: Flask, address: str) -> tuple[Paged[Any], str | None, str | None]:
    """Return a page of a list of 101 rows, and the addresses of the pages beside it."""
    with site.test_request_context(address, base_url=ADDRESS):
        site.preprocess_request()
        found: Paged[Any] = paged(LIST)
        return found, found.previous, found.next


@pytest.mark.parametrize(
    ("asked", "first", "count", "previous", "following"),
    [
        ("", 0, 50, None, "/en/events?page=2"),
        ("?page=1", 0, 50, None, "/en/events?page=2"),
        ("?page=2", 50, 50, "/en/events?page=1", "/en/events?page=3"),
        ("?page=003", 100, 1, "/en/events?page=2", None),
    ],
)
def test_each_page_holds_fifty_and_leads_to_the_next(
    site: Flask, asked: str, first: int, count: int, previous: str | None, following: str | None
) -> None:
    found, before, after = turned(site, f"/en/events{asked}")

    assert (found.rows[0], len(found.rows), found.pages, found.total) == (first, count, 3, 101)
    assert (before, after) == (previous, following)


@pytest.mark.parametrize(
    "number", ["0", "4", "-1", "+1", "1.0", " 1", "", "²", "٢", "1000000000000", "9" * 100_000, "1'--", "%00"]
)
def test_a_page_that_does_not_exist_is_404(site: Flask, reader: FlaskClient, number: str) -> None:
    with pytest.raises(NotFound):
        turned(site, f"/en/events?page={number}")

    assert reader.get(f"/en/events?page={number}").status_code == 404


def test_the_next_page_keeps_what_was_asked_for_and_obeys_nothing_else(site: Flask) -> None:
    hostile = (
        "_external=1&_scheme=javascript&_anchor=x&_method=POST&endpoint=front.index&lang=fr&utm_source=y"
    )

    _found, _before, following = turned(site, f"/sq/events?q=Fan+noli&when=past&{hostile}")

    assert following == "/sq/events?q=Fan+noli&when=past&page=2"


def test_an_empty_list_has_one_page(reader: FlaskClient) -> None:
    assert [reader.get(f"/en/search?q=nothing&page={number}").status_code for number in (1, 2)] == [200, 404]
