"""What an association is made of, fact by fact."""

from embassy.associations.labels import INTERESTS
from embassy.associations.models import Interest
from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact
from embassy.core.messages import say
from embassy.core.partial import UNKNOWN
from embassy.core.personal import Personal
from embassy.core.shapes import COUNTRY, MAILBOX, WEB, Choice, Day, Line, Partial, Phone, Reference

CONTACT = (
    Fact("purpose", Words(120), say("What the mailbox is for, by language.")),
    Fact("mailbox", MAILBOX, say("A mailbox of a role, such as info@, never of a person."), default=str),
    Fact("person", Personal(Line(120)), say("Somebody to ask for, by name.")),
    Fact("own_mailbox", Personal(MAILBOX), say("The mailbox of that person.")),
    Fact("phone", Personal(Phone()), say("The telephone number of that person.")),
)

ASSOCIATION = (
    Fact("title", Words(200), say("The name, by language."), required=True),
    Fact("summary", Words(600), say("One or two sentences about it, by language."), required=True),
    Fact("description", Words(4000), say("The whole text, by language.")),
    Fact("country", COUNTRY, say("The country it is active in."), required=True),
    Fact("place", Reference("place"), say("The town it is active in, if that is known.")),
    Fact("interests", Several(Choice(Interest, INTERESTS)), say("What it is about."), default=list),
    Fact("founded", Partial(), say("When it was founded, as far as it is known."), default=lambda: UNKNOWN),
    Fact("contacts", Parts(CONTACT), say("How to reach it."), default=list),
    Fact("web", WEB, say("The address of its website."), default=str),
    Fact("last_confirmed", Day(), say("The day it last confirmed what stands here.")),
)
