"""One line of JSON a request, without personal data: no address, no query, no agent, no name."""

import json
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from embassy.web.answer import Environ, StartResponse

log = logging.getLogger("embassy.requests")


class Requests:
    """WSGI that logs method, path, status and milliseconds of each request."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not log.isEnabledFor(logging.INFO):
            return self.application(environ, start_response)
        began = time.perf_counter()
        statuses: list[str] = []

        def start(status: str, *rest: Any) -> Any:
            statuses.append(status[:3])
            return start_response(status, *rest)

        answered = self.application(environ, start)
        line = {
            "method": environ["REQUEST_METHOD"],
            "path": environ.get("PATH_INFO", ""),
            "status": int(statuses[-1]),
            "ms": round((time.perf_counter() - began) * 1000, 1),
        }
        log.info(json.dumps(line, ensure_ascii=True))
        return answered
