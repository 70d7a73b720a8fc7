"""Visits as a calendar in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from flask import url_for

from embassy.core.calendar import Entry, Feed, Status
from embassy.visits.models import Visit, VisitStatus
from embassy.visits.wording import level
from embassy.web.feeds import Subscription
from embassy.web.house import language, service_name
from embassy.web.locale import _
from embassy.web.page import absolute
from embassy.web.records import seen

STATUSES = {
    VisitStatus.took_place: Status.confirmed,
    VisitStatus.announced: Status.tentative,
    VisitStatus.postponed: Status.tentative,
    VisitStatus.cancelled: Status.cancelled,
}


def since(today: date) -> date:
    """Return the first day the calendar holds: the beginning of last year."""
    return date(today.year - 1, 1, 1)


def subscription() -> Subscription:
    """Return the feed of visits for the subscribe box."""
    return Subscription(_("Visits · %(service)s", service=service_name()), url_for("visits.calendar"))


def feed(changed_at: datetime) -> Feed:
    """Return what the calendar says of itself."""
    description = _("High-level visits and consultations of this year, the last and those announced.")
    return subscription().feed(description, url_for("visits.index"), changed_at, color="navy")


def entries(visits: Iterable[Visit]) -> Iterator[Entry]:
    """Yield an entry of whole days for each visit."""
    prefixes = {VisitStatus.cancelled: _("Cancelled: "), VisitStatus.postponed: _("Postponed: ")}
    dated = [(visit, day) for visit in visits if (day := visit.first_day.earliest)]
    for visit, day in dated:
        found, title = visit.title.best(language())
        spoken, summary = visit.summary.best(language())
        places = [stop.place.title.best(language())[1] for stop in visit.places if seen(stop.place)]
        yield Entry(
            uid=visit.uid,
            changed_at=max(visit.changed_at, visit.shown_from),
            created_at=max(visit.created_at, visit.shown_from),
            sequence=visit.sequence,
            status=STATUSES[visit.status],
            transparent=True,
            start=day,
            end=visit.last_day.earliest if visit.last_day.is_exact and visit.last_day.earliest else day,
            summary=(prefixes.get(visit.status, "") + title, found.tag),
            description=(summary, spoken.tag),
            location=(", ".join(places), language().tag) if places else None,
            url=absolute(url_for("visits.show", slug=visit.slug)),
            categories=(level(visit),),
        )
