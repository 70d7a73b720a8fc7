"""What every answer carries, and what no request can make the service do."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from embassy.web.headers import SECURITY
from tests.every.crawl import Crawl, endpoint_of
from tests.rooms import ADDRESS, LOADED

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def client(sampled: Flask) -> FlaskClient:
    """A reader of the sample service."""
    return sampled.test_client()


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The moment the sample was loaded."""
    with time_machine.travel(LOADED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def one_of_each(pages: Crawl) -> dict[str, str]:
    """An address of each endpoint."""
    found: dict[str, str] = {}
    for address, seen in pages.seen.items():
        if seen.status < 400 and (match := endpoint_of(pages.app, address)):
            found.setdefault(match[0], address)
    return found


def lacks(answer: TestResponse) -> list[str]:
    """Return the headers that an answer should have and has not, or has twice."""
    wanted = (*SECURITY, ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
    wrong = [name for name, value in wanted if answer.headers.getlist(name) != [value]]
    shared = "cross-origin" if answer.headers.get("Access-Control-Allow-Origin") == "*" else "same-origin"
    if answer.headers.getlist("Cross-Origin-Resource-Policy") != [shared]:
        wrong.append("Cross-Origin-Resource-Policy")
    if "Set-Cookie" in answer.headers or "Cookie" in answer.headers.get("Vary", ""):
        wrong.append("cookies")
    return wrong


def test_the_policy_allows_this_site_alone(client: FlaskClient) -> None:
    policy = client.get("/en/").headers["Content-Security-Policy"]

    directives = dict(directive.strip().split(" ", 1) for directive in policy.split(";"))

    assert directives == {
        **{f"{kind}-src": "'self'" for kind in ("default", "script", "style", "img", "font", "connect")},
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


def test_every_answer_has_every_header(one_of_each: dict[str, str], client: FlaskClient) -> None:
    asked = [
        *one_of_each.values(),
        "/static/css/embassy.css",
        "/static/none.css",
        "/en/none",
        "/xx",
        "//",
        "/%00",
    ]

    wrong = {
        f"{method} {address}": found
        for address in asked
        for method in METHODS
        if (found := lacks(client.open(address, method=method, buffered=True)))
    }

    assert wrong == {}
    assert len(one_of_each) > 15


def test_a_304_and_an_unknown_host_have_them_too(client: FlaskClient) -> None:
    whole = client.get("/en/")
    again = client.get("/en/", headers={"If-None-Match": whole.headers["ETag"]})
    elsewhere = client.get("/en/", base_url="https://elsewhere.example")

    assert (again.status_code, lacks(again)) == (304, [])
    assert (elsewhere.status_code, lacks(elsewhere)) == (400, [])


def test_no_method_but_reading_is_taken(one_of_each: dict[str, str], client: FlaskClient) -> None:
    taken = {
        f"{method} {address}": status
        for address in one_of_each.values()
        for method in ("POST", "PUT", "PATCH", "DELETE")
        if (status := client.open(address, method=method).status_code) != 405
    }

    assert taken == {}


def test_head_says_what_get_says_without_the_body(one_of_each: dict[str, str], client: FlaskClient) -> None:
    for address in one_of_each.values():
        whole, head = client.get(address), client.head(address)
        assert (head.status_code, dict(head.headers), head.data) == (
            whole.status_code,
            dict(whole.headers),
            b"",
        ), address


def test_every_kept_answer_has_an_etag_that_gives_a_304(
    one_of_each: dict[str, str], client: FlaskClient
) -> None:
    answers = {address: client.get(address) for address in one_of_each.values()}
    tagged = {
        address: answer.headers["ETag"] for address, answer in answers.items() if "ETag" in answer.headers
    }

    again = {address: client.get(address, headers={"If-None-Match": tag}) for address, tag in tagged.items()}

    assert {(answer.status_code, answer.data) for answer in again.values()} == {(304, b"")}
    without = {address for address in answers if address not in tagged}
    assert without == {"/", "/health/live", "/health/ready"}


@pytest.mark.parametrize(
    "path",
    [
        "/en/events/" + "a" * 100_000,
        "/en/events?q=" + "a" * 100_000,
        "/en/events?page=1000000000000",
        "/en/events?page=-1",
        "/en/events?page=%D9%A1",
        "/en/events?when=%00",
        "/en/search?q=%00",
        "/en/search?q=" + "%F0%9F%92%A9" * 201,
        "/en/search?q=%ff%fe",
        "/en/events/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static/%2e%2e/config.py",
        "/static/../config.py",
        "/qr/en/events.ics%0d%0aX: y",
        "/qr//elsewhere.example/events.ics",
        "/sr_Latn/",
        "/EN/",
        "/en/events.xml",
        "/en/events/category/none.ics",
        "/en//events",
    ],
)
def test_a_hostile_address_is_refused_and_breaks_nothing(path: str, client: FlaskClient) -> None:
    answer = client.get(path)

    assert answer.status_code in (200, 308, 400, 404)
    assert answer.status_code != 200 or path == "/en/search?q=%ff%fe"
    assert lacks(answer) == []
    assert "X" not in answer.headers


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-Host": "elsewhere.example"},
        {"X-Forwarded-Proto": "http"},
        {"X-Forwarded-For": "1.2.3.4"},
        {"X-Forwarded-Prefix": "/elsewhere"},
        {"Forwarded": "host=elsewhere.example"},
        {"X-Original-URL": "/de/"},
    ],
)
def test_a_forged_header_changes_nothing(forged: dict[str, str], client: FlaskClient) -> None:
    plain, told = client.get("/en/"), client.get("/en/", headers=forged)

    assert told.data == plain.data
    assert ADDRESS in told.text


def test_tables_and_feeds_are_open_to_other_sites_and_pages_are_not(client: FlaskClient) -> None:
    shared = {
        path: client.get(path).headers.get("Access-Control-Allow-Origin")
        for path in ("/en/events.ics", "/en/events.json", "/en/events.csv", "/en/events", "/en/")
    }

    assert shared == {
        "/en/events.ics": "*",
        "/en/events.json": "*",
        "/en/events.csv": "*",
        "/en/events": None,
        "/en/": None,
    }
