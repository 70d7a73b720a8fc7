"""Acts, the append-only log of what was done about an agreement, and the approval steps its parties need."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from embassy.agreements.vocabulary import (
    ACT_LABELS,
    ActType,
    Consent,
    Instrument,
    Level,
    Requirement,
    SourceKind,
)
from embassy.core.messages import Message, say
from embassy.core.partial import UNKNOWN, PartialDate

BILATERAL = 2


@dataclass(frozen=True, slots=True)
class Source:
    """What documents an act: a citation for people and, where there is one, an address."""

    kind: SourceKind
    citation: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done about an agreement, as one source tells it; never changed, corrected by later ones.

    `party` is a code of the agreement's parties; None is all of them together, or the agreement itself.
    `event_date` is the day of the deed, `received` that of receipt by the other side (VCLT 78), `effective`
    the day from which it has effect, the only one that may lie ahead. `scope` lists articles; empty is the
    whole (VCLT 44).
    `corrects` replaces an earlier act; an act of type CORRECTED replaces it by nothing.
    """

    uid: str
    type: ActType
    source: Source
    known_from: date
    recorded_at: datetime
    party: str | None = None
    step: str | None = None
    event_date: PartialDate = UNKNOWN
    received: PartialDate = UNKNOWN
    effective: PartialDate = UNKNOWN
    scope: tuple[str, ...] = ()
    consent: Consent | None = None
    corrects: str | None = None

    @property
    def is_announcement(self) -> bool:
        """Whether its source is older than the deed, and so can only have announced it."""
        return self.event_date.earliest is not None and self.event_date.earliest > self.known_from

    @property
    def happened_by(self) -> date:
        """The day by which the deed is certain to have been done: no source tells of it before."""
        latest = self.event_date.latest
        return self.known_from if latest is None or latest > self.known_from else latest

    @property
    def takes_effect(self) -> PartialDate:
        """The effective date, or the day of the deed where no other is named."""
        return self.event_date if self.effective.is_unknown else self.effective

    @property
    def effective_by(self) -> date | None:
        """The day from which its effect is certain; None if it is only not before some day ahead."""
        if self.effective.is_unknown:
            return self.happened_by
        if self.effective.latest is None and self.effective.earliest is not None:
            return self.known_from if self.effective.earliest <= self.known_from else None
        return self.effective.latest

    @property
    def words(self) -> Message:
        """The act named for people."""
        label = ACT_LABELS[self.type]
        if self.event_date.is_unknown:
            return say("%(act)s (undated)", act=label)
        return say("%(act)s (%(day)s)", act=label, day=self.event_date)


@dataclass(frozen=True, slots=True)
class Step:
    """The assent of one body of one party; a body is no entity: one Flemish decree covers two.

    Which bodies are competent may become known late: a placeholder `to_be_determined` is replaced
    (`replaces`) by the steps that settle it, from the day a source made them known.
    """

    uid: str
    party: str
    body: str
    level: Level = Level.NATIONAL
    instrument: Instrument | None = None
    required: Requirement = Requirement.YES
    order: int = 0
    legal_basis: str = ""
    known_from: date = date.min
    replaces: str | None = None


def known_acts(acts: Iterable[Act], known_at: date) -> list[Act]:
    """The acts a reader could know that day, without those corrected by then and those only announced."""
    return [act for act in uncorrected(acts, known_at) if not act.is_announcement]


def announcements(acts: Iterable[Act], known_at: date) -> list[Act]:
    """The acts announced by that day whose outcome no known act tells."""
    told = uncorrected(acts, known_at)
    done = {(act.type, act.party, act.step) for act in told if not act.is_announcement}
    return [act for act in told if act.is_announcement and (act.type, act.party, act.step) not in done]


def known_steps(steps: Iterable[Step], known_at: date) -> list[Step]:
    """The approval steps as they were known that day, in their order."""
    known = [step for step in steps if step.known_from <= known_at]
    replaced = {step.replaces for step in known}
    return sorted((s for s in known if s.uid not in replaced), key=lambda s: (s.party, s.order, s.uid))


def circle(known: Iterable[Act], parties: Iterable[str]) -> frozenset[str]:
    """All that are party or may become so: those that negotiated, and those that joined later."""
    joined = (act.party for act in known if act.type is ActType.SUCCEEDED or act.consent is Consent.ACCESSION)
    return frozenset(parties).union(party for party in joined if party is not None)


def is_joint(act: Act, members: Collection[str]) -> bool:
    """Whether an act touches the agreement itself.

    Between two, what one does it does to both; one party of many acts for itself alone (VCLT 54-58, 70(2)).
    """
    return act.party is None or len(members) <= BILATERAL


def uncorrected(acts: Iterable[Act], known_at: date) -> list[Act]:
    """What was known that day, announcements included; what has been corrected stays corrected."""
    known = [act for act in acts if act.known_from <= known_at]
    corrected = {act.corrects for act in known}
    return [act for act in known if act.uid not in corrected]
