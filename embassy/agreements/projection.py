"""The status of an agreement written out as rows, for each audience, embargo and day of knowledge."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from embassy.agreements.log import log_of
from embassy.agreements.models import Agreement, StatusPeriod
from embassy.agreements.status import NOTHING_KNOWN, Period, timeline
from embassy.core.access import Audience

# Near the ends of the calendar, yet inside it on the clocks of every zone.
ALWAYS, NEVER = datetime(1, 2, 1, tzinfo=UTC), datetime(9999, 12, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)


def rows(agreement: Agreement, written: datetime) -> Iterator[StatusPeriod]:
    """Yield what each audience will see, from `written` on, without another write.

    An act under embargo opens a timeline of its own at the moment the embargo ends, and so does, on its
    day, an act or step whose source is dated ahead.
    """
    eve = (written - ONE_DAY).date()
    for audience in Audience:
        for shown_from, shown_to, acts in _disclosures(agreement, audience):
            for known_from, known_to in _days_of_knowledge([*acts, *agreement.steps], eve):
                periods = timeline(*log_of(agreement, acts), known_at=max(known_from, eve))
                for period in _gapless(periods):
                    yield StatusPeriod(
                        audience=audience,
                        shown_from=shown_from,
                        shown_to=shown_to,
                        known_from=known_from,
                        known_to=known_to,
                        status=period.status,
                        first_day=period.first_day,
                        last_day=period.last_day or date.max,
                        start=period.start,
                    )


def _disclosures(agreement: Agreement, audience: Audience) -> Iterator[tuple[datetime, datetime, list[Any]]]:
    """Yield each stretch of time in which the audience sees the same acts; staff see all, always."""
    if audience is Audience.staff:
        yield ALWAYS, NEVER, list(agreement.acts)
        return
    public = [act for act in agreement.acts if act.audience is Audience.public]
    turns = sorted({act.shown_from for act in public if act.shown_from is not None})
    for begins, ends in pairwise([ALWAYS, *turns, NEVER]):
        yield begins, ends, [act for act in public if act.shown_from is None or act.shown_from <= begins]


def _days_of_knowledge(parts: Iterable[Any], eve: date) -> Iterator[tuple[date, date]]:
    days = {part.known_from for part in parts if part.known_from is not None}
    return pairwise([date.min, *sorted(day for day in days if eve < day < date.max), date.max])


def _gapless(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Return the periods with the time before them, when nothing was known."""
    first = periods[0].first_day
    if first == date.min:
        return periods
    return NOTHING_KNOWN[0]._replace(last_day=first - ONE_DAY), *periods
