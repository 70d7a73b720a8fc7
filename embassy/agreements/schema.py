"""An agreement as schema.org describes it, for search engines."""

from datetime import date
from typing import Any

from embassy.agreements.account import Account, plain_name, signed_on, subjects
from embassy.agreements.citation import identifier, permalink
from embassy.agreements.classification import KIND_LABELS, PartyKind
from embassy.agreements.models import Agreement, Party
from embassy.agreements.parts import AgreementText
from embassy.agreements.queries import Kin
from embassy.agreements.terms import RelationKind, TextRole
from embassy.agreements.vocabulary import Status
from embassy.web.formats import country
from embassy.web.house import file_address, language
from embassy.web.locale import translate
from embassy.web.page import absolute

FORCE = {
    Status.IN_FORCE: "https://schema.org/InForce",
    Status.NOTICE_GIVEN: "https://schema.org/InForce",
    Status.PARTIALLY_SUSPENDED: "https://schema.org/PartiallyInForce",
    Status.PROVISIONALLY_APPLIED: "https://schema.org/PartiallyInForce",
}


# What has no word of its own there is left out.
RELATIONS = {
    RelationKind.AMENDS: "legislationAmends",
    RelationKind.IMPLEMENTS: "legislationEnsuresImplementationOf",
    RelationKind.SUPERSEDES: "legislationRepeals",
    RelationKind.TERMINATES: "legislationRepeals",
}


# The levels of the European Legislation Identifier (ELI), which schema.org took over.
VALUES = {
    TextRole.AUTHENTIC: "Authoritative",
    TextRole.PREVAILING: "Definitive",
    TextRole.OFFICIAL_TRANSLATION: "Official",
    TextRole.UNOFFICIAL_TRANSLATION: "Unofficial",
}


def json_ld(agreement: Agreement, told: Account, kin: Kin, day: date) -> dict[str, Any]:
    """Return the description as it is true on a day; what is not known is left out."""
    signed = signed_on(told)
    countries = dict.fromkeys(party.country for party in agreement.parties if party.country)
    facts = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": agreement.title.best(language())[1],
        "description": agreement.summary.best(language())[1],
        "legislationIdentifier": identifier(agreement),
        "legislationType": translate(KIND_LABELS[agreement.kind]),
        "about": subjects(agreement),
        "legislationPassedBy": [_party(party) for party in agreement.parties],
        "legislationJurisdiction": [{"@type": "Country", "name": country(code)} for code in countries],
        "legislationDate": str(signed) if signed.is_exact else None,
        "legislationDateVersion": str(day),
        "legislationLegalForce": None
        if told.status is Status.UNKNOWN
        else FORCE.get(told.status, "https://schema.org/NotInForce"),
        "url": permalink(agreement),
        "encoding": [_encoding(text) for text in agreement.texts],
        **_relations(kin),
    }
    return {name: value for name, value in facts.items() if value}


def _relations(kin: Kin) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for kind, other in kin.named:
        if kind in RELATIONS:
            name = other.title.best(language())[1]
            said = {"@type": "Legislation", "name": name, "url": permalink(other)}
            found.setdefault(RELATIONS[kind], []).append(said)
    return found


def _encoding(text: AgreementText) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@type": "LegislationObject",
        "inLanguage": text.language,
        "legislationLegalValue": f"https://schema.org/{VALUES[text.role]}LegalValue",
        "url": text.url or None,
    }
    if text.file:
        said |= {
            "encodingFormat": "application/pdf",
            "contentUrl": absolute(file_address(text.file.uid)),
            "contentSize": str(text.file.size),
            "sha256": text.file.digest,
        }
    return {name: value for name, value in said.items() if value}


def _party(party: Party) -> dict[str, str]:
    kind = "Country" if party.kind is PartyKind.STATE else "Organization"
    return {"@type": kind, "name": plain_name(party)}
