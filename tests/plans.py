"""How SQLite finds what a question asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from embassy.web.house import House


@contextmanager
def plans(house: House) -> Iterator[dict[str, list[str]]]:
    """Give the steps by which each statement of readers finds its rows, once the block is left."""
    sent: list[tuple[str, Any]] = []
    found: dict[str, list[str]] = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    event.listen(house.database.reading_engine, "before_cursor_execute", note)
    yield found
    event.remove(house.database.reading_engine, "before_cursor_execute", note)
    with house.database.reading() as session:
        for statement, parameters in sent:
            if statement.startswith("SELECT"):
                asked = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                found[statement] = [str(row.detail) for row in asked]
