"""What a place, an organisation and a person are made of, fact by fact."""

from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN
from embassy.core.shapes import COUNTRY, WEB, Choice, Line, Number, Partial, Reference
from embassy.directory.labels import ORGANISATIONS
from embassy.directory.models import OrganisationKind

PLACE = (
    Fact("title", Words(120), say("The official names, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language.")),
    Fact("other_names", Several(Line(120)), say("Further names it is found by."), default=list),
    Fact("country", COUNTRY, say("The country it lies in."), required=True),
    Fact("latitude", Number(-90, 90, whole=False), say("Degrees north.")),
    Fact("longitude", Number(-180, 180, whole=False), say("Degrees east.")),
)

ORGANISATION = (
    Fact("title", Words(200), say("The name, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language.")),
    Fact("kind", Choice(OrganisationKind, ORGANISATIONS), say("What kind of body it is."), required=True),
    Fact("acronyms", Several(Line(40)), say("Its acronyms."), default=list),
    Fact("former_names", Several(Line(200)), say("Names it had before."), default=list),
    Fact("country", COUNTRY, say("The country it belongs to."), default=str),
    Fact("place", Reference("place"), say("The place of its seat.")),
    Fact("parent", Reference("organisation"), say("The body it is a part of.")),
    Fact("web", WEB, say("The address of its website."), default=str),
)

APPOINTMENT = (
    Fact("post", Words(200), say("The post, by language."), required=True),
    Fact("body", Reference("organisation"), say("The body in which the post is held.")),
    Fact("begins", Partial(), say("Since when, as far as it is known."), default=lambda: UNKNOWN),
    Fact("ends", Partial(), say("Until when, if it has ended."), default=lambda: UNKNOWN),
)

PERSON = (
    Fact("title", Words(120), say("The name as it is written, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences, by language.")),
    Fact("protocol_name", Words(160), say("Name and titles as protocol has them, by language.")),
    Fact("appointments", Parts(APPOINTMENT), say("The posts held."), default=list),
)
