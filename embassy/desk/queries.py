"""What the desk asks the database: records of a kind, changes on their way, revisions."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from embassy.core.folding import fold
from embassy.core.shapes import Instant
from embassy.core.text import Standing
from embassy.core.workflow import OPEN, Stage
from embassy.db.kinds import Kind
from embassy.db.outbox import Mail
from embassy.db.personal import PersonalValue
from embassy.db.record import Change, FormerSlug, Record, RecordWords, Revision
from embassy.db.visibility import NOW, STANDING
from embassy.db.words import holding

MOST_FOUND = 20
MOST_DRAFTS = 200


# What a change is shown and decided with.
WHOLE = (selectinload(Change.steps), joinedload(Change.record))


def records(kind: Kind, words: str, language: str) -> Select[Any]:
    """Select the words rows, with their records, of every record of a kind, withdrawn ones too."""
    return (
        _words(language)
        .where(Record.record_kind == kind.name, *holding(words))
        .order_by(RecordWords.sort_key, RecordWords.record_id)
    )


def translations(kinds: Iterable[str], language: str, standing: Standing | None) -> Select[Any]:
    """Select the words rows, with their records, of one standing in a language, or of all but current."""
    wanted = RecordWords.standing == standing if standing else RecordWords.standing != Standing.current
    return (
        _words(language)
        .where(Record.record_kind.in_(list(kinds)), wanted)
        .order_by(Record.record_kind, RecordWords.sort_key, RecordWords.record_id)
    )


def _words(language: str) -> Select[Any]:
    """Select the words rows of a language, each with its record."""
    found = select(RecordWords).join(RecordWords.record).options(contains_eager(RecordWords.record))
    return found.where(RecordWords.language == language)


def standings(session: Session, records: Iterable[int]) -> dict[int, dict[str, Standing]]:
    """Return how far records have come in each language."""
    wanted = select(RecordWords.record_id, RecordWords.language, RecordWords.standing)
    wanted = wanted.where(RecordWords.record_id.in_(list(records)))
    found: dict[int, dict[str, Standing]] = defaultdict(dict)
    for record_id, language, standing in session.execute(wanted):
        found[record_id][language] = standing
    return found


def found(session: Session, kind: Kind, words: str, language: str) -> list[tuple[Any, str]]:
    """Return the records of a kind that hold some words, with their titles; first those that begin so."""
    begins = RecordWords.folded.startswith(fold(words))
    wanted = (
        select(kind.model, RecordWords.title)
        .join(RecordWords, RecordWords.record_id == kind.model.id)
        .where(RecordWords.language == language, STANDING, *holding(words))
        .order_by(case((begins, 0), else_=1), RecordWords.sort_key, RecordWords.record_id)
        .limit(MOST_FOUND)
    )
    return [(record, title) for record, title in session.execute(wanted).unique()]


def called(session: Session, kind: Kind, title: str) -> str:
    """Return the address of the one record of a kind with a title in any language, "" for none or several."""
    wanted = select(Record.slug, RecordWords.title).join(RecordWords.record)
    wanted = wanted.where(Record.record_kind == kind.name, *holding(title))
    slugs = {slug for slug, words in session.execute(wanted) if fold(words) == fold(title)}
    return slugs.pop() if len(slugs) == 1 else ""


def titles(
    session: Session, references: Iterable[tuple[str, str]], language: str
) -> dict[tuple[str, str], tuple[str, datetime]]:
    """Return the titles of records by kind and slug, and from when readers see them."""
    wanted = set(references)
    found = (
        select(Record.record_kind, Record.slug, RecordWords.title, Record.shown_from)
        .join(RecordWords, RecordWords.record_id == Record.id)
        .where(RecordWords.language == language, Record.slug.in_({slug for _kind, slug in wanted}))
    )
    return {
        (kind, slug): (title, shown_from)
        for kind, slug, title, shown_from in session.execute(found)
        if (kind, slug) in wanted
    }


def title_of(session: Session, record_id: int, language: str) -> str:
    """Return what a record is called in a language."""
    wanted = select(RecordWords.title).where(
        RecordWords.record_id == record_id, RecordWords.language == language
    )
    return session.scalar(wanted) or ""


def taken(session: Session, kind: Kind, slug: str) -> bool:
    """Say whether a record of a kind has an address, had it once, or is drafted with it."""
    records = select(Record.id).where(Record.record_kind == kind.name, Record.slug == slug)
    return (
        session.scalar(records) is not None
        or session.get(FormerSlug, (kind.name, slug)) is not None
        or bool(begun(session, [(kind.name, slug)]))
    )


def begun(session: Session, references: Iterable[tuple[str, str]]) -> list[Change]:
    """Return the open drafts of new records that have one of these kinds and slugs, the oldest first."""
    wanted = set(references)
    slugs = {slug for _kind, slug in wanted}
    found = _new().where(Change.facts["slug"].as_string().in_(slugs)).order_by(Change.id)
    return [one for one in session.scalars(found) if (one.record_kind, one.facts["slug"]) in wanted]


def drafts(session: Session, kind: Kind) -> list[Change]:
    """Return the latest open drafts of new records of a kind."""
    wanted = _new().where(Change.record_kind == kind.name).order_by(Change.id.desc())
    return list(session.scalars(wanted.limit(MOST_DRAFTS)))


def naming(session: Session, kinds: Iterable[str], slug: str) -> list[Change]:
    """Return the open changes of some kinds whose facts hold an address somewhere; the oldest first."""
    held = cast(Change.facts, String).contains(f'"{slug}"', autoescape=True)
    wanted = select(Change).where(Change.stage.in_(OPEN), Change.record_kind.in_(list(kinds)), held)
    return list(session.scalars(wanted.options(joinedload(Change.record)).order_by(Change.id)))


def _new() -> Select[Any]:
    return select(Change).where(Change.stage.in_(OPEN), Change.record_id.is_(None)).options(*WHOLE)


def record(session: Session, kind: Kind, slug: str) -> Record | None:
    """Return the record of a kind at an address."""
    found: Record | None = session.scalars(select(kind.model).where(kind.model.slug == slug)).unique().first()
    return found


def change(session: Session, uid: uuid.UUID) -> Change | None:
    """Return a change with its steps and its record."""
    wanted = select(Change).where(Change.uid == uid)
    return session.scalar(wanted.options(*WHOLE))


def batch(session: Session, uid: uuid.UUID) -> list[Change]:
    """Return the changes of one batch, in the order of their file."""
    wanted = select(Change).where(Change.batch == uid).order_by(Change.id)
    return list(session.scalars(wanted.options(*WHOLE)))


def personal(session: Session, uids: Iterable[uuid.UUID]) -> list[PersonalValue]:
    """Return the values about people with some identities that still exist."""
    wanted = list(uids)
    if not wanted:
        return []
    return list(session.scalars(select(PersonalValue).where(PersonalValue.uid.in_(wanted))))


def titled(session: Session, uids: Iterable[uuid.UUID], language: str) -> list[tuple[str, str, str]]:
    """Return kind, slug and title of the records with some identities, in the order of the alphabet."""
    return _titled(session, Record.uid.in_(list(uids)), language)


def about(session: Session, words: str) -> list[str]:
    """Return the identities of the records that hold some words and of their changes, as the log has them."""
    if not (held := holding(words)):
        return []
    records = select(RecordWords.record_id).where(*held)
    wanted = select(Record.uid).where(Record.id.in_(records))
    drafts = select(Change.uid).where(Change.record_id.in_(records))
    return [str(uid) for uid in (*session.scalars(wanted), *session.scalars(drafts))]


def saying(session: Session, words: Iterable[str], language: str) -> list[tuple[str, str, str]]:
    """Return kind, slug and title of the records whose title or summary holds any of some folded words."""
    return _titled(session, or_(false(), *(RecordWords.folded.contains(word) for word in words)), language)


def _titled(session: Session, which: ColumnElement[bool], language: str) -> list[tuple[str, str, str]]:
    found = (
        select(Record.record_kind, Record.slug, RecordWords.title)
        .join(RecordWords, RecordWords.record_id == Record.id)
        .where(RecordWords.language == language, which)
        .order_by(RecordWords.sort_key)
    )
    return [(kind, slug, title) for kind, slug, title in session.execute(found)]


def picked(session: Session, uids: Collection[uuid.UUID]) -> list[Change]:
    """Return the changes with some identities and those of batches with some, the oldest first."""
    wanted = select(Change).where(or_(Change.uid.in_(uids), Change.batch.in_(uids))).order_by(Change.id)
    return list(session.scalars(wanted.options(*WHOLE)))


def chosen(session: Session, kind: Kind, uids: Collection[uuid.UUID]) -> list[Any]:
    """Return the records of a kind with some identities, by their address."""
    wanted = select(kind.model).where(kind.model.uid.in_(uids)).order_by(kind.model.slug)
    return list(session.scalars(wanted).unique())


def open_changes(session: Session, records: Iterable[int]) -> dict[int, Change]:
    """Return a change that is not at its end for each of some records that has one."""
    wanted = select(Change).where(Change.record_id.in_(list(records)), Change.stage.in_(OPEN))
    found = session.scalars(wanted.options(selectinload(Change.steps)).order_by(Change.id.desc()))
    return {change.record_id: change for change in found if change.record_id is not None}


def embargoed(language: str, kinds: Iterable[str]) -> Select[Any]:
    """Select the words rows, with their records, that readers see from a later moment on, the next first."""
    return (
        _words(language)
        .where(Record.record_kind.in_(list(kinds)), Record.shown_from > NOW)
        .order_by(Record.shown_from, Record.id)
    )


def embargoed_between(language: str, kinds: Iterable[str], begins: datetime, ends: datetime) -> Select[Any]:
    """Select the words rows, with their records, that readers see from a moment within a time on."""
    return embargoed(language, kinds).where(Record.shown_from >= begins, Record.shown_from < ends)


def planned(
    session: Session, kinds: Iterable[str], begins: datetime, ends: datetime, now: datetime
) -> list[tuple[Change, datetime]]:
    """Return the approved changes due within a time, and those handed in that wish for a moment in it."""
    due = select(Change).where(Change.stage == Stage.approved, Change.due_at >= begins, Change.due_at < ends)
    wish = Change.facts["shown_from"].as_string()
    wished = select(Change).where(Change.stage == Stage.submitted, wish.is_not(None))
    of_kinds = Change.record_kind.in_(list(kinds))
    found = [(one, one.due_at) for one in session.scalars(due.where(of_kinds)) if one.due_at]
    for one in session.scalars(wished.where(of_kinds)):
        at = Instant().parse(one.facts["shown_from"])
        if max(begins, now) <= at < ends:
            found.append((one, at))
    return found


def outdated(session: Session, kinds: Iterable[str], language: str) -> int:
    """Return how many records have a text in a language whose original has changed since."""
    lags = RecordWords.language == language, RecordWords.standing == Standing.outdated
    wanted = select(func.count()).select_from(RecordWords).join(RecordWords.record)
    return session.scalar(wanted.where(*lags, Record.record_kind.in_(list(kinds)))) or 0


def failed_mails(session: Session) -> int:
    """Return how many mails could not be sent and are tried again."""
    wanted = select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None), Mail.failure != "")
    return session.scalar(wanted) or 0


def under_way(session: Session, record_id: int | None = None) -> list[Change]:
    """Return the changes that wait for somebody, of one record or of all; oldest first."""
    wanted = select(Change).where(or_(Change.stage.in_(OPEN), Change.flagged))
    wanted = wanted.order_by(Change.created_at, Change.id)
    if record_id is not None:
        wanted = wanted.where(Change.record_id == record_id)
    return list(session.scalars(wanted.options(*WHOLE)))


def revisions(session: Session, record_id: int) -> list[tuple[Revision, Change | None]]:
    """Return the revisions of a record, the latest first, each with the change that made it."""
    wanted = (
        select(Revision, Change)
        .join(Change, Change.id == Revision.change_id, isouter=True)
        .options(selectinload(Change.steps))
        .where(Revision.record_id == record_id)
        .order_by(Revision.number.desc())
    )
    return [(revision, change) for revision, change in session.execute(wanted)]


def holder(session: Session, uid: uuid.UUID) -> Record | None:
    """Return the record that a value about a person is part of."""
    its = select(PersonalValue.record_id).where(PersonalValue.uid == uid).scalar_subquery()
    return session.scalar(select(Record).where(Record.id == its))
