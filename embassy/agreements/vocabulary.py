"""The vocabularies of agreements, each with its labels beside it."""

from enum import StrEnum

from embassy.core.messages import Message, say


class ActType(StrEnum):
    """What was done. Assent, ratification, notification, entry into force and publication stay apart."""

    NEGOTIATION_OPENED = "negotiation_opened"
    INITIALLED = "initialled"
    SIGNED = "signed"
    SUBMITTED_TO_BODY = "submitted_to_body"
    COMMITTEE_REPORT = "committee_report"
    BODY_ASSENTED = "body_assented"
    BODY_REJECTED = "body_rejected"
    PROMULGATED = "promulgated"
    GAZETTED = "gazetted"
    INSTRUMENT_SIGNED = "instrument_signed"
    INSTRUMENTS_EXCHANGED = "instruments_exchanged"
    INSTRUMENT_DEPOSITED = "instrument_deposited"
    INTERNAL_PROCEDURES_NOTIFIED = "internal_procedures_notified"
    PROVISIONAL_APPLICATION_STARTED = "provisional_application_started"
    PROVISIONAL_APPLICATION_ENDED = "provisional_application_ended"
    ENTRY_INTO_FORCE_ASSERTED = "entry_into_force_asserted"
    REGISTERED = "registered"
    AMENDED = "amended"
    PARTIALLY_SUSPENDED = "partially_suspended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    DENOUNCED = "denounced"
    DENUNCIATION_REVOKED = "denunciation_revoked"
    TERMINATED = "terminated"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    SUCCEEDED = "succeeded"
    CONTINUED = "continued"
    CORRECTED = "corrected"


ACT_LABELS: dict[ActType, Message] = {
    ActType.NEGOTIATION_OPENED: say("Negotiations opened"),
    ActType.INITIALLED: say("Initialling"),
    ActType.SIGNED: say("Signature"),
    ActType.SUBMITTED_TO_BODY: say("Submission for assent"),
    ActType.COMMITTEE_REPORT: say("Committee report"),
    ActType.BODY_ASSENTED: say("Assent"),
    ActType.BODY_REJECTED: say("Rejection"),
    ActType.PROMULGATED: say("Promulgation"),
    ActType.GAZETTED: say("Publication in the gazette"),
    ActType.INSTRUMENT_SIGNED: say("Signature of the instrument"),
    ActType.INSTRUMENTS_EXCHANGED: say("Exchange of instruments"),
    ActType.INSTRUMENT_DEPOSITED: say("Deposit of the instrument"),
    ActType.INTERNAL_PROCEDURES_NOTIFIED: say("Notification that internal procedures are complete"),
    ActType.PROVISIONAL_APPLICATION_STARTED: say("Start of provisional application"),
    ActType.PROVISIONAL_APPLICATION_ENDED: say("End of provisional application"),
    ActType.ENTRY_INTO_FORCE_ASSERTED: say("Statement of entry into force"),
    ActType.REGISTERED: say("Registration"),
    ActType.AMENDED: say("Amendment"),
    ActType.PARTIALLY_SUSPENDED: say("Partial suspension"),
    ActType.SUSPENDED: say("Suspension"),
    ActType.RESUMED: say("Resumption"),
    ActType.DENOUNCED: say("Denunciation"),
    ActType.DENUNCIATION_REVOKED: say("Revocation of the denunciation"),
    ActType.TERMINATED: say("Termination"),
    ActType.EXPIRED: say("Expiry"),
    ActType.SUPERSEDED: say("Replacement by a later agreement"),
    ActType.SUCCEEDED: say("Succession"),
    ActType.CONTINUED: say("Continuation"),
    ActType.CORRECTED: say("Correction"),
}


class Consent(StrEnum):
    """The means by which a party consents to be bound (VCLT 11-16) or succeeds (Vienna Convention 1978)."""

    SIGNATURE = "signature"
    EXCHANGE_OF_INSTRUMENTS = "exchange_of_instruments"
    RATIFICATION = "ratification"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    ACCESSION = "accession"
    NOTIFICATION = "notification"
    SUCCESSION = "succession"


CONSENT_LABELS: dict[Consent, Message] = {
    Consent.SIGNATURE: say("signature"),
    Consent.EXCHANGE_OF_INSTRUMENTS: say("exchange of instruments"),
    Consent.RATIFICATION: say("ratification"),
    Consent.ACCEPTANCE: say("acceptance"),
    Consent.APPROVAL: say("approval"),
    Consent.ACCESSION: say("accession"),
    Consent.NOTIFICATION: say("notification"),
    Consent.SUCCESSION: say("succession"),
}


