"""What the words of the events room are called."""

from embassy.core.messages import Message, say
from embassy.events.models import Category, EventStatus

CATEGORIES: dict[Category, Message] = {
    Category.business_forum: say("Business forum"),
    Category.cultural: say("Culture"),
    Category.commemorative: say("Commemoration"),
    Category.academic: say("Academic event"),
    Category.consular_day: say("Consular day"),
    Category.official: say("Official event"),
}

STATUSES: dict[EventStatus, Message] = {
    EventStatus.confirmed: say("Confirmed"),
    EventStatus.announced: say("Announced"),
    EventStatus.tentative: say("Not yet certain"),
    EventStatus.postponed: say("Postponed"),
    EventStatus.cancelled: say("Cancelled"),
}
