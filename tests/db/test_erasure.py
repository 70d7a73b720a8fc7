"""A person erased: nothing of them in a backup taken afterwards, nor after an older one is brought back."""

import json
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from embassy.associations.room import ASSOCIATION
from embassy.core.erasing import marks
from embassy.core.facts import Refused
from embassy.core.languages import SPOKEN
from embassy.core.workflow import Move, Stage
from embassy.db import audit
from embassy.db.database import Database
from embassy.db.erasure import Erasure, Order, Report, erase, finish
from embassy.db.kinds import Kinds
from embassy.db.outbox import letter
from embassy.db.personal import PersonalValue
from embassy.db.record import Change, ChangeStep, FormerSlug, Record, Revision
from embassy.directory.room import ORGANISATION, PERSON, PLACE
from embassy.visits.room import VISIT
from tests import servers
from tests.db.writing import MINUTE, NOW, Pen, writer

KINDS = Kinds([PLACE, ORGANISATION, PERSON, VISIT, ASSOCIATION])
KEY = b"a key for tests"
LANGUAGES = tuple(SPOKEN.values())
NAMES = ["Arta Zogu", "Arta Zogus", "Арта Зогу", "a.zogu@circle.example"]
TRACES = {
    "latin": "zogu",
    "cyrillic": "зогу",
    "escaped": "\\u0417\\u043e\\u0433\\u0443",
    "life": "daughter of a teacher",
}
NONE = dict.fromkeys(TRACES, 0)
CONSENT = {"given": "2026-05-03", "words": "On the website", "language": "en"}

ARTA = {
    "slug": "arta-zogu",
    "title": {"en": "Arta Zogu", "sr": "Арта Зогу"},
    "summary": {"en": "Daughter of a teacher."},
    "appointments": [{"post": {"en": "Minister"}, "begins": "2001"}],
}
VISITS: list[dict[str, Any]] = [
    {
        "slug": "talks",
        "title": {"en": "Talks"},
        "summary": {"en": "The visit of Arta Zogu."},
        "visitor": "AL",
        "host": "BE",
        "delegations": [{"side": "visitor", "person": "arta-zogu", "post": {"en": "Minister"}}],
    },
    {
        "slug": "arta-zogu-in-liege",
        "title": {"en": "ARTA ZOGU in Liège"},
        "summary": {"en": "A lecture."},
        "visitor": "AL",
        "host": "BE",
        "delegations": [{"side": "visitor", "name": "Arta Zogu"}],
        "source_url": "https://example.org/arta-zogu",
    },
]
CIRCLE: dict[str, Any] = {
    "slug": "circle",
    "title": {"en": "Reading circle"},
    "summary": {"en": "They read."},
    "country": "BE",
    "contacts": [
        {"mailbox": "info@circle.example"},
        {"person": {"value": "Arta Zogu"} | CONSENT, "own_mailbox": {"value": "a.zogu@circle.example"}},
    ],
}


def fill(database: Database) -> None:
    """Let one person stand in every place there is."""
    pen = Pen(database)
    pen(ARTA | {"slug": "minister-arta-zogu"}, PERSON)
    pen(ARTA | {"uid": pen.facts("minister-arta-zogu", PERSON)["uid"]}, PERSON)
    for visit in VISITS:
        pen(visit, VISIT)
    pen(CIRCLE, ASSOCIATION)
    pen(CIRCLE | {"slug": "club", "contacts": [{"mailbox": "info@club.example"}]}, ASSOCIATION)
    change = pen.propose(VISITS[0] | {"slug": "draft"}, VISIT, stage=Stage.draft)
    with database.writing() as session:
        draft = session.get_one(Change, change)
        draft.why = "As Arta Zogu asked"
        draft.steps.append(ChangeStep(move=Move.save, by="tests", at=NOW, comment="Ask Arta Zogu"))
        session.add(letter("a.zogu@circle.example", "en", "Your visit", "Dear Arta Zogu", NOW))
        session.add(letter("info@circle.example", "en", "A visit", "Dear all", NOW))


@pytest.fixture
def full(database: Database) -> Database:
    """A database, of each kind in turn, in which one person stands in every place there is."""
    fill(database)
    return database


def carried_out(database: Database) -> Report:
    """Erase the person."""
    with database.writing() as session:
        uid = session.scalars(select(Record.uid).where(Record.slug == "arta-zogu")).one()
        wanted = Order(marks=marks(NAMES, KEY), records=frozenset({uid}))
        return erase(session, KINDS, wanted, KEY, writer(NOW + MINUTE))


def completed(database: Database, file: Path) -> int:
    """Do what the worker does afterwards."""
    return finish(database, KINDS, file, KEY, LANGUAGES, NOW + MINUTE)


