"""What the log of acts may not hold, and what is rare enough in real treaties to be asked about."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from embassy.agreements.acts import Act, Step, announcements, circle, known_acts, known_steps, uncorrected
from embassy.agreements.clause import Clause
from embassy.agreements.entry import EntryIntoForce, entry_from
from embassy.agreements.vocabulary import ACT_LABELS, ActType, Requirement
from embassy.core.messages import Message, say
from embassy.core.partial import PartialDate

EVER = date.max


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or remarkable: which act, which of its fields, and a sentence that names the act.

    A warning that `needs_reason` is accepted only together with one.
    """

    act: str
    field: str
    message: Message
    needs_reason: bool = False


def refusals(
    acts: Collection[Act],
    steps: Collection[Step],
    parties: Collection[str],
    clause: Clause | None,
    *,
    today: date,
) -> tuple[Finding, ...]:
    """Why the log cannot stand. It is judged as a whole, since one act may contradict another."""
    known = sorted(known_acts(acts, EVER), key=_chronology)
    entry = entry_from(known, known_steps(steps, EVER), parties, clause)
    return (
        *_miscorrected(acts),
        *_unsound(acts, steps, circle(known, parties), today),
        *_contradictions(known),
        *_too_early(known, entry),
    )


def warnings(
    acts: Collection[Act],
    steps: Iterable[Step],
    parties: Collection[str],
    clause: Clause | None,
    *,
    today: date,
) -> tuple[Finding, ...]:
    """What is unusual; it occurs in real treaties and is never refused."""
    known, bodies = sorted(known_acts(acts, EVER), key=_chronology), known_steps(steps, EVER)
    entry = entry_from(known, bodies, parties, clause)
    return (
        *_around_signature(known, entry),
        *_around_entry(known, entry),
        *_before_assent(known, bodies),
        *_unconfirmed(acts, today),
    )


def _chronology(act: Act) -> tuple[date, str]:
    return act.happened_by, act.uid


def _miscorrected(acts: Iterable[Act]) -> Iterator[Finding]:
    """Corrections that hang in the air or bite their own tail; each would make an act vanish."""
    corrections = {act.uid: act.corrects for act in acts}
    for act in acts:
        seen, target = {act.uid}, act.corrects
        while target in corrections and target not in seen:
            seen.add(target)
            target = corrections[target]
        if target is not None:
            message = say(
                "%(act)s corrects itself or an act that this agreement does not have.", act=act.words
            )
            yield Finding(act.uid, "corrects", message)


def _unsound(
    acts: Collection[Act], steps: Iterable[Step], members: frozenset[str], today: date
) -> Iterator[Finding]:
    """What is wrong with an act taken by itself."""
    bodies = {(step.uid, step.party) for step in steps}
    for act in uncorrected(acts, EVER):
        if not act.source.citation.strip():
            yield Finding(act.uid, "source", say("%(act)s has no source; cite one.", act=act.words))
        if act.party is not None and act.party not in members:
            message = say("%(act)s names %(party)s, which is no party.", act=act.words, party=act.party)
            yield Finding(act.uid, "party", message)
        if act.step is not None and (act.step, act.party) not in bodies:
            message = say("%(act)s names an approval step that its party does not have.", act=act.words)
            yield Finding(act.uid, "step", message)
        for field, day in (("event_date", act.event_date), ("received", act.received)):
            if day.earliest is not None and day.earliest > today:
                message = say(
                    "%(act)s has not happened yet; only the date from which it has effect may lie ahead.",
                    act=act.words,
                )
                yield Finding(act.uid, field, message)


def _contradictions(known: Iterable[Act]) -> Iterator[Finding]:
    """A body may reject and assent later; that it did both at once, or in no known order, cannot be."""
    assents: dict[tuple[str | None, str | None], list[Act]] = {}
    rejections: dict[tuple[str | None, str | None], list[Act]] = {}
    for act in known:
        if act.type is ActType.BODY_ASSENTED:
            assents.setdefault((act.party, act.step), []).append(act)
        elif act.type is ActType.BODY_REJECTED:
            rejections.setdefault((act.party, act.step), []).append(act)
    for body, rejected in rejections.items():
        for refused, given in product(rejected, assents.get(body, [])):
            if refused.event_date.may_coincide(given.event_date):
                message = say(
                    "%(act)s contradicts: %(other)s; give the days that tell which came last.",
                    act=refused.words,
                    other=given.words,
                )
                yield Finding(refused.uid, "event_date", message)


