"""How an office's openings and days are said, in the reader's language and on the office's clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote

from babel.dates import format_skeleton

from embassy.consular.models import Office
from embassy.consular.schedules import GENERAL, Case, Outlook, local_day, outlook, schedule
from embassy.core.languages import Language
from embassy.core.text import Localized
from embassy.core.tzdb import zone
from embassy.web.formats import clock, country, weekday
from embassy.web.locale import _, cldr

MARKS = {
    Case.open: "good",
    Case.always: "good",
    Case.soon: "soon",
    Case.doubtful: "asked",
    Case.appointment: "asked",
    Case.closed: "stop",
    Case.shut: "stop",
    Case.unknown: "unknown",
}


@dataclass(frozen=True)
class Moment:
    """A moment as it is said: UTC for machines, its time on the office's clocks, its day in words."""

    iso: str
    clock: str
    day: str
    near: bool


@dataclass(frozen=True)
class Told:
    """An outlook ready to be said; `doubted` is the day in doubt, in words."""

    case: Case
    mark: str
    zone: str
    until: Moment | None
    opens: Moment | None
    reason: Localized | None
    doubt: Localized | None
    doubted: str


def told(found: Outlook) -> Told:
    """Return an outlook in words."""
    today = local_day(found.at, found.zone)
    return Told(
        found.case,
        MARKS[found.case],
        found.zone,
        _moment(found.until, found) if found.until else None,
        _moment(found.opens, found) if found.opens else None,
        found.closure.reason if found.closure else None,
        found.doubt.reason if found.doubt else None,
        day_words(found.doubted, today) if found.doubted else "",
    )


def _moment(at: datetime, found: Outlook) -> Moment:
    local = at.astimezone(zone(found.zone))
    words = day_words(local.date(), local_day(found.at, found.zone))
    iso = at.isoformat().replace("+00:00", "Z")
    return Moment(iso, clock(local), words, at - found.at <= timedelta(days=1))


def day_words(day: date, today: date) -> str:
    """Return “today”, “tomorrow”, or the day with its weekday; the year only where it is another."""
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    skeleton = "MMMMd" if day.year == today.year else "yMMMMd"
    # Translators: a weekday before its date, such as “Monday 24 November”.
    return _(
        "%(weekday)s %(day)s",
        weekday=weekday(day.weekday()),
        day=str(format_skeleton(skeleton, day, locale=cldr())),
    )


@dataclass(frozen=True)
class Shown:
    """An office in a list, with what its general counter finds now."""

    office: Office
    told: Told
    holds_until: datetime


def shown(offices: Iterable[Office], at: datetime) -> list[Shown]:
    """Return offices with their opening states at a moment."""
    found = [(office, outlook(schedule(office, *GENERAL), at)) for office in offices]
    return [Shown(office, told(one), one.holds_until) for office, one in found]


def envelope(office: Office) -> list[str]:
    """Return the address line by line, as it is written in the country, the country in words."""
    town = office.city.in_language(office.city.source) or ""
    return [*office.address, f"{office.postal_code} {town}".strip(), country(office.country)]


def town(city: Localized | None, spoken: Language) -> str:
    """Return the name of a town in the reader's language, "" where none is known."""
    return city.best(spoken)[1] if city else ""


def map_url(office: Office) -> str:
    """Return the office on OpenStreetMap: its point, or a search for its address where none is known."""
    if office.latitude is not None and office.longitude is not None:
        point = f"{office.latitude}/{office.longitude}"
        pin = f"mlat={office.latitude}&mlon={office.longitude}"
        return f"https://www.openstreetmap.org/?{pin}#map=18/{point}"
    town = office.city.in_language(office.city.source) or ""
    wanted = ", ".join([*office.address[:1], f"{office.postal_code} {town}".strip(), office.country])
    return f"https://www.openstreetmap.org/search?query={quote(wanted)}"
