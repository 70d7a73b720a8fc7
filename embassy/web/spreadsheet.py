"""Tables of office programs: Excel workbooks, and CSV with semicolons, old letters and d/m/y."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from embassy.core.composed import Parts
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.shapes import Day, Partial
from embassy.web.tabular import Row, Unreadable, columns, filled_rows, read_json, read_rows

Lines = Iterator[tuple[int, list[str]]]
OTHERWISE_WRITTEN = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
# A workbook is a packed folder: what it unpacks to is looked at before it is unpacked.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
NO_TIME = (2000, 1, 1, 0, 0, 0)
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
DELIMITERS = ",;\t"


def read(data: bytes, name: str, facts: tuple[Fact, ...], called: Mapping[str, str]) -> list[Row]:
    """Return the records of a .json, .csv or .xlsx file; raises Unreadable.

    `called` maps what people call a column, folded, to its name.
    """
    end = name.rpartition(".")[2].lower()
    if end == "json":
        return list(read_json(_text(data)))
    if end not in ("csv", "xlsx"):
        raise Unreadable(1, "", name[:60], say("A file that ends in .xlsx, .csv or .json."))
    lines = _workbook(data) if end == "xlsx" else _separated(_text(data))
    return list(read_rows(list(_as_we_write(lines, facts, called)), facts))


def _text(data: bytes) -> str:
    """Return text in UTF-8, or as Windows wrote it before."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separated(text: str) -> Lines:
    """Yield the filled rows of a CSV file, whatever separates its cells."""
    first = text.partition("\n")[0]
    yield from filled_rows(text, max(DELIMITERS, key=first.count))


def _workbook(data: bytes) -> Lines:
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
        rows = list(book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, values_only=True))
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


def _as_we_write(lines: Lines, facts: tuple[Fact, ...], called: Mapping[str, str]) -> Lines:
    """Yield rows with our names for columns, and days as year-month-day."""
    names = {name.casefold(): name for name in columns(facts)}
    days = set(_of_days(facts))
    heading: list[str] = []
    for number, (line, cells) in enumerate(lines):
        if number > MOST_ROWS:
            expected = say("At most %(most)d rows; divide the file.", most=MOST_ROWS)
            raise Unreadable(line, "", "", expected)
        if not heading:
            heading = [_known(cell.strip(), names, called) for cell in cells]
            yield line, heading
            continue
        shown = (*heading, *([""] * len(cells)))
        yield line, [_day(cell) if name in days else cell for name, cell in zip(shown, cells, strict=False)]


def _known(cell: str, names: Mapping[str, str], called: Mapping[str, str]) -> str:
    folded = cell.casefold()
    return names.get(folded) or called.get(folded, cell)


def _of_days(facts: Iterable[Fact], before: str = "") -> Iterator[str]:
    for fact in facts:
        if isinstance(fact.shape, Parts):
            yield from _of_days(fact.shape.facts, f"{before}{fact.name}.")
        elif isinstance(fact.shape, Day | Partial):
            yield before + fact.name


def _day(cell: str) -> str:
    """Return a day written d/m/y or d.m.y as year-month-day; anything else as it is."""
    written = OTHERWISE_WRITTEN.fullmatch(cell.strip())
    return f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else cell


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
