"""Events as calendar entries: what a subscriber's calendar shows, in one language (RFC 5545)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from embassy.core.calendar import Phrase, Status
from embassy.core.languages import Language
from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.core.tzdb import zone as zone_named


@dataclass(frozen=True)
class Span:
    """When something takes place: whole days, both included, or wall times in a zone."""

    first_day: date
    last_day: date
    starts: time | None
    ends: time | None
    zone: str

    @property
    def begins_at(self) -> datetime:
        """Return the moment it begins; a whole day begins at midnight in its zone."""
        return datetime.combine(self.first_day, self.starts or time(0), zone_named(self.zone))

    @property
    def ends_at(self) -> datetime:
        """Return the moment it is over. Without a known end a timed event lasts as long as its day."""
        if self.ends is not None:
            return datetime.combine(self.last_day, self.ends, zone_named(self.zone))
        return datetime.combine(self.last_day + timedelta(days=1), time(0), zone_named(self.zone))


def span(
    first_day: PartialDate, last_day: PartialDate, starts: time | None, ends: time | None, zone: str
) -> Span | None:
    """Return the span of an event whose days are known exactly, else None: calendars take no guesses."""
    if not first_day.is_exact or first_day.earliest is None:
        return None
    last = last_day.earliest if last_day.is_exact and last_day.earliest else first_day.earliest
    return Span(first_day.earliest, last, starts, ends, zone)


STATUS = {
    "confirmed": Status.confirmed,
    "announced": Status.tentative,
    "tentative": Status.tentative,
    "postponed": Status.tentative,
    "cancelled": Status.cancelled,
}


def told(text: Localized, language: Language, prefix: str = "") -> Phrase:
    """Return a text in the best language for the reader, with that language's tag."""
    found, words = text.best(language)
    return prefix + words, found.tag