def copied(database: Database, to: Path) -> bytes:
    """Copy an SQLite database as administrators do while it is used; return what the copy holds."""
    with closing(sqlite3.connect(str(database.url.database))) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)
    return to.read_bytes()


def backup(database: Database, folder: Path, postgresql: servers.PostgreSQL) -> bytes:
    """Return a backup of a database of either kind."""
    if database.is_sqlite:
        return copied(database, folder / "backup.db")
    return postgresql.dump(str(database.url.database))


def traces(held: bytes) -> dict[str, int]:
    """Return how often each trace of the person stands in some bytes, in JSON's escapes too."""
    small = held.decode("utf-8", "replace").lower()
    return {name: small.count(trace) for name, trace in TRACES.items()}


def test_a_backup_taken_afterwards_holds_nothing_of_the_person(
    full: Database, tmp_path: Path, postgresql: servers.PostgreSQL
) -> None:
    before = traces(backup(full, tmp_path, postgresql))

    carried_out(full)
    completed(full, tmp_path / "erasures.jsonl")

    assert {name for name, count in before.items() if count} >= {"latin", "cyrillic", "life"}
    assert traces(backup(full, tmp_path, postgresql)) == NONE
    assert traces((tmp_path / "erasures.jsonl").read_bytes()) == NONE


