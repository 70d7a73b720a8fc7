"""Every named constraint of the spine and of events refuses what it is there to refuse."""

import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

from embassy.db.base import Base
from embassy.db.database import Database
from embassy.events.models import Event, Occurrence
from tests.db.writing import Pen
from tests.events.facts import concert

TABLES = (
    "ledger",
    "record",
    "record_words",
    "former_slug",
    "change",
    "revision",
    "link",
    "event",
    "event_occurrence",
    "personal_value",
    "erasure",
)
OTHER: dict[str, Any] = {"id": 99, "uid": uuid.UUID(int=99), "slug": "other"}
VIOLATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "ck_ledger_one_row": ("ledger", {"id": 2}),
    "pk_ledger": ("ledger", {}),
    "pk_record": ("record", OTHER | {"id": 1}),
    "uq_record_uid": ("record", {"id": 99, "slug": "other"}),
    "uq_record_record_kind_slug": ("record", {"id": 99, "uid": uuid.UUID(int=99)}),
    "ck_record_slug_is_given": ("record", OTHER | {"slug": ""}),
    "fk_record_owner_id_record": ("record", OTHER | {"owner_id": 999}),
    "pk_record_words": ("record_words", {}),
    "fk_record_words_record_id_record": ("record_words", {"record_id": 999}),
    "pk_former_slug": ("former_slug", {}),
    "fk_former_slug_record_id_record": ("former_slug", {"slug": "older", "record_id": 999}),
    "pk_change": ("change", {"uid": uuid.UUID(int=99)}),
    "uq_change_uid": ("change", {"id": 99}),
    "fk_change_record_id_record": ("change", {"id": 99, "uid": uuid.UUID(int=99), "record_id": 999}),
    "fk_change_owner_id_record": ("change", {"id": 99, "uid": uuid.UUID(int=99), "owner_id": 999}),
    "pk_revision": ("revision", {"number": 99}),
    "uq_revision_record_id_number": ("revision", {"id": 99}),
    "fk_revision_record_id_record": ("revision", {"id": 99, "record_id": 999}),
    "fk_revision_change_id_change": ("revision", {"id": 99, "number": 99, "change_id": 999}),
    "pk_link": ("link", {}),
    "fk_link_from_id_record": ("link", {"from_id": 999}),
    "fk_link_to_id_record": ("link", {"to_id": 999}),
    "pk_personal_value": ("personal_value", {"uid": uuid.UUID(int=99)}),
    "uq_personal_value_uid": ("personal_value", {"id": 99}),
    "fk_personal_value_record_id_record": (
        "personal_value",
        {"id": 99, "uid": uuid.UUID(int=99), "record_id": 999},
    ),
    "ck_personal_value_consent_is_whole": (
        "personal_value",
        {"id": 99, "uid": uuid.UUID(int=99), "words": "Agreed"},
    ),
    "pk_erasure": ("erasure", {"uid": uuid.UUID(int=99)}),
    "uq_erasure_uid": ("erasure", {"id": 99}),
    "pk_event": ("event", {}),
    "fk_event_id_record": ("event", {"id": 999}),
    "ck_event_sequence_never_negative": ("event", {"id": 999, "sequence": -1}),
    "ck_event_no_end_without_start": ("event", {"id": 999, "starts": None}),
    "pk_event_occurrence": ("event_occurrence", {}),
    "fk_event_occurrence_event_id_event": ("event_occurrence", {"event_id": 999}),
    "ck_event_occurrence_in_order": ("event_occurrence", {"event_id": 999, "last_day": date(2026, 12, 2)}),
}


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def test_no_constraint_is_without_its_violation() -> None:
    named = {str(constraint.name) for name in TABLES for constraint in _table(name).constraints}

    assert set(VIOLATIONS) == named


@pytest.mark.parametrize("constraint", VIOLATIONS)
def test_a_copy_of_a_row_with_one_thing_wrong_is_refused(filled: Database, constraint: str) -> None:
    name, wrong = VIOLATIONS[constraint]

    with pytest.raises(IntegrityError) as refused, filled.writing() as session:
        row = dict(session.execute(select(_table(name))).mappings().first() or {}) | wrong
        session.execute(insert(_table(name)).values(row))

    if not filled.is_sqlite:
        assert refused.value.orig.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_taking_an_event_away_takes_its_days_along(database: Database, pen: Pen) -> None:
    pen(concert())

    with database.writing() as session:
        session.execute(delete(Event.__table__))  # type: ignore[arg-type]

    assert [name for name in pen.counts() if name == Occurrence.__tablename__] == []
