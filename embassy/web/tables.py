"""A kind's list as a file for programs: JSON or CSV, the same cells in both."""

from datetime import datetime
from typing import Any

from flask import Response
from sqlalchemy import Select

from embassy.db.kinds import Kind
from embassy.web import respond
from embassy.web.house import house, language, moment, session
from embassy.web.page import absolute, address


def answer(kind_name: str, form: str, found: Select[Any], *, until: datetime | None = None) -> Response:
    """Answer with everything found, as `csv` or `json`."""
    kind = house().kinds[kind_name]
    rows = [_row(kind, record) for record in session().scalars(found, moment()).unique()]
    if form == "json":
        return respond.as_json({"language": language().tag, "total": len(rows), "records": rows}, until=until)
    return respond.as_csv(["uid", "url", *(cell.name for cell in kind.cells)], rows, until=until)


def _row(kind: Kind, record: Any) -> dict[str, Any]:
    cells = {cell.name: cell.value(record, language()) for cell in kind.cells}
    return {"uid": str(record.uid), "url": absolute(address(kind.endpoint, record.slug)), **cells}
