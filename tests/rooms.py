"""How tests reach the service: as a reader, and as a writer through the real door."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import select

from embassy.app import build
from embassy.config import SAMPLE, Settings, sample_files
from embassy.db.commands import Writer, check, hand_in
from embassy.db.database import Database
from embassy.db.record import Record
from embassy.web import importing
from embassy.web.freshness import Freshness, Store
from embassy.web.house import House

ADDRESS = "https://embassy.example"
LOADED = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Reader(FlaskClient):
    """A client that asks at the service's own address and keeps no cookies."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Ask; `base_url` is the public address unless the test names another."""
        kwargs.setdefault("base_url", ADDRESS)
        return super().open(*args, **kwargs)


def settings(data: Path, database_url: str) -> Settings:
    """Return the settings of the sample service on some database."""
    return Settings(data, database_url, ADDRESS, SAMPLE / "deployment.toml", "0123456789abcdef" * 2)


@contextmanager
def moved_in(service: Flask, wanted: Settings) -> Iterator[Flask]:
    """Give a service that is built already other settings, a database and an empty store.

    What a test says of the deployment is forgotten after it.
    """
    house: House = service.extensions["embassy"]
    fresh: Freshness = service.extensions["embassy.freshness"]
    house.settings, house.database = wanted, Database(wanted.database_url)
    fresh.database, fresh.store = house.database, Store()
    service.testing = True
    deployment = house.deployment
    yield service
    house.deployment = deployment
    house.database.dispose()


def load_sample(url: str, now: datetime = LOADED) -> None:
    """Load the sample service into a migrated SQLite database, by the real import, and close it whole."""
    built = build(settings(Path(), url))
    writer = Writer("tests", now, built.deployment.languages)
    for kind in built.kinds.values():
        for file in sample_files(kind.name):
            rows = importing.completed(kind, importing.read(kind, file), built.deployment)
            importing.load(built.database, kind, rows, writer, _unseen)
    with built.database.writing_engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    built.database.dispose()


def _unseen(_number: int, _of: int) -> None:
    return None


class Compiled(BytecodeCache):
    """Templates compiled once for all the services that a test run makes."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket if its template was compiled before."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


class Door:
    """Writes facts as an import does: checked, as a Change, applied, with its Revision."""

    def __init__(self, house: House) -> None:
        self.house = house

    def __call__(self, kind_name: str, **facts: Any) -> Record:
        """Hand the facts in now and return the record."""
        self.all(kind_name, [facts])
        with self.house.database.reading() as session:
            wanted = select(Record).where(Record.record_kind == kind_name, Record.slug == facts["slug"])
            record = session.scalars(wanted).one()
            session.expunge_all()
            return record

    def all(self, kind_name: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Hand in the facts of several records at once."""
        kind = self.house.kinds[kind_name]
        writer = Writer("tests", datetime.now(UTC), self.house.deployment.languages)
        with self.house.database.writing() as session:
            for facts in records:
                hand_in(session, kind, check(kind, facts), writer, uuid.uuid4())
