"""Writing records: Changes, Revisions, words, versions, addresses."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from embassy.consular.room import MISSION, OFFICE
from embassy.core.facts import Refusal, Refused, Values
from embassy.core.languages import SPOKEN
from embassy.core.messages import say
from embassy.core.workflow import Stage
from embassy.db.commands import Outcome, apply, check, hand_in
from embassy.db.database import Database
from embassy.db.kinds import SPINE, Kind, Kinds
from embassy.db.record import Change, FormerSlug, Link, Record, RecordWords, Revision
from embassy.events.room import EVENT
from tests.db.writing import MINUTE, NOW, Pen, at_once, overtaken, writer
from tests.events.facts import concert

UID = "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"


CHANCERY = {
    "slug": "chancery", "title": {"en": "Chancery"}, "summary": {"en": "The door."},
    "address": ["1 Street"], "city": {"en": "Brussels"}, "country": "BE", "zone": "Europe/Brussels",
}  # fmt: skip


def mission(**other: Any) -> dict[str, Any]:
    return {
        "slug": "brussels",
        "title": {"en": "Embassy in Brussels"},
        "summary": {"en": "The embassy."},
        "kind": "embassy",
        "sending": "AL",
        "host": "BE",
        "accreditations": [{"country": "BE", "resident": "yes"}],
    } | other


def test_a_first_change_makes_the_record_its_revision_and_its_words(database: Database, pen: Pen) -> None:
    outcome = pen(concert(uid=UID))

    assert outcome is Outcome.created
    assert pen.counts() == {
        "ledger": 1, "record": 1, "event": 1, "event_occurrence": 1, "change": 1, "revision": 1,
        "audit_entry": 1,
        "record_words": len(SPOKEN),
    }  # fmt: skip
    with database.reading() as session:
        record = session.scalars(select(Record)).one()
        revision = session.scalars(select(Revision)).one()
        change = session.scalars(select(Change)).one()
        assert (record.uid, record.version, record.created_at, record.changed_at, record.shown_from) == (
            uuid.UUID(UID), 1, NOW, NOW, NOW,
        )  # fmt: skip
        assert (revision.number, revision.author, revision.recorded_at, revision.change_id) == (
            1, "tests", NOW, change.id,
        )  # fmt: skip
        assert (change.stage, change.record_id, change.base_version) == (Stage.applied, record.id, None)
    assert revision.facts == pen.facts("concert")


def test_words_are_written_for_readers_of_every_language(database: Database, pen: Pen) -> None:
    pen(concert(title={"sr": "Љубав", "en": "Love"}, summary={"en": "Songs."}))

    with database.reading() as session:
        words = {row.language: row for row in session.scalars(select(RecordWords))}
    told = {tag: (row.shown_language, row.title, row.summary) for tag, row in words.items()}
    assert told == dict.fromkeys(SPOKEN, ("sr", "Љубав", "Songs.")) | {
        "en": ("en", "Love", "Songs."),
        "sr-Latn": ("sr-Latn", "Ljubav", "Songs."),
    }
    assert [tag for tag, row in words.items() if "ljubav" in row.folded and "love" in row.folded] == [*words]


def test_a_record_is_found_by_further_words_its_kind_names(database: Database, pen: Pen) -> None:
    pen(concert(city="Liège"), replace(EVENT, also=lambda event: [event.city]))

    with database.reading() as session:
        found = session.scalars(select(RecordWords.language).where(RecordWords.folded.contains("liege")))
        assert set(found) == set(SPOKEN)


def test_whom_a_record_refers_to_is_written_down_and_follows_each_change(
    database: Database, pen: Pen
) -> None:
    pen(mission(), MISSION)
    pen(mission(slug="other"), MISSION)
    links = select(Link.role, Record.slug).join(Record, Record.id == Link.to_id).order_by(Link.role)

    written = []
    for facts in ({"hours_confirmed_by": "other", "hours_confirmed_on": "2026-01-02"}, {}):
        pen({**CHANCERY, "mission": "brussels"} | facts, OFFICE)
        with database.reading() as session:
            written.append([tuple(row) for row in session.execute(links)])

    assert written == [
        [("hours_confirmed_by", "other"), ("mission", "brussels")],
        [("mission", "brussels")],
    ]


def test_facts_that_say_the_same_write_nothing(database: Database, pen: Pen) -> None:
    pen(concert())
    before = pen.counts(), database.content_version()

    outcome = pen(concert(), now=NOW + MINUTE)

    assert outcome is Outcome.unchanged
    assert (pen.counts(), database.content_version()) == before


def test_a_further_change_raises_version_revision_and_content_version(database: Database, pen: Pen) -> None:
    pen(concert())
    before = database.content_version()

    outcome = pen(concert(city="Gent"), now=NOW + MINUTE)

    with database.reading() as session:
        record = session.scalars(select(Record)).one()
        numbers = session.execute(
            select(Revision.number, Revision.recorded_at).order_by(Revision.number)
        ).all()
        assert (record.version, record.changed_at) == (2, NOW + MINUTE)
    assert outcome is Outcome.changed
    assert [tuple(row) for row in numbers] == [(1, NOW), (2, NOW + MINUTE)]
    assert database.content_version() == before + 1


def test_a_change_of_a_part_raises_the_version_even_within_the_same_moment(
    database: Database, pen: Pen
) -> None:
    pen(mission(), MISSION)

    pen(
        mission(accreditations=[{"country": "BE", "resident": "yes"}, {"country": "LU", "resident": "no"}]),
        MISSION,
    )

    with database.reading() as session:
        revisions = session.scalars(select(Revision).order_by(Revision.number)).all()
    assert [(one.number, len(one.facts["accreditations"])) for one in revisions] == [(1, 1), (2, 2)]


def test_a_new_address_leaves_a_redirect_and_may_be_taken_back(database: Database, pen: Pen) -> None:
    for slug in ("concert", "gala", "concert", "gala"):
        pen(concert(uid=UID, slug=slug))

    with database.reading() as session:
        former = session.scalars(select(FormerSlug.slug)).all()
        present = session.scalars(select(Record.slug)).all()
    assert (former, present) == (["concert"], ["gala"])


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (
            {"slug": "concert"},
            (("slug",), "This address leads to another record for ever; choose a new one."),
        ),
        ({"slug": "fair", "uid": UID}, (("slug",), "Another record has this address already.")),
        (
            {"slug": "gala", "uid": str(uuid.UUID(int=1))},
            (("slug",), "Another record has this address already."),
        ),
    ],
)
def test_an_address_or_identity_of_another_record_is_refused(
    pen: Pen, facts: dict[str, str], refused: tuple[tuple[str], str]
) -> None:
    pen(concert(uid=UID))
    pen(concert(uid=UID, slug="gala"))
    pen(concert(slug="fair"))

    with pytest.raises(Refused) as error:
        pen(concert(**facts))

    assert [(one.path, str(one.expected)) for one in error.value.refusals] == [refused]


def test_an_identity_belongs_to_one_record_of_whatever_kind(pen: Pen) -> None:
    pen(concert(uid=UID))

    with pytest.raises(Refused) as error:
        pen(mission(uid=UID), MISSION)

    assert str(error.value) == "('uid',): A record of another kind has this identity already."


def test_a_reference_to_what_is_not_there_is_refused_and_nothing_is_written(
    pen: Pen,
) -> None:
    with pytest.raises(Refused) as error:
        pen({**CHANCERY, "mission": "nowhere"}, OFFICE)

    assert [one.path for one in error.value.refusals] == [("mission",)]
    assert pen.counts() == {"ledger": 1}


def test_a_change_of_what_somebody_changed_since_is_refused(database: Database, pen: Pen) -> None:
    pen(concert())
    stale = pen.propose(concert(city="Gent"))
    pen(concert(city="Liège"))

    with pytest.raises(Refused) as error, database.writing() as session:
        apply(session, EVENT, session.get_one(Change, stale), writer())

    assert str(error.value) == "('slug',): Somebody changed this record since you read it."
    assert pen.facts("concert")["city"] == "Liège"


def test_a_change_of_a_record_that_has_moved_away_makes_no_second_one(database: Database, pen: Pen) -> None:
    pen(concert(uid=UID))
    stale = pen.propose(concert(city="Gent"))
    pen(concert(uid=UID, slug="gala"))

    with pytest.raises(Refused), database.writing() as session:
        apply(session, EVENT, session.get_one(Change, stale), writer())

    assert pen.counts()["record"] == 1


def test_two_changes_that_make_the_same_record_make_it_once(database: Database, pen: Pen) -> None:
    first, second = pen.propose(concert()), pen.propose(concert(city="Gent"))
    with database.writing() as session:
        apply(session, EVENT, session.get_one(Change, first), writer())

    with pytest.raises(Refused), database.writing() as session:
        apply(session, EVENT, session.get_one(Change, second), writer())

    assert pen.counts()["record"] == 1


def test_of_editors_who_save_at_once_one_succeeds_and_all_others_hear_of_it(
    database: Database, pen: Pen
) -> None:
    pen(concert())
    changes = [pen.propose(concert(city=f"City {number}")) for number in range(4)]

    def save(number: int) -> int | None:
        try:
            with database.writing() as session:
                apply(session, EVENT, session.get_one(Change, changes[number]), writer())
        except Refused:
            return None
        return number

    saved = [number for number in at_once(4, save) if number is not None]

    assert len(saved) == 1
    assert pen.facts("concert")["city"] == f"City {saved[0]}"
    assert pen.counts()["revision"] == 2


@pytest.mark.parametrize(
    ("facts", "kind", "told"),
    [
        (concert(city="Gent"), EVENT, "('slug',): Somebody changed this record since you read it."),
        (concert(uid=UID, city="Gent"), EVENT, "('slug',): Somebody changed this record since you read it."),
        (concert(uid=UID, slug="gala"), EVENT, "('uid',): Somebody changed this record since you read it."),
        (
            concert(uid=str(uuid.UUID(int=1))),
            EVENT,
            "('slug',): Another record has this address already.",
        ),
        (mission(uid=UID), MISSION, "('uid',): A record of another kind has this identity already."),
    ],
)
def test_who_makes_a_record_that_somebody_makes_at_once_hears_of_it(
    contested: Database, facts: dict[str, Any], kind: Kind, told: str
) -> None:
    pen = Pen(contested)

    slower = overtaken(contested, concert(uid=UID), lambda: pen(facts, kind))

    assert (type(slower.exception()), str(slower.exception())) == (Refused, told)
    assert (pen.counts()["record"], pen.facts("concert").get("uid")) == (1, UID)


def test_who_moves_a_record_where_somebody_makes_one_at_once_hears_of_it(contested: Database) -> None:
    pen = Pen(contested)
    pen(concert(uid=UID))

    slower = overtaken(contested, concert(slug="gala"), lambda: pen(concert(uid=UID, slug="gala")))

    assert str(slower.exception()) == "('slug',): Another record has this address already."
    assert pen.facts("concert")["uid"] == UID


def test_facts_the_tables_do_not_take_are_an_error_of_ours(pen: Pen) -> None:
    unchecked = replace(EVENT, check=lambda _values: ())

    with pytest.raises(IntegrityError):
        pen(concert(starts=None), unchecked)

    assert pen.counts() == {"ledger": 1}


def test_no_update_is_lost_among_writers_at_once(database: Database, pen: Pen) -> None:
    pen(concert(latitude=0, longitude=0))
    before = database.content_version()

    def step(_number: int) -> None:
        for _ in range(5):
            with database.writing() as session:
                event = session.scalars(select(EVENT.model).with_for_update()).one()
                facts = concert(latitude=event.latitude + 1, longitude=0)  # type: ignore[attr-defined]
                hand_in(session, EVENT, check(EVENT, facts), writer(), uuid.uuid4())

    at_once(4, step)

    assert pen.facts("concert")["latitude"] == 20
    assert (pen.counts()["revision"], database.content_version()) == (21, before + 20)


def test_what_does_not_fit_together_is_refused_with_the_rest() -> None:
    with pytest.raises(Refused) as error:
        check(EVENT, concert(starts=None))

    assert str(error.value) == "('ends',): An end needs a start."


def test_a_kind_has_the_facts_of_the_spine_and_its_own_and_finds_its_records() -> None:
    kinds = Kinds([EVENT, MISSION])

    assert kinds["event"].facts == SPINE + EVENT.own
    assert kinds.of(Record(record_kind="mission")) is MISSION


def test_a_kind_may_refuse_what_the_record_as_it_stands_does_not_allow(pen: Pen) -> None:
    def judge(before: Values | None, after: Values, now: datetime) -> list[Refusal]:
        moved = before is not None and now > NOW and before["city"] != after["city"]
        return [Refusal(("city",), after["city"], say("It cannot move any more."))] if moved else []

    settled = replace(EVENT, judge=judge)
    pen(concert(), settled)

    with pytest.raises(Refused) as error:
        pen(concert(city="Gent"), settled, NOW + MINUTE)

    assert str(error.value) == "('city',): It cannot move any more."


def test_what_readers_may_not_know_yet_moves_no_public_date(database: Database, pen: Pen) -> None:
    secretive = replace(EVENT, public=lambda values, _now: {**values, "source": ""})
    pen(concert(), secretive)

    outcome = pen(concert(source="A confidential letter."), secretive, NOW + MINUTE)

    with database.reading() as session:
        record = session.scalars(select(Record)).one()
    dates = record.changed_at, record.told_at
    assert (outcome, record.version, dates) == (Outcome.changed, 2, (NOW, NOW))


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": "staff"},
        {"shown_from": (NOW + 9 * MINUTE).isoformat()},
        {"publication": "withdrawn"},
    ],
)
def test_readers_are_told_of_what_they_see_come_change_and_go_alone(
    hidden: dict[str, Any], database: Database, pen: Pen
) -> None:
    shown = {"shown_from": NOW.isoformat()}
    life = (
        hidden,
        hidden | {"city": "Gent"},
        shown,
        shown | {"city": "Gent"},
        hidden,
        hidden | {"city": "Mons"},
    )
    told = []

    for minute, facts in enumerate(life):
        pen(concert(**facts), now=NOW + minute * MINUTE)
        with database.reading() as session:
            told.append(session.scalars(select(Record.told_at)).one())

    assert told == [None, None, *(NOW + minute * MINUTE for minute in (2, 3, 4, 4))]


def test_a_kind_without_rules_of_its_own_takes_what_fits_its_shapes(pen: Pen) -> None:
    needed = ("name", "label", "plural", "model", "own", "cells", "listing", "endpoint", "schema_type")
    plain = Kind(**{name: getattr(EVENT, name) for name in needed})

    outcome = pen(concert(starts="18:00", ends="17:00"), plain)

    assert (outcome, pen.counts().get("event_occurrence")) == (Outcome.created, None)
