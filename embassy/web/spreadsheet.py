"""Tables of office programs: Excel workbooks, and CSV with semicolons, old letters and d/m/y."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import islice
from typing import Any

from embassy.core.composed import Parts
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import year_first
from embassy.core.shapes import Day, Partial
from embassy.web.tabular import HEADING, Row, Unreadable, below, filled_rows

Line = tuple[int, list[str]]
# A workbook is a packed folder: what it unpacks to is looked at before it is unpacked.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 300
NO_TIME = (2000, 1, 1, 0, 0, 0)
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
DELIMITERS = ",;\t"


def lines(data: bytes, name: str) -> list[Line]:
    """Return the filled rows of a .csv or .xlsx file, the first of which names the columns.

    Raises Unreadable.
    """
    end = name.rpartition(".")[2].lower()
    if end not in ("csv", "xlsx"):
        raise Unreadable(1, "", name[:60], say("A file that ends in .xlsx, .csv or .json."))
    found = list(islice(_workbook(data) if end == "xlsx" else _separated(text(data)), MOST_ROWS + 2))
    if len(found) > MOST_ROWS + 1:
        raise Unreadable(found[-1][0], "", "", say("At most %(most)d rows; divide the file.", most=MOST_ROWS))
    if not found:
        raise Unreadable(1, "", "", HEADING)
    if len(found[0][1]) > MOST_COLUMNS:
        expected = say("At most %(most)d columns; leave out what is not needed.", most=MOST_COLUMNS)
        raise Unreadable(1, "", len(found[0][1]), expected)
    return found


def records(lines: Sequence[Line], names: list[str], facts: tuple[Fact, ...]) -> list[Row]:
    """Return the records of a table whose columns have these of our names, "" to leave one out.

    Days that are written d/m/y or d.m.y are understood; raises Unreadable.
    """
    days = {number for number, name in enumerate(names) if name in set(_of_days(facts))}
    rows = [
        (line, [year_first(cell) if number in days else cell for number, cell in enumerate(cells)])
        for line, cells in lines[1:]
    ]
    return list(below(names, rows, facts))


def text(data: bytes) -> str:
    """Return text in UTF-8, or as Windows wrote it before."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separated(table: str) -> Iterator[Line]:
    """Yield the filled rows of a CSV file, whatever separates its cells."""
    first = table.partition("\n")[0]
    yield from filled_rows(table, max(DELIMITERS, key=first.count))


def _workbook(data: bytes) -> Iterator[Line]:
    """Yield the filled rows of the first sheet of a workbook."""
    from openpyxl import load_workbook

    unreadable = Unreadable(
        1, "", "", say("A workbook that Excel or LibreOffice can open, of moderate size.")
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise unreadable
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        most = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS + 1}
        rows = list(book.worksheets[0].iter_rows(**most, values_only=True))
        book.close()
    except Unreadable:
        raise
    except Exception:
        # The library raises whatever its parsers raise; all of it means the same to whoever sent the file.
        raise unreadable from None
    named = [number for row in rows[:1] for number, cell in enumerate(row, 1) if cell is not None]
    width = max(named, default=0)
    for line, row in enumerate(rows, 1):
        cells = [_cell(value) for value in row[:width]]
        if any(cells):
            yield line, cells


def _cell(value: Any) -> str:
    """Return a cell of a workbook as we write it."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value) if whole else value)


def _of_days(facts: Iterable[Fact], before: str = "") -> Iterator[str]:
    for fact in facts:
        if isinstance(fact.shape, Parts):
            yield from _of_days(fact.shape.facts, f"{before}{fact.name}.")
        elif isinstance(fact.shape, Day | Partial):
            yield before + fact.name


def write(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a workbook of one sheet, the same bytes for the same rows; no cell in it is a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in ([*names], *([row[name] for name in names] for row in rows)):
        cells = [WriteOnlyCell(sheet, value=_shown(value)) for value in row]
        for cell in cells:
            cell.data_type = "n" if isinstance(cell.value, int | float) else "s"
        sheet.append(cells)
    book.save(file)
    return _timeless(file.getvalue())


def _shown(value: Any) -> Any:
    """Return a cell as a workbook holds it: a number, or else text."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value or "")


def _timeless(data: bytes) -> bytes:
    """Return a workbook without the moment it was made, so that an unchanged list keeps its ETag."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(
                zipfile.ZipInfo(name, NO_TIME), MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name))
            )
    return made.getvalue()
