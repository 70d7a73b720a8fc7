"""Finding agreements: one question for page, table and JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    UnaryExpression,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, contains_eager, selectinload
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from embassy.agreements.classification import AgreementKind, Binding, Collection, Subject
from embassy.agreements.models import Agreement, Party, RecordedAct, StatusPeriod, Topic, WaitPeriod
from embassy.agreements.parts import Relation
from embassy.agreements.terms import RelationKind
from embassy.agreements.vocabulary import Status
from embassy.core.access import Audience, Viewer
from embassy.core.text import Localized
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import NOW, TODAY, Moment, findable
from embassy.db.words import holding


class Sort(StrEnum):
    """In which order agreements are wanted; by title where nothing is said."""

    BY_TITLE = "title"
    BY_TITLE_BACK = "title-back"
    OLDEST = "oldest"
    NEWEST = "newest"
    SIGNED_FIRST = "signed-first"
    SIGNED_LAST = "signed-last"
    ENTERED_FIRST = "entered-first"
    ENTERED_LAST = "entered-last"


# What has no such day comes last, in whichever direction.
ORDERS: dict[Sort, tuple[UnaryExpression[Any], ...]] = {
    Sort.BY_TITLE: (),
    Sort.BY_TITLE_BACK: (RecordWords.sort_key.desc(),),
    Sort.OLDEST: (func.nullif(StatusPeriod.first_day, date.min).asc().nulls_last(),),
    Sort.NEWEST: (StatusPeriod.first_day.desc(),),
    Sort.SIGNED_FIRST: (StatusPeriod.signed_earliest.asc().nulls_last(),),
    Sort.SIGNED_LAST: (StatusPeriod.signed_earliest.desc().nulls_last(),),
    Sort.ENTERED_FIRST: (StatusPeriod.entered_earliest.asc().nulls_last(),),
    Sort.ENTERED_LAST: (StatusPeriod.entered_earliest.desc().nulls_last(),),
}


# So many agreements have these that those of a page are found soonest in the order of their titles.
USUAL = (Status.SIGNED, Status.IN_FORCE)
BY_TITLES = (None, Sort.BY_TITLE, Sort.BY_TITLE_BACK)
BY_DAYS = (Sort.SIGNED_FIRST, Sort.SIGNED_LAST, Sort.ENTERED_FIRST, Sort.ENTERED_LAST)


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for; `words` are matched folded.

    `party` and `partner` are countries' codes; `year` is one in which the status changed or will change.
    `on` is the day whose status is asked for and shown, today if none is; `waiting` is the country of a
    party that is waited for today, whatever `on` says.
    """

    words: str = ""
    kind: AgreementKind | None = None
    collection: Collection | None = None
    status: Status | None = None
    party: str = ""
    partner: str = ""
    subject: Subject | None = None
    year: int | None = None
    on: date | None = None
    waiting: str = ""
    sort: Sort | None = None


def audience(viewer: Viewer) -> Audience:
    """Return for whom the status is worked out that the viewer sees."""
    return Audience.staff if viewer.staff else Audience.public


def disclosed(viewer: Viewer, period: type[StatusPeriod | WaitPeriod] = StatusPeriod) -> ColumnElement[bool]:
    """Return the predicate for the periods the viewer may know of."""
    return and_(
        period.audience == audience(viewer),
        period.shown_from <= NOW,
        period.shown_to > NOW,
        period.known_from <= TODAY,
        period.known_to > TODAY,
    )


ON_THE_WAY = (Status.INITIALLED, Status.SIGNED, Status.PROVISIONALLY_APPLIED)


def listing(viewer: Viewer) -> Select[Any]:
    """Select every agreement that may be found."""
    return select(Agreement).where(findable(viewer)).order_by(Agreement.uid)


