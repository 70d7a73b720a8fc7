"""The status of an agreement on any day, derived from its acts as they were known on any day."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from embassy.agreements.acts import BILATERAL, Act, Step, circle, is_joint, known_acts, known_steps
from embassy.agreements.clause import Clause
from embassy.agreements.entry import EntryIntoForce, entry_from
from embassy.agreements.standing import Effect, Standing
from embassy.agreements.vocabulary import ActType, Status
from embassy.core.partial import UNKNOWN, PartialDate

# Types whose effect starts with the deed itself, and types that may name another effective date.
DEEDS = {ActType.NEGOTIATION_OPENED: Effect.NEGOTIATED, ActType.INITIALLED: Effect.INITIALLED}
EFFECTS = {
    ActType.PROVISIONAL_APPLICATION_STARTED: Effect.APPLIED,
    ActType.PROVISIONAL_APPLICATION_ENDED: Effect.APPLICATION_ENDED,
    ActType.PARTIALLY_SUSPENDED: Effect.SUSPENDED,
    ActType.SUSPENDED: Effect.SUSPENDED,
    ActType.RESUMED: Effect.RESUMED,
    ActType.SUPERSEDED: Effect.SUPERSEDED,
    ActType.EXPIRED: Effect.EXPIRED,
    ActType.TERMINATED: Effect.TERMINATED,
}
# These may concern listed articles only, and then leave the agreement as a whole where it stands (VCLT 44).
INDIVISIBLE = {ActType.SUPERSEDED, ActType.EXPIRED, ActType.TERMINATED, ActType.DENOUNCED}
NOTICES = {ActType.DENOUNCED, ActType.DENUNCIATION_REVOKED}
BEARING = EFFECTS.keys() | NOTICES


class Period(NamedTuple):
    """A status and the time it lasts.

    `start` and `end` are what sources tell and people read; the end is the start of the next period.
    `first_day` and `last_day` bound the days on which the status is certain; without a last day it is open.
    """

    status: Status
    start: PartialDate
    end: PartialDate | None
    first_day: date
    last_day: date | None


NOTHING_KNOWN = (Period(Status.UNKNOWN, UNKNOWN, None, date.min, None),)


class _Change(NamedTuple):
    day: date
    effect: Effect
    uid: str
    start: PartialDate
    act: Act | None


@dataclass(frozen=True, slots=True)
class _Start:
    status: Status
    start: PartialDate
    day: date


def timeline(
    acts: Iterable[Act],
    steps: Iterable[Step],
    parties: Collection[str],
    clause: Clause | None,
    *,
    known_at: date,
) -> tuple[Period, ...]:
    """All periods of an agreement, past and ahead, as publicly known on `known_at`; never empty.

    `parties` are those that negotiated it. A status begins on the day from which it is certain: for an act
    dated to a month that is its last day, for an undated act the day its source appeared. The order in
    which acts were recorded plays no part.
    """
    known = known_acts(acts, known_at)
    return periods_from(known, parties, entry_from(known, known_steps(steps, known_at), parties, clause))


def periods_from(
    known: Collection[Act], parties: Collection[str], entry: EntryIntoForce
) -> tuple[Period, ...]:
    """The same from acts already limited to what is known and the entry into force they give."""
    changes = sorted(_changes(known, parties, entry), key=itemgetter(0, 1, 2))
    starts = _starts(changes)
    if not starts:
        return NOTHING_KNOWN
    return tuple(
        Period(
            now.status,
            now.start,
            after.start if after else None,
            now.day,
            after.day - timedelta(days=1) if after else None,
        )
        for now, after in zip(starts, [*starts[1:], None], strict=True)
    )


def status_on(
    acts: Iterable[Act],
    steps: Iterable[Step],
    parties: Collection[str],
    clause: Clause | None,
    *,
    as_of: date,
    known_at: date,
) -> Status:
    """The status on the day `as_of`, as publicly known on `known_at`."""
    return status_within(timeline(acts, steps, parties, clause, known_at=known_at), as_of)


def status_within(periods: Iterable[Period], day: date) -> Status:
    """The status of that day; unknown before the first period."""
    found = [period.status for period in periods if period.first_day <= day]
    return found[-1] if found else Status.UNKNOWN


def _starts(changes: Iterable[_Change]) -> list[_Start]:
    """The days on which the status changes; changes of one day are taken together."""
    standing, starts = Standing(), [_Start(Status.UNKNOWN, UNKNOWN, date.min)]
    for change in changes:
        if change.act is None:
            standing.follow(change.effect)
        else:
            standing.take(change.effect, change.act)
        status = standing.status
        if status is starts[-1].status:
            continue
        if starts[-1].day == change.day:
            starts.pop()
        if status is not starts[-1].status:
            starts.append(_Start(status, change.start, change.day))
    return starts[1:]


def _changes(known: Collection[Act], parties: Collection[str], entry: EntryIntoForce) -> Iterator[_Change]:
    yield from _signed(known, len(parties))
    yield from _entered(known, entry)
    for act in known:
        if act.type in DEEDS:
            yield _Change(act.happened_by, DEEDS[act.type], act.uid, act.event_date, act)
    bearing = [act for act in known if act.type in BEARING and not (act.scope and act.type in INDIVISIBLE)]
    members = circle(known, parties) if bearing else ()
    for act in bearing:
        if is_joint(act, members):
            yield from _effects(act)


def _effects(act: Act) -> Iterator[_Change]:
    if act.type in EFFECTS and act.effective_by is not None:
        yield _Change(act.effective_by, EFFECTS[act.type], act.uid, act.takes_effect, act)
    elif act.type is ActType.DENOUNCED:
        yield _Change(act.happened_by, Effect.NOTICE_GIVEN, act.uid, act.event_date, act)
        if not act.effective.is_unknown and act.effective_by is not None:
            day = max(act.effective_by, act.happened_by)
            yield _Change(day, Effect.NOTICE_RUN_OUT, act.uid, act.effective, act)
    elif act.type is ActType.DENUNCIATION_REVOKED:
        yield _Change(act.happened_by, Effect.NOTICE_REVOKED, act.uid, act.event_date, act)


def _signed(known: Iterable[Act], parties: int) -> Iterator[_Change]:
    """Signed once all did so together or a second party did: a treaty lies between two (VCLT 2(1)(a))."""
    needed = 1 if parties < BILATERAL else BILATERAL
    first: dict[str | None, Act] = {}
    for act in sorted((a for a in known if a.type is ActType.SIGNED), key=lambda a: (a.happened_by, a.uid)):
        first.setdefault(act.party, act)
    single = [act for party, act in first.items() if party is not None][needed - 1 : needed]
    for act in [*single, *([first[None]] if None in first else [])]:
        yield _Change(act.happened_by, Effect.SIGNED, act.uid, act.event_date, act)


def _entered(known: Iterable[Act], entry: EntryIntoForce) -> Iterator[_Change]:
    if entry.first_day is None or entry.day is None:
        return
    stands = entry.asserted_by is not None and entry.day == entry.asserted
    assertion = next(act for act in known if act.uid == entry.asserted_by) if stands else None
    yield _Change(entry.first_day, Effect.ENTERED, "", entry.day, assertion)
    settled = entry.fixed_on.latest if entry.fixed_on else None
    if entry.fixed_on is not None and settled is not None and settled < entry.first_day:
        yield _Change(settled, Effect.FIXED, "", entry.fixed_on, None)
