"""Records in tables as people name them: addresses made from titles, titles where addresses belong."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from embassy.core.audit import digest
from embassy.core.composed import Path, replaced
from embassy.core.shapes import Reference
from embassy.db.kinds import Kind
from embassy.desk import differing, drafting, queries
from embassy.web import spreadsheet
from embassy.web.house import house, language, session
from embassy.web.spreadsheet import Line
from embassy.web.tabular import Row

SHORT = 6


def named(kind: Kind, names: Sequence[str]) -> bool:
    """Say whether the columns of a table tell its records apart: by their address, by their title, or by
    what their addresses are made of.
    """
    return "slug" in {*names, *kind.made} or any(name.startswith(f"{kind.title}.") for name in names)


def records(kind: Kind, lines: Sequence[Line], names: list[str]) -> list[Row]:
    """Return the records of a table, each with an address, and with addresses of those it refers to.

    Where no column holds addresses, they are made from titles, the same from the same title. A record may be
    referred to by its title in any language, as long as no other has it. Raises Unreadable.
    """
    if "slug" not in names:
        (first, heading), *rows = lines
        made = [(line, [_address(kind, cells, names), *cells]) for line, cells in rows]
        lines, names = [(first, ["", *heading]), *made], ["slug", *names]
    return _referring(kind, spreadsheet.records(lines, names, kind.facts))


def _address(kind: Kind, cells: Sequence[str], names: Sequence[str]) -> str:
    """Return an address made from the first title in a row; "" for a row without one."""
    held = zip(cells, names, strict=False)
    titles = (cell for cell, name in held if name.startswith(f"{kind.title}.") and cell.strip())
    if not (title := next(titles, "")):
        return ""
    made = drafting.addressed({kind.title: {"": title}}, kind.title)
    return str(made.get("slug") or f"{kind.name}-{digest('', title)[:SHORT]}")


def _referring(kind: Kind, rows: list[Row]) -> list[Row]:
    wanted = {one[1:] for row in rows for one in differing.referring(kind.facts, row.raw)}
    unknown = wanted - queries.titles(session(), wanted, language().tag).keys()
    called = {
        one: queries.called(session(), house().kinds[one[0]], one[1])
        for one in unknown
        if one[0] in house().kinds
    }

    def each(shape: Reference, given: Any, _path: Path) -> Any:
        return called.get((shape.kind, given)) or given

    return [replace(row, raw=replaced(kind.facts, row.raw, Reference, each)) for row in rows]