def ordered(wanted: Wanted) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a list: that which is wanted, then that of titles."""
    return (*ORDERS[wanted.sort or Sort.BY_TITLE], RecordWords.sort_key.expression, Record.uid.expression)


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the agreements wanted, each with its words and its period of the day asked for.

    Each has such a period. Where the order is that of titles, an outer join lets the database begin with
    them: it would take the periods of an audience for few, and they are most of all there are.
    """
    by_title = wanted.sort in BY_TITLES
    its = StatusPeriod.agreement_id == Agreement.id
    walked = wanted.sort in BY_DAYS or (by_title and wanted.status in USUAL)
    found = (
        select(Agreement)
        .join(RecordWords, and_(RecordWords.record_id == Agreement.id, RecordWords.language == language))
        .join(StatusPeriod, and_(its, that_day(wanted, viewer, walked=walked)), isouter=by_title)
        .where(findable(viewer), *holding(wanted.words), *_narrowed(wanted, viewer, walked=walked))
    )
    return found.order_by(*ordered(wanted))


class Unindexed(FunctionElement[Any]):
    """A column that SQLite asks no index for, where the order is found sooner by another one.

    PostgreSQL knows how many rows there are, and chooses by that.
    """

    inherit_cache = True

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(Unindexed)
def _plain(element: Unindexed, compiler: SQLCompiler, **rest: Any) -> str:
    return compiler.process(element.clauses, **rest)


@compiles(Unindexed, "sqlite")
def _hidden(element: Unindexed, compiler: SQLCompiler, **rest: Any) -> str:
    """Hide it in a function, which leaves an outer join one too; a unary plus would not."""
    column = compiler.process(element.clauses, **rest)
    return f"coalesce({column}, {column})"


def that_day(wanted: Wanted, viewer: Viewer, *, walked: bool = False) -> ColumnElement[bool]:
    """Return the predicate for the period an agreement is in on the day asked for.

    Where the agreements are `walked` in the order of the list, no index of the periods is to be used.
    """
    day = TODAY if wanted.on is None else literal(wanted.on)
    begins = Unindexed(StatusPeriod.first_day) if walked else StatusPeriod.first_day
    return and_(begins <= day, StatusPeriod.last_day >= day, disclosed(viewer))


def _narrowed(wanted: Wanted, viewer: Viewer, *, walked: bool = False) -> Iterator[ColumnElement[bool]]:
    if wanted.status:
        status = StatusPeriod.status
        yield (Unindexed(status) if walked else status) == wanted.status
    if wanted.kind:
        yield Unindexed(Agreement.kind) == wanted.kind
    if wanted.collection:
        yield Unindexed(Agreement.collection) == wanted.collection
    yield from narrowed(Agreement.id, wanted, viewer)


def narrowed(number: Any, wanted: Wanted, viewer: Viewer) -> Iterator[ColumnElement[bool]]:
    """Yield the predicates for an agreement's number that ask for rows of its own."""
    if wanted.party:
        yield number.in_(_of(Party, Party.country == wanted.party))
    if wanted.partner:
        # Asked of each agreement of the first: the partner is as often as not a party to all of them.
        yield exists().where(Party.agreement_id == number, Party.country == wanted.partner)
    if wanted.subject:
        yield number.in_(_of(Topic, Topic.subject == wanted.subject))
    if wanted.year:
        year = StatusPeriod.start_earliest.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31))
        yield number.in_(_of(StatusPeriod, and_(disclosed(viewer), year)))
    if wanted.waiting:
        waited = and_(disclosed(viewer, WaitPeriod), WaitPeriod.party == wanted.waiting)
        yield number.in_(_of(WaitPeriod, waited))


def _of(part: Any, where: ColumnElement[bool]) -> Select[Any]:
    return select(part.agreement_id).where(where)


