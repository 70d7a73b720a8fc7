"""A kind's list as a file for programs: JSON, CSV or an Excel workbook, the same cells in all."""

from datetime import datetime
from typing import Any

from flask import Response
from sqlalchemy import Select

from embassy.db.kinds import Kind
from embassy.web import respond
from embassy.web.house import house, language, moment, session
from embassy.web.page import absolute, address
from embassy.web.spreadsheet import write


def answer(kind_name: str, form: str, found: Select[Any], *, until: datetime | None = None) -> Response:
    """Answer with everything found, as `csv`, `xlsx` or `json`."""
    kind = house().kinds[kind_name]
    rows = [_row(kind, record) for record in session().scalars(found, moment()).unique()]
    if form == "json":
        return respond.as_json({"language": language().tag, "total": len(rows), "records": rows}, until=until)
    columns = ["uid", "url", *(cell.name for cell in kind.cells)]
    if form == "xlsx":
        return respond.as_workbook(write(columns, rows), until=until)
    return respond.as_csv(columns, rows, until=until)


def _row(kind: Kind, record: Any) -> dict[str, Any]:
    cells = {cell.name: cell.value(record, language()) for cell in kind.cells}
    return {"uid": str(record.uid), "url": absolute(address(kind.endpoint, record.slug)), **cells}
