"""Where values about people are kept, apart from records and their history, and how they go."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    delete,
    exists,
    false,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from embassy.core.composed import Path, replaced
from embassy.core.facts import Fact, Refusal, Refused, Wrong
from embassy.core.messages import say
from embassy.core.personal import Confided, Consent, Personal, identities
from embassy.core.workflow import OPEN
from embassy.db.base import Base
from embassy.db.kinds import Kinds
from embassy.db.record import Change, Record


class PersonalValue(Base):
    """One value about a person, and the consent to show it: given when, to which words, in which language.

    Records, revisions and changes hold `uid` alone. `record_id` is the record it is part of, empty while it
    stands in a draft only.
    """

    __tablename__ = "personal_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    record_id: Mapped[int | None] = mapped_column(ForeignKey(Record.id))
    value: Mapped[str]
    given: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(12), default="")
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("uid"),
        CheckConstraint("(given IS NULL) = (words = '')", name="consent_is_whole"),
        Index(None, "record_id"),
    )

    @property
    def shown(self) -> bool:
        """Say whether readers may see it."""
        return self.confided.consent is not None

    @property
    def confided(self) -> Confided:
        """Return the value with the consent, if one was given and stands."""
        if self.given is None or self.withdrawn_at is not None:
            return Confided(self.value, None)
        return Confided(self.value, Consent(self.given, self.words, self.language))


def kept(
    session: Session, facts: Iterable[Fact], values: Mapping[str, Any], record: Record | None, now: datetime
) -> dict[str, Any]:
    """Return checked values with what they confide kept apart, and its identity in its place."""
    standing = cache(partial(_known, session, record, ()))
    return replaced(facts, values, Personal, partial(_kept, session, standing, now))


def known(
    session: Session, facts: tuple[Fact, ...], raw: Mapping[str, Any], change: Change
) -> dict[str, Any]:
    """Return sent facts with the identity in the place of each value that the change or its record has."""
    standing = cache(lambda: _known(session, change.record, identities(facts, change.facts)))

    def each(shape: Personal, given: Any, _path: Path) -> Any:
        uid = standing().get(_read(shape, given))
        # Nobody names an identity by hand: it might be that of another record's value.
        return str(uid) if uid else given if isinstance(given, Mapping) else None

    return replaced(facts, raw, Personal, each)


def confided(
    session: Session, facts: Iterable[Fact], raw: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Return a draft's facts with what they confide kept apart; raises Refused for what has no right form."""
    refusals: list[Refusal] = []

    def each(shape: Personal, given: Any, path: Path) -> Any:
        try:
            value = shape.parse(given)
        except Refused as refused:
            refusals.extend(Refusal((*path, *one.path), None, one.expected) for one in refused.refusals)
        else:
            return str(_kept(session, dict, now, shape, value, path))
        return None

    after = replaced(facts, raw, Personal, each)
    if refusals:
        raise Refused(refusals)
    return after


def _kept(
    session: Session,
    standing: Callable[[], Mapping[Any, uuid.UUID]],
    now: datetime,
    _shape: Personal,
    value: uuid.UUID | Confided,
    path: Path,
) -> uuid.UUID:
    if isinstance(value, uuid.UUID):
        return value
    consent = value.consent
    if consent and consent.given > now.date():
        raise Refused([Refusal((*path, "given"), None, say("Consent is given on a day that has come."))])
    if (same := standing().get(value)) is not None:
        return same
    about = {"given": consent.given, "words": consent.words, "language": consent.language} if consent else {}
    row = PersonalValue(uid=uuid.uuid4(), value=value.value, created_at=now, **about)
    session.add(row)
    return row.uid


def _read(shape: Personal, given: Any) -> Confided | None:
    """Return what a form sent as what it confides, None for what has no right form."""
    try:
        value = shape.parse(given)
    except (Wrong, Refused):
        return None
    return value if isinstance(value, Confided) else None


def _known(
    session: Session, record: Record | None, more: Iterable[uuid.UUID]
) -> dict[Confided | None, uuid.UUID]:
    return {row.confided: row.uid for row in of(session, record, more)}


def of(session: Session, record: Record | None, more: Iterable[uuid.UUID] = ()) -> list[PersonalValue]:
    """Return the values that are part of a record, and further ones that stand in drafts alone."""
    its = PersonalValue.record_id == record.id if record else false()
    free = PersonalValue.uid.in_(list(more)) & PersonalValue.record_id.is_(None)
    return list(session.scalars(select(PersonalValue).where(its | free).order_by(PersonalValue.id)))


def claimed(
    session: Session, facts: tuple[Fact, ...], values: Mapping[str, Any], record: Record
) -> tuple[dict[str, Any], list[PersonalValue]]:
    """Return a record's values without what was erased, and the rows that are to be part of it.

    Raises Refused if another record has one of them.
    """
    if not (wanted := identities(facts, values)):
        return dict(values), []
    held = select(PersonalValue).where(PersonalValue.uid.in_(wanted))
    rows = {row.uid: row for row in session.scalars(held)}
    if any(row.record_id not in (None, record.id) for row in rows.values()):
        told = say("A value about a person belongs to another record. Write it down anew, with its consent.")
        raise Refused([Refusal((), None, told)])
    return replaced(facts, values, Personal, lambda _shape, uid, _path: uid if uid in rows else None), list(
        rows.values()
    )


def sweep(session: Session, kinds: Kinds) -> int:
    """Erase every value that no record and no change under way refers to any more; returns how many."""
    referring = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column is PersonalValue.__table__.c.uid for key in column.foreign_keys)
    ]
    unused = ~or_(false(), *(exists().where(column == PersonalValue.uid) for column in referring))
    loose = set(session.scalars(select(PersonalValue.uid).where(unused)))
    if not loose:
        return 0
    for change in session.scalars(select(Change).where(Change.stage.in_(OPEN))):
        if change.record_kind not in kinds:
            # What a room that is off refers to is not known.
            return 0
        loose -= identities(kinds[change.record_kind].facts, change.facts)
    session.execute(delete(PersonalValue).where(PersonalValue.uid.in_(loose)))
    return len(loose)
