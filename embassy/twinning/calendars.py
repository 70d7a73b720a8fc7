"""The anniversaries of charters as a calendar in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from flask import url_for

from embassy.core.calendar import Entry, Feed, Status
from embassy.twinning.labels import KINDS
from embassy.twinning.models import Charter
from embassy.web.feeds import Subscription
from embassy.web.house import language, service_name
from embassy.web.locale import _, translate
from embassy.web.page import absolute


def subscription() -> Subscription:
    """Return the feed of anniversaries for the subscribe box."""
    return Subscription(
        _("Twinning anniversaries · %(service)s", service=service_name()), url_for("twinning.calendar")
    )


def feed(changed_at: datetime) -> Feed:
    """Return what the calendar says of itself."""
    description = _("The days on which towns signed their charters, every year.")
    return subscription().feed(description, url_for("twinning.index"), changed_at)


def entries(charters: Iterable[Charter]) -> Iterator[Entry]:
    """Yield an entry for each charter: the day it was signed, repeated every year."""
    dated = [(charter, day) for charter in charters if (day := charter.signed.earliest)]
    for charter, day in dated:
        found, title = charter.title.best(language())
        spoken, summary = charter.summary.best(language())
        yield Entry(
            uid=charter.uid,
            changed_at=max(charter.changed_at, charter.shown_from),
            created_at=max(charter.created_at, charter.shown_from),
            sequence=charter.sequence,
            status=Status.confirmed,
            transparent=True,
            start=day,
            end=day,
            rrule="FREQ=YEARLY",
            summary=(title, found.tag),
            description=(summary, spoken.tag),
            url=absolute(url_for("twinning.show", slug=charter.slug)),
            categories=(translate(KINDS[charter.kind]),),
        )
