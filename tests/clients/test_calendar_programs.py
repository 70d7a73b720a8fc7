"""Real calendar programs subscribe: vdirsyncer keeps a copy, khal reads it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.conftest import NEXT_YEAR, events_file
from tests.clients.serving import Service

PROGRAMS = Path(sys.executable).parent


class Subscriber:
    """A person's computer: a folder of calendar entries that vdirsyncer fills and khal shows."""

    def __init__(self, home: Path, feed: str) -> None:
        self.home, self.entries = home, home / "entries" / "feed"
        self.entries.mkdir(parents=True)
        (home / "vdirsyncer.ini").write_text(
            f'[general]\nstatus_path = "{home}/status/"\n\n'
            '[pair events]\na = "here"\nb = "there"\ncollections = null\nconflict_resolution = "b wins"\n\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.entries}"\nfileext = ".ics"\n\n'
            f'[storage there]\ntype = "http"\nurl = "{feed}"\n'
        )
        (home / "khal.ini").write_text(
            f"[calendars]\n[[feed]]\npath = {self.entries}\nreadonly = True\n\n"
            "[locale]\nlocal_timezone = Europe/Brussels\ndefault_timezone = Europe/Brussels\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n\n"
            f"[sqlite]\npath = {home}/khal.db\n"
        )

    def synchronise(self) -> dict[str, bytes]:
        """Fetch the feed; return the entries by file name."""
        self._run("vdirsyncer", "-c", str(self.home / "vdirsyncer.ini"), "discover")
        self._run("vdirsyncer", "-c", str(self.home / "vdirsyncer.ini"), "sync")
        return {file.name: file.read_bytes() for file in sorted(self.entries.iterdir())}

    def listed(self, first: str, last: str) -> list[str]:
        """Return what khal shows from one day to another."""
        form = ("--day-format", "{date}", "--format", "{start-time}-{end-time} {title} {location}")
        shown = self._run("khal", "-c", str(self.home / "khal.ini"), "list", *form, first, last)
        return [line.strip() for line in shown.splitlines()]

    def _run(self, program: str, *words: str) -> str:
        own = os.environ | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(
            [PROGRAMS / program, *words], env=own, input="y\n", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def subscriber(tmp_path: Path, service: Service) -> Subscriber:
    """Somebody who subscribes to the English feed."""
    return Subscriber(tmp_path, f"{service.address}/en/events.ics")


def test_a_second_synchronisation_does_nothing_and_an_edit_moves_one_entry(
    service: Service, subscriber: Subscriber
) -> None:
    first = subscriber.synchronise()
    moments = {file: (subscriber.entries / file).stat().st_mtime_ns for file in first}

    second = subscriber.synchronise()
    untouched = {file: (subscriber.entries / file).stat().st_mtime_ns for file in second}
    service.command("import", "event", str(events_file(service.folder, place="Flagey")))
    third = subscriber.synchronise()

    assert len(first) == 3
    assert second == first
    assert untouched == moments
    # Over HTTP vdirsyncer names an entry by its content: the edited one goes and comes back anew.
    assert len(third) == 3
    assert sum(third.get(file) == first[file] for file in first) == 2


def test_khal_shows_the_right_days_and_hours(subscriber: Subscriber) -> None:
    subscriber.synchronise()

    assert subscriber.listed(f"{NEXT_YEAR}-03-26", f"{NEXT_YEAR}-03-27") == [
        f"{NEXT_YEAR}-03-26",
        "18:00-20:00 Autumn concert Flagey, Bruxelles",
    ]
    assert subscriber.listed(f"{NEXT_YEAR}-05-13", f"{NEXT_YEAR}-05-17") == [
        f"{NEXT_YEAR}-05-14",
        "- Autumn concert Bruxelles",
        f"{NEXT_YEAR}-05-15",
        "- Autumn concert Bruxelles",
    ]
    assert subscriber.listed(f"{NEXT_YEAR + 1}-11-28", f"{NEXT_YEAR + 1}-11-29") == [
        f"{NEXT_YEAR + 1}-11-28",
        "- Autumn concert Bruxelles",
    ]
