"""Where the sending state is present: its missions counted by country, and those that one country sees."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from embassy.consular import queries
from embassy.consular.models import Accreditation, Mission, Office
from embassy.consular.vocabulary import MissionKind
from embassy.core.access import Publication, Viewer
from embassy.core.messages import Message, say
from embassy.core.text import Localized
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import TODAY, findable


class Reach(StrEnum):
    """From where a mission represents the sending state in a country."""

    seat = "seat"
    elsewhere = "elsewhere"


REACHES: dict[Reach, Message] = {
    Reach.seat: say("With their seat there"),
    Reach.elsewhere: say("Accredited from elsewhere"),
}
STANDS = Record.publication == Publication.published
OPEN = or_(Mission.closed_latest.is_(None), Mission.closed_latest >= TODAY)
ACCREDITED = or_(Accreditation.ends_latest.is_(None), Accreditation.ends_latest >= TODAY)
AWAY = Accreditation.country != Mission.host
RANK = case({kind: number for number, kind in enumerate(MissionKind)}, value=Mission.kind)


@dataclass(frozen=True)
class Sought:
    """What the reader asks for: the country represented in, the kind of mission, and from where."""

    country: str = ""
    kind: MissionKind | None = None
    reach: Reach | None = None


class Seats(NamedTuple):
    """How many missions of a kind lie in a country, and how many of them where, in degrees summed up."""

    country: str
    kind: MissionKind
    number: int
    located: int
    latitude: float | None
    longitude: float | None


class Listed(NamedTuple):
    """A mission as the list of a country has it."""

    id: int
    slug: str
    kind: MissionKind
    host: str
    city: Localized | None
    phones: list[str]
    title: str
    shown_language: str


def seats(sought: Sought, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select what `Seats` holds, for every country and kind."""
    where = Mission.latitude, Mission.longitude
    sums = func.count(where[0]), *map(func.sum, where)
    found = select(Mission.host, Mission.kind, func.count(), *sums).where(*_listed(sought, viewer))
    return found.group_by(Mission.host, Mission.kind)


def represented(sought: Sought, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select every country that missions elsewhere are accredited to, and how many are."""
    listed = (
        select(Mission.id, Mission.host).where(*_listed(sought, viewer)).cte().prefix_with("MATERIALIZED")
    )
    found = select(Accreditation.country, func.count()).join(listed, listed.c.id == Accreditation.mission_id)
    found = found.where(ACCREDITED, Accreditation.country != listed.c.host)
    return found.group_by(Accreditation.country)


def rows(sought: Sought, language: str, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select what `Listed` holds of the missions of one country: those there first, by kind and name."""
    return _ordered(sought, language, viewer).with_only_columns(
        Mission.id,
        Mission.slug,
        Mission.kind,
        Mission.host,
        Mission.city,
        Mission.phones,
        _word(RecordWords.title, language),
        _word(RecordWords.shown_language, language),
    )


def whole(sought: Sought, language: str, viewer: Viewer) -> Select[Any]:
    """Select the missions sought with what the cells of a file need."""
    return _ordered(sought, language, viewer).options(selectinload(Mission.accreditations))


def offices(missions: list[int], viewer: Viewer) -> Select[Any]:
    """Select the offices of some missions that are still kept."""
    return queries.offices(viewer).where(
        Office.mission_id.in_(missions), Office.publication == Publication.published
    )


def _listed(sought: Sought, viewer: Viewer) -> list[ColumnElement[bool]]:
    kind = [] if sought.kind is None else [Mission.kind == sought.kind]
    return [findable(viewer), STANDS, OPEN, *kind]


def _ordered(sought: Sought, language: str, viewer: Viewer) -> Select[Any]:
    found, key = select(Mission).where(*_listed(sought, viewer)), _word(RecordWords.sort_key, language)
    if not sought.country:
        return found.where(*_reaching(sought.reach)).order_by(Mission.host, RANK, key)
    found = found.where(Mission.id.in_(_representing(sought)))
    away = Mission.host != sought.country
    return found.order_by(away, RANK, key, Mission.uid)


def _word(column: InstrumentedAttribute[str], language: str) -> ScalarSelect[str]:
    """Select one of the words of each mission; a join would begin with all words of the language."""
    same = RecordWords.record_id == Mission.id, RecordWords.language == language
    return select(column).where(*same).correlate(Mission).scalar_subquery()


def _reaching(reach: Reach | None) -> list[ColumnElement[bool]]:
    """Return the condition for missions that represent the sending state outside of their host country."""
    abroad = Mission.accreditations.any(and_(ACCREDITED, AWAY))
    return [abroad] if reach is Reach.elsewhere else []


def _representing(sought: Sought) -> Any:
    """Select the missions that represent the sending state in a country."""
    there = select(Mission.__table__.c.id).where(Mission.__table__.c.host == sought.country)
    abroad = select(Accreditation.mission_id).where(
        Accreditation.country == sought.country,
        ACCREDITED,
        Accreditation.mission_id.not_in(there),
    )
    if sought.reach is Reach.seat:
        return there
    return abroad if sought.reach is Reach.elsewhere else there.union_all(abroad)
