"""How agreements and their parties are classified, each vocabulary with its labels beside it."""

from enum import StrEnum

from embassy.core.messages import Message, say


class AgreementKind(StrEnum):
    """What the instrument calls itself, or is."""

    TREATY = "treaty"
    CONVENTION = "convention"
    AGREEMENT = "agreement"
    PROTOCOL = "protocol"
    EXCHANGE_OF_NOTES = "exchange_of_notes"
    MEMORANDUM_OF_UNDERSTANDING = "memorandum_of_understanding"
    ADMINISTRATIVE_ARRANGEMENT = "administrative_arrangement"
    JOINT_DECLARATION = "joint_declaration"
    COOPERATION_PROGRAMME = "cooperation_programme"
    DIALOGUE_CONCLUSION = "dialogue_conclusion"


KIND_LABELS: dict[AgreementKind, Message] = {
    AgreementKind.TREATY: say("Treaty"),
    AgreementKind.CONVENTION: say("Convention"),
    AgreementKind.AGREEMENT: say("Agreement"),
    AgreementKind.PROTOCOL: say("Protocol"),
    AgreementKind.EXCHANGE_OF_NOTES: say("Exchange of notes"),
    AgreementKind.MEMORANDUM_OF_UNDERSTANDING: say("Memorandum of understanding"),
    AgreementKind.ADMINISTRATIVE_ARRANGEMENT: say("Administrative arrangement"),
    AgreementKind.JOINT_DECLARATION: say("Joint declaration"),
    AgreementKind.COOPERATION_PROGRAMME: say("Cooperation programme"),
    AgreementKind.DIALOGUE_CONCLUSION: say("Conclusion of a dialogue"),
}


def enters_into_force(kind: AgreementKind, binding: "Binding | None") -> bool:
    """Say whether an agreement is on its way into force once it is signed.

    Of a conclusion of a dialogue, and of what does not bind, it is asked only whether it is implemented.
    """
    return kind is not AgreementKind.DIALOGUE_CONCLUSION and binding is not Binding.NON_BINDING


class Binding(StrEnum):
    """Whether it binds under international law (VCLT 2(1)(a)); where no source tells, nothing is claimed."""

    TREATY = "treaty"
    NON_BINDING = "non_binding"
    DISPUTED = "disputed"


BINDING_LABELS: dict[Binding, Message] = {
    Binding.TREATY: say("binding under international law"),
    Binding.NON_BINDING: say("not legally binding"),
    Binding.DISPUTED: say("whether it binds is disputed"),
}


class Collection(StrEnum):
    """For what an agreement is kept: as one of the service's own, of others, as an example, or made up."""

    OWN = "own"
    OTHERS = "others"
    WORKED_EXAMPLES = "worked_examples"
    SYNTHETIC = "synthetic"


COLLECTION_LABELS: dict[Collection, Message] = {
    Collection.OWN: say("Agreements of this service"),
    Collection.OTHERS: say("Agreements among others"),
    Collection.WORKED_EXAMPLES: say("Worked examples"),
    Collection.SYNTHETIC: say("Made up for demonstration"),
}
COLLECTION_NOTES: dict[Collection, Message] = {
    Collection.OTHERS: say("It is kept here for reference."),
    Collection.WORKED_EXAMPLES: say(
        "A published agreement that shows how a clause leads to a day. "
        "What is recorded of it may be incomplete."
    ),
    Collection.SYNTHETIC: say("There is no such agreement: it was made up to show how this page works."),
}


class Form(StrEnum):
    """Whether it lies between two parties or among several."""

    BILATERAL = "bilateral"
    PLURILATERAL = "plurilateral"


FORM_LABELS: dict[Form, Message] = {
    Form.BILATERAL: say("between two parties"),
    Form.PLURILATERAL: say("among several parties"),
}


class Subject(StrEnum):
    """What it is about, in few words."""

    SOCIAL_PROTECTION = "social_protection"
    TAXATION = "taxation"
    INVESTMENT = "investment"
    ECONOMY = "economy"
    TRANSPORT = "transport"
    JUSTICE = "justice"
    POLICE = "police"
    MIGRATION = "migration"
    FOREIGN_AFFAIRS = "foreign_affairs"
    DEFENCE = "defence"
    CULTURE = "culture"
    EDUCATION = "education"
    HEALTH = "health"
    ENVIRONMENT = "environment"


SUBJECT_LABELS: dict[Subject, Message] = {
    Subject.SOCIAL_PROTECTION: say("Social protection"),
    Subject.TAXATION: say("Taxes"),
    Subject.INVESTMENT: say("Investment"),
    Subject.ECONOMY: say("Economy and trade"),
    Subject.TRANSPORT: say("Transport"),
    Subject.JUSTICE: say("Justice"),
    Subject.POLICE: say("Police"),
    Subject.MIGRATION: say("Migration"),
    Subject.FOREIGN_AFFAIRS: say("Foreign affairs"),
    Subject.DEFENCE: say("Defence"),
    Subject.CULTURE: say("Culture"),
    Subject.EDUCATION: say("Education and research"),
    Subject.HEALTH: say("Health"),
    Subject.ENVIRONMENT: say("Environment"),
}


class PartyKind(StrEnum):
    """What a party is, as signed."""

    STATE = "state"
    MINISTRY = "ministry"
    FEDERATED_ENTITY = "federated_entity"
    INTERNATIONAL_ORGANISATION = "international_organisation"


PARTY_KIND_LABELS: dict[PartyKind, Message] = {
    PartyKind.STATE: say("State"),
    PartyKind.MINISTRY: say("Ministry"),
    PartyKind.FEDERATED_ENTITY: say("Federated entity"),
    PartyKind.INTERNATIONAL_ORGANISATION: say("International organisation"),
}
