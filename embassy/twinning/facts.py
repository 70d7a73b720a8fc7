"""What a charter is made of, fact by fact."""

from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN
from embassy.core.shapes import Choice, Line, Number, Partial, Reference
from embassy.twinning.labels import FIELDS, KINDS, STATUSES
from embassy.twinning.models import CharterKind, CharterStatus, Field

MEMBER = (
    Fact("place", Reference("place"), say("The town."), required=True),
    Fact("signatory", Line(200), say("The body that signs for it, as printed."), default=str),
)

CHARTER = (
    Fact("title", Words(200), say("What the tie is called, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language."), required=True),
    Fact("kind", Choice(CharterKind, KINDS), say("What kind of tie it is."), required=True),
    Fact("status", Choice(CharterStatus, STATUSES), say("How alive it is."), required=True),
    Fact(
        "signed",
        Partial(),
        say("When it was signed, as far as a source confirms it."),
        default=lambda: UNKNOWN,
    ),
    Fact(
        "announced_for",
        Partial(),
        say("For when the signing was announced, if nothing more is known."),
        default=lambda: UNKNOWN,
    ),
    Fact("fields", Several(Choice(Field, FIELDS)), say("What the towns do together."), default=list),
    Fact("members", Parts(MEMBER), say("The towns, two or more."), required=True),
    Fact("sequence", Number(0, 100_000), say("How often day or status changed."), default=int),
)
