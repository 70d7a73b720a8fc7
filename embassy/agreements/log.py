"""The log of acts as the engine reads it, from stored rows or from facts handed in."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from embassy.agreements.acts import Act, Source, Step
from embassy.agreements.clause import Clause
from embassy.agreements.rules import parse_rule
from embassy.core.access import Audience, Viewer
from embassy.core.facts import Values
from embassy.core.text import Localized

NOT_YET_RECORDED = datetime.max.replace(tzinfo=UTC)


class Log(NamedTuple):
    """What every question to the engine begins with: `timeline(*log, known_at=…)`."""

    acts: tuple[Act, ...]
    steps: tuple[Step, ...]
    parties: tuple[str, ...]
    clause: Clause | None


def log_of(agreement: Any, acts: Iterable[Any]) -> Log:
    """Return the log of an agreement that consists of these of its acts; raises ClauseError."""
    return Log(
        tuple(_act(act) for act in acts),
        tuple(_step(step) for step in agreement.steps),
        tuple(party.code for party in agreement.parties),
        _clause(agreement.clause[0]) if agreement.clause else None,
    )


def log_in(values: Values) -> Log:
    """Return the log that facts handed in tell; raises ClauseError."""
    parts = {
        name: [SimpleNamespace(recorded_at=None, **part) for part in values[name] or ()]
        for name in ("parties", "steps", "acts", "clause")
    }
    return log_of(SimpleNamespace(**parts), parts["acts"])


def visible(acts: Iterable[Any], viewer: Viewer, now: datetime) -> list[Any]:
    """Return the acts the viewer may know of now; readers see public ones whose embargo has ended."""
    return [act for act in acts if viewer.staff or is_public(act, now)]


def is_public(act: Any, now: datetime) -> bool:
    """Say whether readers may know of an act at a moment."""
    return act.audience is Audience.public and (act.shown_from is None or act.shown_from <= now)


def _act(act: Any) -> Act:
    return Act(
        uid=act.uid,
        type=act.type,
        source=Source(act.source_kind, _original(act.citation), act.url),
        known_from=act.known_from,
        recorded_at=act.recorded_at or NOT_YET_RECORDED,
        party=act.party,
        step=act.step,
        event_date=act.event_date,
        received=act.received,
        effective=act.effective,
        scope=tuple(act.scope),
        consent=act.consent,
        corrects=act.corrects,
    )


def _step(step: Any) -> Step:
    return Step(
        uid=step.uid,
        party=step.party,
        body=_original(step.body),
        level=step.level,
        instrument=step.instrument,
        required=step.required,
        order=step.order,
        legal_basis=step.legal_basis,
        known_from=step.known_from or date.min,
        replaces=step.replaces,
    )


def _clause(clause: Any) -> Clause:
    return Clause(
        trigger=clause.trigger,
        rule=parse_rule(clause.rule),
        deposits=clause.deposits,
        fixed=clause.fixed,
        month_end=clause.month_end,
        floor=clause.floor,
        override=clause.override,
    )


def _original(text: Localized) -> str:
    return text.texts[text.source]
