"""What the words of the visits room are called."""

from embassy.core.messages import Message, say
from embassy.visits.models import Format, Level, Modifier, Rank, Side, VisitStatus

LEVELS: dict[Level, Message] = {
    Level.unspecified: say("Level not stated"),
    Level.state: say("State visit"),
    Level.official: say("Official visit"),
    Level.official_working: say("Official working visit"),
    Level.working: say("Working visit"),
    Level.guest_of_government: say("Visit as guest of the government"),
    Level.private: say("Private visit"),
    Level.transit: say("Transit"),
    Level.multilateral_margins: say("Meeting on the margins of a conference"),
    Level.consultations: say("Consultations"),
    Level.courtesy: say("Courtesy call"),
}

FORMATS: dict[Format, Message] = {
    Format.incoming: say("Incoming"),
    Format.outgoing: say("Outgoing"),
    Format.third_country: say("In a third country"),
    Format.virtual: say("By video"),
}


STATUSES: dict[VisitStatus, Message] = {
    VisitStatus.took_place: say("Took place"),
    VisitStatus.announced: say("Announced"),
    VisitStatus.postponed: say("Postponed"),
    VisitStatus.cancelled: say("Cancelled"),
}

SIDES: dict[Side, Message] = {Side.visitor: say("Visitor"), Side.host: say("Host")}

RANKS: dict[Rank, Message] = {
    Rank.head_of_state: say("Head of State"),
    Rank.head_of_government: say("Head of Government"),
    Rank.deputy_head_of_government: say("Deputy Head of Government"),
    Rank.foreign_minister: say("Minister of Foreign Affairs"),
    Rank.minister: say("Minister"),
    Rank.speaker: say("Speaker of Parliament"),
    Rank.royal_family: say("Member of the royal family"),
    Rank.state_secretary: say("State Secretary"),
    Rank.secretary_general: say("Secretary General"),
    Rank.director: say("Director"),
    Rank.ambassador: say("Ambassador"),
    Rank.mayor: say("Mayor"),
    Rank.other: say("Other"),
}

MODIFIERS: dict[Modifier, Message] = {
    Modifier.acting: say("acting"),
    Modifier.interim: say("interim"),
    Modifier.former: say("former"),
}
