"""Status and waits of an agreement written out as rows, for each audience, embargo and day of knowledge."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from embassy.agreements.acts import known_acts
from embassy.agreements.classification import enters_into_force
from embassy.agreements.log import Log, log_of
from embassy.agreements.models import Agreement
from embassy.agreements.progress import party_progress
from embassy.agreements.sentence import WAITING
from embassy.agreements.status import NOTHING_KNOWN, Period, status_within, timeline
from embassy.agreements.vocabulary import ActType, Status
from embassy.agreements.waiting import waits
from embassy.core.access import Audience, Publication
from embassy.core.partial import UNKNOWN, PartialDate

Row = dict[str, Any]
# Near the ends of the calendar, yet inside it on the clocks of every zone.
ALWAYS, NEVER = datetime(1, 2, 1, tzinfo=UTC), datetime(9999, 12, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
ENTERED = frozenset({Status.IN_FORCE, Status.PARTIALLY_SUSPENDED, Status.SUSPENDED, Status.NOTICE_GIVEN})


class Stretch(NamedTuple):
    """A time in which an audience knows the same: what it knows, and from and until when.

    `day` is the first of it on which anything may be asked.
    """

    audience: Audience
    shown_from: datetime
    shown_to: datetime
    known_from: date
    known_to: date
    day: date
    log: Log
    periods: tuple[Period, ...]

    def named(self) -> dict[str, Any]:
        """Return the columns that all rows of a stretch share."""
        return {name: getattr(self, name) for name in ("audience", "shown_from", "shown_to")}


def periods_and_waits(agreement: Agreement, written: datetime) -> tuple[list[Row], list[Row]]:
    """Return the rows of what each audience will see, from `written` on, without another write.

    An act under embargo opens a timeline of its own at the moment the embargo ends, and so does, on its
    day, an act or step whose source is dated ahead.
    """
    stretches = list(_stretches(agreement, (written - ONE_DAY).date()))
    countries = {party.code: party.country for party in agreement.parties if party.country}
    listed = {one: _listed_from(agreement, one) for one in Audience}
    periods = [
        {**row, "listed_from": listed[stretch.audience]}
        for stretch in stretches
        for row in _status_rows(stretch)
    ]
    enters = enters_into_force(agreement.kind, agreement.binding)
    return periods, [row for stretch in stretches if enters for row in _wait_rows(stretch, countries)]


def _listed_from(agreement: Agreement, audience: Audience) -> datetime | None:
    """Return from when lists may hold the agreement for an audience (see access.may_find)."""
    if agreement.publication is Publication.withdrawn:
        return None
    if audience is Audience.staff:
        return ALWAYS
    return agreement.shown_from if agreement.audience is Audience.public else None


def _stretches(agreement: Agreement, eve: date) -> Iterator[Stretch]:
    for audience in Audience:
        for shown_from, shown_to, acts in _disclosures(agreement, audience):
            log = log_of(agreement, acts)
            for known_from, known_to in _days_of_knowledge([*acts, *agreement.steps], eve):
                day = max(known_from, eve)
                periods = timeline(*log, known_at=day)
                yield Stretch(audience, shown_from, shown_to, known_from, known_to, day, log, periods)


def _status_rows(stretch: Stretch) -> Iterator[Row]:
    shared = {
        **stretch.named(),
        "known_from": stretch.known_from,
        "known_to": stretch.known_to,
        **_partial("signed", _signed(stretch)),
        **_partial("entered", _entered(stretch)),
    }
    for period in _gapless(stretch.periods):
        yield {
            **shared,
            "status": period.status,
            "first_day": period.first_day,
            "last_day": period.last_day or date.max,
            **_partial("start", period.start),
        }


def _partial(name: str, day: PartialDate) -> Row:
    return {f"{name}_earliest": day.earliest, f"{name}_latest": day.latest}


def _signed(stretch: Stretch) -> PartialDate:
    acts = known_acts(stretch.log.acts, stretch.day)
    days = [act.event_date for act in acts if act.type is ActType.SIGNED and act.event_date.earliest]
    return min(days, key=lambda day: day.earliest or date.max, default=UNKNOWN)


def _entered(stretch: Stretch) -> PartialDate:
    return next((period.start for period in stretch.periods if period.status in ENTERED), UNKNOWN)


def _wait_rows(stretch: Stretch, countries: dict[str, str]) -> Iterator[Row]:
    """Yield the countries that have an open step, anew for each day on which that may change by itself."""
    acts = known_acts(stretch.log.acts, stretch.day)
    ahead = {period.first_day for period in stretch.periods} | {act.received.latest for act in acts}
    turns = sorted(day for day in ahead if day is not None and stretch.day < day < stretch.known_to)
    for first, after in pairwise([stretch.day, *turns, stretch.known_to]):
        if status_within(stretch.periods, first) not in WAITING:
            continue
        progress = party_progress(*stretch.log, as_of=first, known_at=stretch.day)
        codes = {wait.party for wait in waits(progress, acts, first)}
        for country in sorted({countries[code] for code in codes if code in countries}):
            since = stretch.known_from if first == stretch.day else first
            yield {**stretch.named(), "known_from": since, "known_to": after, "party": country}


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
