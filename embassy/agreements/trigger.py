"""The moment from which an entry-into-force clause counts, found among the known acts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from embassy.agreements.acts import Act
from embassy.agreements.clause import TRIGGER_LABELS, Clause, Trigger
from embassy.agreements.vocabulary import ActType
from embassy.core.messages import Message, say, say_many
from embassy.core.partial import PartialDate

CONSENTS = frozenset(
    {ActType.INSTRUMENTS_EXCHANGED, ActType.INSTRUMENT_DEPOSITED, ActType.INTERNAL_PROCEDURES_NOTIFIED}
)
"""The acts that establish consent to be bound between States (VCLT 16)."""

SIGNATURES = frozenset({ActType.SIGNED})
COUNTED: dict[Trigger, frozenset[ActType]] = {
    Trigger.SIGNATURE: SIGNATURES,
    Trigger.EXCHANGE: frozenset({ActType.INSTRUMENTS_EXCHANGED}),
    Trigger.LAST_NOTIFICATION_RECEIVED: frozenset({ActType.INTERNAL_PROCEDURES_NOTIFIED}),
    Trigger.LAST_NOTIFICATION_SENT: frozenset({ActType.INTERNAL_PROCEDURES_NOTIFIED}),
    Trigger.NTH_DEPOSIT: frozenset({ActType.INSTRUMENT_DEPOSITED}),
    Trigger.ALL_PARTIES: CONSENTS,
    Trigger.FIXED_DATE: SIGNATURES | CONSENTS,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """The first and the last day the trigger can have been, and the acts it was found in.

    `settled` is when the acts were done; that differs only where the clause names a fixed date.
    """

    first: date | None
    last: date
    settled: PartialDate
    acts: tuple[str, ...]

    @property
    def day(self) -> PartialDate:
        """The day of the trigger, as exactly as the acts tell it."""
        return _settled(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day one act can count from; None is an open side."""

    first: date | None
    last: date | None
    uid: str

    @property
    def latest(self) -> date:
        return self.last or date.max


def moment(known: Iterable[Act], parties: Collection[str], clause: Clause) -> Moment | Message:
    """The moment the clause counts from, or why there is none yet.

    A consent limited to listed articles counts as any other: only the treaty can allow it (VCLT 17).
    """
    types = COUNTED[clause.trigger]
    dispatched = clause.trigger is Trigger.LAST_NOTIFICATION_SENT
    spans: dict[str | None, Span] = {}
    for act in known:
        if act.type in types:
            party = None if act.type is ActType.INSTRUMENTS_EXCHANGED else act.party
            span = span_of(act, dispatched=dispatched)
            if party not in spans or (span.latest, span.uid) < (spans[party].latest, spans[party].uid):
                spans[party] = span
    if clause.deposits is not None:
        return _nth(spans, clause.deposits)
    found = _by_all(spans, parties, clause.trigger)
    if isinstance(found, Message) or clause.fixed is None:
        return found
    return Moment(clause.fixed, clause.fixed, found.settled, found.acts)


def span_of(act: Act, *, dispatched: bool = False) -> Span:
    """The days an act can count from.

    A notification counts from its receipt (VCLT 78(b)) unless the clause counts from its dispatch; where no
    day of receipt is recorded, the dispatch only bounds it.
    """
    if act.type is ActType.INTERNAL_PROCEDURES_NOTIFIED and not dispatched:
        return Span(act.received.earliest or act.event_date.earliest, act.received.latest, act.uid)
    return Span(act.event_date.earliest, act.happened_by, act.uid)


def _by_all(spans: dict[str | None, Span], parties: Collection[str], trigger: Trigger) -> Moment | Message:
    """The last of all parties' acts; one joint act (party None) is the act of all."""
    missing = [party for party in parties if party not in spans]
    if None in spans:
        counted = [spans[None]]
    elif parties and not missing:
        counted = [spans[party] for party in parties]
    else:
        return say(
            "Not computed: %(trigger)s is not recorded (%(parties)s).",
            trigger=TRIGGER_LABELS[trigger],
            parties=", ".join(missing),
        )
    last = max(span.latest for span in counted)
    if last == date.max:
        return say("Not computed: the day of receipt of a notification is not recorded.")
    first = max((span.first for span in counted if span.first is not None), default=None)
    return Moment(first, last, _settled(first, last), tuple(span.uid for span in counted))


def _nth(spans: dict[str | None, Span], needed: int) -> Moment | Message:
    """The n-th of the deposits; the n-th of their first and of their last days bound it."""
    deposits = sorted(
        (span for party, span in spans.items() if party is not None), key=lambda span: (span.latest, span.uid)
    )
    if len(deposits) < needed:
        return say_many(
            "Not computed: %(num)s instrument of %(needed)s is deposited.",
            "Not computed: %(num)s instruments of %(needed)s are deposited.",
            len(deposits),
            needed=needed,
        )
    last = deposits[needed - 1].latest
    early = sorted(span.first or date.min for span in deposits)[needed - 1]
    first = None if early == date.min else early
    return Moment(first, last, _settled(first, last), tuple(span.uid for span in deposits[:needed]))


def _settled(first: date | None, last: date) -> PartialDate:
    return PartialDate.on(last) if first == last else PartialDate.not_after(last)
