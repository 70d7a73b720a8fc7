"""What the page of an agreement tells, in the reader's language: status, proof, progress and acts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from embassy.agreements.acts import Act, announcements, known_acts, uncorrected
from embassy.agreements.classification import SUBJECT_LABELS, enters_into_force
from embassy.agreements.entry import result
from embassy.agreements.log import Log, log_of
from embassy.agreements.models import Agreement, Party, RecordedAct
from embassy.agreements.progress import party_progress
from embassy.agreements.rungs import Ladder, ladder
from embassy.agreements.sentence import MARKS, WAITING, period_on, proof, reckoning, sentences
from embassy.agreements.status import Period, timeline
from embassy.agreements.vocabulary import (
    ACT_LABELS,
    CONSENT_LABELS,
    STATUS_LABELS,
    ActType,
    Status,
)
from embassy.core.messages import Message
from embassy.core.partial import UNKNOWN, PartialDate
from embassy.web.formats import country, listed, marked, partial, said
from embassy.web.house import language
from embassy.web.locale import _, translate


@dataclass(frozen=True)
class Stage:
    """One of the stages of a status."""

    kind: str
    words: str
    note: str
    current: bool = False


@dataclass(frozen=True)
class ActLine:
    """An act with its source; `notes` are sentences on what it adds, `doubt` on what it does not tell."""

    act: RecordedAct
    label: str
    party: str
    notes: tuple[str, ...]
    doubt: str


@dataclass(frozen=True)
class Account:
    """Everything a reader may know of an agreement on a day.

    `proof` is the act the status rests on, `reckoning` how the day of entry into force follows.
    """

    status: Status
    mark: str
    sentences: tuple[str, ...]
    proof: RecordedAct | None
    stages: tuple[Stage, ...]
    ladder: Ladder
    acts: tuple[ActLine, ...]
    reckoning: tuple[str, ...]


def account(agreement: Agreement, seen: Iterable[RecordedAct], day: date) -> Account:
    """Return what the acts that the viewer may see told on a day, as publicly known that day."""
    acts = {act.uid: act for act in seen}
    log = log_of(agreement, acts.values())
    periods, entry = timeline(*log, known_at=day), result(*log, known_at=day)
    progress = party_progress(*log, as_of=day, known_at=day)
    period = period_on(periods, day)
    known = known_acts(log.acts, day)
    proving = proof(period, entry, known)
    enters = enters_into_force(agreement.kind, agreement.binding)
    reckoned = reckoning(entry, known) if enters and (log.clause or entry.asserted) else ()
    spoken = sentences(period, entry, progress, day, enters=enters)
    return Account(
        period.status,
        MARKS[period.status],
        tuple(told(sentence, agreement) for sentence in spoken),
        acts[proving] if proving else None,
        tuple(_stages(periods, period, day, enters=enters)),
        ladder(progress, agreement, period.status, lambda code: party_named(code, agreement), enters=enters),
        tuple(_acts(log, acts, agreement, day)),
        tuple(told(sentence, agreement) for sentence in reckoned),
    )


def signed_on(told: Account) -> PartialDate:
    """Return when an agreement was first signed, by an account of it."""
    signed = (line.act for line in told.acts if line.act.type is ActType.SIGNED and not line.doubt)
    return next((act.event_date for act in signed), UNKNOWN)


def party_name(party: Party) -> str:
    """Return what a party is called: its name as signed, else its country."""
    return marked(party.name) if party.name is not None else country(party.country)


def plain_name(party: Party) -> str:
    """Return what a party is called, without any marking."""
    return party.name.best(language())[1] if party.name is not None else country(party.country)


def subjects(agreement: Agreement) -> list[str]:
    """Return what the agreement is about, in words."""
    return [translate(SUBJECT_LABELS[subject]) for subject in agreement.subjects]


def told(sentence: Message, agreement: Agreement) -> str:
    """Return a sentence in the reader's language, with names for the codes of parties."""
    named = {
        name: listed([party_named(code, agreement, plain_name) for code in str(value).split(", ")])
        for name, value in sentence.values.items()
        if name in ("party", "parties")
    }
    return str(said(replace(sentence, values={**sentence.values, **named})))


def party_named(code: str, agreement: Agreement, name: Callable[[Party], str] = party_name) -> str:
    """Return what the party with a code is called; one that joined later is known by its country alone."""
    return next((name(party) for party in agreement.parties if party.code == code), country(code))


def _stages(periods: tuple[Period, ...], now: Period, day: date, *, enters: bool) -> Iterator[Stage]:
    """Yield the periods past and ahead and, where it enters into force, that as long as it is awaited."""
    if now.status is Status.UNKNOWN:
        yield Stage("unknown", translate(STATUS_LABELS[Status.UNKNOWN]), "", current=True)
    for period in periods:
        if period.status is Status.UNKNOWN:
            continue
        ahead = period.first_day > day
        kind = (
            "open" if ahead else "good" if MARKS[period.status] in ("open", "soon") else MARKS[period.status]
        )
        yield Stage(kind, translate(STATUS_LABELS[period.status]), partial(period.start), period == now)
    if now.status in WAITING and enters:
        yield Stage("open", translate(STATUS_LABELS[Status.IN_FORCE]), _("no date known"))


def _acts(log: Log, rows: dict[str, RecordedAct], agreement: Agreement, day: date) -> Iterator[ActLine]:
    """Yield the acts known that day by date; corrected ones stay, and say so."""
    standing = {act.uid for act in uncorrected(log.acts, day)}
    announced = {act.uid for act in announcements(log.acts, day)}
    known = [act for act in log.acts if act.known_from <= day]
    for act in sorted(known, key=lambda act: (act.happened_by, list(ActType).index(act.type), act.uid)):
        doubt = "" if act.uid in standing else _("Corrected by a later act")
        if act.uid in announced:
            doubt = _announced(act, day)
        yield ActLine(
            rows[act.uid],
            translate(ACT_LABELS[act.type]),
            party_named(act.party, agreement) if act.party else "",
            tuple(_notes(rows[act.uid], agreement)),
            doubt,
        )


def _announced(act: Act, day: date) -> str:
    latest = act.event_date.latest or act.event_date.earliest
    if latest is not None and latest < day:
        return _("Announced for this day; outcome not recorded")
    return _("Announced")


def _notes(act: Any, agreement: Agreement) -> Iterator[str]:
    body = next((step.body for step in agreement.steps if step.uid == act.step), None)
    if body is not None:
        yield marked(body)
    if act.consent:
        yield translate(CONSENT_LABELS[act.consent])
    if not act.effective.is_unknown:
        yield _("with effect from: %(day)s", day=partial(act.effective))
    if not act.received.is_unknown:
        yield _("received: %(day)s", day=partial(act.received))
    if act.scope:
        yield _("only: %(articles)s", articles=listed(act.scope))
    if act.reason:
        yield act.reason
