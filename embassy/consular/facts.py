"""What a mission and an office are made of, fact by fact."""

from embassy.consular.labels import (
    CAUSES,
    CHANNELS,
    CONFIRMATIONS,
    MISSIONS,
    PURPOSES,
    SERVICES,
    URGENCIES,
    WEEKDAYS,
)
from embassy.consular.osm_times import WeeklyTimes
from embassy.consular.vocabulary import (
    Cause,
    Channel,
    Confirmation,
    MissionKind,
    Purpose,
    Service,
    Urgency,
    Weekday,
)
from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN
from embassy.core.shapes import (
    COUNTRY,
    MAILBOX,
    WEB,
    Choice,
    Clock,
    Day,
    Document,
    Flag,
    Instant,
    Line,
    Number,
    Partial,
    Phone,
    Reference,
    Uid,
    Zone,
)

ACCREDITATION = (
    Fact("country", COUNTRY, say("The state it is accredited to."), required=True),
    Fact("resident", Flag(), say("Whether it has its seat there."), required=True),
    Fact("begins", Partial(), say("Since when, as far as it is known."), default=lambda: UNKNOWN),
    Fact("ends", Partial(), say("Until when, if it has ended."), default=lambda: UNKNOWN),
)

MISSION = (
    Fact("title", Words(200), say("What the mission is called, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language."), required=True),
    Fact("kind", Choice(MissionKind, MISSIONS), say("What kind of mission it is."), required=True),
    Fact("sending", COUNTRY, say("The sending state."), required=True),
    Fact("host", COUNTRY, say("The state it lies in."), required=True, locates=True),
    Fact("city", Words(120), say("The official names of the town it has its seat in.")),
    Fact("latitude", Number(-90, 90, whole=False), say("Degrees north.")),
    Fact("longitude", Number(-180, 180, whole=False), say("Degrees east.")),
    Fact("phones", Several(Phone()), say("Its telephone numbers."), default=list),
    Fact(
        "accreditations",
        Parts(ACCREDITATION),
        say("The states it is accredited to, the host state among them."),
        default=list,
    ),
    Fact("opened", Partial(), say("When it opened, as far as it is known."), default=lambda: UNKNOWN),
    Fact("closed", Partial(), say("When it closed, if it has."), default=lambda: UNKNOWN),
)

PHONE = (
    Fact("purpose", Choice(Purpose, PURPOSES), say("What the number is for."), required=True),
    Fact("number", Phone(), say("The number."), required=True),
)

HOURS = (
    Fact(
        "service",
        Choice(Service, SERVICES),
        say("The service; general_enquiries is the counter people come to."),
        required=True,
    ),
    Fact("channel", Choice(Channel, CHANNELS), say("How people reach the service."), required=True),
    Fact("weekday", Choice(Weekday, WEEKDAYS), say("The day of the week."), required=True),
    Fact("opens", Clock(), say("When it opens, on the office's clocks."), required=True),
    Fact(
        "closes",
        Clock(),
        say("When it closes; a time at or before the opening lies on the next day."),
        required=True,
    ),
    Fact("valid_from", Day(), say("The first day these hours hold, if they are new.")),
    Fact("valid_to", Day(), say("The last day these hours hold, if they end.")),
    Fact("by_appointment", Flag(), say("Whether people need an appointment."), default=lambda: False),
)

AMOUNT = Line(
    13,
    r"[0-9]{1,9}(\.[0-9]{1,3})?",
    say("A sum in figures, with a point before its smaller units, such as 25 or 12.50."),
)
CURRENCY = Line(3, r"[A-Z]{3}", say("A currency by its ISO 4217 code, such as EUR."))

SPAN = Line(
    11,
    r"([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)",
    say("Hours from one time to a later one, such as 09:00-12:00."),
)

CLOSURE = (
    Fact("uid", Uid(), say("The identity, a UUID; made for you if you leave it out.")),
    Fact("first", Day(), say("The first day."), required=True),
    Fact("last", Day(), say("The last day, the same for one day."), required=True),
    Fact(
        "service",
        Choice(Service, SERVICES),
        say("The one service it concerns; the whole office, if left out."),
    ),
    Fact("cause", Choice(Cause, CAUSES), say("Whose holiday it is, or ad_hoc."), required=True),
    Fact(
        "status",
        Choice(Confirmation, CONFIRMATIONS),
        say("Whether the post has confirmed it: only what is confirmed closes."),
        required=True,
    ),
    Fact("hours", Several(SPAN), say("The hours kept instead; none means closed."), default=list),
    Fact("reason", Words(200), say("The reason as readers see it, by language."), required=True),
    Fact("sequence", Number(0, 100_000), say("How often days, hours or status have changed."), default=int),
)

