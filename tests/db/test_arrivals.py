"""Many new records at once are what they would be one by one, or nothing at all."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from embassy.associations.room import ASSOCIATION
from embassy.consular.room import MISSION, OFFICE
from embassy.core.facts import Refusal
from embassy.core.messages import say
from embassy.db.arrivals import Overtaken, arrive
from embassy.db.audit import broken
from embassy.db.commands import check, facts_of
from embassy.db.database import Database
from embassy.db.kinds import Kind
from embassy.db.personal import PersonalValue
from embassy.db.record import Change, Record, RecordWords, Revision
from embassy.events.room import EVENT
from tests.db.test_commands import CHANCERY, mission
from tests.db.test_erasure import CIRCLE
from tests.db.writing import Pen, overtaken, writer
from tests.events.facts import concert

GALA, FAIR = concert(slug="gala", title={"en": "Gala"}), concert(slug="fair", title={"en": "Fair"})


def bring(database: Database, *facts: dict[str, Any], kind: Kind = EVENT) -> bool:
    """Hand several facts in at once."""
    with database.writing() as session:
        return arrive(session, kind, [check(kind, one) for one in facts], writer(), uuid.uuid4())


def told(database: Database, kind: Kind, slug: str) -> tuple[Any, ...]:
    """Return what is written down of a record, but for its address and identity."""
    with database.reading() as session:
        record = session.scalars(select(kind.model).where(kind.model.slug == slug)).one()
        revision = session.scalars(select(Revision).where(Revision.record_id == record.id)).one()
        change = session.get_one(Change, revision.change_id)
        words = select(RecordWords.language, RecordWords.title, RecordWords.folded, RecordWords.sort_key)
        its = words.where(RecordWords.record_id == record.id).order_by(RecordWords.language)
        confided = select(PersonalValue.value).where(PersonalValue.record_id == record.id)
        facts = [
            {name: value for name, value in one.items() if name not in ("slug", "uid", "contacts")}
            for one in (facts_of(kind, record), revision.facts, change.facts)
        ]
        return (
            facts,
            list(map(tuple, session.execute(its))),
            sorted(session.scalars(confided)),
            (change.stage, change.record_id == record.id, change.author, revision.number, record.told_at),
        )


@pytest.mark.parametrize(
    ("kind", "several"),
    [
        (EVENT, (GALA, FAIR)),
        (MISSION, (mission(), mission(slug="paris", host="FR"))),
        (ASSOCIATION, (CIRCLE, CIRCLE | {"slug": "club"})),
    ],
)
def test_many_at_once_say_what_one_by_one_says(
    database: Database, pen: Pen, kind: Kind, several: tuple[dict[str, Any], ...]
) -> None:
    assert bring(database, *several, kind=kind)
    for facts in several:
        pen({**facts, "slug": f"one-{facts['slug']}"}, kind)
        assert told(database, kind, facts["slug"]) == told(database, kind, f"one-{facts['slug']}")
    with database.reading() as session:
        assert broken(session) is None


@pytest.mark.parametrize("other", ["fair", "old", "uid"])
def test_where_one_is_known_nothing_is_written(database: Database, pen: Pen, other: str) -> None:
    pen(concert(slug="old"))
    with database.reading() as session:
        uid = session.scalars(select(Record.uid)).one()
    pen(concert(slug="fair", uid=str(uid)))
    before = pen.counts()
    known = {"fair": FAIR, "old": concert(slug="old"), "uid": concert(slug="new", uid=str(uid))}[other]

    assert not bring(database, GALA, known)
    assert pen.counts() == before


def never(*_all: Any) -> list[Refusal]:
    """Refuse whatever comes."""
    return [Refusal(("slug",), "", say("The last day cannot lie before the first."))]


@pytest.mark.parametrize(
    ("kind", "facts"),
    [(OFFICE, {**CHANCERY, "mission": "nowhere"}), (replace(MISSION, judge=never), mission())],
)
def test_where_one_is_refused_nothing_is_written(
    database: Database, pen: Pen, kind: Kind, facts: dict[str, Any]
) -> None:
    before = pen.counts()

    assert not bring(database, facts, kind=kind)
    assert pen.counts() == before


def test_of_many_those_that_somebody_overtakes_are_named(contested: Database) -> None:
    slower = overtaken(contested, GALA, lambda: bring(contested, FAIR, GALA))

    error = slower.exception()
    assert isinstance(error, Overtaken)
    assert [(place, one.refusals[0].path) for place, one in error.taken.items()] == [(1, ("slug",))]
    with contested.reading() as session:
        assert session.scalars(select(Record.slug)).all() == ["gala"]


def test_what_the_tables_do_not_take_is_an_error_of_ours(database: Database, pen: Pen) -> None:
    lasting = replace(MISSION, revise=lambda _before, after: {**after, "slug": ""})

    with pytest.raises(IntegrityError):
        bring(database, mission(), kind=lasting)
    assert pen.counts() == {"ledger": 1}
