"""The running service that calendar programs talk to."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import servers
from tests.clients.serving import Service, serving
from tests.events.facts import concert

# Calendar programs show no more than some years ahead, by the clock of their machine.
NEXT_YEAR = datetime.now(UTC).year + 1


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with three events ahead, served by gunicorn."""
    built = Service(tmp_path_factory.mktemp("service"), servers.free_port())
    built.command("migrate")
    built.command("import", "event", str(events_file(built.folder)))
    with serving(built):
        yield built


def events_file(folder: Path, *, place: str = "BOZAR") -> Path:
    """Write the three events to a file; the first is held at `place`."""
    events = [
        concert(uid="11111111-1111-4111-8111-111111111111", first_day=f"{NEXT_YEAR}-03-26", place=place),
        concert(
            uid="22222222-2222-4222-8222-222222222222",
            slug="two-days",
            first_day=f"{NEXT_YEAR}-05-14",
            last_day=f"{NEXT_YEAR}-05-15",
            starts=None,
            ends=None,
        ),
        concert(
            uid="33333333-3333-4333-8333-333333333333",
            slug="each-year",
            first_day=f"{NEXT_YEAR}-11-28",
            starts=None,
            ends=None,
            recurrence="FREQ=YEARLY",
        ),
    ]
    path = folder / "events.json"
    path.write_text(json.dumps(events), encoding="utf-8")
    return path
