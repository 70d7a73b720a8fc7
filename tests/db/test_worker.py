"""Changes with a set time: applied then, once, in order, or returned to their author."""

import pytest
from sqlalchemy import select

from embassy.core.languages import SPOKEN
from embassy.core.workflow import Stage
from embassy.db.database import Database
from embassy.db.kinds import Kinds
from embassy.db.record import Change, Record, Revision
from embassy.db.worker import apply_due
from embassy.events.room import EVENT
from tests.db.writing import MINUTE, NOW, Pen, at_once
from tests.events.facts import concert

KINDS = Kinds([EVENT])
LANGUAGES = tuple(SPOKEN.values())


@pytest.mark.parametrize(("wait", "applied"), [(-MINUTE, 0), (0 * MINUTE, 1), (MINUTE, 1)])
def test_a_change_is_applied_at_its_time_and_not_before(
    database: Database, pen: Pen, wait: object, applied: int
) -> None:
    change = pen.propose(concert(), stage=Stage.approved, due_at=NOW)

    done = apply_due(database, KINDS, LANGUAGES, NOW + wait)  # type: ignore[operator]

    assert (done, pen.stage(change)) == (applied, Stage.applied if applied else Stage.approved)
    assert apply_due(database, KINDS, LANGUAGES, NOW + wait) == 0  # type: ignore[operator]


def test_a_change_that_nobody_approved_is_left_alone(database: Database, pen: Pen) -> None:
    change = pen.propose(concert(), stage=Stage.submitted, due_at=NOW)

    assert (apply_due(database, KINDS, LANGUAGES, NOW), pen.stage(change)) == (0, Stage.submitted)


def test_changes_are_applied_in_the_order_of_their_time(database: Database, pen: Pen) -> None:
    for number, slug in ((2, "second"), (1, "first"), (2, "third")):
        pen.propose(concert(slug=slug), stage=Stage.approved, due_at=NOW + number * MINUTE)

    applied = apply_due(database, KINDS, LANGUAGES, NOW + 3 * MINUTE)

    with database.reading() as session:
        slugs = session.scalars(select(Record.slug).order_by(Record.id)).all()
    assert (applied, slugs) == (3, ["first", "second", "third"])


def test_a_clash_goes_back_to_its_author_and_keeps_nobody_else_waiting(database: Database, pen: Pen) -> None:
    pen(concert())
    clash = pen.propose(concert(city="Gent"), stage=Stage.approved, due_at=NOW)
    later = pen.propose(concert(slug="fair"), stage=Stage.approved, due_at=NOW + MINUTE)
    pen(concert(city="Liège"))
    before = database.content_version()

    applied = apply_due(database, KINDS, LANGUAGES, NOW + MINUTE)

    assert (applied, pen.stage(clash), pen.stage(later)) == (1, Stage.returned, Stage.applied)
    assert pen.facts("concert")["city"] == "Liège"
    assert database.content_version() >= before + 2


def test_a_change_of_a_kind_that_is_off_waits_until_its_room_is_on_again(
    database: Database, pen: Pen
) -> None:
    off = pen.propose(concert(), stage=Stage.approved, due_at=NOW)

    applied = apply_due(database, Kinds([]), LANGUAGES, NOW)

    assert (applied, pen.stage(off)) == (0, Stage.approved)


def test_two_workers_apply_each_change_once(database: Database, pen: Pen) -> None:
    for number in range(12):
        pen.propose(concert(slug=f"event-{number}"), stage=Stage.approved, due_at=NOW)

    applied = at_once(2, lambda _number: apply_due(database, KINDS, LANGUAGES, NOW))

    with database.reading() as session:
        revisions = session.scalars(select(Revision.number)).all()
    assert (sum(applied), revisions) == (12, [1] * 12)


def test_a_worker_passes_by_what_another_has_in_hand(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    pen = Pen(database)
    in_hand = pen.propose(concert(), stage=Stage.approved, due_at=NOW)
    free = pen.propose(concert(slug="fair"), stage=Stage.approved, due_at=NOW)

    with database.writing() as session:
        session.scalars(select(Change).where(Change.id == in_hand).with_for_update()).one()
        meanwhile = apply_due(database, KINDS, LANGUAGES, NOW)
    afterwards = apply_due(database, KINDS, LANGUAGES, NOW)

    assert (meanwhile, afterwards) == (1, 1)
    assert (pen.stage(in_hand), pen.stage(free)) == (Stage.applied, Stage.applied)
    database.dispose()
