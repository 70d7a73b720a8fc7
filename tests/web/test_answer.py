"""Validators, codings and conditions of one answer (RFC 9110, RFC 9111)."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from embassy.app import create_app
from embassy.config import Settings
from embassy.db.record import Record
from embassy.web.answer import Answer, latest, send, soonest
from tests.events.facts import concert
from tests.rooms import Reader

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHANGED = NOW - timedelta(days=1)
BODY = b"A concert. " * 40


def answer(**other: Any) -> Answer:
    """Return an answer of half a kilobyte."""
    facts: dict[str, Any] = {
        "version": 1,
        "since": NOW,
        "until": None,
        "known_until": None,
        "longest": 30,
        "last_modified": CHANGED,
    }
    return Answer(BODY, "text/plain; charset=utf-8", **facts | other)


def sent(
    kept: Answer, now: datetime = NOW, method: str = "GET", **headers: str
) -> tuple[str, dict[str, str], bytes]:
    """Send an answer to a request with these headers; return status, headers and body."""
    began: list[Any] = []
    asked = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    body = send({"REQUEST_METHOD": method, **asked}, lambda *given: began.extend(given), kept, now)
    return began[0], dict(began[1]), b"".join(body)


TAG = answer().etag("")


def test_an_answer_carries_all_a_cache_needs() -> None:
    status, headers, body = sent(answer(headers=(("Access-Control-Allow-Origin", "*"),)))

    assert (status, body) == ("200 OK", BODY)
    assert headers == {
        "ETag": f'"{TAG}"',
        "Cache-Control": "public, max-age=30",
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Last-Modified": "Sat, 21 Nov 2026 12:00:00 GMT",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": "440",
    }


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (f'"{TAG}"', "304 Not Modified"),
        (f'W/"{TAG}"', "304 Not Modified"),
        (f'"other", "{TAG}"', "304 Not Modified"),
        ("*", "304 Not Modified"),
        ('"other"', "200 OK"),
        (TAG.upper(), "200 OK"),
        (f'"{TAG}-gz"', "200 OK"),
        ("", "200 OK"),
    ],
)
def test_whoever_names_the_validator_has_it_already(condition: str, status: str) -> None:
    assert sent(answer(), if_none_match=condition)[0] == status


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Sat, 21 Nov 2026 12:00:00 GMT", "304 Not Modified"),
        ("Sun, 22 Nov 2026 12:00:00 GMT", "304 Not Modified"),
        ("Sat, 21 Nov 2026 11:59:59 GMT", "200 OK"),
        ("yesterday", "200 OK"),
    ],
)
def test_whoever_has_it_since_its_last_change_has_it_already(since: str, status: str) -> None:
    kept = answer(last_modified=CHANGED + timedelta(microseconds=999_999))

    assert sent(kept, if_modified_since=since)[0] == status


def test_the_validator_wins_over_the_day() -> None:
    status, _headers, _body = sent(
        answer(), if_none_match='"other"', if_modified_since="Sun, 22 Nov 2026 12:00:00 GMT"
    )

    assert status == "200 OK"


def test_a_page_without_a_last_change_is_always_sent_to_whoever_asks_by_day() -> None:
    status, headers, _body = sent(
        answer(last_modified=None), if_modified_since="Sun, 22 Nov 2026 12:00:00 GMT"
    )

    assert (status, "Last-Modified" in headers) == ("200 OK", False)


def test_a_304_holds_no_body_and_nothing_about_one() -> None:
    _status, headers, body = sent(answer(), if_none_match="*", accept_encoding="br")

    assert body == b""
    assert headers == {
        "ETag": f'"{TAG}-br"',
        "Cache-Control": "public, max-age=30",
        "Vary": "Accept-Encoding",
        "Last-Modified": "Sat, 21 Nov 2026 12:00:00 GMT",
    }


@pytest.mark.parametrize(
    ("accepted", "coding", "decoded"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.1", "gzip", gzip.decompress),
        ("gzip;q=0", None, bytes),
        ("identity", None, bytes),
        ("", None, bytes),
        ("zstd", None, bytes),
    ],
)
def test_each_coding_has_its_own_validator(
    accepted: str, coding: str | None, decoded: Callable[[bytes], bytes]
) -> None:
    kept = answer()

    _status, headers, body = sent(kept, accept_encoding=accepted)

    assert (headers.get("Content-Encoding"), decoded(body)) == (coding, BODY)
    assert headers["Content-Length"] == str(len(body))
    assert headers["ETag"] == f'"{kept.etag(coding or "")}"'
    assert len({kept.etag(each) for each in ("", "gzip", "br")}) == 3


def test_a_coding_is_made_once() -> None:
    kept = answer()

    assert kept.coded("br") is kept.coded("br")


def test_head_has_the_headers_of_get() -> None:
    _status, of_get, _body = sent(answer(), accept_encoding="br")

    assert sent(answer(), method="HEAD", accept_encoding="br") == ("200 OK", of_get, b"")


@pytest.mark.parametrize(
    ("until", "now", "seconds"),
    [
        (None, NOW, 30),
        (NOW + timedelta(seconds=90), NOW, 30),
        (NOW + timedelta(seconds=7.9), NOW, 7),
        (NOW, NOW + timedelta(seconds=1), 0),
    ],
)
def test_nobody_keeps_it_longer_than_it_is_known_to_be_true(
    until: datetime | None, now: datetime, seconds: int
) -> None:
    assert answer(known_until=until).max_age(now) == seconds


@pytest.mark.parametrize(
    ("version", "seconds", "holds"),
    [(1, 0, True), (1, 59, True), (1, 60, False), (1, -1, False), (2, 0, False)],
)
def test_an_answer_holds_for_its_version_and_its_time(version: int, seconds: int, holds: bool) -> None:
    kept = answer(until=NOW + timedelta(minutes=1))

    assert kept.holds(version, NOW + timedelta(seconds=seconds)) is holds


def test_of_moments_that_may_be_missing_the_first_and_the_last_are_found() -> None:
    assert (soonest(None, NOW, CHANGED), latest(None, CHANGED, NOW)) == (CHANGED, NOW)
    assert (soonest(None), latest()) == (None, None)


def test_the_service_answers_head_and_conditions_as_it_answers_get(
    client: FlaskClient, hand_in: Callable[..., Record]
) -> None:
    hand_in("event", **concert())

    got = client.get("/en/events.ics", headers={"Accept-Encoding": "br"})
    head = client.head("/en/events.ics", headers={"Accept-Encoding": "br"})
    again = client.get(
        "/en/events.ics", headers={"Accept-Encoding": "br", "If-None-Match": got.headers["ETag"]}
    )

    assert (dict(head.headers), head.data) == (dict(got.headers), b"")
    assert (again.status_code, again.data, "Content-Length" in again.headers) == (304, b"", False)
    assert brotli.decompress(got.data).startswith(b"BEGIN:VCALENDAR\r\n")


def test_while_the_database_is_away_kept_pages_are_served_with_a_notice_and_recovery_needs_no_restart(
    shared: Settings, tmp_path: Path
) -> None:
    file = copyfile(shared.data / "embassy.sqlite", tmp_path / "embassy.sqlite")
    app = create_app(replace(shared, data=tmp_path, database_url=f"sqlite:///{file}"))
    app.test_client_class = Reader
    before = app.test_client().get("/sq/events")
    app.extensions["embassy"].database.dispose()
    file.rename(tmp_path / "away")

    kept, never_asked, ready = (
        app.test_client().get(address) for address in ("/sq/events", "/sq/search?q=koncert", "/health/ready")
    )
    app.extensions["embassy"].database.dispose()
    (tmp_path / "away").replace(file)
    after = app.test_client().get("/sq/events")

    notice = app.extensions["embassy.freshness"].store.find(("/sq/events", "")).notice
    assert (kept.status_code, kept.headers["Cache-Control"], "ETag" in kept.headers) == (
        200,
        "no-store",
        False,
    )
    assert kept.data == before.data.replace(b"<!--away-->", notice)
    assert len(notice) > 40
    assert [(one.status_code, one.headers["Retry-After"]) for one in (never_asked, ready)] == [
        (503, "30")
    ] * 2
    assert (after.status_code, after.data) == (200, before.data)
    app.extensions["embassy"].database.dispose()