OFFICE = (
    Fact("mission", Reference("mission"), say("The mission it belongs to."), required=True),
    Fact("title", Words(200), say("What the office is called, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language."), required=True),
    Fact("address", Several(Line(200)), say("Street and house, as an envelope has them."), required=True),
    Fact("postal_code", Line(20), say("The postal code."), default=str),
    Fact("city", Words(120), say("The town's official names; source is the envelope's."), required=True),
    Fact("country", COUNTRY, say("The country it lies in."), required=True, locates=True),
    Fact(
        "region",
        Line(20),
        say("The part of the country whose holidays it keeps, by the code of the calendar of holidays."),
        default=str,
    ),
    Fact("latitude", Number(-90, 90, whole=False), say("Degrees north.")),
    Fact("longitude", Number(-180, 180, whole=False), say("Degrees east.")),
    Fact("zone", Zone(), say("The time zone of its clocks."), required=True),
    Fact("districts", Several(Line(120)), say("Towns and regions it serves."), default=list),
    Fact("phones", Parts(PHONE), say("Its telephone numbers."), default=list),
    Fact("fax", Phone(), say("Its fax number."), default=str),
    Fact("emergency", Phone(), say("The number for emergencies."), default=str),
    Fact("mailboxes", Several(MAILBOX), say("Its mailboxes."), default=list),
    Fact("directions", Words(1000), say("How to get there and in, by language.")),
    Fact("notes", Words(4000), say("What visitors should know, by language.")),
    Fact(
        "hours",
        WeeklyTimes(HOURS),
        say("The weekly hours of each service; “osm” takes them as OpenStreetMap writes opening_hours."),
        default=list,
    ),
    Fact("closures", Parts(CLOSURE), say("Closures, holidays and special hours."), default=list),
    Fact("hours_confirmed_on", Day(), say("The day the post last confirmed its hours.")),
    Fact("hours_confirmed_by", Reference("mission"), say("The post that confirmed them.")),
)

OF_MISSION = (Fact("mission", Reference("mission"), say("A mission that it is of."), required=True),)

UPDATE = (
    Fact("at", Instant(), say("When it changed."), required=True),
    Fact(
        "told", Words(600), say("What changed and why, as readers may know it, by language."), required=True
    ),
)

NOTICE = (
    Fact("headline", Words(200), say("The headline, by language."), required=True),
    Fact("body", Words(2000), say("What happened, and what people should do, by language."), required=True),
    Fact(
        "level",
        Choice(Urgency, URGENCIES),
        say("How much it presses: an emergency stands on every page of its missions."),
        required=True,
    ),
    Fact("begins", Instant(), say("From when it stands on the pages it concerns."), required=True),
    Fact("ends", Instant(), say("Until when; until further notice, if left out.")),
    Fact(
        "missions",
        Parts(OF_MISSION),
        say("The missions it is of; all of them, if none is named."),
        default=list,
    ),
    Fact("updates", Parts(UPDATE), say("What changed since, for readers."), default=list),
)

NEED = (Fact("what", Words(400), say("A thing to bring, by language."), required=True),)

FEE = (
    Fact("what", Words(200), say("What is paid for, by language, where there are several fees.")),
    Fact("amount", AMOUNT, say("How much it is; 0 is free."), required=True),
    Fact("currency", CURRENCY, say("The currency, if it is not free."), default=str),
)

LAW = (
    Fact("citation", Words(400), say("The law as it is cited, by language."), required=True),
    Fact("url", WEB, say("Where it can be read."), default=str),
)

FORM = (
    Fact("title", Words(200), say("What the form is called, by language."), required=True),
    Fact("file", Document(), say("The form as PDF.")),
    Fact("url", WEB, say("Where it is to be had elsewhere."), default=str),
)

SERVICE = (
    Fact("title", Words(200), say("What people come for, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language."), required=True),
    Fact(
        "service", Choice(Service, SERVICES), say("The service that offices keep hours for."), required=True
    ),
    Fact("eligible", Words(2000), say("Who can have it, by language.")),
    Fact("bring", Parts(NEED), say("What to bring."), default=list),
    Fact("fees", Parts(FEE), say("What it costs."), default=list),
    Fact("duration", Words(400), say("How long it takes, by language.")),
    Fact("basis", Parts(LAW), say("The laws it rests on."), default=list),
    Fact("forms", Parts(FORM), say("Forms to fill in."), default=list),
    Fact("appointment", WEB, say("The address at which an appointment is made."), default=str),
    Fact("reviewed_on", Day(), say("The day somebody last vouched for all of it.")),
    Fact("valid_from", Day(), say("The first day it holds, if it is new.")),
    Fact("valid_to", Day(), say("The last day it holds, if it ends.")),
    Fact(
        "missions",
        Parts(OF_MISSION),
        say("The missions it holds at; all of them, if none is named."),
        default=list,
    ),
)
