"""Lists in pages, of fifty unless a row costs much, with the total; a page beyond the end does not exist."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from flask import abort, current_app, request, url_for
from sqlalchemy import Integer, Select, bindparam, func

from embassy.web.house import moment, session

Row = TypeVar("Row")
ROWS = 50


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """One page of a list: its rows, its number, how many pages and rows there are in all."""

    rows: list[Row]
    number: int
    pages: int
    total: int

    @property
    def previous(self) -> str | None:
        """Return the address of the page before."""
        return self._address(self.number - 1)

    @property
    def next(self) -> str | None:
        """Return the address of the page after."""
        return self._address(self.number + 1)

    def _address(self, number: int) -> str | None:
        if not 1 <= number <= self.pages:
            return None
        endpoint = request.endpoint or ""
        # Only what the view answers to: url_for takes some names of parameters for orders to itself.
        marks = current_app.view_functions[endpoint].__dict__
        known = marks.get("pages_keep") or marks["queries"]
        asked = {name: value for name, value in request.args.items() if name in known}
        return url_for(endpoint, **{**(request.view_args or {}), **asked, "page": str(number)})


def _itself(entity: Any) -> Any:
    return entity


def one_page(found: Select[*tuple[Any, ...]], rows: int = ROWS) -> Select[*tuple[Any, ...]]:
    """Select one page of what is found: that which `paged` asks for."""
    return found.limit(rows).offset(bindparam("skipped", type_=Integer()))


@lru_cache(128)
def _counted(found: Select[*tuple[Any, ...]], rows: int) -> Select[*tuple[Any, ...]]:
    """Select one page of what is found, each row with how many there are in all."""
    return one_page(found.add_columns(func.count().over()), rows)


def paged(
    found: Select[*tuple[Any, ...]],
    row: Callable[..., Row] = _itself,
    total: int | None = None,
    given: Mapping[str, object] = MappingProxyType({}),
    rows: int = ROWS,
) -> Paged[Row]:
    """Return the page that `?page=` asks for, each row made of its columns.

    It is 404 beyond the end, and for what is no number. Where the `total` is known already, `found` is the
    one page (see `one_page`), so that the database may stop once it is full; `given` is what it is asked
    with beside the moment.
    """
    asked = request.args.get("page", "1")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 9):
        abort(404)
    number = int(asked)
    if number < 1:
        abort(404)
    asks = _counted(found, rows) if total is None else found
    held = session().execute(asks, {**moment(), **given, "skipped": (number - 1) * rows}).all()
    if not held and number > 1:
        abort(404)
    several = [row(*columns) for columns in held] if total is not None else [row(*one[:-1]) for one in held]
    in_all = total if total is not None else held[0][-1] if held else 0
    return Paged(several, number, max(1, -(-in_all // rows)), in_all)
