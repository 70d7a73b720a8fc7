"""Logs of acts written as short as a clerk would: type, day, party, and what differs from the usual."""

from datetime import UTC, date, datetime
from itertools import count

from embassy.agreements.acts import Act, Source, Step
from embassy.agreements.clause import Clause
from embassy.agreements.status import timeline
from embassy.agreements.vocabulary import ActType, Consent, Requirement, SourceKind
from embassy.core.partial import PartialDate

TODAY = date(2024, 5, 1)
PAIR = ("AL", "BE")
RECORDED = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
numbers = count(1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def act(
    kind: ActType,
    done: str = "",
    party: str | None = None,
    *,
    uid: str = "",
    known: str = "",
    received: str = "",
    effective: str = "",
    step: str | None = None,
    scope: tuple[str, ...] = (),
    corrects: str | None = None,
    consent: Consent | None = None,
    source: SourceKind = SourceKind.GAZETTE,
    citation: str = "Moniteur belge",
) -> Act:
    """An act known, unless told otherwise, from the last day it can have been done or, undated, from 2020."""
    event = PartialDate.parse(done)
    return Act(
        uid=uid or f"act-{next(numbers):05}",
        type=kind,
        source=Source(source, citation),
        known_from=day(known) if known else event.latest or date(2020, 1, 1),
        recorded_at=RECORDED,
        party=party,
        step=step,
        event_date=event,
        received=PartialDate.parse(received),
        effective=PartialDate.parse(effective),
        scope=scope,
        consent=consent,
        corrects=corrects,
    )


def step(
    uid: str,
    party: str,
    body: str,
    required: Requirement = Requirement.YES,
    *,
    known: str = "1900-01-01",
    replaces: str | None = None,
    order: int = 0,
) -> Step:
    return Step(uid, party, body, required=required, order=order, known_from=day(known), replaces=replaces)


def in_force(start: str = "2000-01-01", uid: str = "") -> Act:
    return act(ActType.ENTRY_INTO_FORCE_ASSERTED, start, uid=uid)


def spans(
    acts: tuple[Act, ...], clause: Clause | None = None, known_at: date = TODAY
) -> list[tuple[str, str]]:
    """The timeline as (status, start) in words."""
    return [(p.status.value, str(p.start)) for p in timeline(acts, (), PAIR, clause, known_at=known_at)]
