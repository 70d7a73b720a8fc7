"""The status of an agreement on a day as a certificate: its facts, and how they are put into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from embassy.agreements.account import Account, ActLine, account, plain_name, told
from embassy.agreements.citation import identifier, permalink, signature
from embassy.agreements.classification import COLLECTION_NOTES, Collection
from embassy.agreements.entry import result
from embassy.agreements.log import log_of
from embassy.agreements.models import Agreement, RecordedAct
from embassy.agreements.vocabulary import ActType
from embassy.core.audit import canonical, digest
from embassy.web.house import language, service_name
from embassy.web.locale import translate


@dataclass(frozen=True)
class Certificate:
    """What is certified: the facts, the acts among them as pages show them, and the account they are from."""

    facts: dict[str, Any]
    acts: tuple[ActLine, ...]
    told: Account

    @property
    def text(self) -> str:
        """Return the facts as the one JSON text that is hashed: sorted names, no spaces, UTF-8."""
        return canonical(self.facts)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the text, in hexadecimal figures."""
        return digest("", self.facts)


def certificate(agreement: Agreement, seen: Iterable[RecordedAct], day: date) -> Certificate:
    """Return what the acts that the viewer may see certify on a day, by which acts and by which reckoning."""
    seen = list(seen)
    known, log = account(agreement, seen, day), log_of(agreement, seen)
    entry = result(*log, known_at=day)
    bearing = {*entry.inputs, entry.asserted_by, known.proof.uid if known.proof else None}
    acts = tuple(
        line
        for line in known.acts
        if not line.doubt and (line.act.uid in bearing or line.act.type is ActType.SIGNED)
    )
    facts = {
        "issuer": service_name(),
        "language": language().tag,
        "identifier": identifier(agreement),
        "permalink": permalink(agreement),
        "title": agreement.title.best(language())[1],
        "parties": [plain_name(party) for party in agreement.parties],
        "signature": signature(agreement, known),
        "made_out": str(day),
        "status": str(known.status),
        "statement": list(known.sentences),
        "acts": [_act(line) for line in acts],
        "clause": agreement.clause[0].article if agreement.clause else "",
        "reckoning": told(entry.reason, agreement) if agreement.clause else "",
        "note": _note(agreement),
        "withdrawn": agreement.reason if agreement.publication == "withdrawn" else "",
    }
    return Certificate(facts, acts, known)


def _note(agreement: Agreement) -> str:
    made_up = agreement.collection is Collection.SYNTHETIC
    return translate(COLLECTION_NOTES[agreement.collection]) if made_up else ""


def _act(line: ActLine) -> dict[str, str]:
    act = line.act
    return {
        "name": act.uid,
        "type": str(act.type),
        "party": act.party or "",
        "date": str(act.event_date),
        "source": act.citation.best(language())[1],
        "address": act.url,
        "public_since": str(act.known_from),
    }
