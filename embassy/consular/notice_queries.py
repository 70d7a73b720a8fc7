"""Finding notices: those that stand above pages, and the archive of all of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from embassy.consular.models import Mission
from embassy.consular.notice import Notice, NoticeMission
from embassy.consular.vocabulary import Urgency
from embassy.core.access import ANONYMOUS, Publication, Viewer
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import NOW, Moment, findable
from embassy.db.words import holding


class When(StrEnum):
    """Where in time a notice lies."""

    current = "current"
    ahead = "ahead"
    past = "past"


LIES: dict[When, ColumnElement[bool]] = {
    When.current: (Notice.begins <= NOW) & (Notice.ends.is_(None) | (Notice.ends > NOW)),
    When.ahead: Notice.begins > NOW,
    When.past: Notice.ends <= NOW,
}


@dataclass(frozen=True)
class Wanted:
    """What the reader asks for: a level, a time, a mission by its slug, words matched folded."""

    level: Urgency | None = None
    when: When | None = None
    mission: str = ""
    words: str = ""


@cache
def standing() -> Select[Notice, bool]:
    """Select the notices that stand or will, as anybody may know, and whether no other mission is left."""
    its = Notice.__table__
    named = select(NoticeMission.mission_id).where(NoticeMission.notice_id == its.c.id).correlate(its)
    others = (
        select(literal(1))
        .select_from(Record)
        .where(Record.record_kind == "mission", findable(ANONYMOUS), Record.id.not_in(named))
        .correlate(its)
    )
    return (
        select(Notice, ~others.exists())
        .where(
            # By number, so that no database begins with all the records there are.
            Record.id.in_(_lasting()),
            Notice.publication == Publication.published,
            findable(ANONYMOUS),
        )
        .options(joinedload(Notice.missions))
    )


def _lasting() -> CompoundSelect[int]:
    its = Notice.__table__
    return union_all(*(select(its.c.id).where(ends) for ends in (its.c.ends.is_(None), its.c.ends > NOW)))


def listing(viewer: Viewer) -> Select[Any]:
    """Select every notice that may be found, the latest first, with the missions it names."""
    found = select(Notice).where(findable(viewer))
    named = selectinload(Notice.missions).selectinload(NoticeMission.mission)
    return found.options(named).order_by(Notice.begins.desc(), Notice.uid)


def matching(wanted: Wanted, language: str, viewer: Viewer) -> Select[Any]:
    """Select the notices wanted, the latest first; those of all missions are of any mission wanted too."""
    found = listing(viewer).join(RecordWords, RecordWords.record_id == Notice.id)
    found = found.where(RecordWords.language == language, *holding(wanted.words))
    if wanted.level:
        found = found.where(Notice.level == wanted.level)
    if wanted.when:
        found = found.where(LIES[wanted.when])
    if wanted.mission:
        of_it = Notice.missions.any(NoticeMission.mission.has(Mission.slug == wanted.mission))
        found = found.where(or_(~Notice.missions.any(), of_it))
    return found


def named_missions(session: Session, language: str, viewer: Viewer, at: Moment) -> list[tuple[str, str]]:
    """Return slug and title of each mission that a notice names, as the viewer may know of both."""
    naming = select(NoticeMission.mission_id).join(NoticeMission.notice).where(findable(viewer))
    found = (
        select(Record.slug, RecordWords.title)
        .join(RecordWords.record)
        .where(RecordWords.language == language, findable(viewer), Record.id.in_(naming))
        .order_by(RecordWords.sort_key, Record.id)
    )
    return [(slug, title) for slug, title in session.execute(found, at)]


def next_turn(session: Session, viewer: Viewer, at: Moment) -> datetime | None:
    """Return when the next notice that may be found begins or ends."""
    turns = (
        select(func.min(column)).where(column > NOW, findable(viewer)).select_from(Notice)
        for column in (Notice.begins, Notice.ends)
    )
    found = [session.scalar(one, at) for one in turns]
    return min(filter(None, found), default=None)
