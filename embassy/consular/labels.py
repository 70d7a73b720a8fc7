"""What the words of the consular room are called."""

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
from embassy.core.messages import Message, say

MISSIONS: dict[MissionKind, Message] = {
    MissionKind.embassy: say("Embassy"),
    MissionKind.high_commission: say("High commission"),
    MissionKind.apostolic_nunciature: say("Apostolic nunciature"),
    MissionKind.permanent_mission: say("Permanent mission"),
    MissionKind.permanent_representation: say("Permanent representation"),
    MissionKind.delegation: say("Delegation"),
    MissionKind.consulate_general: say("Consulate general"),
    MissionKind.consulate: say("Consulate"),
    MissionKind.vice_consulate: say("Vice-consulate"),
    MissionKind.consular_agency: say("Consular agency"),
    MissionKind.honorary_consulate: say("Honorary consulate"),
    MissionKind.interests_section: say("Interests section"),
    MissionKind.liaison_office: say("Liaison office"),
    MissionKind.representative_office: say("Representative office"),
    MissionKind.trade_office: say("Trade office"),
}

SERVICES: dict[Service, Message] = {
    Service.general_enquiries: say("General enquiries"),
    Service.passport: say("Passports"),
    Service.emergency_travel_document: say("Emergency travel documents"),
    Service.identity_card: say("Identity cards"),
    Service.visa: say("Visas"),
    Service.civil_registry: say("Births, marriages and deaths"),
    Service.legalisation: say("Legalisation of documents"),
    Service.notarial: say("Notarial acts"),
    Service.citizenship: say("Citizenship"),
    Service.life_certificate: say("Life certificates"),
    Service.voting: say("Voting from abroad"),
    Service.emergency_assistance: say("Help in an emergency"),
}

CHANNELS: dict[Channel, Message] = {
    Channel.counter: say("at the counter"),
    Channel.phone: say("by telephone"),
    Channel.email: say("by e-mail"),
    Channel.online: say("online"),
    Channel.emergency: say("on the emergency line"),
}

PURPOSES: dict[Purpose, Message] = {
    Purpose.general: say("Telephone"),
    Purpose.consular: say("Telephone, consular section"),
    Purpose.passport: say("Telephone, passports"),
    Purpose.visa: say("Telephone, visas"),
    Purpose.civil_registry: say("Telephone, births, marriages and deaths"),
    Purpose.press: say("Telephone, press"),
}

CAUSES: dict[Cause, Message] = {
    Cause.host_holiday: say("Public holiday in the host country"),
    Cause.sending_holiday: say("Public holiday of the sending state"),
    Cause.ad_hoc: say("Closed for another reason"),
}

CONFIRMATIONS: dict[Confirmation, Message] = {
    Confirmation.proposed: say("Not yet confirmed by the post"),
    Confirmation.confirmed: say("Confirmed by the post"),
    Confirmation.waived: say("Open all the same"),
}

WEEKDAYS: dict[Weekday, Message] = {
    Weekday.monday: say("Monday"),
    Weekday.tuesday: say("Tuesday"),
    Weekday.wednesday: say("Wednesday"),
    Weekday.thursday: say("Thursday"),
    Weekday.friday: say("Friday"),
    Weekday.saturday: say("Saturday"),
    Weekday.sunday: say("Sunday"),
}

URGENCIES: dict[Urgency, Message] = {
    Urgency.information: say("Information"),
    Urgency.service_change: say("Change of service"),
    Urgency.security: say("Security"),
    Urgency.emergency: say("Emergency"),
}
