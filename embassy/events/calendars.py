"""Calendars of events in the reader's language: the feed's own words and its entries."""

from collections.abc import Iterable
from datetime import datetime

from flask import url_for

from embassy.core.calendar import Entry, Feed
from embassy.events import labels
from embassy.events.feed import STATUS, span, told
from embassy.events.models import Category, Event, EventStatus
from embassy.web.feeds import Subscription
from embassy.web.house import house, language, service_name
from embassy.web.locale import _, translate
from embassy.web.page import absolute


def subscription(category: Category | None = None, year: int | None = None) -> Subscription:
    """Return the feed of all events or of one category, and of one year of it, for the subscribe box."""
    title = _("Events · %(service)s", service=service_name())
    if category is not None:
        title = _(
            "%(category)s · %(service)s",
            category=translate(labels.CATEGORIES[category]),
            service=service_name(),
        )
    endpoint = f"events.{'category_' if category else ''}{'year_' if year else ''}calendar"
    return Subscription(
        f"{title} · {year}" if year else title, url_for(endpoint, category=category, year=year)
    )


def parted(category: Category | None, year: int) -> str:
    """Say that a calendar holds one year, and where the others are."""
    following = subscription(category, year + 1).https
    return _(
        "This calendar holds %(year)s alone. Every other year has its own, such as %(address)s.",
        year=year,
        address=following,
    )


def feed(about: Subscription, page: str, changed_at: datetime, note: str = "") -> Feed:
    """Return what the calendar says of itself, and a note to its readers."""
    description = ". ".join(filter(None, (house().deployment.tagline.best(language())[1], note)))
    return about.feed(description, page, changed_at)


def prefix(status: EventStatus) -> str:
    """Return what stands before the title of an event that will not be as planned."""
    if status is EventStatus.cancelled:
        return _("Cancelled: ")
    return _("Postponed: ") if status is EventStatus.postponed else ""


def entries(events: Iterable[Event]) -> list[Entry]:
    """Return the calendar entries of events; those without exact days have none."""
    return [entry for event in events if (entry := _entry(event)) is not None]


def _entry(event: Event) -> Entry | None:
    when = span(event.first_day, event.last_day, event.starts, event.ends, event.zone)
    if when is None:
        return None
    whole_days = event.starts is None
    return Entry(
        uid=event.uid,
        changed_at=max(event.changed_at, event.shown_from),
        created_at=max(event.created_at, event.shown_from),
        sequence=event.sequence,
        status=STATUS[event.status],
        transparent=whole_days or event.status in (EventStatus.cancelled, EventStatus.postponed),
        start=when.first_day if whole_days else when.begins_at,
        end=when.last_day if whole_days else when.ends_at if event.ends else when.begins_at,
        zone=None if whole_days else event.zone,
        rrule=event.recurrence or None,
        summary=told(event.title, language(), prefix(event.status)),
        description=told(event.summary, language()),
        location=(", ".join(part for part in (event.place, event.city) if part), language().tag),
        geo=(event.latitude, event.longitude)
        if event.latitude is not None and event.longitude is not None
        else None,
        url=absolute(url_for("events.show", slug=event.slug)),
        categories=(translate(labels.CATEGORIES[event.category]),),
        conference_url=event.online_link or None,
    )