class SourceKind(StrEnum):
    """Where an act is documented, the most authoritative first; only the press is not official (VCLT 77)."""

    DEPOSITARY = "depositary"
    GAZETTE = "gazette"
    NOTE = "note"
    PARLIAMENT = "parliament"
    PRESS = "press"


SOURCE_LABELS: dict[SourceKind, Message] = {
    SourceKind.DEPOSITARY: say("depositary notice"),
    SourceKind.GAZETTE: say("official gazette"),
    SourceKind.NOTE: say("diplomatic note"),
    SourceKind.PARLIAMENT: say("parliamentary record"),
    SourceKind.PRESS: say("press"),
}


class Level(StrEnum):
    """At which level of the State a body gives its assent."""

    NATIONAL = "national"
    FEDERAL = "federal"
    COMMUNITY = "community"
    REGION = "region"
    COMMISSION = "commission"


class Instrument(StrEnum):
    """The form in which a body gives its assent."""

    LAW = "law"
    DECREE = "decree"
    ORDINANCE = "ordinance"
    ORDER = "order"


class Requirement(StrEnum):
    """Whether the assent of a body is needed."""

    YES = "yes"
    NO = "no"
    TO_BE_DETERMINED = "to_be_determined"


REQUIREMENT_LABELS: dict[Requirement, Message] = {
    Requirement.YES: say("required"),
    Requirement.NO: say("not required"),
    Requirement.TO_BE_DETERMINED: say("to be determined"),
}

LEVEL_LABELS: dict[Level, Message] = {
    Level.NATIONAL: say("national"),
    Level.FEDERAL: say("federal"),
    Level.COMMUNITY: say("community"),
    Level.REGION: say("region"),
    Level.COMMISSION: say("community commission"),
}

INSTRUMENT_LABELS: dict[Instrument, Message] = {
    Instrument.LAW: say("law"),
    Instrument.DECREE: say("decree"),
    Instrument.ORDINANCE: say("ordinance"),
    Instrument.ORDER: say("order"),
}


class Status(StrEnum):
    """What an agreement is on a day, from draft to its end."""

    UNKNOWN = "unknown"
    DRAFT = "draft"
    INITIALLED = "initialled"
    SIGNED = "signed"
    PROVISIONALLY_APPLIED = "provisionally_applied"
    ENTRY_INTO_FORCE_FIXED = "entry_into_force_fixed"
    IN_FORCE = "in_force"
    PARTIALLY_SUSPENDED = "partially_suspended"
    SUSPENDED = "suspended"
    NOTICE_GIVEN = "notice_given"
    TERMINATED = "terminated"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    ABANDONED = "abandoned"


STATUS_LABELS: dict[Status, Message] = {
    Status.UNKNOWN: say("Status unknown"),
    Status.DRAFT: say("Under negotiation"),
    Status.INITIALLED: say("Initialled"),
    Status.SIGNED: say("Signed"),
    Status.PROVISIONALLY_APPLIED: say("Provisionally applied"),
    Status.ENTRY_INTO_FORCE_FIXED: say("Entry into force fixed"),
    Status.IN_FORCE: say("In force"),
    Status.PARTIALLY_SUSPENDED: say("Partially suspended"),
    Status.SUSPENDED: say("Suspended"),
    Status.NOTICE_GIVEN: say("Notice of termination given"),
    Status.TERMINATED: say("Terminated"),
    Status.EXPIRED: say("Expired"),
    Status.SUPERSEDED: say("Superseded"),
    Status.ABANDONED: say("Abandoned"),
}


class PartyStatus(StrEnum):
    """How far one party has come, from its signature to being bound, and released again."""

    NOT_SIGNED = "not_signed"
    SIGNED = "signed"
    ASSENT_UNDER_WAY = "assent_under_way"
    ASSENTED = "assented"
    CONSENT_EXPRESSED = "consent_expressed"
    BOUND = "bound"
    RELEASED = "released"


PARTY_STATUS_LABELS: dict[PartyStatus, Message] = {
    PartyStatus.NOT_SIGNED: say("Signature not recorded"),
    PartyStatus.SIGNED: say("Signed"),
    PartyStatus.ASSENT_UNDER_WAY: say("Assent under way"),
    PartyStatus.ASSENTED: say("Assented"),
    PartyStatus.CONSENT_EXPRESSED: say("Consent to be bound expressed"),
    PartyStatus.BOUND: say("Bound"),
    PartyStatus.RELEASED: say("No longer bound"),
}
