"""What the pages of missions cost with 1,000 and with 10,000 of them, each with one office and its hours.

Run it by hand: `PYTHONPATH=. .venv/bin/python tests/bench/bench_missions.py`. Missions and offices come in by
the import door, each kind in one transaction. The times are processor time of this process for one answer
that no store holds, the least of ROUNDS: other work on the machine can only add to it.
"""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from babel import Locale
from flask import Flask

from embassy.app import create_app
from embassy.config import SAMPLE, Settings
from embassy.consular.vocabulary import MissionKind
from embassy.db.commands import Writer
from embassy.db.migrate import upgrade
from embassy.web import importing
from embassy.web.formats import GROUPINGS
from embassy.web.house import House
from embassy.web.tabular import Row

ADDRESS = "https://embassy.example"
SIZES = (1_000, 10_000)
ROUNDS = 9
COUNTRIES = sorted({str(code) for code in Locale("en").territories if len(str(code)) == 2} - GROUPINGS)
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
PAGES = {
    "world": "/en/consular/missions",
    "world, honorary consulates": "/en/consular/missions?kind=honorary_consulate",
    "world, from elsewhere": "/en/consular/missions?accreditation=elsewhere",
    "country": "/en/consular/missions?country=FR",
    "country, embassies": "/en/consular/missions?country=FR&kind=embassy",
    "mission": "/en/consular/missions/mission-7",
    "office": "/en/consular/office-7",
    "offices": "/en/consular",
    "offices of a country": "/en/consular?country=FR",
}


def mission(number: int, chance: Random) -> dict[str, Any]:
    """Return the facts of a mission with its seat somewhere, accredited to two countries more."""
    host, *others = chance.sample(COUNTRIES, 3)
    return {
        "slug": f"mission-{number}",
        "title": {"en": f"Mission {number}", "fr": f"Mission {number}"},
        "summary": {"en": "A mission."},
        "kind": str(chance.choice(list(MissionKind))),
        "sending": "AL",
        "host": host,
        "city": {"en": f"Town {number % 400}"},
        "latitude": round(chance.uniform(-50, 70), 4),
        "longitude": round(chance.uniform(-170, 170), 4),
        "accreditations": [{"country": host, "resident": "yes"}]
        + [{"country": other, "resident": "no"} for other in others],
    }


def office(of: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of the office of a mission, open on workdays."""
    open_at = {"service": "general_enquiries", "channel": "counter", "opens": "09:00", "closes": "17:00"}
    return {
        "slug": of["slug"].replace("mission", "office"),
        "mission": of["slug"],
        "title": of["title"],
        "summary": of["summary"],
        "address": ["High Street 1"],
        "city": of["city"],
        "country": of["host"],
        "zone": "Europe/Brussels",
        "phones": [{"purpose": "general", "number": "+3226401422"}],
        "hours": [{"weekday": day, **open_at} for day in WORKDAYS],
    }


def filled(folder: Path, size: int) -> Flask:
    """Return the service with so many missions, and print how long they and their offices took to come in."""
    url = f"sqlite:///{folder}/{size}.sqlite"
    upgrade(url)
    app = create_app(Settings(folder, url, ADDRESS, SAMPLE / "deployment.toml", "0123456789abcdef" * 2))
    house: House = app.extensions["embassy"]
    chance = Random(2026)  # noqa: S311 - not a secret
    missions = [mission(number, chance) for number in range(size)]
    writer = Writer("bench", datetime.now(UTC), house.deployment.languages)
    for kind, records in (("mission", missions), ("office", [office(one) for one in missions])):
        rows = [Row(record, {(): number}) for number, record in enumerate(records, 1)]
        began = process_time()
        importing.load(house.database, house.kinds[kind], rows, writer, lambda _number, _of: None)
        print(f"{size:,} of {kind} imported in {process_time() - began:.0f} s")
    return app


def cost(app: Flask, path: str) -> float:
    """Return the least milliseconds of processor time that a fresh answer takes."""
    return min(_each(app, path)) * 1000


def _each(app: Flask, path: str) -> Iterator[float]:
    client = app.test_client()
    for number in range(ROUNDS):
        began = process_time()
        answer = client.get(f"{path}{'&' if '?' in path else '?'}uncached={number}", base_url=ADDRESS)
        yield process_time() - began
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")


def main() -> None:
    """Measure, and print a line for each page."""
    with tempfile.TemporaryDirectory() as name:
        small, large = (filled(Path(name), size) for size in SIZES)
        for told, path in PAGES.items():
            few, many = cost(small, path), cost(large, path)
            print(f"{told:30} {few:7.1f} ms {many:7.1f} ms  ratio {many / few:4.1f}")
        for app in (small, large):
            app.extensions["embassy"].database.dispose()


if __name__ == "__main__":
    main()
