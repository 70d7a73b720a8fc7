"""One whole public answer: how long it is true, its ETag, and how it is sent (RFC 9110, 9111)."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import brotli
from werkzeug.http import http_date, parse_accept_header, parse_date, parse_etags

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

AWAY_MARK = b"<!--away-->"
SUFFIXES = {"": "", "gzip": "-gz", "br": "-br"}


@dataclass
class Answer:
    """A body with its headers, true for content `version` from `since` until `until` (None: no end).

    Readers are told `known_until` at most: an instant they may not know bounds `until` alone.
    `longest` is the most seconds anybody else may keep it. `notice` is put in while the database is
    away.
    """

    body: bytes
    content_type: str
    version: int
    since: datetime
    until: datetime | None
    known_until: datetime | None
    longest: int
    headers: tuple[tuple[str, str], ...] = ()
    last_modified: datetime | None = None
    notice: bytes = b""
    codings: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256(self.body).hexdigest()[:32]

    def holds(self, version: int, now: datetime) -> bool:
        """Say whether the answer is still what a fresh one would be."""
        return version == self.version and self.since <= now and (self.until is None or now < self.until)

    def max_age(self, now: datetime) -> int:
        """Return for how many seconds others may keep it."""
        if self.known_until is None:
            return self.longest
        return max(0, min(self.longest, int((self.known_until - now).total_seconds())))

    def coded(self, coding: str) -> bytes:
        """Return the body in a content coding, made once."""
        if not coding:
            return self.body
        if coding not in self.codings:
            quick = (
                gzip.compress(self.body, 6, mtime=0)
                if coding == "gzip"
                else brotli.compress(self.body, quality=5)
            )
            self.codings[coding] = quick
        return self.codings[coding]

    def etag(self, coding: str) -> str:
        """Return the strong validator of the body in a coding, without its quotation marks."""
        return self.digest + SUFFIXES[coding]


def send(environ: Environ, start_response: StartResponse, answer: Answer, now: datetime) -> Iterable[bytes]:
    """Send an answer, or a 304 to whoever has it; HEAD gets the same headers."""
    coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = [
        ("ETag", f'"{answer.etag(coding)}"'),
        ("Cache-Control", f"public, max-age={answer.max_age(now)}"),
        ("Vary", "Accept-Encoding"),
        *answer.headers,
    ]
    if answer.last_modified:
        headers.append(("Last-Modified", http_date(answer.last_modified)))
    if _has_it(environ, answer, coding):
        start_response("304 Not Modified", headers)
        return []
    return _body(environ, start_response, headers, answer.content_type, answer.coded(coding), coding)


def send_away(environ: Environ, start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
    """Send an answer that may have aged because the database is away, and say so."""
    headers = [("Cache-Control", "no-store"), *answer.headers]
    body = answer.body.replace(AWAY_MARK, answer.notice, 1)
    return _body(environ, start_response, headers, answer.content_type, body, "")


def _body(
    environ: Environ,
    start_response: StartResponse,
    headers: list[tuple[str, str]],
    content_type: str,
    body: bytes,
    coding: str,
) -> Iterable[bytes]:
    headers += [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    if coding:
        headers.append(("Content-Encoding", coding))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _coding(accepted: str) -> str:
    if not accepted:
        return ""
    wishes = {name: quality for name, quality in parse_accept_header(accepted) if quality > 0}
    return next((coding for coding in ("br", "gzip") if coding in wishes), "")


def _has_it(environ: Environ, answer: Answer, coding: str) -> bool:
    if none_match := environ.get("HTTP_IF_NONE_MATCH"):
        return parse_etags(none_match).contains_weak(answer.etag(coding))
    try:
        since = parse_date(environ.get("HTTP_IF_MODIFIED_SINCE"))
    except OverflowError:
        return False
    return bool(since and answer.last_modified and answer.last_modified.replace(microsecond=0) <= since)


def latest(*moments: datetime | None) -> datetime | None:
    """Return the last of the moments that are given."""
    return max((moment for moment in moments if moment is not None), default=None)


def soonest(*moments: datetime | None) -> datetime | None:
    """Return the first of the moments that are given."""
    return min((moment for moment in moments if moment is not None), default=None)
