"""Finding missions and offices: one question for pages, tables and calendars."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from embassy.consular.models import Mission, Office, OfficeClosure
from embassy.consular.vocabulary import Cause, Confirmation
from embassy.core.access import Publication, Viewer
from embassy.db.record import RecordWords
from embassy.db.visibility import TODAY, Moment, findable
from embassy.db.words import holding


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: the country an office lies in, words of its name, matched folded."""

    country: str = ""
    words: str = ""


def offices(viewer: Viewer) -> Select[Any]:
    """Select every office that may be found, by country, with what its opening state needs."""
    return (
        select(Office)
        .where(findable(viewer))
        .order_by(Office.country, Office.uid)
        .options(selectinload(Office.hours), selectinload(Office.closures))
    )


def missions(viewer: Viewer) -> Select[Any]:
    """Select every mission that may be found, by host state, with the states it is accredited to."""
    return (
        select(Mission)
        .where(findable(viewer))
        .order_by(Mission.host, Mission.uid)
        .options(selectinload(Mission.accreditations))
    )


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the offices wanted, in the alphabetical order of the language."""
    found = offices(viewer).order_by(None).join(RecordWords, RecordWords.record_id == Office.id)
    found = found.where(RecordWords.language == language)
    if wanted.country:
        found = found.where(Office.country == wanted.country)
    found = found.where(*holding(wanted.words))
    return found.order_by(RecordWords.sort_key, Office.uid)


def unconfirmed(viewer: Viewer, since: date) -> Select[Any]:
    """Select the offices whose hours no post has confirmed since a day."""
    late = or_(Office.hours_confirmed_on.is_(None), Office.hours_confirmed_on < since)
    return offices(viewer).where(late)


def proposed(viewer: Viewer, until: date) -> Select[Any]:
    """Select the offices with a holiday ahead, up to a day, that is only proposed."""
    ahead = OfficeClosure.office_id == Office.id, OfficeClosure.last >= TODAY, OfficeClosure.first <= until
    waits = select(OfficeClosure.id).where(*ahead, OfficeClosure.status == Confirmation.proposed)
    return offices(viewer).where(waits.exists())


def unlooked(viewer: Viewer, year: int) -> Select[Any]:
    """Select the offices for which no holiday of a year was confirmed, nor taken back."""
    of_year = OfficeClosure.first >= date(year, 1, 1), OfficeClosure.first <= date(year, 12, 31)
    decided = OfficeClosure.cause != Cause.ad_hoc, OfficeClosure.status != Confirmation.proposed
    looked = select(OfficeClosure.id).where(OfficeClosure.office_id == Office.id, *of_year, *decided)
    return offices(viewer).where(~looked.exists())


def offices_of(mission: Mission, language: str, viewer: Viewer) -> Select[Any]:
    """Select the offices of a mission, in the alphabetical order of the language."""
    return matching(Wanted(), language, viewer).where(Office.mission_id == mission.id)


def of_state(state: str, language: str, viewer: Viewer) -> Select[Any]:
    """Select the offices that the missions of a state keep, in the alphabetical order of the language."""
    sent = select(Mission.id).where(Mission.sending == state, findable(viewer)).correlate(None)
    kept = Office.mission_id.in_(sent), Office.publication == Publication.published
    return matching(Wanted(), language, viewer).where(*kept)


def mission(session: Session, number: int | None, viewer: Viewer, moment: Moment) -> Mission | None:
    """Return the mission that an office names, if the viewer may find it."""
    found: Mission | None = session.scalar(missions(viewer).where(Mission.id == number), moment)
    return found


def sending(session: Session, slug: str) -> str:
    """Return the code of the state that sends a mission, published or not; "" where there is none."""
    return session.scalar(select(Mission.sending).where(Mission.slug == slug)) or ""


def countries(session: Session, viewer: Viewer, moment: Moment) -> list[str]:
    """Return the codes of the countries in which there are offices."""
    return sorted(session.scalars(select(Office.country).where(findable(viewer)).distinct(), moment))
