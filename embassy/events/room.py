"""The events room as the house knows it."""

from embassy.core.composed import Several, Words
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN
from embassy.core.shapes import COUNTRY, WEB, Choice, Clock, Line, Number, Partial, Zone
from embassy.db.kinds import Cell, Kind
from embassy.events import commands, queries, views
from embassy.events.labels import CATEGORIES, STATUSES
from embassy.events.models import Category, Event, EventStatus
from embassy.web.house import Room

FACTS = (
    Fact("title", Words(200), say("What the event is called, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences for lists, by language."), required=True),
    Fact("description", Words(8000), say("The whole text, by language.")),
    Fact("category", Choice(Category, CATEGORIES), say("What it is about."), required=True),
    Fact("status", Choice(EventStatus, STATUSES), say("How certain it is."), required=True),
    Fact("first_day", Partial(), say("The first day, as far as it is known."), default=lambda: UNKNOWN),
    Fact("last_day", Partial(), say("The last day, if it is another."), default=lambda: UNKNOWN),
    Fact("starts", Clock(), say("The time it starts, on the clocks of its zone.")),
    Fact("ends", Clock(), say("The time it ends.")),
    Fact("zone", Zone(), say("The time zone of the place."), required=True),
    Fact("recurrence", Line(200), say("A repetition as RFC 5545 writes it: FREQ=YEARLY."), default=str),
    Fact("place", Line(300), say("The hall or address, as it is written there."), default=str),
    Fact("city", Line(120), say("The town."), default=str),
    Fact("country", COUNTRY, say("The country."), default=str),
    Fact("latitude", Number(-90, 90, whole=False), say("Degrees north.")),
    Fact("longitude", Number(-180, 180, whole=False), say("Degrees east.")),
    Fact("place_note", Words(500), say("How to get in, by language.")),
    Fact("online_link", WEB, say("Where it can be followed online."), default=str),
    Fact("organisers", Several(Line(200)), say("Who holds it, as printed."), default=list),
    Fact("performers", Several(Line(200)), say("Who performs, as printed."), default=list),
    Fact("sequence", Number(0, 100_000), say("How often time, place or status changed."), default=int),
)

CELLS = (
    Cell("title", say("Event"), lambda event, language: event.title.best(language)[1]),
    Cell("first_day", say("First day"), lambda event, _: str(event.first_day)),
    Cell("last_day", say("Last day"), lambda event, _: str(event.last_day)),
    Cell("category", say("Category"), lambda event, _: event.category),
    Cell("status", say("Status"), lambda event, _: event.status),
    Cell("place", say("Place"), lambda event, _: event.place),
    Cell("city", say("Town"), lambda event, _: event.city),
    Cell("country", say("Country"), lambda event, _: event.country),
)

EVENT = Kind(
    name="event",
    label=say("Event"),
    plural=say("Events"),
    model=Event,
    own=FACTS,
    cells=CELLS,
    listing=queries.listing,
    endpoint="events.show",
    schema_type="Event",
    check=commands.check,
    revise=commands.revise,
    project=commands.project,
)

ROOM = Room("events", say("Events"), views.bp, (EVENT,), views.panel, views.concerns)
