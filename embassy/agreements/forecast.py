"""What may be said of a day that no act gives: how long others took, and what would follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from embassy.agreements.clause import Clause

FEWEST = 5
# No rule counts further ahead than a century.
FARTHEST = timedelta(days=366 * 100)


class Likeness(StrEnum):
    """By what agreements are compared, the closest first."""

    KIND_AND_PARTIES = "kind_and_parties"
    PARTIES = "parties"
    KIND_AND_SUBJECT = "kind_and_subject"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Experience:
    """How long others took from signature to entry into force, in days; never a single date."""

    likeness: Likeness
    count: int
    shortest: int
    median: int
    longest: int


def experience(likeness: Likeness, took: Iterable[int]) -> Experience | None:
    """The range and the median of what a comparison class took; None where there are fewer than five."""
    days = sorted(took)
    if len(days) < FEWEST:
        return None
    return Experience(likeness, len(days), days[0], round(median(days)), days[-1])


def latest_trigger(clause: Clause, wanted: date) -> date | None:
    """The last day on which the trigger may come for an entry into force not later than the one wanted.

    None where the clause counts from no day, or its floor lies later.
    """
    if not clause.counts:
        return None
    early, late = wanted - FARTHEST, wanted
    if not _in_time(clause, early, wanted):
        return None
    while early < late:
        middle = early + timedelta(days=((late - early).days + 1) // 2)
        if _in_time(clause, middle, wanted):
            early = middle
        else:
            late = middle - timedelta(days=1)
    return early


def _in_time(clause: Clause, trigger: date, wanted: date) -> bool:
    """Rules never reverse order, so the days that are in time come before those that are not."""
    return clause.days_for(trigger)[-1] <= wanted
