"""What each rung of the ladder of ratification says, in the reader's language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from embassy.agreements.ladder import Rung, Track, columns, tracks
from embassy.agreements.models import Agreement, ApprovalStep
from embassy.agreements.progress import ENDED, BodyProgress, PartyProgress
from embassy.agreements.sentence import PARTY_MARKS
from embassy.agreements.vocabulary import (
    ACT_LABELS,
    CONSENT_LABELS,
    INSTRUMENT_LABELS,
    LEVEL_LABELS,
    PARTY_STATUS_LABELS,
    REQUIREMENT_LABELS,
    STATUS_LABELS,
    ActType,
    PartyStatus,
    Requirement,
    Status,
)
from embassy.core.messages import Message, say
from embassy.core.partial import PartialDate
from embassy.web.formats import marked, partial, said
from embassy.web.house import language
from embassy.web.locale import _, translate

RUNG_LABELS: dict[Rung, Message] = {
    Rung.SIGNATURE: ACT_LABELS[ActType.SIGNED],
    Rung.ASSENT: ACT_LABELS[ActType.BODY_ASSENTED],
    Rung.CONSENT: say("Consent to be bound"),
    Rung.IN_FORCE: STATUS_LABELS[Status.IN_FORCE],
}
# What the shape of a mark says on every rung, the good ones first.
KEY: dict[str, Message] = {
    "good": say("done"),
    "soon": say("under way"),
    "open": say("still open"),
    "unknown": say("not known or not determined"),
    "stop": say("refused"),
    "over": say("not needed or no longer"),
}
PASSED = frozenset({"good", "over"})
ARRIVED = frozenset({PartyStatus.BOUND, PartyStatus.RELEASED})
OVER = ENDED | {Status.ABANDONED}


@dataclass(frozen=True)
class BodyLine:
    """How far one body, or the party on one rung, has come."""

    kind: str
    name: str
    word: str
    note: str


@dataclass(frozen=True)
class PartyLine:
    """A party and its bodies."""

    name: str
    bodies: tuple[BodyLine, ...]


@dataclass(frozen=True)
class Climb(PartyLine):
    """A party on its way: a line for each rung, where it stands now, and how the rungs are drawn."""

    standing: BodyLine
    track: Track


@dataclass(frozen=True)
class Ladder:
    """How far each party is; `ends` name the first rung and the last, `key` says what the marks mean."""

    parties: tuple[Climb, ...]
    ends: tuple[str, ...]
    key: tuple[tuple[str, str], ...]


def ladder(
    progress: Sequence[PartyProgress],
    agreement: Agreement,
    status: Status,
    name: Callable[[str], str],
    *,
    enters: bool,
) -> Ladder:
    """Return the ladder of an agreement of that status; `name` calls a party, `enters` as in `sentences`."""
    climbing = [list(_rungs(party, agreement, status, enters=enters)) for party in progress]
    rungs = [[rung for rung, _line in found] for found in climbing]
    lines = [tuple(line for _rung, line in found) for found in climbing]
    drawn = tracks(
        rungs,
        [[line.kind in PASSED for line in own] for own in lines],
        mirrored=language().direction == "rtl",
    )
    held, kinds = columns(rungs), {line.kind for own in lines for line in own}
    return Ladder(
        tuple(
            Climb(name(party.party), own, _standing(party), track)
            for party, own, track in zip(progress, lines, drawn, strict=True)
        ),
        tuple(translate(RUNG_LABELS[rung]) for rung in held[:: max(1, len(held) - 1)]),
        tuple((kind, translate(words)) for kind, words in KEY.items() if kind in kinds),
    )


def _rungs(
    party: PartyProgress, agreement: Agreement, status: Status, *, enters: bool
) -> Iterator[tuple[Rung, BodyLine]]:
    """Yield what a party has passed and what lies ahead, if the agreement is still on its way into force."""
    steps = {step.uid: step for step in agreement.steps}
    arrived = party.status in ARRIVED
    climbs = arrived or (enters and status not in OVER)
    known = status is not Status.UNKNOWN or party.status is not PartyStatus.NOT_SIGNED
    if party.signs:
        yield Rung.SIGNATURE, _signature(party)
    for body in party.bodies:
        yield Rung.ASSENT, _body(body, steps[body.step.uid])
    if climbs or party.consent is not None:
        yield Rung.CONSENT, _consent(party, is_open=known and not arrived)
    if climbs:
        yield Rung.IN_FORCE, _in_force(party, is_open=known)


def _signature(party: PartyProgress) -> BodyLine:
    name = translate(RUNG_LABELS[Rung.SIGNATURE])
    if party.signature is None:
        return _unrecorded(name)
    word = translate(PARTY_STATUS_LABELS[PartyStatus.SIGNED])
    return BodyLine("good", name, word, _since(party.signature.event_date))


def _consent(party: PartyProgress, *, is_open: bool) -> BodyLine:
    name, act = translate(RUNG_LABELS[Rung.CONSENT]), party.consent
    if act is not None:
        means = CONSENT_LABELS[act.consent] if act.consent else ACT_LABELS[act.type]
        return BodyLine("good", name, translate(means), _since(party.consented))
    return BodyLine("open", name, _("still open"), "") if is_open else _unrecorded(name)


def _in_force(party: PartyProgress, *, is_open: bool) -> BodyLine:
    name = translate(RUNG_LABELS[Rung.IN_FORCE])
    if party.status in ARRIVED:
        word = translate(PARTY_STATUS_LABELS[party.status])
        return BodyLine(PARTY_MARKS[party.status], name, word, _since(party.since))
    if party.binds is not None:
        word = translate(STATUS_LABELS[Status.ENTRY_INTO_FORCE_FIXED])
        return BodyLine("soon", name, word, _since(party.binds))
    return BodyLine("open" if is_open else "unknown", name, _("no date known"), "")


def _standing(party: PartyProgress) -> BodyLine:
    words = str(said(party.words)).rstrip(".")
    return BodyLine(PARTY_MARKS[party.status], _("Where it stands"), words, _since(party.since))


def _unrecorded(name: str) -> BodyLine:
    return BodyLine("unknown", name, _("not recorded"), "")


def _since(day: PartialDate) -> str:
    return "" if day.is_unknown else partial(day)


def _body(body: BodyProgress, step: ApprovalStep) -> BodyLine:
    kinds = {Requirement.YES: "open", Requirement.NO: "over", Requirement.TO_BE_DETERMINED: "unknown"}
    level = translate(LEVEL_LABELS[step.level])
    if body.act is None:
        return BodyLine(
            kinds[step.required], marked(step.body), translate(REQUIREMENT_LABELS[step.required]), level
        )
    kind = "stop" if body.act.type is ActType.BODY_REJECTED else "good" if body.has_assented else "soon"
    notes = [partial(body.act.event_date), level]
    notes += [translate(INSTRUMENT_LABELS[step.instrument])] if step.instrument else []
    return BodyLine(kind, marked(step.body), translate(ACT_LABELS[body.act.type]), " · ".join(notes))
