"""How gunicorn serves the house: loaded once, then forked; each process opens its own connections."""

import gc
import logging
from typing import Any

worker_class = "gthread"
threads = 4
preload_app = True
control_socket_disable = True
timeout = 30
graceful_timeout = 10
# The server believes no header about where it stands; whoever trusts a proxy says so in the settings.
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
max_requests = 20_000
max_requests_jitter = 2_000


def when_ready(_server: Any) -> None:
    """Send the service's own log to the standard error, a line of JSON a request."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")


def pre_fork(_server: Any, _worker: Any) -> None:
    """Keep what is loaded out of the collector's way, so that the processes go on sharing it."""
    gc.freeze()


def post_fork(_server: Any, worker: Any) -> None:
    """Leave the connections of the parent process to it."""
    worker.app.wsgi().extensions["embassy"].database.dispose()
