"""Files that records hold: kept once, found by whoever may read the record, let go of when nothing does."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from embassy.agreements.room import AGREEMENT
from embassy.core.facts import Refused, Wrong
from embassy.core.workflow import Stage
from embassy.db import files
from embassy.db.base import Base
from embassy.db.database import Database
from embassy.db.files import StoredFile
from embassy.db.kinds import Kinds
from embassy.db.record import Change
from tests.agreements.facts import agreement
from tests.db.writing import NOW, Pen, at_once
from tests.pdfs import made, treaty

KINDS = Kinds([AGREEMENT])
DAY = timedelta(days=1)
DIGEST = sha256(treaty()).hexdigest()
TEXT = {"language": "fr", "role": "authentic", "file": DIGEST}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of files."""
    return tmp_path / "files"


def _stored(database: Database) -> list[StoredFile]:
    with database.reading() as session:
        return list(session.scalars(select(StoredFile).order_by(StoredFile.id)))


def _lying(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_file_lies_under_a_random_name_and_its_row_says_what_it_is(
    database: Database, folder: Path
) -> None:
    told = files.store(database, folder, treaty(), NOW)

    (stored,) = _stored(database)
    assert told == DIGEST
    assert (stored.digest, stored.size, stored.kept, stored.sent_at) == (DIGEST, len(treaty()), False, NOW)
    assert _lying(folder) == {stored.uid.hex: treaty()}


def test_what_is_no_pdf_leaves_nothing_behind(database: Database, folder: Path) -> None:
    with pytest.raises(Wrong):
        files.store(database, folder, b"<script>", NOW)

    assert (_stored(database), [*folder.parent.glob("files")]) == ([], [])


def test_the_same_file_is_kept_once_and_written_again_if_it_was_lost(
    database: Database, folder: Path
) -> None:
    files.store(database, folder, treaty(), NOW)
    (first,) = _stored(database)
    files.store(database, folder, treaty(), NOW + DAY)
    files.place(folder, first).unlink()

    files.store(database, folder, treaty(), NOW + DAY)

    assert [(one.uid, one.sent_at) for one in _stored(database)] == [(first.uid, NOW)]
    assert _lying(folder) == {first.uid.hex: treaty()}


def test_two_who_send_the_same_file_at_once_keep_one(database: Database, folder: Path) -> None:
    told = at_once(4, lambda _hand: files.store(database, folder, treaty(), NOW))

    assert set(told) == {DIGEST}
    assert [*_lying(folder)] == [one.uid.hex for one in _stored(database)]


def test_whoever_comes_second_with_the_same_file_keeps_that_of_the_first(
    database: Database, folder: Path
) -> None:
    uid = uuid4()
    other = StoredFile(uid=uid, digest=DIGEST, size=1, sent_at=NOW)

    with ThreadPoolExecutor(1) as hands, database.quietly_writing() as writing:
        writing.add(other)
        writing.flush()
        told = hands.submit(files.store, database, folder, treaty(), NOW)
        while not told.done() and not [*folder.glob("*")]:
            os.sched_yield()
        writing.commit()

    assert told.result() == DIGEST
    assert [one.uid for one in _stored(database)] == [uid]
    assert _lying(folder) == {}


def test_a_record_names_a_file_that_is_held_or_is_refused(database: Database, pen: Pen, folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        pen(agreement(texts=[TEXT]), AGREEMENT)
    files.store(database, folder, treaty(), NOW)

    pen(agreement(texts=[TEXT, TEXT | {"language": "nl"}]), AGREEMENT)

    assert [one.path for one in refused.value.refusals] == [("texts", 0, "file")]
    assert [one.kept for one in _stored(database)] == [True]
    assert [text["file"] for text in pen.facts("pact", AGREEMENT)["texts"]] == [DIGEST, DIGEST]
    assert pen.counts()["record_file"] == 1


def test_a_text_taken_out_is_no_longer_held_but_kept_for_the_history(
    database: Database, pen: Pen, folder: Path
) -> None:
    files.store(database, folder, treaty(), NOW)
    pen(agreement(texts=[TEXT]), AGREEMENT)

    pen(agreement(), AGREEMENT)

    assert "record_file" not in pen.counts()
    assert files.sweep(database, KINDS, folder, NOW + 2 * DAY) == 0
    assert len(_stored(database)) == 1


def test_a_file_that_nothing_names_goes_after_a_day(database: Database, pen: Pen, folder: Path) -> None:
    for title in ("draft", "discarded", "nowhere"):
        files.store(database, folder, made(title=title), NOW)
    named = {one: sha256(made(title=one)).hexdigest() for one in ("draft", "discarded")}
    files.store(database, folder, treaty(), NOW)
    change = pen.propose(agreement(texts=[TEXT | {"file": named["draft"]}]), AGREEMENT)
    pen.propose(
        agreement(slug="other", texts=[TEXT | {"file": named["discarded"]}]),
        AGREEMENT,
        stage=Stage.discarded,
    )
    pen(agreement(slug="third", texts=[TEXT]), AGREEMENT)

    early = files.sweep(database, KINDS, folder, NOW + DAY - timedelta(seconds=1))
    gone = files.sweep(database, KINDS, folder, NOW + DAY)
    with database.writing() as session:
        session.execute(update(Change).where(Change.id == change).values(stage=Stage.discarded))
    later = files.sweep(database, KINDS, folder, NOW + DAY)

    assert (early, gone, later) == (0, 2, 1)
    assert [one.digest for one in _stored(database)] == [DIGEST]
    assert [*_lying(folder).values()] == [treaty()]


def test_what_a_write_that_was_cut_off_left_behind_goes_after_a_day(database: Database, folder: Path) -> None:
    files.store(database, folder, treaty(), NOW)
    (stored,) = _stored(database)
    for name, age in (("left", DAY), ("arriving", timedelta(hours=23)), (stored.uid.hex, 9 * DAY)):
        (folder / name).write_bytes(b"%PDF-")
        os.utime(folder / name, times=(0, (NOW - age).timestamp()))

    told = files.tidy(database, folder, NOW)

    assert (told, {*_lying(folder)}) == (1, {"arriving", stored.uid.hex})
    assert files.tidy(database, folder / "nowhere", NOW) == 0


VIOLATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "pk_stored_file": ("stored_file", {"uid": uuid4(), "digest": "0" * 64}),
    "uq_stored_file_uid": ("stored_file", {"id": 99, "digest": "0" * 64}),
    "uq_stored_file_digest": ("stored_file", {"id": 99, "uid": uuid4()}),
    "ck_stored_file_says_something": (
        "stored_file",
        {"id": 99, "uid": uuid4(), "digest": "0" * 64, "size": 0},
    ),
    "pk_record_file": ("record_file", {}),
    "fk_record_file_record_id_record": ("record_file", {"record_id": 999}),
    "fk_record_file_file_id_stored_file": ("record_file", {"file_id": 999}),
    "pk_agreement_text": ("agreement_text", {}),
    "ck_agreement_text_is_somewhere": ("agreement_text", {"id": 99, "file_id": None}),
    "fk_agreement_text_agreement_id_agreement": ("agreement_text", {"id": 99, "agreement_id": 999}),
    "fk_agreement_text_file_id_stored_file": ("agreement_text", {"id": 99, "file_id": 999}),
}


def test_no_constraint_of_files_is_without_its_violation() -> None:
    tables = (Base.metadata.tables[name] for name in ("stored_file", "record_file", "agreement_text"))

    assert {str(one.name) for table in tables for one in table.constraints} == set(VIOLATIONS)


@pytest.fixture
def held(database: Database, pen: Pen, folder: Path) -> Callable[[str, dict[str, Any]], None]:
    """Write a copy of the row of a file, its use or a text, with something else in it."""
    files.store(database, folder, treaty(), NOW)
    pen(agreement(texts=[TEXT]), AGREEMENT)

    def copied(name: str, wrong: dict[str, Any]) -> None:
        table = Base.metadata.tables[name]
        with database.writing() as session:
            row = dict(session.execute(select(table)).mappings().one()) | wrong
            session.execute(insert(table).values(row))

    return copied


@pytest.mark.parametrize("constraint", VIOLATIONS)
def test_a_row_of_files_with_one_thing_wrong_is_refused(
    held: Callable[[str, dict[str, Any]], None], database: Database, constraint: str
) -> None:
    with pytest.raises(IntegrityError) as refused:
        held(*VIOLATIONS[constraint])

    if not database.is_sqlite:
        assert refused.value.orig.diag.constraint_name == constraint  # type: ignore[union-attr]
