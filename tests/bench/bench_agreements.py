"""What a list of agreements costs with 1,000 and with 10,000 of them, six acts each.

Run it by hand: `PYTHONPATH=. .venv/bin/python tests/bench/bench_agreements.py`, with `postgresql` behind it
for a server of our own. The agreements come in by the import door in one transaction. The times are processor
time of this process for one answer that no store holds, the least of ROUNDS: other work on the machine can
only add to it. What the server of PostgreSQL takes for it is told beside, the mean of ROUNDS.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from flask import Flask

from embassy.agreements.classification import AgreementKind, Subject
from embassy.app import create_app
from embassy.config import SAMPLE, Settings
from embassy.db.commands import Writer
from embassy.db.migrate import upgrade
from embassy.web import importing
from embassy.web.house import House
from embassy.web.tabular import Row
from tests import servers

ADDRESS = "https://embassy.example"
SIZES = (1_000, 10_000)
ROUNDS = 7
COUNTRIES = ("BE", "FR", "NL", "DE", "IT", "ES", "AT", "CH", "PL", "SE", "RS", "XK")
QUERIES = (
    "",
    "q=river+4",
    "status=in_force",
    "party=FR&partner=AL",
    "on=2014-05-01",
    "on=2014-05-01&status=signed",
    "collection=own",
    "collection=worked_examples",
    "waiting=FR",
    "waiting=FR&subject=culture&sort=signed-last",
    "year=2016",
    "sort=newest",
    "sort=title-back",
    "sort=signed-first",
    "sort=entered-last",
    "status=in_force&party=DE&kind=treaty&on=2020-01-01&sort=entered-first",
)


def agreement(number: int, chance: Random) -> dict[str, Any]:
    """Return the facts of an agreement; a third of them still wait for the other country."""
    other = chance.choice(COUNTRIES)
    signed = date(2000, 1, 1) + timedelta(days=chance.randrange(8000))
    entered = chance.random() < 2 / 3
    acts: list[tuple[str, str, str | None, int]] = [
        ("opened", "negotiation_opened", None, -300),
        ("initialled", "initialled", None, -60),
        ("signed", "signed", None, 0),
        ("report", "committee_report", "AL", 90),
        ("assent", "body_assented", "AL", 120),
        ("in-force", "entry_into_force_asserted", None, 300)
        if entered
        else ("note", "internal_procedures_notified", "AL", 150),
    ]
    return {
        "slug": f"pact-{number}",
        "title": {"en": f"Pact on river {number}", "fr": f"Pacte sur le fleuve {number}"},
        "summary": {"en": "Rivers flow both ways."},
        "kind": str(chance.choice(list(AgreementKind))),
        "form": "bilateral",
        "collection": "own" if number % 200 else "worked_examples",
        "subjects": [str(chance.choice(list(Subject)))],
        "parties": [{"code": code, "country": code} for code in ("AL", other)],
        "acts": [_act(uid, act, party, signed + timedelta(after)) for uid, act, party, after in acts],
    }


def _act(uid: str, kind: str, party: str | None, done: date) -> dict[str, Any]:
    named = {"party": party} if party else {}
    source = {"source_kind": "gazette", "citation": {"en": f"Gazette of {done}"}, "known_from": str(done)}
    return {"uid": uid, "type": kind, "event_date": str(done), **named, **source}


def filled(folder: Path, url: str, size: int) -> Flask:
    """Return the service with so many agreements, and print how long they took to come in."""
    upgrade(url)
    app = create_app(Settings(folder, url, ADDRESS, SAMPLE / "deployment.toml", "0123456789abcdef" * 2))
    house: House = app.extensions["embassy"]
    chance = Random(2026)  # noqa: S311 - not a secret
    rows = [Row(agreement(number, chance), {(): number + 1}) for number in range(size)]
    writer = Writer("bench", datetime.now(UTC), house.deployment.languages)
    began = process_time()
    importing.load(house.database, house.kinds["agreement"], rows, writer, lambda _number, _of: None)
    print(f"{size:,} agreements imported in {process_time() - began:.0f} s")
    if not house.database.is_sqlite:
        # PostgreSQL's own housekeeping does so within a minute; that of tests is off.
        with house.database.writing_engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
    return app


def cost(app: Flask, query: str) -> tuple[float, float]:
    """Return the milliseconds of processor time that a fresh answer takes: our least, the server's mean."""
    client, taken, before = app.test_client(), [], _served()
    for number in range(ROUNDS):
        asked = "&".join(filter(None, (query, f"uncached={number}")))
        began = process_time()
        answer = client.get(f"/en/agreements?{asked}", base_url=ADDRESS)
        taken.append(process_time() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{query}: {answer.status_code}")
    return min(taken) * 1000, (_served() - before) * 1000 / ROUNDS


def _served() -> float:
    """Return the seconds of processor time that all processes of PostgreSQL have taken (proc(5))."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, fields = stat.read_text().rsplit(")", 1)
        except OSError:
            continue
        ticks += sum(map(int, fields.split()[11:15])) if name.endswith("(postgres") else 0
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def addresses(folder: Path, *, on_server: bool) -> Iterator[Iterator[str]]:
    """Give addresses of new databases, as many as are wished."""
    if not on_server:
        yield (f"sqlite:///{folder}/{size}.sqlite" for size in SIZES)
        return
    with servers.postgresql() as server:
        yield (server.url(server.create()) for _size in SIZES)


def main() -> None:
    """Measure, and print a line for each question."""
    on_server = "postgresql" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as name, addresses(Path(name), on_server=on_server) as urls:
        small, large = (filled(Path(name), url, size) for size, url in zip(SIZES, urls, strict=True))
        for query in QUERIES:
            (few, served_few), (many, served_many) = cost(small, query), cost(large, query)
            told = f"  server {served_few:5.1f} ms {served_many:5.1f} ms" if on_server else ""
            print(f"{query or 'all':70} {few:7.1f} ms {many:7.1f} ms  ratio {many / few:4.1f}{told}")
        for app in (small, large):
            app.extensions["embassy"].database.dispose()


if __name__ == "__main__":
    main()
