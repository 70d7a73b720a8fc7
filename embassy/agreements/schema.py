"""An agreement as schema.org describes it, for search engines."""

from typing import Any

from flask import url_for

from embassy.agreements.account import Account, plain_name, subjects
from embassy.agreements.classification import KIND_LABELS, PartyKind
from embassy.agreements.models import Agreement, Party
from embassy.agreements.queries import Kin
from embassy.agreements.terms import RelationKind
from embassy.agreements.vocabulary import ActType, Status
from embassy.web.house import language
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


def json_ld(agreement: Agreement, told: Account, kin: Kin) -> dict[str, Any]:
    """Return the description; what is not known is left out."""
    signed = [line.act.event_date for line in told.acts if line.act.type is ActType.SIGNED and not line.doubt]
    facts = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": agreement.title.best(language())[1],
        "description": agreement.summary.best(language())[1],
        "inLanguage": language().tag,
        "legislationType": translate(KIND_LABELS[agreement.kind]),
        "about": subjects(agreement),
        "legislationPassedBy": [_party(party) for party in agreement.parties],
        "legislationDate": str(signed[0].earliest) if signed and signed[0].is_exact else None,
        "legislationLegalForce": None
        if told.status is Status.UNKNOWN
        else FORCE.get(told.status, "https://schema.org/NotInForce"),
        "url": _page(agreement),
        **_relations(kin),
    }
    return {name: value for name, value in facts.items() if value}


def _relations(kin: Kin) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for kind, other in kin.named:
        if kind in RELATIONS:
            name = other.title.best(language())[1]
            said = {"@type": "Legislation", "name": name, "url": _page(other)}
            found.setdefault(RELATIONS[kind], []).append(said)
    return found


def _page(agreement: Agreement) -> str:
    return absolute(url_for("agreements.show", slug=agreement.slug))


def _party(party: Party) -> dict[str, str]:
    kind = "Country" if party.kind is PartyKind.STATE else "Organization"
    return {"@type": kind, "name": plain_name(party)}
