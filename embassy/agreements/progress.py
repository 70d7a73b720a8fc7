"""How far each party of an agreement has come, from signature over its own bodies' assent to being bound."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from embassy.agreements.acts import Act, Step, circle, known_acts, known_steps
from embassy.agreements.clause import BY_CONSENT, Clause, Trigger
from embassy.agreements.entry import EntryIntoForce, entry_from
from embassy.agreements.rules import Retroactive
from embassy.agreements.status import periods_from
from embassy.agreements.trigger import CONSENTS
from embassy.agreements.vocabulary import (
    PARTY_STATUS_LABELS,
    ActType,
    Consent,
    PartyStatus,
    Requirement,
    Status,
)
from embassy.core.messages import Message, say
from embassy.core.partial import UNKNOWN, PartialDate

ON_ASSENT = (
    ActType.SUBMITTED_TO_BODY,
    ActType.COMMITTEE_REPORT,
    ActType.BODY_REJECTED,
    ActType.BODY_ASSENTED,
)
HEIRS = frozenset({ActType.SUCCEEDED, ActType.CONTINUED})
RANK = {kind: rank for rank, kind in enumerate(ActType)}
ENDED = frozenset({Status.TERMINATED, Status.EXPIRED, Status.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class BodyProgress:
    """A body whose assent is or may be needed, and the last act about it."""

    step: Step
    act: Act | None

    @property
    def has_assented(self) -> bool:
        return self.act is not None and self.act.type is ActType.BODY_ASSENTED


@dataclass(frozen=True, slots=True)
class PartyProgress:
    """Where one party stands since when: `given` of `needed` assents, and the bodies not yet determined.

    Assent is an act of internal law; consent is the international act (VCLT 2(1)(b), 46). `signs` says
    whether a signature is to be expected, `binds` from which day the agreement binds or will bind the party.
    """

    party: str
    status: PartyStatus
    since: PartialDate
    given: int
    needed: int
    bodies: tuple[BodyProgress, ...]
    undetermined: tuple[Step, ...]
    signs: bool
    signature: Act | None
    consent: Act | None
    binds: PartialDate | None

    @property
    def consented(self) -> PartialDate:
        """Since when consent is expressed; a notification counts from its receipt (VCLT 78(b))."""
        return UNKNOWN if self.consent is None else _consented(self.consent)

    @property
    def words(self) -> Message:
        """The status in words, with the count of assents and what is still to be determined."""
        label = PARTY_STATUS_LABELS[self.status]
        if self.status not in (PartyStatus.SIGNED, PartyStatus.ASSENT_UNDER_WAY):
            return label
        if self.undetermined:
            return say("%(status)s; the competent bodies are to be determined.", status=label)
        if self.needed:
            return say(
                "%(status)s; assent %(given)s of %(needed)s.",
                status=label,
                given=self.given,
                needed=self.needed,
            )
        return label


@dataclass(frozen=True, slots=True)
class _Situation:
    """What all parties share on the day asked for; `ended` is when the agreement came to its end."""

    done: dict[str | None, list[Act]]
    steps: list[Step]
    negotiated: Collection[str]
    clause: Clause
    entry: EntryIntoForce
    ended: PartialDate | None
    as_of: date


def party_progress(
    acts: Iterable[Act],
    steps: Iterable[Step],
    parties: Collection[str],
    clause: Clause | None,
    *,
    as_of: date,
    known_at: date,
) -> tuple[PartyProgress, ...]:
    """The progress of every party on the day `as_of`, as publicly known on `known_at`.

    First those that negotiated, in their order, then those that acceded or succeeded.
    """
    known, known_bodies = known_acts(acts, known_at), known_steps(steps, known_at)
    entry = entry_from(known, known_bodies, parties, clause)
    passed = [period for period in periods_from(known, parties, entry) if period.first_day <= as_of]
    ended = passed[-1].start if passed and passed[-1].status in ENDED else None
    done: dict[str | None, list[Act]] = {}
    for act in sorted(known, key=_order):
        if act.happened_by <= as_of:
            done.setdefault(act.party, []).append(act)
    situation = _Situation(done, known_bodies, parties, clause or BY_CONSENT, entry, ended, as_of)
    joined = sorted(circle(known, parties).difference(parties))
    return tuple(_progress(party, situation) for party in [*parties, *joined])


def _progress(party: str, situation: _Situation) -> PartyProgress:
    own = situation.done.get(party, [])
    latest = {act.step: act for act in own if act.type in ON_ASSENT}
    bodies = tuple(BodyProgress(s, latest.get(s.uid)) for s in situation.steps if s.party == party)
    required = [body for body in bodies if body.step.required is Requirement.YES]
    undetermined = tuple(b.step for b in bodies if b.step.required is Requirement.TO_BE_DETERMINED)
    given = sum(body.has_assented for body in required)
    complete = bool(required) and given == len(required) and not undetermined
    shared = [*own, *situation.done.get(None, [])]
    signature = _first(act for act in shared if act.type is ActType.SIGNED)
    consent = _first(act for act in shared if _is_consent(act, situation))
    binding = _binding(party, own, situation)
    if binding is not None and binding[1] <= situation.as_of:
        released = situation.ended or _released(own, situation.as_of)
        status, since = (PartyStatus.RELEASED, released) if released else (PartyStatus.BOUND, binding[0])
    else:
        status, since = _reached(own, signature, consent, complete=complete)
    return PartyProgress(
        party,
        status,
        since,
        given,
        len(required),
        bodies,
        undetermined,
        signature is not None or (party in situation.negotiated and not _joins(consent)),
        signature,
        consent,
        binding[0] if binding else None,
    )


def _reached(
    own: list[Act], signature: Act | None, consent: Act | None, *, complete: bool
) -> tuple[PartyStatus, PartialDate]:
    """The farthest point a party that is not bound has reached, and since when."""
    if consent is not None:
        return PartyStatus.CONSENT_EXPRESSED, _consented(consent)
    assents = [act for act in own if act.type in ON_ASSENT]
    if assents:
        return PartyStatus.ASSENTED if complete else PartyStatus.ASSENT_UNDER_WAY, assents[-1].event_date
    if signature is not None:
        return PartyStatus.SIGNED, signature.event_date
    return PartyStatus.NOT_SIGNED, UNKNOWN


def _joins(consent: Act | None) -> bool:
    """Say whether a party became one without signing (VCLT 15; Vienna Convention 1978, 17)."""
    return consent is not None and (consent.type in HEIRS or consent.consent is Consent.ACCESSION)


def _is_consent(act: Act, situation: _Situation) -> bool:
    """Signature binds only where the agreement says so (VCLT 12); a notification, once received (78(b))."""
    if act.type is ActType.SIGNED:
        return situation.clause.trigger is Trigger.SIGNATURE
    if act.type is ActType.INTERNAL_PROCEDURES_NOTIFIED and act.received.latest is not None:
        return act.received.latest <= situation.as_of
    return act.type in CONSENTS or act.type in HEIRS


def _consented(act: Act) -> PartialDate:
    is_received = act.type is ActType.INTERNAL_PROCEDURES_NOTIFIED and not act.received.is_unknown
    return act.received if is_received else act.event_date


def _binding(party: str, own: list[Act], situation: _Situation) -> tuple[PartialDate, date] | None:
    """Since when the treaty binds the party, or from when it will, and the first day that is certain.

    Those whose consent brought it into force are bound from then on; one whose own instrument came later,
    or was not among those awaited, from max(general entry into force, RULE(own instrument)) (VCLT 24(3)).
    """
    general, first = situation.entry.day, situation.entry.first_day
    if general is None or first is None:
        return None
    stated = [act for act in own if act.type is ActType.ENTRY_INTO_FORCE_ASSERTED and not act.scope]
    if stated:
        return _later(general, first, stated[-1].takes_effect, stated[-1].effective_by)
    if party in situation.negotiated and situation.clause.trigger is not Trigger.NTH_DEPOSIT:
        return general, first
    return _by_own(own, situation, general, first)


def _by_own(
    own: list[Act], situation: _Situation, general: PartialDate, first: date
) -> tuple[PartialDate, date] | None:
    heirs = [act for act in own if act.type in HEIRS]
    if heirs:
        return _later(general, first, heirs[0].takes_effect, heirs[0].effective_by)
    deposits = [act for act in own if act.type in CONSENTS]
    if not deposits:
        return None
    day = deposits[0].happened_by
    days = (day,) if isinstance(situation.clause.rule, Retroactive) else situation.clause.days_for(day)
    own_day = days[-1] if days else None
    shown = (
        PartialDate.on(own_day) if own_day and len(days) == 1 and deposits[0].event_date.is_exact else UNKNOWN
    )
    return _later(general, first, shown, own_day)


def _later(
    general: PartialDate, first: date, own: PartialDate, own_first: date | None
) -> tuple[PartialDate, date] | None:
    if own_first is None:
        return None
    return (general, first) if first >= own_first else (own, own_first)


def _released(own: list[Act], as_of: date) -> PartialDate | None:
    """Since when the party has withdrawn: its notice ran out and was not revoked before (VCLT 68, 70(2))."""
    revoked = [act.happened_by for act in own if act.type is ActType.DENUNCIATION_REVOKED]
    for act in own:
        effective = act.effective_by
        if act.type not in (ActType.DENOUNCED, ActType.TERMINATED) or act.scope or effective is None:
            continue
        if act.type is ActType.DENOUNCED and act.effective.is_unknown:
            continue
        if effective <= as_of and not any(act.happened_by <= day < effective for day in revoked):
            return act.takes_effect
    return None


def _first(acts: Iterable[Act]) -> Act | None:
    return min(acts, key=_order, default=None)


def _order(act: Act) -> tuple[date, int, str]:
    return act.happened_by, RANK[act.type], act.uid
