"""The records of agreements: what is kept for ever, and the rows that lists filter by."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from embassy.agreements import queries
from embassy.agreements.log import log_of, visible
from embassy.agreements.models import (
    Agreement,
    ApprovalStep,
    EntryClause,
    Party,
    RecordedAct,
    StatusPeriod,
)
from embassy.agreements.status import status_on
from embassy.agreements.vocabulary import Status
from embassy.core.access import ANONYMOUS, Audience, Viewer
from embassy.core.facts import Refused
from embassy.db.commands import Writer, check, facts_of
from embassy.db.record import Record
from embassy.web.house import House
from embassy.web.importing import FileRefused, load, read
from tests.agreements.conftest import NOON
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement, samples

Door = Callable[..., Record]
STEP = {"uid": "house", "party": "BE", "body": {"en": "House"}, "required": "yes"}


pytestmark = pytest.mark.usefixtures("clock")


def refused(hand_in: Door, facts: dict[str, Any]) -> dict[str, str]:
    """Return where facts are refused and what is expected there."""
    with pytest.raises(Refused) as found:
        hand_in("agreement", **facts)
    return {".".join(map(str, one.path)): str(one.expected) for one in found.value.refusals}


def stored(house: House) -> Agreement:
    """Return the one agreement as it stands."""
    with house.database.reading() as session:
        found = session.scalars(select(Agreement)).one()
        for name in ("parties", "steps", "acts", "clause", "periods", "topics"):
            getattr(found, name)
        session.expunge_all()
        return found


def test_an_act_is_never_deleted(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))

    found = refused(hand_in, agreement(SIGNED))

    assert found == {"acts": "Acts are never deleted; add one that corrects it."}
    assert [one.uid for one in stored(house).acts] == ["signed", "in-force"]


def test_who_sees_an_act_and_where_its_source_is_may_change(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED | {"audience": "staff"}))

    hand_in("agreement", **agreement(SIGNED | {"url": "https://gazette.example/1"}))

    [found] = stored(house).acts
    assert (found.audience, found.url) == (Audience.public, "https://gazette.example/1")


def test_an_act_keeps_the_moment_it_was_first_written(
    house: House, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("agreement", **agreement(SIGNED))
    clock.shift(timedelta(hours=1))

    hand_in("agreement", **agreement(IN_FORCE, SIGNED))

    recorded = {one.uid: one.recorded_at for one in stored(house).acts}
    assert recorded == {"signed": NOON, "in-force": NOON + timedelta(hours=1)}


def test_the_moment_of_recording_is_neither_exported_nor_imported(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))
    kind = house.kinds["agreement"]

    with house.database.reading() as session:
        exported = facts_of(kind, session.scalars(select(Agreement)).one())

    assert "recorded_at" not in json.dumps(exported)
    with pytest.raises(Refused):
        check(kind, exported | {"acts": [SIGNED | {"recorded_at": "2020-01-01T00:00Z"}]})


def test_an_import_that_would_lose_an_act_loads_nothing(house: House, hand_in: Door, tmp_path: Path) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))
    file = tmp_path / "agreements.json"
    file.write_text(json.dumps([agreement(SIGNED, slug="other"), agreement(SIGNED)]), encoding="utf-8")
    kind = house.kinds["agreement"]
    writer = Writer("tests", NOON, house.deployment.languages)

    with pytest.raises(FileRefused) as found:
        load(house.database, kind, read(kind, file), writer, lambda _number, _of: None)

    assert [(bad.column, bad.value, str(bad.expected)) for bad in found.value.rows] == [
        ("acts", "in-force", "Acts are never deleted; add one that corrects it.")
    ]
    assert stored(house).slug == "pact"


def test_the_sample_comes_out_as_it_went_in(house: House, hand_in: Door) -> None:
    for facts in samples():
        hand_in("agreement", **facts)
    kind = house.kinds["agreement"]

    with house.database.reading() as session:
        found = {one.slug: facts_of(kind, one) for one in session.scalars(select(Agreement))}

    spine = {"audience": "public", "publication": "published", "shown_from": "2026-11-22T12:00:00Z"}
    for facts in samples():
        assert found[facts["slug"]] == facts_in_full(house, facts) | spine


def facts_in_full(house: House, facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts with every default written out."""
    kind = house.kinds["agreement"]
    values = check(kind, facts)
    return {
        fact.name: fact.shape.dump(values[fact.name])
        for fact in kind.facts
        if values[fact.name] not in (None, "", [], ())
    }


