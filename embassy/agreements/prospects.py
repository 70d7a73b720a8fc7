"""What the page of an agreement tells of the way ahead, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from embassy.agreements import precedents
from embassy.agreements.account import party_named
from embassy.agreements.acts import known_acts
from embassy.agreements.classification import enters_into_force
from embassy.agreements.forecast import Experience, Likeness, experience, latest_trigger
from embassy.agreements.log import log_of
from embassy.agreements.models import Agreement, RecordedAct
from embassy.agreements.progress import party_progress
from embassy.agreements.sentence import WAITING
from embassy.agreements.status import status_on
from embassy.agreements.waiting import AWAITED_LABELS, Wait, waits
from embassy.core.messages import Message, say
from embassy.core.spans import lasting
from embassy.web.formats import marked, said
from embassy.web.house import house, moment, session, today, viewer
from embassy.web.locale import _, translate

COMPARED: dict[Likeness, Message] = {
    Likeness.KIND_AND_PARTIES: say(
        "Of %(count)d agreements of this kind between these parties, the quickest entered into force "
        "%(shortest)s after signature, the slowest %(longest)s; half of them within %(median)s."
    ),
    Likeness.PARTIES: say(
        "Of %(count)d agreements between these parties, the quickest entered into force %(shortest)s after "
        "signature, the slowest %(longest)s; half of them within %(median)s."
    ),
    Likeness.KIND_AND_SUBJECT: say(
        "Of %(count)d agreements of this kind on the same subject, the quickest entered into force "
        "%(shortest)s after signature, the slowest %(longest)s; half of them within %(median)s."
    ),
    Likeness.KIND: say(
        "Of %(count)d agreements of this kind, the quickest entered into force %(shortest)s after signature, "
        "the slowest %(longest)s; half of them within %(median)s."
    ),
}


class WaitLine(NamedTuple):
    """One open step in words: for whom, for what, since when, and whether that is long."""

    party: str
    body: str
    awaited: str
    since: str
    overdue: bool


@dataclass(frozen=True)
class Prospects:
    """What is waited for, what others took, and whether the clause lets a day be worked out."""

    waits: tuple[WaitLine, ...]
    compared: str
    counts: bool


def prospects(agreement: Agreement, seen: Iterable[RecordedAct], day: date) -> Prospects | None:
    """Return the way ahead of an agreement as known on a day; None where there is none, or not any more."""
    log, enters = log_of(agreement, seen), enters_into_force(agreement.kind, agreement.binding)
    if not enters or status_on(*log, as_of=day, known_at=day) not in WAITING:
        return None
    progress = party_progress(*log, as_of=day, known_at=day)
    found = waits(progress, known_acts(log.acts, day), day)
    return Prospects(
        tuple(_line(wait, agreement, day) for wait in found),
        _compared(agreement) if day == today() else "",
        log.clause is not None and log.clause.counts,
    )


def supposed(agreement: Agreement, completed: date) -> str:
    """Return what would follow if the last step came on a day."""
    clause = log_of(agreement, ()).clause
    if clause is None or not clause.counts:
        return _("The clause gives no day that could be worked out.")
    first, *second = clause.days_for(completed)
    if not second:
        told = say("If the last step comes on %(day)s: in force on %(start)s.", day=completed, start=first)
    else:
        told = say(
            "If the last step comes on %(day)s: in force on %(start)s or %(other)s, which the clause "
            "leaves open.",
            day=completed,
            start=first,
            other=second[0],
        )
    return str(said(told))


def needed(agreement: Agreement, wanted: date) -> str:
    """Return by when the last step must come for an entry into force on a day, or not later."""
    clause = log_of(agreement, ()).clause
    last = latest_trigger(clause, wanted) if clause else None
    if last is None:
        return _("The clause gives no day that could be worked out.")
    return str(
        said(
            say("To be in force by %(wanted)s, the last step must come by %(day)s.", wanted=wanted, day=last)
        )
    )


def _line(wait: Wait, agreement: Agreement, day: date) -> WaitLine:
    steps = {step.uid: step for step in agreement.steps}
    days = wait.days(day)
    return WaitLine(
        party_named(wait.party, agreement),
        marked(steps[wait.step.uid].body) if wait.step else "",
        translate(AWAITED_LABELS[wait.awaited]),
        "" if days is None else str(said(say("for %(time)s", time=lasting(days)))),
        wait.is_overdue(day, house().deployment.patience),
    )


def _compared(agreement: Agreement) -> str:
    """Return what the closest class of comparison with five agreements or more took."""
    for likeness in Likeness:
        found = experience(likeness, precedents.took(session(), agreement, likeness, viewer(), moment()))
        if found is not None:
            return _experience(found)
    return ""


def _experience(found: Experience) -> str:
    words = COMPARED[found.likeness]
    spans = {name: lasting(getattr(found, name)) for name in ("shortest", "median", "longest")}
    return str(said(say(words.text, count=found.count, **spans)))
