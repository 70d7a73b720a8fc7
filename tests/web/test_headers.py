"""Headers on every answer, hosts and proxies (OWASP ASVS 3.4)."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from embassy.app import create_app
from embassy.config import Settings
from tests.rooms import ADDRESS, Reader

SAME_SITE = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/", 302),
        ("GET", "/en/", 200),
        ("HEAD", "/en/events/concert", 200),
        ("GET", "/en/nothing", 404),
        ("GET", "/en/events?when=tomorrow", 400),
        ("GET", "/en/events?page=0", 404),
        ("POST", "/en/events", 405),
        ("GET", "/en", 308),
        ("GET", "/robots.txt", 200),
        ("GET", "/health/live", 200),
        ("GET", "/health/ready", 200),
        ("GET", "/accent.css", 200),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/static/../pyproject.toml", 404),
        ("GET", "//evil.example/%2e%2e", 404),
    ],
)
def test_every_answer_carries_them_once(reader: FlaskClient, method: str, address: str, status: int) -> None:
    answer = reader.open(address, method=method)

    assert answer.status_code == status
    assert {name: answer.headers.getlist(name) for name in SAME_SITE} == {
        name: [value] for name, value in SAME_SITE.items()
    }


def test_files_carry_them_too_and_are_kept_for_a_year(reader: FlaskClient) -> None:
    answer = reader.get("/static/css/embassy.css")

    assert {name: answer.headers[name] for name in SAME_SITE if name != "Cross-Origin-Resource-Policy"} == {
        name: value for name, value in SAME_SITE.items() if name != "Cross-Origin-Resource-Policy"
    }
    assert answer.headers["Cache-Control"] == "max-age=31536000, public"
    answer.close()


@pytest.mark.parametrize("address", ["/en/events.ics", "/en/events.json", "/en/events.csv"])
def test_what_any_site_may_read_says_so(reader: FlaskClient, address: str) -> None:
    answer = reader.get(address)

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "embassy.example.evil.example", "embassy.example@evil.example", "a b", "127.0.0.1"],
)
@pytest.mark.parametrize("address", ["/", "/en/", "/en/events.json", "/sitemap.xml", "/nothing"])
def test_another_host_is_refused(reader: FlaskClient, host: str, address: str) -> None:
    reader.get(address)

    answer = reader.get(address, headers={"Host": host})

    assert (answer.status_code, "evil" in answer.text) == (400, False)
    assert answer.headers["Cache-Control"] == "no-store"


FORGED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Port": "81",
    "Forwarded": "host=evil.example;proto=http",
    "X-Original-URL": "/evil",
}


@pytest.mark.parametrize("address", ["/", "/en/events", "/en/events.json", "/sitemap.xml"])
def test_nobody_forges_where_a_request_came_from(reader: FlaskClient, address: str) -> None:
    plain = reader.get(address)
    forged = reader.get(address, headers=FORGED)

    assert (forged.status_code, forged.data, dict(forged.headers)) == (
        plain.status_code,
        plain.data,
        dict(plain.headers),
    )


def test_a_configured_proxy_is_believed(shared: Settings) -> None:
    app = create_app(replace(shared, proxies=1))
    app.test_client_class = Reader

    through, past = (
        app.test_client().get("/robots.txt", base_url="http://10.0.0.7:8000", headers=headers)
        for headers in ({"X-Forwarded-Host": "embassy.example", "X-Forwarded-Proto": "https"}, {})
    )

    assert (through.status_code, past.status_code) == (200, 400)
    app.extensions["embassy"].database.dispose()


def test_plain_http_of_the_demo_promises_no_transport_security(shared: Settings) -> None:
    app = create_app(replace(shared, public_url="http://127.0.0.1:8000", demo=True))

    answer = app.test_client().get("/health/live", base_url="http://127.0.0.1:8000")

    assert {name for name in SAME_SITE if name not in answer.headers} == {"Strict-Transport-Security"}
    assert ADDRESS not in answer.text
    app.extensions["embassy"].database.dispose()
