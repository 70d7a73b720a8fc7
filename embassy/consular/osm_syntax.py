"""The rules of an `opening_hours` text as OpenStreetMap's specification writes them, each mistake placed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple, NoReturn

from embassy.consular.days import clock
from embassy.consular.osm import MONTHS, WEEKDAYS
from embassy.core.facts import Wrong
from embassy.core.messages import Message, say

LONGEST = 2000
TOKEN = re.compile(
    r'\s*(?:(?P<comment>"[^"]*")|(?P<always>24/7)|(?P<clock>\d{1,2}:\d{2})|(?P<number>\d+)'
    r"|(?P<word>[^\W\d_]+)|(?P<dash>[-–])|(?P<other>\|\||\S))"
)
HOLIDAYS = "Ph"
SHUT = ("Off", "Closed")
MODIFIERS = (*SHUT, "Open", "Unknown")
DAYTIME = say("Write times of the clock, such as 09:00-17:00.")
CLOSES = say("Say also when it closes, such as 09:00-17:00.")
CALENDAR = say("Write the date with its year, such as 2026 Nov 28.")
# What the specification knows and an office can do without, by the word it begins with.
UNKEPT: dict[str, Message] = {
    **dict.fromkeys(("Sunrise", "Sunset", "Dawn", "Dusk"), DAYTIME),
    **dict.fromkeys((*MONTHS, "Week", "Easter"), CALENDAR),
    "Sh": say("School holidays are not known here. Write their first and last day instead."),
    "[": say("Write the dates instead: only weekdays of every week are read."),
    "||": say("Put a semicolon between rules."),
    "+": CLOSES,
}
UNREAD = say("Write weekdays (Mo-Fr), hours (09:00-17:00), dates (2026 Nov 28), “off”, or 24/7.")


class Misspelt(Wrong):
    """A text that is no such value: `column` counts from 1, `found` stands there, `fix` tells what to do."""

    def __init__(self, column: int, found: str, fix: Message) -> None:
        super().__init__(
            say("Character %(column)d, “%(found)s”: %(fix)s", column=column, found=found, fix=fix)
            if found
            else say("Character %(column)d, where it ends: %(fix)s", column=column, fix=fix)
        )
        self.column, self.found, self.fix = column, found, fix


class Token(NamedTuple):
    """A piece of the text: its kind, what it says, and the column it begins in."""

    kind: str
    said: str
    column: int


class Range(NamedTuple):
    """Days from the first to the last, both included; without an end where there is none."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Rule:
    """One rule: on which days, which hours. Without `weekdays` it is about each of its days.

    `adds`: it stands behind a comma and leaves the rules before it alone. `comment` has no quotation marks.
    """

    begins: Token
    adds: bool
    ranges: tuple[Range, ...]
    weekdays: tuple[int, ...]
    spans: tuple[tuple[time, time], ...]
    modifier: str
    comment: str
    holidays: bool


def rules(text: str) -> Iterator[Rule]:
    """Yield the rules of a text in their order; raises Misspelt."""
    if len(text) > LONGEST:
        raise Misspelt(LONGEST + 1, text[LONGEST : LONGEST + 10], say("At most 2000 characters are read."))
    reader = _Reader(text)
    adds = False
    while True:
        yield reader.rule(adds)
        if reader.here.kind == "end":
            return
        if reader.here.said not in (";", ","):
            reader.refuse()
        adds = reader.take().said == ","
        if not adds and reader.here.kind == "end":
            return


