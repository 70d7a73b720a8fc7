"""Dates known to a day, a month or a year, bounded on one side, or not known at all."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from embassy.core.messages import Message, say

WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
DAY_FIRST = re.compile(r"(?:(\d{1,2})[./-] ?)?(\d{1,2})[./-] ?(\d{4})", re.ASCII)


class Precision(StrEnum):
    """How much of a date a source tells."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NOT_AFTER = "not_after"
    NOT_BEFORE = "not_before"
    UNKNOWN = "unknown"


class PartialDateError(ValueError):
    """A date that cannot be read or does not exist; `message` says what is expected."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The earliest and the latest day an act can have happened; None is an open or unknown side.

    Only the six forms of `Precision` exist: an arbitrary span would claim a precision no source gave.
    The text form is that of ISO 8601-2 (EDTF level 1): `2013-12-09`, `2013-12`, `2013`,
    `../2013-12-09` (not after), `2013-12-09/..` (not before); the empty text is unknown.
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        first, last = self.earliest, self.latest
        if first is None or last is None or first == last or (first, last) == _month(first.year, first.month):
            return
        if (first, last) != _year(first.year):
            raise PartialDateError(
                say("%(first)s to %(last)s is neither a day, a month nor a year.", first=first, last=last)
            )

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(day, day)

    @classmethod
    def in_month(cls, year: int, month: int) -> Self:
        return cls(*_month(year, month))

    @classmethod
    def in_year(cls, year: int) -> Self:
        return cls(*_year(year))

    @classmethod
    def not_after(cls, day: date) -> Self:
        return cls(None, day)

    @classmethod
    def not_before(cls, day: date) -> Self:
        return cls(day, None)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form; white space around it is ignored. Raises PartialDateError."""
        written = text.strip()
        if not written:
            return cls()
        if written.startswith("../"):
            return cls.not_after(_exact(written[3:], text))
        if written.endswith("/.."):
            return cls.not_before(_exact(written[:-3], text))
        return cls(*_span(written, text))

    @property
    def is_exact(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest

    @property
    def is_unknown(self) -> bool:
        return self.earliest is None and self.latest is None

    @property
    def precision(self) -> Precision:
        first, last = self.earliest, self.latest
        if first is None:
            return Precision.UNKNOWN if last is None else Precision.NOT_AFTER
        if last is None:
            return Precision.NOT_BEFORE
        if first == last:
            return Precision.DAY
        return Precision.MONTH if first.month == last.month else Precision.YEAR

    @property
    def sort_key(self) -> tuple[bool, date, date, bool]:
        """By earliest day, the more exact first, unknown last.

        A date not after a day has no earliest day; it stands beside the only day it names.
        """
        first = self.earliest or self.latest or date.max
        return self.is_unknown, first, self.latest or date.max, self.earliest is None

    def may_include(self, day: date) -> bool:
        """Whether the act can have happened on that day."""
        return (self.earliest is None or self.earliest <= day) and (self.latest is None or day <= self.latest)

    def may_coincide(self, other: "PartialDate") -> bool:
        """Whether both acts can have happened on one day, so that their order is not known."""
        return not (self.is_before(other) or other.is_before(self))

    def is_before(self, other: "PartialDate") -> bool:
        """Whether this act is certain to lie before the other."""
        return self.latest is not None and other.earliest is not None and self.latest < other.earliest

    def __str__(self) -> str:
        first, last = self.earliest, self.latest
        if first is None:
            return "" if last is None else f"../{last}"
        if last is None:
            return f"{first}/.."
        if first == last:
            return first.isoformat()
        return first.isoformat()[: 7 if first.month == last.month else 4]


UNKNOWN = PartialDate()


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _exact(written: str, whole: str) -> date:
    first, last = _span(written, whole)
    if first != last:
        raise PartialDateError(say("“%(text)s” needs an exact day beside the open end.", text=whole))
    return first


def _span(written: str, whole: str) -> tuple[date, date]:
    found = WRITTEN.fullmatch(written)
    if found is None:
        raise PartialDateError(
            say(
                "“%(text)s” is not a date; write 2013-12-09, 2013-12, 2013, ../2013-12-09 (not after), "
                "2013-12-09/.. (not before) or leave it empty.",
                text=whole,
            )
        )
    year, month, day = (None if part is None else int(part) for part in found.groups())
    try:
        return _days(year or 0, month, day)
    except ValueError as error:
        raise PartialDateError(say("“%(text)s” does not exist in the calendar.", text=whole)) from error


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return _year(year)
    if day is None:
        return _month(year, month)
    return date(year, month, day), date(year, month, day)


def year_first(written: str) -> str:
    """Return a date written day or month first (9.12.2013, 9/12/2013, 12.2013) as ISO 8601 writes it.

    Anything else stays as it is.
    """
    if (found := DAY_FIRST.fullmatch(written.strip())) is None:
        return written
    day, month, year = found.groups()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
