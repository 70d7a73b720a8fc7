"""The calendar writer: one feed and its entries as iCalendar bytes (RFC 5545, RFC 7986)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event
from icalendar.prop import vDuration, vInline

from embassy.core import ical_values as values
from embassy.core import recurrence
from embassy.core.facts import Values
from embassy.core.recurrence import universal
from embassy.core.zones import vtimezone

PRODID = "-//Embassy//Event feeds 1.0//EN"
# How far a VTIMEZONE follows a repetition; each edit of the feed moves it on. Zones of the yearly form need
# no such end.
FORESIGHT = timedelta(days=3653)

# A text and the BCP 47 tag of the language it is really in.
Phrase = tuple[str, str]


class Status(StrEnum):
    """RFC 5545 section 3.8.1.11; a postponed event is tentative, for want of a word of its own."""

    confirmed = "confirmed"
    tentative = "tentative"
    cancelled = "cancelled"


def counted(before: Values | None, after: dict[str, Any], moves: Iterable[str]) -> dict[str, Any]:
    """Return facts with their sequence raised where one of `moves` differs from what stood before.

    A sequence never falls (RFC 5545, 3.8.7.4).
    """
    if before is None:
        return after
    moved = any(before[name] != after[name] for name in moves)
    return {**after, "sequence": max(after["sequence"], before["sequence"] + moved)}


@dataclass(frozen=True)
class Feed:
    """A calendar to subscribe to. `language` is that of its name, description and categories.

    `zone` is the IANA zone an empty feed shows, `color` a CSS colour name, `refresh` what readers are asked
    to wait between fetches, `changed_at` (aware) the last public change, deletions included.
    """

    name: str
    description: str
    language: str
    source_url: str
    page_url: str
    refresh: timedelta
    color: str
    changed_at: datetime
    zone: str
    prodid: str = PRODID


@dataclass(frozen=True)
class Entry:
    """One event of a feed.

    All-day: `start` and `end` are dates, the last day included, and `zone` is None. Timed: they are aware
    datetimes and `zone` is an IANA name; an end equal to the start says that the end is not known.
    `rrule` is a value as `recurrence.check` takes it, `exdates` are the starts left out of it.
    `changed_at` is the last published revision, `geo` latitude and longitude in degrees.
    """

    uid: UUID
    changed_at: datetime
    created_at: datetime
    sequence: int
    status: Status
    transparent: bool
    start: date
    end: date
    summary: Phrase
    zone: str | None = None
    rrule: str | None = None
    exdates: tuple[date, ...] = ()
    description: Phrase | None = None
    location: Phrase | None = None
    geo: tuple[float, float] | None = None
    url: str | None = None
    categories: tuple[str, ...] = ()
    conference_url: str | None = None
    image_url: str | None = None

    def __post_init__(self) -> None:
        timed = {isinstance(moment, datetime) for moment in (self.start, self.end, *self.exdates)}
        if timed != {self.zone is not None}:
            raise ValueError("A timed entry has aware datetimes and a zone, an all-day entry dates and none.")
        if universal(self.end) < universal(self.start):
            raise ValueError("An entry ends before it starts.")
        if self.exdates and self.rrule is None:
            raise ValueError("Only a repeated entry can leave dates out.")
        if self.geo is not None and not all(
            abs(degrees) <= most for degrees, most in zip(self.geo, (90, 180), strict=True)
        ):
            raise ValueError("A position lies within 90 degrees of latitude and 180 of longitude.")


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as UTF-8 iCalendar; the same feed and entries, in any order, give the same bytes.

    ValueError for two entries with one uid, RecurrenceError for a rule that calendars could not follow,
    UnknownZoneError for a zone that the tz database does not have.
    """
    ordered = sorted(entries, key=lambda entry: (universal(entry.start), entry.uid))
    if len({entry.uid for entry in ordered}) != len(ordered):
        raise ValueError("Two entries have the same uid.")
    calendar = Calendar()
    calendar.update(_heading(feed))
    for zone, (first, last) in sorted(_spans(feed, ordered).items()):
        calendar.add_component(vtimezone(zone, first, last))
    for entry in ordered:
        event = Event()
        event.update(_properties(entry, feed.language))
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _heading(feed: Feed) -> Iterator[tuple[str, object]]:
    yield "VERSION", vInline("2.0")
    yield "PRODID", values.text(feed.prodid)
    yield "NAME", values.text(feed.name, feed.language)
    yield "X-WR-CALNAME", values.text(feed.name)
    yield "DESCRIPTION", values.text(feed.description, feed.language)
    yield "X-WR-CALDESC", values.text(feed.description)
    yield "REFRESH-INTERVAL", vDuration(feed.refresh, params={"VALUE": "DURATION"})
    yield "X-PUBLISHED-TTL", vDuration(feed.refresh)
    yield "SOURCE", values.uri(feed.source_url, typed=True)
    yield "URL", values.uri(feed.page_url)
    yield "COLOR", values.text(feed.color)
    yield "LAST-MODIFIED", values.utc(feed.changed_at)


def _properties(entry: Entry, language: str) -> Iterator[tuple[str, object]]:
    still = entry.transparent or entry.zone is None or entry.status is Status.cancelled
    yield "UID", vInline(str(entry.uid))
    yield "DTSTAMP", values.utc(entry.changed_at)
    yield "LAST-MODIFIED", values.utc(entry.changed_at)
    yield "CREATED", values.utc(entry.created_at)
    yield "SEQUENCE", vInline(str(entry.sequence))
    yield "STATUS", vInline(entry.status.upper())
    yield "TRANSP", vInline("TRANSPARENT" if still else "OPAQUE")
    yield from _times(entry)
    for name, phrase in (
        ("SUMMARY", entry.summary),
        ("DESCRIPTION", entry.description),
        ("LOCATION", entry.location),
    ):
        if phrase is not None:
            yield name, values.text(*phrase)
    if entry.categories:
        yield "CATEGORIES", values.texts(entry.categories, language)
    if entry.geo is not None:
        yield "GEO", vInline(f"{entry.geo[0]:.6f};{entry.geo[1]:.6f}")
    if entry.url is not None:
        yield "URL", values.uri(entry.url)
    if entry.conference_url is not None:
        yield "CONFERENCE", values.uri(entry.conference_url, typed=True)
    if entry.image_url is not None:
        yield "IMAGE", values.uri(entry.image_url, typed=True)


def _times(entry: Entry) -> Iterator[tuple[str, object]]:
    yield "DTSTART", values.moment(entry.start, entry.zone)
    if entry.zone is None:
        yield "DTEND", values.moment(entry.end + timedelta(days=1), None)
    elif universal(entry.end) != universal(entry.start):
        yield "DTEND", values.moment(entry.end, entry.zone)
    if entry.rrule is not None:
        yield "RRULE", vInline(recurrence.check(entry.rrule, entry.start, entry.zone))
    if entry.exdates:
        left_out = sorted(set(entry.exdates), key=universal)
        yield "EXDATE", [values.moment(moment, entry.zone) for moment in left_out]


def _spans(feed: Feed, entries: list[Entry]) -> dict[str, tuple[datetime, datetime]]:
    """From when to when each zone is used; the feed's own zone where there is no entry."""
    now = universal(feed.changed_at)
    spans = {} if entries else {feed.zone: (now, now)}
    for entry in entries:
        if entry.zone is not None:
            first, last = universal(entry.start), universal(entry.end)
            if entry.rrule is not None:
                last = max(last, now) + FORESIGHT
            earliest, latest = spans.get(entry.zone, (first, last))
            spans[entry.zone] = (min(earliest, first), max(latest, last))
    return spans
