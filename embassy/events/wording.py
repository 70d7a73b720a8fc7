"""How an event's time, place and certainty are said in the language of the page."""

from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple, Protocol

from embassy.core.partial import PartialDate
from embassy.events.labels import CATEGORIES
from embassy.events.models import EventStatus
from embassy.events.queries import Days, Listed
from embassy.web.formats import clock, days, partial
from embassy.web.house import language
from embassy.web.locale import _, translate
from embassy.web.page import address


class Told(Protocol):
    """What the words are about: an event, or a row of a list."""

    @property
    def status(self) -> EventStatus: ...
    @property
    def first_day(self) -> PartialDate: ...
    @property
    def starts(self) -> time | None: ...
    @property
    def ends(self) -> time | None: ...
    @property
    def place(self) -> str: ...
    @property
    def city(self) -> str: ...


class When(NamedTuple):
    """When an event is, in words; `iso` is its first day where that is known exactly, else empty."""

    iso: str
    words: str


class Line(NamedTuple):
    """A row of a list in words.

    `foreign` is the tag of the title's language where that is not the page's. `meta` is its place, its
    category and whether it repeats; `mark` the shape and word of what is not certain.
    """

    url: str
    title: str
    foreign: str
    iso: str
    words: str
    where: str
    meta: str
    mark: tuple[str, str] | None


def lines(rows: Iterable[Listed], today: date) -> list[Line]:
    """Put the rows of a list into words."""
    here, pages = language().tag, address("events.show", "")
    names = {category: translate(label) for category, label in CATEGORIES.items()}
    repeats = _("repeats")
    return [
        Line(
            pages + row.slug,
            row.title,
            "" if row.shown_language == here else row.shown_language,
            *when(row, row.days),
            place := where(row),
            " · ".join(filter(None, (place, names[row.category], repeats if row.recurrence else ""))),
            certainty(row, row.to_day is not None and row.to_day < today),
        )
        for row in rows
    ]


def when(event: Told, day: Days | None) -> When:
    """Say when an event is; `day` is the occurrence shown, None where the days are not known exactly."""
    if day is None or not event.first_day.is_exact:
        return When("", partial(event.first_day))
    said = days(*day)
    if event.starts and event.ends:
        said += ", " + _("%(start)s to %(end)s", start=clock(event.starts), end=clock(event.ends))
    elif event.starts:
        said += ", " + clock(event.starts)
    return When(day.first_day.isoformat(), said)


def where(event: Told) -> str:
    """Say the place and the town of an event, as far as they are known."""
    return ", ".join(filter(None, (event.place, event.city)))


def certainty(event: Told, over: bool) -> tuple[str, str] | None:
    """Return the shape and the word of what is not certain of an event.

    An announced day that has passed tells no more than the announcement did.
    """
    match event.status:
        case EventStatus.cancelled:
            return "stop", _("Cancelled")
        case EventStatus.postponed:
            return "asked", _("Postponed")
        case EventStatus.announced if over:
            return "unknown", _("Announced; outcome not recorded")
        case EventStatus.announced:
            return "open", _("Announced")
        case EventStatus.tentative:
            return "open", _("Not yet certain")
        case _:
            return None