@pytest.mark.parametrize("viewer", [ANONYMOUS, Viewer(staff=True)])
@pytest.mark.parametrize("seconds", [-1, 0, 86_400 * 3])
def test_the_rows_agree_with_the_engine_at_every_moment(
    house: House, hand_in: Door, viewer: Viewer, seconds: int
) -> None:
    lifted = datetime(2026, 11, 24, 9, tzinfo=UTC)
    hidden = act("in-force", "entry_into_force_asserted", "2026-11-20", effective="2026-11-26")
    hidden |= {"shown_from": lifted.isoformat(), "known_from": "2026-11-24"}
    over = act("over", "terminated", "2026-11-21", effective="2026-11-30", audience="staff")
    hand_in("agreement", **agreement(SIGNED, hidden, over))
    found, now = stored(house), lifted + timedelta(seconds=seconds)

    days = [date(2020, 5, 3), date(2020, 5, 4), *(now.date() + timedelta(days=n) for n in range(9))]
    log = log_of(found, visible(found.acts, viewer, now))
    asked = now.date()
    shown = [
        next(
            one.status
            for one in found.periods
            if one.audience is queries.audience(viewer)
            and one.shown_from <= now < one.shown_to
            and one.known_from <= asked < one.known_to
            and one.first_day <= day <= one.last_day
        )
        for day in days
    ]

    assert shown == [status_on(*log, as_of=day, known_at=asked) for day in days]


def test_the_days_before_anything_was_known_have_a_row(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))

    rows = {
        (one.first_day, one.last_day, one.status)
        for one in stored(house).periods
        if one.audience is Audience.public
    }

    assert rows == {
        (date.min, date(2020, 5, 3), Status.UNKNOWN),
        (date(2020, 5, 4), date.max, Status.SIGNED),
    }


def period(**other: Any) -> StatusPeriod:
    """Return a row of the status that can stand."""
    facts: dict[str, Any] = {
        "audience": Audience.public,
        "shown_from": NOON,
        "shown_to": NOON + timedelta(days=1),
        "known_from": date(2026, 1, 1),
        "known_to": date(2026, 1, 2),
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 1, 1),
        "status": Status.SIGNED,
    }
    return StatusPeriod(**facts | other)


def again(part: Any, **other: Any) -> Any:
    """Return a copy of a part, not yet written."""
    columns = {column.key for column in part.__table__.columns} - {"id"}
    return type(part)(**{name: getattr(part, name) for name in columns} | other)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        (lambda _: period(shown_to=NOON), "shown_in_order"),
        (lambda _: period(known_to=date(2026, 1, 1)), "known_in_order"),
        (lambda _: period(last_day=date(2025, 1, 1)), "days_in_order"),
        (lambda found: again(found.parties[0], country="", name=None), "is_named"),
        (lambda found: again(found.clause[0], position=1), "at_most_one"),
        (lambda found: again(found.acts[0]), "uid"),
        (lambda found: again(found.steps[0]), "uid"),
    ],
)
def test_the_database_refuses_what_cannot_be(
    house: House, hand_in: Door, wrong: Callable[[Agreement], Any], constraint: str
) -> None:
    hand_in("agreement", **agreement(SIGNED, steps=[STEP], clause=[{"article": "9"}]))
    found = stored(house)

    with pytest.raises(IntegrityError) as refusal, house.database.writing() as session:
        part = wrong(found)
        part.agreement_id = found.id
        session.add(part)

    assert constraint in str(refusal.value.orig)


def test_parts_go_with_their_agreement(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, steps=[STEP], clause=[{"article": "9"}]))

    hand_in("agreement", **agreement(SIGNED, parties=agreement()["parties"][::-1]))

    found = stored(house)
    assert ([party.code for party in found.parties], found.steps, found.clause) == (["BE", "AL"], [], [])
    with house.database.reading() as session:
        counted = [len(session.scalars(select(part.id)).all()) for part in (Party, ApprovalStep, EntryClause)]
        acts = [one.uid for one in session.scalars(select(RecordedAct))]
    assert (counted, acts) == ([2, 0, 0], ["signed"])


def test_every_agreement_that_may_be_found_is_listed(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))
    hand_in("agreement", **agreement(SIGNED, slug="secret", audience="staff"))

    with house.database.reading() as session:
        found = [one.slug for one in session.scalars(queries.listing(ANONYMOUS), {"now": NOON})]

    assert found == ["pact"]


def test_a_later_change_of_the_facts_is_a_revision(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))

    hand_in("agreement", **agreement(SIGNED, uid=str(stored(house).uid), kind="treaty"))

    assert stored(house).version == 2
    assert isinstance(stored(house).uid, uuid.UUID)