def whole(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the agreements wanted with what the cells of a file need."""
    return matching(wanted, language, viewer).options(
        contains_eager(Agreement.periods), selectinload(Agreement.parties)
    )


def told(wanted: Wanted, language: str, viewer: Viewer, since: date) -> Select[Any]:
    """Select the agreements wanted, with their logs, that an act or a status of a day since touches."""
    # Not even that there is an act may be noticed before its time.
    shown = or_(RecordedAct.shown_from.is_(None), RecordedAct.shown_from <= NOW)
    open_to_all = RecordedAct.audience == Audience.public, shown, RecordedAct.known_from <= TODAY
    recent = RecordedAct.event_latest >= since
    lately = exists().where(RecordedAct.agreement_id == Agreement.id, recent, *open_to_all)
    found = matching(wanted, language, viewer)
    newer = Agreement.id.in_(_of(StatusPeriod, and_(disclosed(viewer), StatusPeriod.start_latest >= since)))
    parts = (Agreement.acts, Agreement.steps, Agreement.parties, Agreement.clause)
    return found.where(or_(lately, newer)).options(*map(selectinload, parts))


def stuck(language: str, viewer: Viewer, since: date) -> Select[Any]:
    """Select the service's own treaties on their way into force of which nothing became known since a day."""
    moved = exists().where(RecordedAct.agreement_id == Agreement.id, RecordedAct.known_from >= since)
    found = matching(Wanted(collection=Collection.OWN), language, viewer)
    found = found.where(StatusPeriod.status.in_(ON_THE_WAY), ~moved)
    binds = Agreement.binding.is_distinct_from(Binding.NON_BINDING)
    return found.where(binds, Agreement.kind != AgreementKind.DIALOGUE_CONCLUSION)


def entered(language: str, viewer: Viewer, since: date) -> Select[Any]:
    """Select the service's own agreements that came into force since a day."""
    asked = Wanted(collection=Collection.OWN, status=Status.IN_FORCE)
    return matching(asked, language, viewer).where(StatusPeriod.start_earliest >= since)


class Named(NamedTuple):
    """What a party is called by: its country, and its name as signed where that is another."""

    country: str
    name: Localized | None


def parties(session: Session, agreements: Iterable[int]) -> dict[int, list[Named]]:
    """Return the parties of agreements in their order, by the agreement's id."""
    found: dict[int, list[Named]] = {}
    for agreement, country, name in session.execute(_PARTIES, {"agreements": list(agreements)}):
        found.setdefault(agreement, []).append(Named(country, name))
    return found


_PARTIES = (
    select(Party.agreement_id, Party.country, Party.name)
    .where(Party.agreement_id.in_(bindparam("agreements", expanding=True)))
    .order_by(Party.agreement_id, Party.position)
)


class Kin(NamedTuple):
    """The agreements that one names as its relatives, and those that name it, each with the relation."""

    named: list[tuple[RelationKind, Agreement]]
    naming: list[tuple[RelationKind, Agreement]]


def kin(session: Session, agreement: Agreement, viewer: Viewer, moment: Moment) -> Kin:
    """Return the relatives of an agreement that the viewer may find."""
    found = select(Relation.kind, Agreement).where(findable(viewer)).order_by(Relation.position, Relation.id)
    named = found.join(Agreement, Agreement.id == Relation.other_id)
    naming = found.join(Agreement, Agreement.id == Relation.agreement_id)
    asked = (
        named.where(Relation.agreement_id == agreement.id),
        naming.where(Relation.other_id == agreement.id),
    )
    return Kin(*([(kind, other) for kind, other in session.execute(one, moment)] for one in asked))


def with_ids(model: type[Record], ids: Iterable[int]) -> Select[Any]:
    """Select the records of a kind with some ids."""
    return select(model).where(model.id.in_(list(ids)))


def period_of(
    periods: Iterable[StatusPeriod], viewer: Viewer, now: datetime, today: date, day: date
) -> StatusPeriod:
    """Return the period an agreement is in on a day, as the viewer may know today; there always is one."""
    return next(
        period
        for period in periods
        if period.audience is audience(viewer)
        and period.shown_from <= now < period.shown_to
        and period.known_from <= today < period.known_to
        and period.first_day <= day <= period.last_day
    )
