"""Finding guides to services, and the offices at which a service is had."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from embassy.consular.guide import Guide, GuideMission
from embassy.consular.models import Office, ServiceHours
from embassy.consular.queries import Wanted as WantedOffice
from embassy.consular.queries import matching as matching_offices
from embassy.consular.vocabulary import Service
from embassy.core.access import Viewer
from embassy.db.record import RecordWords
from embassy.db.visibility import Moment, findable
from embassy.db.words import holding


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: a service, words matched folded."""

    service: Service | None = None
    words: str = ""


def listing(viewer: Viewer) -> Select[Any]:
    """Select every guide that may be found, with its fees and the missions it names."""
    named = selectinload(Guide.missions).selectinload(GuideMission.mission)
    found = select(Guide).where(findable(viewer)).options(named, selectinload(Guide.fees))
    return found.order_by(Guide.service, Guide.uid)


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the guides wanted, in the alphabetical order of the language."""
    found = listing(viewer).order_by(None).join(RecordWords, RecordWords.record_id == Guide.id)
    found = found.where(RecordWords.language == language, *holding(wanted.words))
    if wanted.service:
        found = found.where(Guide.service == wanted.service)
    return found.order_by(RecordWords.sort_key, Guide.uid)


def at_mission(mission_id: int, language: str, viewer: Viewer) -> Select[Any]:
    """Select the guides that hold at a mission, in the alphabetical order of the language."""
    named = Guide.missions.any(GuideMission.mission_id == mission_id)
    return matching(Wanted(), language, viewer).where(or_(~Guide.missions.any(), named))


def offices(
    session: Session, guide: Guide, language: str, viewer: Viewer, at: Moment
) -> tuple[Select[Any], bool]:
    """Select the offices at which a service is had, and say whether they keep hours of their own for it.

    Where none does, people ask at the general counter of every office that the guide is for.
    """
    every = matching_offices(WantedOffice(), language, viewer)
    if guide.missions:
        every = every.where(Office.mission_id.in_([one.mission_id for one in guide.missions]))
    keeping = select(ServiceHours.office_id).where(ServiceHours.service == guide.service)
    own = every.where(Office.id.in_(keeping))
    has_own = session.scalar(own.limit(1), at) is not None
    return (own if has_own else every), has_own
