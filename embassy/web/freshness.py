"""Answers kept while they are true: by content version and by the instant they change by themselves."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.wsgi import ClosingIterator

from embassy.db.database import Database, DatabaseAway
from embassy.web.answer import Answer, Environ, StartResponse, send, send_away

Key = tuple[str, str]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

CAPACITY = 16 * 1024 * 1024


class Store:
    """One worker's kept answers, least recently used out first."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity, self.size = capacity, 0
        self.answers: OrderedDict[Key, tuple[Answer, int]] = OrderedDict()
        self.lock = Lock()

    def find(self, key: Key) -> Answer | None:
        """Return the answer kept for an address, true or not."""
        with self.lock:
            if key not in self.answers:
                return None
            self.answers.move_to_end(key)
            return self.answers[key][0]

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer, making room for it; its encoded forms are counted beforehand."""
        size = 2 * len(answer.body) + sum(map(len, key)) + 1024
        with self.lock:
            self._drop(key)
            self.answers[key] = answer, size
            self.size += size
            while self.size > self.capacity:
                self._drop(next(iter(self.answers)))

    def _drop(self, key: Key) -> None:
        if key in self.answers:
            self.size -= self.answers.pop(key)[1]


class Freshness:
    """WSGI in front of Flask: answers from the store while version and instant hold.

    Requests with a cookie or an Authorization pass by the store. If the database is away, a kept
    page is served with a notice instead of an error.
    """

    def __init__(self, application: Application, database: Database, host: str) -> None:
        self.application, self.database, self.host = application, database, host
        self.store = Store()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ, self.host)
        kept = self.store.find(key) if key is not None else None
        if kept is not None:
            now = datetime.now(UTC)
            try:
                version = self.database.content_version()
            except DatabaseAway:
                return send_away(environ, start_response, kept)
            if kept.holds(version, now):
                return send(environ, start_response, kept, now)
        return self._ask(environ, start_response, key)

    def _ask(self, environ: Environ, start_response: StartResponse, key: Key | None) -> Iterable[bytes]:
        slot: dict[str, Any] = {}
        started: list[tuple[Any, ...]] = []
        environ["embassy.slot"] = slot
        chunks = self.application(environ, lambda *begun: started.append(begun))
        answer: Answer | None = slot.get("answer")
        if answer is None:
            start_response(*started[-1])
            return chunks
        ClosingIterator(chunks).close()
        if key is not None and slot["keep"]:
            self.store.keep(key, answer)
        return send(environ, start_response, answer, slot["now"])


def key_of(environ: Environ, host: str) -> Key | None:
    """Return the store's key of a request, or None where its answer is nobody else's business."""
    asks = environ["REQUEST_METHOD"] in ("GET", "HEAD") and environ.get("HTTP_HOST") == host
    own = "HTTP_COOKIE" in environ or "HTTP_AUTHORIZATION" in environ or environ.get("SCRIPT_NAME")
    if not asks or own:
        return None
    try:
        asked = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True, errors="strict")
    except ValueError:
        return None
    if len(dict(asked)) < len(asked):
        return None
    return environ["PATH_INFO"], urlencode(sorted(asked))
