"""The packaged tz database: its zones, the same on every machine, and all their clock changes."""

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
LAST_WEEK = 5
HEADER = 44
_NAME = r"(<[^>]+>|[A-Za-z]+)"
_CLOCK = r"([+-]?\d+(?::\d+)*)"
_CHANGE = rf",M(\d+)\.(\d)\.(\d)(?:/{_CLOCK})?"
FOOTER = re.compile(rf"{_NAME}{_CLOCK}(?:{_NAME}{_CLOCK}?{_CHANGE}{_CHANGE})?")


class UnknownZoneError(ValueError):
    """A name that the tz database does not have."""


class LocalTime(NamedTuple):
    """An offset east of Greenwich with its abbreviation; `summer` as the tz database has it."""

    offset: timedelta
    summer: bool
    name: str


@dataclass(frozen=True)
class ClockChange:
    """One change of a zone's local time; `at` is UTC, `summer` means clocks that run ahead."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


@dataclass(frozen=True)
class YearlyChange:
    """One of the two changes that a footer repeats for ever (`Mm.w.d/time`, RFC 9636 section 3.3.1)."""

    month: int
    week: int
    weekday: int
    clock: timedelta
    before: timedelta
    after: timedelta
    name: str

    def in_year(self, year: int) -> ClockChange:
        first = datetime(year, self.month, 1, tzinfo=UTC)
        ahead = (self.weekday - first.isoweekday()) % 7
        day = first + timedelta(days=ahead, weeks=self.week - 1)
        if day.month != self.month:
            day -= timedelta(weeks=1)
        at = day + self.clock - self.before
        return ClockChange(at, self.before, self.after, self.name, self.after > self.before)

    @property
    def plain(self) -> bool:
        """Whether the clock stays within its day, so that one BYDAY tells the change."""
        return timedelta() <= self.clock < timedelta(days=1)

    @property
    def rrule(self) -> str:
        week = -1 if self.week == LAST_WEEK else self.week
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{WEEKDAYS[self.weekday]}"


@dataclass(frozen=True)
class Chronicle:
    """All that is known of one zone: the first local time, the listed changes, then the footer's."""

    first: LocalTime
    listed: tuple[ClockChange, ...]
    yearly: tuple[YearlyChange, ...]

    def changes(self, until: datetime) -> tuple[ClockChange, ...]:
        """Every change in order, for at least two years after `until`."""
        if not self.yearly:
            return self.listed
        last = self.listed[-1].at
        years = range(last.year, max(last, until).year + 3)
        repeated = [rule.in_year(year) for year in years for rule in self.yearly]
        later = sorted((change for change in repeated if change.at > last), key=lambda change: change.at)
        return (*self.listed, *later)


@cache
def names() -> frozenset[str]:
    """Every zone name of the tz database."""
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone as packaged; UnknownZoneError for a name the tz database does not have."""
    return ZoneInfo.from_file(BytesIO(_tzif(name)), key=name)


@cache
def chronicle(name: str) -> Chronicle:
    """Read the zone's TZif file: the 64-bit block and the footer (RFC 9636 section 3)."""
    content = _tzif(name)
    start, _ = _block(content, 0, width=4)
    footer, (times, kinds, letters) = _block(content, start, width=8)
    at = start + HEADER
    moments = struct.unpack_from(f">{times}q", content, at)
    chosen = content[at + 8 * times : at + 9 * times]
    table = at + 9 * times
    texts = content[table + 6 * kinds :][:letters]
    locals_ = [_local_time(content, table + 6 * kind, texts) for kind in range(kinds)]
    states = [locals_[0], *(locals_[kind] for kind in chosen)]
    return Chronicle(
        states[0], tuple(_listed(moments, states)), yearly_changes(content[footer:].decode("ascii"))
    )


def _tzif(name: str) -> bytes:
    if name not in names():
        raise UnknownZoneError(name)
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


def _block(content: bytes, start: int, width: int) -> tuple[int, tuple[int, int, int]]:
    """Where the data block ends, and its numbers of changes, local times and letters."""
    ut, std, leaps, times, kinds, letters = struct.unpack_from(">6l", content, start + 20)
    size = times * (width + 1) + kinds * 6 + letters + leaps * (width + 4) + std + ut
    return start + HEADER + size, (times, kinds, letters)


def _local_time(content: bytes, at: int, texts: bytes) -> LocalTime:
    offset, summer, letter = struct.unpack_from(">l?B", content, at)
    name = texts[letter:].split(b"\0", 1)[0].decode("ascii")
    return LocalTime(timedelta(seconds=offset), summer, name)


def _listed(moments: Sequence[int], states: Sequence[LocalTime]) -> Iterator[ClockChange]:
    for moment, before, after in zip(moments, states, states[1:], strict=False):
        summer = after.summer
        # Dublin and Casablanca count their winter or Ramadan as the saving; calendars expect the reverse.
        if before.summer != after.summer and before.offset != after.offset:
            summer = after.offset > before.offset
        at = EPOCH + timedelta(seconds=moment)
        yield ClockChange(at, before.offset, after.offset, after.name, summer)


def yearly_changes(footer: str) -> tuple[YearlyChange, ...]:
    match = FOOTER.fullmatch(footer.strip("\n"))
    if match is None:
        raise ValueError(footer)
    name, west, other_name, other_west, *rules = match.groups()
    if other_name is None:
        return ()
    usual = -_clock(west)
    other = -_clock(other_west) if other_west else usual + timedelta(hours=1)
    return (
        _change(rules[:4], usual, other, other_name),
        _change(rules[4:], other, usual, name),
    )


def _change(rule: Sequence[str], before: timedelta, after: timedelta, name: str) -> YearlyChange:
    month, week, weekday = map(int, rule[:3])
    return YearlyChange(month, week, weekday, _clock(rule[3] or "2"), before, after, name.strip("<>"))


def _clock(text: str) -> timedelta:
    hours, minutes, seconds = [*(int(part) for part in text.lstrip("+-").split(":")), 0, 0][:3]
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if text.startswith("-") else size
