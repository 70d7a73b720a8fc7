"""The service as it runs: gunicorn with two workers on a free port, over a database of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests import servers

CALL = (sys.executable, "-c", "from embassy.cli import main; main()")


@dataclass(frozen=True)
class Service:
    """A running service: its folder, its port, and what its commands need to know."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """Return the address readers use."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings as environment variables."""
        own = {"EMBASSY_DATA": str(self.folder), "EMBASSY_DEMO": "1", "EMBASSY_PUBLIC_URL": self.address}
        return os.environ | own

    def command(self, *words: str) -> str:
        """Run one of the service's commands; return what it printed."""
        done = subprocess.run(
            [*CALL, *words], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        """Fetch an answer on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Host": f"127.0.0.1:{self.port}", **headers})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body


@contextmanager
def serving(service: Service) -> Iterator[None]:
    """Serve until the test is done."""
    command = [*CALL, "serve", "--port", str(service.port)]
    with servers.running(
        command, partial(servers.listens, service.port), log=service.folder / "log", env=service.environment
    ):
        yield
