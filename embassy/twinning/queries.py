"""Finding charters: one question for page, table, JSON and calendar."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from embassy.core.access import Viewer
from embassy.db.record import RecordWords
from embassy.db.visibility import Moment, findable
from embassy.db.words import holding
from embassy.directory.models import Place
from embassy.twinning.models import Charter, CharterStatus, Member


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: a town by its slug, two countries, a status, words matched folded."""

    place: str = ""
    country: str = ""
    partner: str = ""
    status: CharterStatus | None = None
    words: str = ""


def listing(viewer: Viewer) -> Select[Any]:
    """Select every charter that may be found, with its towns."""
    found = select(Charter).where(findable(viewer)).order_by(Charter.uid)
    return found.options(selectinload(Charter.members).selectinload(Member.place))


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the charters wanted, in the order of the alphabet."""
    found = listing(viewer).order_by(None).join(RecordWords, RecordWords.record_id == Charter.id)
    found = found.where(RecordWords.language == language, *holding(wanted.words))
    if wanted.place:
        found = found.where(_among(Place.slug == wanted.place, viewer))
    for country in filter(None, (wanted.country, wanted.partner)):
        found = found.where(_among(Place.country == country, viewer))
    if wanted.status:
        found = found.where(Charter.status == wanted.status)
    return found.order_by(RecordWords.sort_key, Charter.uid)


def in_calendar(viewer: Viewer) -> Select[Any]:
    """Select the charters with an anniversary: alive, and signed on an exact day."""
    return listing(viewer).where(
        Charter.status == CharterStatus.active, Charter.signed_earliest == Charter.signed_latest
    )


def places(session: Session, language: str, viewer: Viewer, moment: Moment) -> list[tuple[str, str, str]]:
    """Return slug, name and country of the towns that have a charter, in the order of the alphabet."""
    found = (
        select(Place.slug, RecordWords.title, Place.country)
        .join(RecordWords, RecordWords.record_id == Place.id)
        .where(RecordWords.language == language, Place.id.in_(_of_charters(viewer)), findable(viewer))
        .order_by(RecordWords.sort_key)
    )
    return [(slug, title, country) for slug, title, country in session.execute(found, moment)]


def _of_charters(viewer: Viewer) -> Select[Any]:
    charters = select(Charter.id).where(findable(viewer))
    return select(Member.place_id).where(Member.charter_id.in_(charters))


def _among(which: ColumnElement[bool], viewer: Viewer) -> ColumnElement[bool]:
    towns = select(Place.id).where(which, findable(viewer))
    return Charter.id.in_(select(Member.charter_id).where(Member.place_id.in_(towns)))
