"""How tests reach the service: as a reader, and as a writer through the real door."""

import uuid
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from embassy.db.commands import Writer, check, hand_in
from embassy.db.record import Record
from embassy.web.house import House

ADDRESS = "https://embassy.example"


class Reader(FlaskClient):
    """A client that asks at the service's own address and keeps no cookies."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Ask; `base_url` is the public address unless the test names another."""
        kwargs.setdefault("base_url", ADDRESS)
        return super().open(*args, **kwargs)


class Door:
    """Writes facts as an import does: checked, as a Change, applied, with its Revision."""

    def __init__(self, house: House) -> None:
        self.house = house

    def __call__(self, kind_name: str, **facts: Any) -> Record:
        """Hand the facts in now and return the record."""
        kind = self.house.kinds[kind_name]
        writer = Writer("tests", datetime.now(UTC), self.house.deployment.languages)
        with self.house.database.writing() as session:
            hand_in(session, kind, check(kind, facts), writer, uuid.uuid4())
        with self.house.database.reading() as session:
            record = session.scalars(select(Record).where(Record.slug == facts["slug"])).one()
            session.expunge_all()
            return record
