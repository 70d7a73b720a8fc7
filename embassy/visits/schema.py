"""A visit as schema.org describes it, for search engines."""

from typing import Any

from flask import url_for

from embassy.visits.models import Visit, VisitStatus
from embassy.web.house import language
from embassy.web.page import absolute
from embassy.web.records import seen

STATUSES = {VisitStatus.cancelled: "EventCancelled", VisitStatus.postponed: "EventPostponed"}


def json_ld(visit: Visit) -> dict[str, Any]:
    """Return the description of a visit."""
    places = [stop.place for stop in visit.places if seen(stop.place)]
    status = STATUSES.get(visit.status, "EventScheduled")
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": visit.title.best(language())[1],
        "description": visit.summary.best(language())[1],
        "inLanguage": language().tag,
        "url": absolute(url_for("visits.show", slug=visit.slug)),
        "eventStatus": f"https://schema.org/{status}",
        "location": [{"@type": "Place", "name": place.title.best(language())[1]} for place in places],
    }
    days = {"startDate": visit.first_day, "endDate": visit.last_day}
    return said | {name: str(day) for name, day in days.items() if day.is_exact}
