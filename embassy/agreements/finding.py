"""The list of agreements: counted by an index alone, and found by the way that is shorter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from embassy.agreements.classification import AgreementKind, Collection
from embassy.agreements.models import Agreement, StatusPeriod
from embassy.agreements.queries import BY_TITLES, Sort, Wanted, matching, narrowed, ordered, that_day
from embassy.agreements.vocabulary import Status
from embassy.core.access import Viewer
from embassy.core.partial import PartialDate
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import NOW, Moment, findable
from embassy.db.words import holding
from embassy.web.paging import one_page

# So many are sooner fetched and sorted than met by walking all agreements in the order of the list.
FEW = 500
# A row tells much: so many fill a page.
ROWS = 25


@dataclass(frozen=True)
class Listed:
    """One row of a list: no more of an agreement than the row shows."""

    id: int
    slug: str
    kind: AgreementKind
    collection: Collection
    title: str
    shown_language: str
    status: Status
    start: PartialDate
    signed: PartialDate
    entered: PartialDate


COLUMNS = (
    Agreement.id,
    Agreement.slug,
    Agreement.kind,
    Agreement.collection,
    RecordWords.title,
    RecordWords.shown_language,
    StatusPeriod.status,
    StatusPeriod.start,
    StatusPeriod.signed,
    StatusPeriod.entered,
)


class Matches(NamedTuple):
    """What a list holds: how many, the question for one page of them, and what that is asked with."""

    total: int
    rows: Select[*tuple[Any, ...]]
    given: Mapping[str, object]


def matches(
    session: Session, wanted: Wanted, language: str, viewer: Viewer, moment: Moment, few: int = FEW
) -> Matches:
    """Return the agreements wanted: the few themselves, or else their count."""
    those = session.scalars(_numbers(wanted, language, viewer).limit(few + 1), moment).all()
    if len(those) <= few:
        return Matches(len(those), fetched(wanted, language, viewer), {"numbers": those})
    counted = session.execute(_counted(wanted, language, viewer), moment).scalar_one()
    return Matches(counted, walked(wanted, language, viewer), {})


@lru_cache(128)
def rows(wanted: Wanted, language: str, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select what `Listed` holds of the agreements wanted."""
    return matching(wanted, language, viewer).with_only_columns(*COLUMNS)


def changed(viewer: Viewer, language: str) -> Select[*tuple[Any, ...]]:
    """Select the rows of the service's own agreements by their last change of status on a known date."""
    found = rows(Wanted(collection=Collection.OWN, sort=Sort.NEWEST), language, viewer)
    return found.where(StatusPeriod.start_earliest.is_not(None))


@lru_cache(128)
def walked(wanted: Wanted, language: str, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select one page of agreements by walking all of them in the order of the list."""
    return one_page(rows(wanted, language, viewer), ROWS)


@lru_cache(128)
def fetched(wanted: Wanted, language: str, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select one page of agreements by number: they are put in order first, by no more than that takes.

    Outer joins let the database begin with the numbers.
    """
    order = ordered(wanted)
    words = and_(RecordWords.record_id == Record.id, RecordWords.language == language)
    period = and_(StatusPeriod.agreement_id == Record.id, that_day(wanted, viewer))
    asked = Record.id.in_(bindparam("numbers", expanding=True))
    first = select(Record.id).select_from(Record).join(RecordWords, words, isouter=True).where(asked)
    if wanted.sort not in BY_TITLES:
        first = first.join(StatusPeriod, period, isouter=True)
    those = one_page(first.order_by(*order), ROWS).correlate(None)
    found = select(*COLUMNS).join(RecordWords, words, isouter=True).join(StatusPeriod, period, isouter=True)
    return found.where(Agreement.id.in_(those)).order_by(*order)


@lru_cache(128)
def _counted(wanted: Wanted, language: str, viewer: Viewer) -> Select[int]:
    return _numbers(wanted, language, viewer).with_only_columns(func.count())


@lru_cache(128)
def _numbers(wanted: Wanted, language: str, viewer: Viewer) -> Select[int]:
    """Select the numbers of the agreements wanted: from the periods of a status, else from the records."""
    number: Any = StatusPeriod.agreement_id if wanted.status else Record.id
    found = select(number).where(*_standing(wanted, viewer), *_kept(number, wanted))
    if wanted.words:
        its = and_(RecordWords.record_id == number, RecordWords.language == language)
        found = found.join(RecordWords, its).where(*holding(wanted.words))
    return found.where(*narrowed(number, wanted, viewer))


def _standing(wanted: Wanted, viewer: Viewer) -> Iterator[ColumnElement[bool]]:
    """Yield the predicates for what lists may hold; `listed_from` says the same of a period."""
    if wanted.status:
        yield StatusPeriod.status == wanted.status
        yield StatusPeriod.listed_from <= NOW
        yield that_day(wanted, viewer)
    else:
        yield Record.record_kind == Agreement.__mapper__.polymorphic_identity
        yield findable(viewer)


def _kept(number: Any, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Yield the predicates for kind and collection; of the service's own, the fewer others are left out."""
    kept = aliased(Agreement.__table__)
    if wanted.kind:
        yield number.in_(select(kept.c.id).where(kept.c.kind == wanted.kind))
    if wanted.collection is Collection.OWN:
        others = [one for one in Collection if one is not Collection.OWN]
        yield number.not_in(select(kept.c.id).where(kept.c.collection.in_(others)))
    elif wanted.collection:
        yield number.in_(select(kept.c.id).where(kept.c.collection == wanted.collection))
