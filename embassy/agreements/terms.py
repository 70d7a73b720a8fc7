"""The words for what stands beside the log: relations, term, statements, readers and verdicts."""

from enum import StrEnum

from embassy.core.messages import Message, say


class RelationKind(StrEnum):
    """What an agreement does to another one (VCLT 30, 39-41, 59)."""

    AMENDS = "amends"
    SUPPLEMENTS = "supplements"
    IMPLEMENTS = "implements"
    SUPERSEDES = "supersedes"
    TERMINATES = "terminates"
    SUSPENDS = "suspends"
    EXTENDS = "extends"
    SUCCEEDS = "succeeds"


RELATION_LABELS: dict[RelationKind, Message] = {
    RelationKind.AMENDS: say("Amends"),
    RelationKind.SUPPLEMENTS: say("Supplements"),
    RelationKind.IMPLEMENTS: say("Implements"),
    RelationKind.SUPERSEDES: say("Supersedes"),
    RelationKind.TERMINATES: say("Terminates"),
    RelationKind.SUSPENDS: say("Suspends"),
    RelationKind.EXTENDS: say("Extends"),
    RelationKind.SUCCEEDS: say("Succeeds"),
}

INVERSE_LABELS: dict[RelationKind, Message] = {
    RelationKind.AMENDS: say("Amended by"),
    RelationKind.SUPPLEMENTS: say("Supplemented by"),
    RelationKind.IMPLEMENTS: say("Implemented by"),
    RelationKind.SUPERSEDES: say("Superseded by"),
    RelationKind.TERMINATES: say("Terminated by"),
    RelationKind.SUSPENDS: say("Suspended by"),
    RelationKind.EXTENDS: say("Extended by"),
    RelationKind.SUCCEEDS: say("Succeeded by"),
}


class Term(StrEnum):
    """For how long an agreement is concluded."""

    INDEFINITE = "indefinite"
    UNTIL = "until"
    YEARS = "years"


TERM_LABELS: dict[Term, Message] = {
    Term.INDEFINITE: say("for an unlimited period"),
    Term.UNTIL: say("until a day"),
    Term.YEARS: say("for a number of years"),
}


class Renewal(StrEnum):
    """How an agreement with an end goes on beyond it."""

    TACIT = "tacit"
    EXPRESS = "express"


RENEWAL_LABELS: dict[Renewal, Message] = {
    Renewal.TACIT: say("tacit, unless a party objects"),
    Renewal.EXPRESS: say("express, if the parties agree on it"),
}


class StatementKind(StrEnum):
    """What a party stated about its own obligations or those of another (VCLT 2(1)(d), 19-23)."""

    RESERVATION = "reservation"
    OBJECTION = "objection"
    DECLARATION = "declaration"


STATEMENT_LABELS: dict[StatementKind, Message] = {
    StatementKind.RESERVATION: say("Reservation"),
    StatementKind.OBJECTION: say("Objection"),
    StatementKind.DECLARATION: say("Declaration"),
}


class Reader(StrEnum):
    """For whom a part of the guide is written."""

    WORKER = "worker"
    STUDENT = "student"
    PENSIONER = "pensioner"
    FAMILY = "family"
    BUSINESS = "business"
    POSTED_STAFF = "posted_staff"


READER_LABELS: dict[Reader, Message] = {
    Reader.WORKER: say("Workers"),
    Reader.STUDENT: say("Students"),
    Reader.PENSIONER: say("Pensioners"),
    Reader.FAMILY: say("Families"),
    Reader.BUSINESS: say("Businesses"),
    Reader.POSTED_STAFF: say("Posted staff"),
}


class Verdict(StrEnum):
    """How far a source says that a party has come with implementing an agreement."""

    NOT_STARTED = "not_started"
    BEGUN = "begun"
    PARTLY = "partly"
    IMPLEMENTED = "implemented"
    STALLED = "stalled"
    DISPUTED = "disputed"


VERDICT_LABELS: dict[Verdict, Message] = {
    Verdict.NOT_STARTED: say("Not started"),
    Verdict.BEGUN: say("Begun"),
    Verdict.PARTLY: say("Implemented in part"),
    Verdict.IMPLEMENTED: say("Implemented"),
    Verdict.STALLED: say("Stalled"),
    Verdict.DISPUTED: say("Disputed"),
}


class TextRole(StrEnum):
    """What a text of an agreement is worth beside the others (VCLT 33)."""

    AUTHENTIC = "authentic"
    PREVAILING = "prevailing"
    OFFICIAL_TRANSLATION = "official_translation"
    UNOFFICIAL_TRANSLATION = "unofficial_translation"


TEXT_ROLE_LABELS: dict[TextRole, Message] = {
    TextRole.AUTHENTIC: say("Authentic text"),
    TextRole.PREVAILING: say("Authentic text that prevails where texts differ"),
    TextRole.OFFICIAL_TRANSLATION: say("Official translation"),
    TextRole.UNOFFICIAL_TRANSLATION: say("Unofficial translation"),
}