def _too_early(known: Iterable[Act], entry: EntryIntoForce) -> Iterator[Finding]:
    """An end before the beginning, or a registration before it.

    Treaties are registered after their entry into force (VCLT 80, UN Charter art. 102, General Assembly
    resolution 97 (I)); provisional application is enough (VCLT 25).
    """
    beginnings = [entry.day] if entry.day is not None else []
    applied = [a.takes_effect for a in known if a.type is ActType.PROVISIONAL_APPLICATION_STARTED]
    for act in known:
        if act.type in (ActType.TERMINATED, ActType.EXPIRED) and _precedes(act.takes_effect, beginnings):
            message = say(
                "%(act)s lies before entry into force; record that, undated if the day is unknown.",
                act=act.words,
            )
            yield Finding(act.uid, "effective", message)
        elif act.type is ActType.REGISTERED and _precedes(act.event_date, beginnings + applied):
            message = say(
                "%(act)s lies before any entry into force or provisional application.",
                act=act.words,
            )
            yield Finding(act.uid, "event_date", message)


def _precedes(day: PartialDate, beginnings: Iterable[PartialDate]) -> bool:
    return all(day.is_before(beginning) for beginning in beginnings)


def _around_signature(known: Collection[Act], entry: EntryIntoForce) -> Iterator[Finding]:
    signatures = [act for act in known if act.type is ActType.SIGNED]
    if signatures and entry.day is not None and entry.day.is_before(signatures[0].event_date):
        message = say(
            "%(act)s comes after the entry into force (%(day)s); give the reason.",
            act=signatures[0].words,
            day=entry.day,
        )
        yield Finding(entry.asserted_by or signatures[0].uid, "effective", message, needs_reason=True)
    for act in known:
        if act.type is not ActType.BODY_ASSENTED:
            continue
        own = next((signed for signed in signatures if signed.party in (None, act.party)), None)
        if own is not None and act.event_date.is_before(own.event_date):
            message = say("%(act)s lies before: %(signed)s.", act=act.words, signed=own.words)
            yield Finding(act.uid, "event_date", message)


def _around_entry(known: Iterable[Act], entry: EntryIntoForce) -> Iterator[Finding]:
    if entry.day is None:
        return
    for act in known:
        if act.type is ActType.GAZETTED and entry.day.is_before(act.event_date):
            message = say("%(act)s comes after the entry into force (%(day)s).", act=act.words, day=entry.day)
            yield Finding(act.uid, "event_date", message)
        elif act.uid == entry.asserted_by and entry.agree is False:
            message = say(
                "%(act)s gives %(asserted)s, the clause %(computed)s.",
                act=act.words,
                asserted=act.takes_effect,
                computed=entry.computed[0],
            )
            yield Finding(act.uid, "effective", message)


def _before_assent(known: Collection[Act], steps: Iterable[Step]) -> Iterator[Finding]:
    """A notification stands although assent is missing: internal law is no excuse abroad (VCLT 27, 46)."""
    assented: dict[str | None, PartialDate] = {}
    required: dict[str, list[Step]] = {}
    for step in steps:
        if step.required is Requirement.YES:
            required.setdefault(step.party, []).append(step)
    for act in known:
        if act.type is ActType.BODY_ASSENTED:
            assented.setdefault(act.step, act.event_date)
    for act in known:
        if act.type is not ActType.INTERNAL_PROCEDURES_NOTIFIED:
            continue
        day = act.event_date if act.received.is_unknown else act.received
        for step in required.get(act.party or "", []):
            given = assented.get(step.uid)
            if given is None or day.is_before(given):
                message = say("%(act)s comes before the assent of %(body)s.", act=act.words, body=step.body)
                yield Finding(act.uid, "received", message)


def _unconfirmed(acts: Iterable[Act], today: date) -> Iterator[Finding]:
    for act in announcements(acts, today):
        passed = act.event_date.latest or act.event_date.earliest
        if passed is not None and passed < today:
            message = say(
                "%(act)s was announced for %(day)s; its outcome is not recorded.",
                act=ACT_LABELS[act.type],
                day=act.event_date,
            )
            yield Finding(act.uid, "event_date", message)
