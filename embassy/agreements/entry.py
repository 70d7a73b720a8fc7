"""The entry into force of an agreement: what its clause gives, what a source asserts, and which stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from embassy.agreements.acts import Act, Step, circle, is_joint, known_acts, known_steps
from embassy.agreements.clause import BY_CONSENT, TRIGGER_LABELS, Clause
from embassy.agreements.rules import UNTIMED, Retroactive
from embassy.agreements.trigger import Moment, moment
from embassy.agreements.vocabulary import ActType, Requirement, SourceKind
from embassy.core.messages import Message, say
from embassy.core.partial import PartialDate

AUTHORITY = {kind: rank for rank, kind in enumerate(SourceKind)}


@dataclass(frozen=True, slots=True)
class EntryIntoForce:
    """When an agreement enters into force, as far as the known acts tell.

    `computed` has two days where the clause leaves the end of the month open, none where `reason` says why.
    `agree` is None unless there are both. `inputs` are the acts the clause counted from, `asserted_by` the
    act whose word was taken. `day` is what stands and is shown; `first_day` the first on which it is
    certain; `fixed_on` the day since which it was settled.
    """

    reason: Message
    computed: tuple[date, ...] = ()
    asserted: PartialDate | None = None
    agree: bool | None = None
    inputs: tuple[str, ...] = ()
    asserted_by: str | None = None
    day: PartialDate | None = None
    first_day: date | None = None
    fixed_on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class _Computed:
    reason: Message
    days: tuple[date, ...] = ()
    moment: Moment | None = None


def result(
    acts: Iterable[Act],
    steps: Iterable[Step],
    parties: Collection[str],
    clause: Clause | None,
    *,
    known_at: date,
) -> EntryIntoForce:
    """The entry into force as publicly known that day. `parties` are those that negotiated (VCLT 24(2))."""
    return entry_from(known_acts(acts, known_at), known_steps(steps, known_at), parties, clause)


def entry_from(
    known: Collection[Act], steps: Iterable[Step], parties: Collection[str], clause: Clause | None
) -> EntryIntoForce:
    """The same from acts and steps already limited to what is known.

    An official assertion stands against a computed day, for the parties' practice tells what they meant
    (VCLT 31(3)(b)); a newspaper's does not.
    """
    computed = _compute(known, steps, parties, clause or BY_CONSENT)
    assertion = _assertion(known, parties)
    counted = computed.moment
    if assertion is None:
        return EntryIntoForce(
            computed.reason,
            computed.days,
            inputs=counted.acts if counted else (),
            day=_shown(computed.days),
            first_day=computed.days[-1] if computed.days else None,
            fixed_on=counted.settled if counted and computed.days else None,
        )
    return _asserted(assertion, computed)


def _asserted(assertion: Act, computed: _Computed) -> EntryIntoForce:
    asserted, counted = assertion.takes_effect, computed.moment
    agree = any(asserted.may_include(day) for day in computed.days) if computed.days else None
    stands = assertion.source.kind is not SourceKind.PRESS or not computed.days
    settled = [_stated(assertion)] if stands else []
    if counted is not None and (agree or not stands):
        settled.append(counted.settled)
    return EntryIntoForce(
        computed.reason,
        computed.days,
        asserted,
        agree,
        counted.acts if counted else (),
        assertion.uid,
        asserted if stands else _shown(computed.days),
        assertion.effective_by if stands else computed.days[-1],
        min(settled, key=lambda day: day.latest or date.max),
    )


def outlook(entry: EntryIntoForce, today: date) -> Message:
    """Say in one sentence when the agreement enters, or entered, into force."""
    day = entry.day
    if day is None or entry.first_day is None:
        return say("No date of entry into force is known.")
    if day.is_unknown:
        return say("In force; the day of entry into force is not known.")
    if not day.is_exact:
        return say("Entry into force: %(day)s.", day=day)
    if entry.first_day < today:
        return say("Entered into force on %(day)s.", day=day)
    return _ahead(day, (entry.first_day - today).days)


def _ahead(day: PartialDate, distance: int) -> Message:
    if distance == 0:
        return say("Enters into force today.")
    if distance == 1:
        return say("Enters into force tomorrow.")
    return say("Enters into force on %(day)s.", day=day)


def _assertion(known: Collection[Act], parties: Collection[str]) -> Act | None:
    stated = [
        act
        for act in known
        if act.type is ActType.ENTRY_INTO_FORCE_ASSERTED and not act.scope and act.effective_by is not None
    ]
    members = circle(stated and known, parties)
    return min((act for act in stated if is_joint(act, members)), key=_authority, default=None)


def _stated(assertion: Act) -> PartialDate:
    if assertion.event_date.is_exact:
        return assertion.event_date
    return PartialDate.not_after(assertion.happened_by)


def _authority(act: Act) -> tuple[int, int, str]:
    """The more authoritative source first; among equals the later word, for it may mend the earlier."""
    return AUTHORITY[act.source.kind], -act.known_from.toordinal(), act.uid


def _compute(
    known: Collection[Act], steps: Iterable[Step], parties: Collection[str], clause: Clause
) -> _Computed:
    """Refuses while a competent body is to be determined, unless the clause carries the reason to go on."""
    unsettled = sorted({step.party for step in steps if step.required is Requirement.TO_BE_DETERMINED})
    if unsettled and not clause.override:
        codes = ", ".join(unsettled)
        return _Computed(
            say("Not computed: the competent bodies of %(parties)s are to be determined.", parties=codes)
        )
    counted = moment(known, parties, clause)
    if isinstance(counted, Message):
        return _Computed(counted)
    computed = _count(counted, clause)
    if not unsettled or not computed.days:
        return computed
    reason = say(
        "%(reason)s Computed although bodies are to be determined, because: %(why)s",
        reason=computed.reason,
        why=clause.override,
    )
    return _Computed(reason, computed.days, counted)


def _count(counted: Moment, clause: Clause) -> _Computed:
    """Apply the rule to the trigger; no rule reverses order, so equal ends of its span settle the day."""
    if isinstance(clause.rule, UNTIMED):
        return _Computed(
            say("Not computed: entry into force is %(rule)s.", rule=clause.rule.words), (), counted
        )
    trigger, days = TRIGGER_LABELS[clause.trigger], clause.days_for(counted.last)
    if not _settles(counted, clause, days):
        return _Computed(
            say("Not computed: the day of %(trigger)s is not known exactly enough.", trigger=trigger),
            (),
            counted,
        )
    if len(days) > 1:
        reason = say(
            "The clause does not say which day counts where a month is too short: %(first)s or %(second)s.",
            first=days[0],
            second=days[1],
        )
        return _Computed(reason, days, counted)
    reason = say(
        "Counted from %(trigger)s (%(day)s): %(rule)s.",
        trigger=trigger,
        day=counted.day,
        rule=clause.rule.words,
    )
    return _Computed(reason, days, counted)


def _settles(counted: Moment, clause: Clause, days: tuple[date, ...]) -> bool:
    """Whether both ends of the trigger's span give the same; a retroactive clause does not look at them."""
    if counted.first == counted.last or isinstance(clause.rule, Retroactive):
        return True
    return counted.first is not None and clause.days_for(counted.first) == days


def _shown(days: tuple[date, ...]) -> PartialDate | None:
    if not days:
        return None
    return PartialDate.on(days[0]) if len(days) == 1 else PartialDate.not_before(days[0])
