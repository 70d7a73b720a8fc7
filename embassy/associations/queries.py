"""Finding associations: one question for page, table and JSON."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from embassy.associations.models import Association, AssociationTopic, Interest
from embassy.core.access import Viewer
from embassy.db.record import RecordWords
from embassy.db.visibility import Moment, findable
from embassy.db.words import holding
from embassy.directory.models import Place


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: a town by its slug, an interest, words of the name, matched folded."""

    place: str = ""
    interest: Interest | None = None
    words: str = ""


def listing(viewer: Viewer) -> Select[Any]:
    """Select every association that may be found, with its town."""
    found = select(Association).where(findable(viewer)).order_by(Association.uid)
    return found.options(selectinload(Association.place))


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the associations wanted, in the order of the alphabet."""
    found = listing(viewer).order_by(None).join(RecordWords, RecordWords.record_id == Association.id)
    found = found.where(RecordWords.language == language, *holding(wanted.words))
    if wanted.place:
        town = select(Place.id).where(Place.slug == wanted.place, findable(viewer))
        found = found.where(Association.place_id.in_(town))
    if wanted.interest:
        about = select(AssociationTopic.association_id).where(AssociationTopic.interest == wanted.interest)
        found = found.where(Association.id.in_(about))
    return found.order_by(RecordWords.sort_key, Association.uid)


def places(session: Session, language: str, viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Return slug and name of the towns that have an association, in the order of the alphabet."""
    held = select(Association.place_id).where(findable(viewer))
    found = (
        select(Place.slug, RecordWords.title)
        .join(RecordWords, RecordWords.record_id == Place.id)
        .where(RecordWords.language == language, Place.id.in_(held), findable(viewer))
        .order_by(RecordWords.sort_key)
    )
    return [(slug, title) for slug, title in session.execute(found, moment)]
