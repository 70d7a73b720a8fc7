"""An event as schema.org describes it, for search engines."""

from typing import Any

from flask import url_for

from embassy.events.feed import span
from embassy.events.models import Event, EventStatus
from embassy.web.house import language
from embassy.web.page import absolute

STATUSES = {
    EventStatus.cancelled: "https://schema.org/EventCancelled",
    EventStatus.postponed: "https://schema.org/EventPostponed",
}


def json_ld(event: Event) -> dict[str, Any] | None:
    """Return the description, None for an event whose day is not known exactly."""
    when = span(event.first_day, event.last_day, event.starts, event.ends, event.zone)
    if when is None:
        return None
    whole_days = event.starts is None
    place = {"@type": "Place", "name": event.place or event.city, "address": f"{event.city}, {event.country}"}
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title.best(language())[1],
        "description": event.summary.best(language())[1],
        "inLanguage": language().tag,
        "startDate": str(when.first_day) if whole_days else when.begins_at.isoformat(),
        "endDate": str(when.last_day) if whole_days else when.ends_at.isoformat(),
        "eventStatus": STATUSES.get(event.status, "https://schema.org/EventScheduled"),
        "location": place,
        "organizer": [{"@type": "Organization", "name": name} for name in event.organisers],
        "url": absolute(url_for("events.show", slug=event.slug)),
    }
