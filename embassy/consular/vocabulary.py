"""The words of the consular room: kinds of mission, services, channels, causes of closure."""

from enum import StrEnum


class MissionKind(StrEnum):
    """What a mission is (VCDR 14, VCCR 9)."""

    embassy = "embassy"
    high_commission = "high_commission"
    apostolic_nunciature = "apostolic_nunciature"
    permanent_mission = "permanent_mission"
    permanent_representation = "permanent_representation"
    delegation = "delegation"
    consulate_general = "consulate_general"
    consulate = "consulate"
    vice_consulate = "vice_consulate"
    consular_agency = "consular_agency"
    honorary_consulate = "honorary_consulate"
    interests_section = "interests_section"
    liaison_office = "liaison_office"
    representative_office = "representative_office"
    trade_office = "trade_office"


class Service(StrEnum):
    """What people come to a consulate for."""

    general_enquiries = "general_enquiries"
    passport = "passport"
    emergency_travel_document = "emergency_travel_document"
    identity_card = "identity_card"
    visa = "visa"
    civil_registry = "civil_registry"
    legalisation = "legalisation"
    notarial = "notarial"
    citizenship = "citizenship"
    life_certificate = "life_certificate"
    voting = "voting"
    emergency_assistance = "emergency_assistance"


class Channel(StrEnum):
    """How people reach a service."""

    counter = "counter"
    phone = "phone"
    email = "email"
    online = "online"
    emergency = "emergency"


class Purpose(StrEnum):
    """What a telephone number is for."""

    general = "general"
    consular = "consular"
    passport = "passport"
    visa = "visa"
    civil_registry = "civil_registry"
    press = "press"


class Weekday(StrEnum):
    """A day of the week, Monday first."""

    monday = "monday"
    tuesday = "tuesday"
    wednesday = "wednesday"
    thursday = "thursday"
    friday = "friday"
    saturday = "saturday"
    sunday = "sunday"


class Cause(StrEnum):
    """Why an office is closed or keeps other hours."""

    host_holiday = "host_holiday"
    sending_holiday = "sending_holiday"
    ad_hoc = "ad_hoc"


class Confirmation(StrEnum):
    """What the post has said of a closure: a computed holiday is a proposal until it is confirmed."""

    proposed = "proposed"
    confirmed = "confirmed"
    waived = "waived"


class Urgency(StrEnum):
    """How much a notice presses, the most pressing last."""

    information = "information"
    service_change = "service_change"
    security = "security"
    emergency = "emergency"