def test_the_files_of_the_database_hold_nothing_either(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    fill(database)

    carried_out(database)
    completed(database, tmp_path / "erasures.jsonl")

    place = Path(str(database.url.database))
    held = {path.name: traces(path.read_bytes()) for path in place.parent.glob(f"{place.name}*")}
    database.dispose()
    assert held == dict.fromkeys(held, NONE)
    assert f"{place.name}-wal" in held


def test_what_is_left_tells_what_happened_without_the_name(full: Database, pen: Pen) -> None:
    report = carried_out(full)

    with full.reading() as session:
        slug = session.scalars(select(Record.slug).where(Record.record_kind == "person")).one()
        lectured = session.scalars(select(Record.slug).where(Record.slug.endswith("-in-liege"))).one()
    person, talks, lecture = (
        pen.facts(address, kind) for address, kind in ((slug, PERSON), ("talks", VISIT), (lectured, VISIT))
    )
    assert (person["title"], person["audience"]) == ({"source": "en", "en": "[…]", "sr": "[…]"}, "staff")
    assert person.keys() & {"summary", "appointments"} == set()
    assert (talks["summary"]["en"], talks["delegations"][0]["person"]) == ("The visit of […].", slug)
    assert (lecture["title"]["en"], lecture["delegations"][0]["name"]) == ("[…] in Liège", "[…]")
    assert "source_url" not in lecture
    assert pen.facts("circle", ASSOCIATION)["contacts"] == [{"mailbox": "info@circle.example"}, {}]
    assert (len(report.records), report.versions, report.changes) == (3, 4, 5)
    assert (report.mails, report.values) == (1, 2)


def test_records_without_the_person_stay_as_they_are(full: Database, pen: Pen) -> None:
    before = pen.facts("club", ASSOCIATION)

    carried_out(full)

    with full.reading() as session:
        version = session.scalars(select(Record.version).where(Record.slug == "club")).one()
    assert (pen.facts("club", ASSOCIATION), version) == (before, 1)


def test_what_no_longer_fits_its_shape_goes_with_the_name(database: Database, pen: Pen) -> None:
    mailbox = {"mailbox": "arta.zogu@circle.example"}
    pen(ARTA, PERSON)
    pen(CIRCLE | {"contacts": [mailbox, {"mailbox": "info@circle.example"}]}, ASSOCIATION)

    carried_out(database)

    assert pen.facts("circle", ASSOCIATION)["contacts"] == [{"mailbox": "info@circle.example"}]


def test_the_chain_vouches_for_what_is_left_and_finds_what_is_forged(full: Database) -> None:
    carried_out(full)

    with full.reading() as session:
        whole = audit.broken(session), list(audit.altered(session))
    with full.writing() as session:
        revision = session.scalars(select(Revision).order_by(Revision.id).limit(1)).one()
        revision.facts = revision.facts | {"reason": "forged"}
    with full.reading() as session:
        forged = list(audit.altered(session))
    assert (whole, len(forged)) == ((None, []), 1)


def test_an_older_backup_brought_back_is_erased_again(sqlite_url: str, tmp_path: Path) -> None:
    database, file, older = Database(sqlite_url), tmp_path / "erasures.jsonl", tmp_path / "older.db"
    fill(database)
    copied(database, older)
    carried_out(database)
    listed = completed(database, file)
    database.dispose()

    restored = Database(f"sqlite:///{older}")
    done = completed(restored, file), completed(restored, file)
    left = traces(copied(restored, tmp_path / "backup.db"))
    restored.dispose()

    assert (listed, done, left) == (0, (1, 0), NONE)
    assert len(file.read_text().splitlines()) == 1


def test_a_value_erased_and_a_consent_withdrawn_stay_so_after_a_restore(
    sqlite_url: str, tmp_path: Path
) -> None:
    database, file, older = Database(sqlite_url), tmp_path / "erasures.jsonl", tmp_path / "older.db"
    fill(database)
    copied(database, older)
    with database.writing() as session:
        name, mailbox = session.scalars(select(PersonalValue.uid).order_by(PersonalValue.id))
        erase(session, KINDS, Order(personal=frozenset({mailbox})), KEY, writer())
        erase(session, KINDS, Order(consents=frozenset({name})), KEY, writer())
    completed(database, file)
    database.dispose()

    restored = Database(f"sqlite:///{older}")
    done = completed(restored, file)
    with restored.reading() as session:
        left = [(row.uid, row.shown) for row in session.scalars(select(PersonalValue))]
    restored.dispose()

    assert (done, left) == (2, [(name, False)])


def test_while_a_room_is_off_in_which_the_name_stands_nothing_is_erased(
    full: Database, tmp_path: Path, postgresql: servers.PostgreSQL
) -> None:
    off = Kinds([PERSON, PLACE, ORGANISATION, ASSOCIATION])
    before = traces(backup(full, tmp_path, postgresql))
    file = tmp_path / "erasures.jsonl"
    line = Erasure(uid=uuid.uuid4(), at=NOW, by="tests", records=[], personal=[], consents=[])
    line.marks = sorted(map(list, marks(NAMES, KEY)))
    file.write_text(f"{json.dumps(line.line)}\n")

    with pytest.raises(Refused, match="a room that is off"), full.writing() as session:
        erase(session, off, Order(marks=marks(NAMES, KEY)), KEY, writer(NOW + MINUTE))
    waits = finish(full, off, file, KEY, LANGUAGES, NOW)
    on_again = completed(full, file)

    assert (waits, on_again) == (0, 1)
    assert before["latin"] > 0
    assert traces(backup(full, tmp_path, postgresql))["latin"] == 0


def test_an_address_goes_even_if_it_tells_the_name_in_another_way(database: Database, pen: Pen) -> None:
    pen(ARTA | {"slug": "old-minister"}, PERSON)
    uid = pen.facts("old-minister", PERSON)["uid"]
    pen(ARTA | {"slug": "the-foreign-minister-zee", "uid": uid}, PERSON)
    talks = {"delegations": [{"side": "visitor", "person": "the-foreign-minister-zee"}]}
    pen(VISITS[0] | talks, VISIT)
    with database.writing() as session:
        order = Order(marks=marks(NAMES, KEY), records=frozenset({uuid.UUID(uid)}))
        erase(session, KINDS, order, KEY, writer(NOW + MINUTE))

    with database.reading() as session:
        every = [*session.scalars(select(Revision.facts)), *session.scalars(select(Change.facts))]
        former = session.scalars(select(FormerSlug.slug)).all()
    slug = f"erased-{uid.replace('-', '')[:8]}"
    assert pen.facts("talks", VISIT)["delegations"][0]["person"] == slug
    assert ("zee" in json.dumps(every), former) == (False, [])


def test_a_value_whose_consent_names_the_person_goes_too(full: Database) -> None:
    with full.writing() as session:
        row = session.scalars(select(PersonalValue).order_by(PersonalValue.id).limit(1)).one()
        row.value, row.words = "+32470123456", "I, Arta Zogu, agree"

    report = carried_out(full)

    with full.reading() as session:
        assert (report.values, session.scalars(select(PersonalValue)).all()) == (2, [])


def test_a_line_of_the_list_that_was_cut_off_is_written_again(full: Database, tmp_path: Path) -> None:
    file = tmp_path / "erasures.jsonl"
    carried_out(full)
    completed(full, file)
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])

    completed(full, file)

    assert file.read_bytes() == whole


def test_what_names_nobody_alters_nothing(full: Database) -> None:
    with full.writing() as session:
        report = erase(session, KINDS, Order(marks=marks(["Nobody Atall"], KEY)), KEY, writer())

    assert report == Report()


def test_while_somebody_writes_the_space_is_given_back_later(sqlite_url: str, tmp_path: Path) -> None:
    database, file = Database(sqlite_url), tmp_path / "erasures.jsonl"
    fill(database)
    carried_out(database)

    def waiting() -> int:
        with database.reading() as session:
            wanted = select(func.count()).select_from(Erasure).where(Erasure.compacted_at.is_(None))
            return session.scalar(wanted) or 0

    with database.quietly_writing() as other:
        other.execute(select(Erasure.id))
        free = database.compact()
    before = waiting()
    completed(database, file)

    assert (free, before, waiting()) == (False, 1, 0)
    database.dispose()
