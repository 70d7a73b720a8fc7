"""Who is waited for on the way into force: which body or party, for which step, and since when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from embassy.agreements.acts import Act, Step
from embassy.agreements.progress import BodyProgress, PartyProgress
from embassy.agreements.vocabulary import ActType, PartyStatus, Requirement
from embassy.core.messages import Message, say


class Awaited(StrEnum):
    """What has not happened yet, in the order in which it usually does (VCLT 11-16)."""

    SIGNATURE = "signature"
    DETERMINATION = "determination"
    ASSENT = "assent"
    CONSENT = "consent"


AWAITED_LABELS: dict[Awaited, Message] = {
    Awaited.SIGNATURE: say("signature"),
    Awaited.DETERMINATION: say("decision on which bodies are competent"),
    Awaited.ASSENT: say("assent"),
    Awaited.CONSENT: say("notification or instrument"),
}


@dataclass(frozen=True, slots=True)
class Wait:
    """One open step: for whom, for what, and since when, if that is known to the day.

    `step` is the body's, None where the party itself is to act.
    """

    party: str
    awaited: Awaited
    step: Step | None
    since: date | None

    def days(self, today: date) -> int | None:
        """For how many days it has been waited for."""
        return None if self.since is None else max(0, (today - self.since).days)

    def is_overdue(self, today: date, patience: Mapping[str, int]) -> bool:
        """Whether the wait is longer than the days set for what is awaited."""
        return self.since is not None and (today - self.since).days > patience[self.awaited]


def waits(progress: Iterable[PartyProgress], acts: Iterable[Act], as_of: date) -> tuple[Wait, ...]:
    """Every step that is open on a day, party by party, in the order of the bodies.

    `acts` are those known; a wait begins with the last act of the party or of all before it.
    """
    known = [act for act in acts if act.happened_by <= as_of]
    return tuple(wait for party in progress for wait in _of(party, known))


def _of(party: PartyProgress, acts: list[Act]) -> Iterator[Wait]:
    def wait(awaited: Awaited, since: date | None, step: Step | None = None) -> Wait:
        return Wait(party.party, awaited, step, since)

    if party.status in (PartyStatus.CONSENT_EXPRESSED, PartyStatus.BOUND, PartyStatus.RELEASED):
        return
    signed = _last(act for act in acts if act.type is ActType.SIGNED and act.party in (None, party.party))
    if party.status is PartyStatus.NOT_SIGNED:
        yield wait(Awaited.SIGNATURE, _last(acts))
        return
    for step in party.undetermined:
        yield wait(Awaited.DETERMINATION, signed, step)
    open_bodies = [body for body in party.bodies if _is_open(body)]
    for body in open_bodies:
        yield wait(Awaited.ASSENT, body.act.happened_by if body.act else signed, body.step)
    if not open_bodies and not party.undetermined:
        own = (act for act in acts if act.party == party.party)
        yield wait(Awaited.CONSENT, _last(own) or signed)


def _is_open(body: BodyProgress) -> bool:
    return body.step.required is Requirement.YES and not body.has_assented


def _last(acts: Iterable[Act]) -> date | None:
    """The day by which the last of some acts had happened, None where there is none."""
    return max((act.happened_by for act in acts), default=None)
