"""What the words of the twinning room are called."""

from embassy.core.messages import Message, say
from embassy.twinning.models import CharterKind, CharterStatus, Field

KINDS: dict[CharterKind, Message] = {
    CharterKind.twinning_charter: say("Twinning charter"),
    CharterKind.sister_city: say("Sister cities"),
    CharterKind.friendship: say("Friendship between towns"),
    CharterKind.cooperation_protocol: say("Cooperation protocol"),
    CharterKind.partnership_letter: say("Letter of partnership"),
}

STATUSES: dict[CharterStatus, Message] = {
    CharterStatus.in_preparation: say("In preparation"),
    CharterStatus.active: say("Active"),
    CharterStatus.dormant: say("Dormant"),
    CharterStatus.ended: say("Ended"),
}

FIELDS: dict[Field, Message] = {
    Field.culture: say("Culture"),
    Field.education: say("Education"),
    Field.youth: say("Youth"),
    Field.sport: say("Sport"),
    Field.economy: say("Economy"),
    Field.tourism: say("Tourism"),
    Field.environment: say("Environment"),
    Field.health: say("Health"),
    Field.local_government: say("Local government"),
}
