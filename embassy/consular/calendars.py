"""The calendar of an office's closures in the reader's language."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid5

from flask import url_for

from embassy.consular import hours, labels
from embassy.consular.models import Office, OfficeClosure
from embassy.consular.schedules import schedule, services
from embassy.consular.vocabulary import Confirmation
from embassy.consular.wording import envelope
from embassy.core.calendar import Entry, Feed, Status
from embassy.web.feeds import Subscription
from embassy.web.house import language
from embassy.web.locale import _, translate
from embassy.web.page import absolute

STATUS = {
    Confirmation.proposed: Status.tentative,
    Confirmation.confirmed: Status.confirmed,
    Confirmation.waived: Status.cancelled,
}
KEPT = timedelta(days=366)


def subscription(office: Office) -> Subscription:
    """Return the feed of an office's closures, for the subscribe box."""
    title = _("Closures · %(office)s", office=office.title.best(language())[1])
    return Subscription(title, url_for("consular.calendar", slug=office.slug))


def feed(office: Office) -> Feed:
    """Return what the calendar says of itself."""
    description = _("Days on which the office is closed or keeps other hours than usual.")
    page = url_for("consular.show", slug=office.slug)
    return subscription(office).feed(description, page, changed_at(office), zone=office.zone)


def changed_at(office: Office) -> datetime:
    """Return when readers last saw the office change."""
    return max(office.changed_at, office.shown_from)


def entries(office: Office, today: date) -> list[Entry]:
    """Return the closures of the past year and ahead that change any hours, and the waived ones."""
    since = today - KEPT
    telling = {
        closure.reason.uid
        for one in services(office)
        for closure in hours.closures(schedule(office, *one), since, date.max)
    }
    return [_entry(office, one) for one in _recent(office, since) if _is_told(one, telling)]


def _recent(office: Office, since: date) -> Iterator[OfficeClosure]:
    return (one for one in office.closures if one.last >= since)


def _is_told(one: OfficeClosure, telling: set[object]) -> bool:
    return one.uid in telling or one.status is Confirmation.waived


def _entry(office: Office, one: OfficeClosure) -> Entry:
    found, reason = one.reason.best(language())
    return Entry(
        # The same closure may be copied to another office: both calendars can then be subscribed to.
        uid=uuid5(office.uid, str(one.uid)),
        changed_at=changed_at(office),
        created_at=max(office.created_at, office.shown_from),
        sequence=one.sequence,
        status=STATUS[one.status],
        transparent=True,
        start=one.first,
        end=one.last,
        summary=(_prefix(one) + reason, found.tag),
        description=(", ".join(_notes(one)), language().tag),
        location=(", ".join(envelope(office)), office.city.source),
        url=absolute(url_for("consular.show", slug=office.slug)),
        categories=(translate(labels.CAUSES[one.cause]),),
    )


def _prefix(one: OfficeClosure) -> str:
    if one.status is Confirmation.proposed:
        return _("Perhaps closed: ")
    if one.status is Confirmation.waived:
        return _("Open all the same: ")
    return _("Other hours: ") if one.hours else _("Closed: ")


def _notes(one: OfficeClosure) -> Iterator[str]:
    if one.service:
        yield translate(labels.SERVICES[one.service])
    yield translate(labels.CONFIRMATIONS[one.status])
    yield from one.hours