class _Reader:
    """Goes through a text piece by piece."""

    def __init__(self, text: str) -> None:
        self.tokens = [
            Token(str(found.lastgroup), found[str(found.lastgroup)], found.start(str(found.lastgroup)) + 1)
            for found in TOKEN.finditer(text)
        ]
        self.tokens += [Token("end", "", len(text) + 1)] * 3

    @property
    def here(self) -> Token:
        return self.tokens[0]

    @property
    def word(self) -> str:
        """Return the word here as the specification writes it; empty where there is none."""
        return self.here.said.capitalize() if self.here.kind == "word" else ""

    def take(self) -> Token:
        return self.tokens.pop(0)

    def takes(self, kind: str) -> bool:
        """Say whether the next piece is of a kind or says it, and go past it if so."""
        found = kind in (self.here.kind, self.here.said)
        if found:
            self.take()
        return found

    def refuse(self, fix: Message | None = None) -> NoReturn:
        """Raise Misspelt for the piece here."""
        said = UNKEPT.get(self.here.said.capitalize(), UNREAD)
        raise Misspelt(self.here.column, self.here.said, fix or said)

    def rule(self, adds: bool) -> Rule:
        begins = self.here
        always = self.takes("always")
        ranges = tuple(self._ranges())
        weekdays, holidays = self._weekdays()
        if self.here.said == ":" and (ranges or weekdays):
            self.take()
        spans = ((time(), time()),) if always else tuple(self._spans())
        modifier = self.take().said.capitalize() if self.word in MODIFIERS else ""
        comment = self.take().said.strip('"').strip() if self.here.kind == "comment" else ""
        if self.here is begins or not (spans or modifier or comment):
            self.refuse()
        return Rule(begins, adds, ranges, weekdays, spans, modifier, comment, holidays)

    def _follows(self, kind: str) -> bool:
        """Say whether a comma goes on with the list here: another piece of a kind, not another rule."""
        return self.here.said == "," and self.tokens[1].kind == kind

    def _ranges(self) -> Iterator[Range]:
        while self.here.kind == "number":
            if len(self.here.said) != 4:
                self.refuse()
            first = self._date(None)
            if self.takes("+"):
                yield Range(first, None)
            elif self.takes("dash"):
                column = self.here
                last = self._date(first)
                if last < first:
                    raise Misspelt(
                        column.column, column.said, say("The last day cannot lie before the first.")
                    )
                yield Range(first, last)
            else:
                yield Range(first, first)
            if not self._follows("number"):
                return
            self.take()

    def _date(self, since: date | None) -> date:
        """Return a date; after the first one of a range, its year and month may be left out."""
        begins = self.here
        is_day = since is not None and self.here.kind == "number" and len(self.here.said) <= 2
        year = since.year if since and (is_day or self.here.kind == "word") else int(self._number(4))
        month = since.month if since and is_day else self._month()
        day = int(self._number(2))
        try:
            return date(year, month, day)
        except ValueError:
            raise Misspelt(begins.column, begins.said, say("There is no such day.")) from None

    def _number(self, most: int) -> str:
        if self.here.kind != "number" or len(self.here.said) > most:
            self.refuse(CALENDAR)
        return self.take().said

    def _month(self) -> int:
        if self.word not in MONTHS:
            self.refuse(CALENDAR)
        return MONTHS.index(self.take().said.capitalize()) + 1

    def _weekdays(self) -> tuple[tuple[int, ...], bool]:
        found: list[int] = []
        holidays = False
        while self.word == HOLIDAYS or self.word in WEEKDAYS:
            if self.word == HOLIDAYS:
                holidays = bool(self.take())
            else:
                first = last = WEEKDAYS.index(self.take().said.capitalize())
                if self.takes("dash"):
                    if self.word not in WEEKDAYS:
                        self.refuse(say("A weekday: Mo, Tu, We, Th, Fr, Sa or Su."))
                    last = WEEKDAYS.index(self.take().said.capitalize())
                found += [(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)]
            if not self._follows("word"):
                break
            self.take()
        return tuple(dict.fromkeys(found)), holidays

    def _spans(self) -> Iterator[tuple[time, time]]:
        while self.here.kind == "clock":
            begins = self.here
            opens = self._minutes(23)
            if not self.takes("dash"):
                self.refuse(CLOSES)
            closes = self._minutes(48)
            if not opens < (closes if closes > opens else closes + 24 * 60) <= opens + 24 * 60:
                raise Misspelt(begins.column, begins.said, say("These hours last longer than a day."))
            yield clock(opens), clock(closes)
            if not self._follows("clock"):
                return
            self.take()

    def _minutes(self, latest: int) -> int:
        if self.here.kind != "clock":
            self.refuse(DAYTIME)
        hour, minute = map(int, self.here.said.split(":"))
        if minute > 59 or hour * 60 + minute > latest * 60 + (59 if latest < 24 else 0):
            self.refuse(say("There is no such time."))
        self.take()
        return hour * 60 + minute
