"""What a visit is made of, fact by fact."""

from embassy.core.composed import Parts, Words
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN
from embassy.core.shapes import COUNTRY, Choice, Line, Number, Partial, Reference
from embassy.visits.labels import FORMATS, LEVELS, MODIFIERS, RANKS, SIDES, STATUSES
from embassy.visits.models import Format, Level, Modifier, Rank, Side, VisitStatus

STOP = (Fact("place", Reference("place"), say("A place where it went."), required=True),)

PARTICIPANT = (
    Fact("side", Choice(Side, SIDES), say("Whose delegation: “visitor” or “host”."), required=True),
    Fact("person", Reference("person"), say("The person, if the directory knows them.")),
    Fact("name", Line(200), say("Otherwise the name, as printed."), default=str),
    Fact("post", Words(200), say("The post held then, by language.")),
    Fact(
        "rank",
        Choice(Rank, RANKS),
        say("What that post counts as; “other” if you leave it out."),
        default=lambda: Rank.other,
    ),
    Fact(
        "modifier", Choice(Modifier, MODIFIERS), say("Whether the post was held for a time only, or is over.")
    ),
)

MEETING = (
    Fact("day", Partial(), say("When, as far as it is known."), default=lambda: UNKNOWN),
    Fact("subject", Words(300), say("Who spoke about what, by language."), required=True),
)

VISIT = (
    Fact("title", Words(200), say("What the visit is called, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language."), required=True),
    Fact(
        "level",
        Choice(Level, LEVELS),
        say("What protocol calls it; “unspecified” where the source does not say."),
        default=lambda: Level.unspecified,
    ),
    Fact("round", Number(1, 1000), say("Which round it was, of consultations.")),
    Fact("format", Choice(Format, FORMATS), say("Where the two sides meet, if the source says.")),
    Fact(
        "status",
        Choice(VisitStatus, STATUSES),
        say("What is known of it; “took_place” if you leave it out."),
        default=lambda: VisitStatus.took_place,
    ),
    Fact("visitor", COUNTRY, say("The country that visits, or that is named first."), required=True),
    Fact("host", COUNTRY, say("The other country."), required=True),
    Fact("first_day", Partial(), say("Its first day, as far as it is known."), default=lambda: UNKNOWN),
    Fact("last_day", Partial(), say("Its last day, if it is another."), default=lambda: UNKNOWN),
    Fact("places", Parts(STOP), say("Where it went."), default=list),
    Fact("delegations", Parts(PARTICIPANT), say("Who took part, in the order of protocol."), default=list),
    Fact("meetings", Parts(MEETING), say("What was talked about."), default=list),
    Fact("purpose", Words(1000), say("What it was for, by language.")),
    Fact("outcome", Words(4000), say("What came of it, such as a communiqué, by language.")),
    Fact("note", Words(600), say("What readers should know of the source, by language.")),
    Fact("sequence", Number(0, 100_000), say("How often day or status changed."), default=int),
)
