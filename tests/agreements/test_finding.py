"""The list of agreements by its two ways: few are fetched by number, many are met in their order."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from embassy.agreements.classification import AgreementKind, Collection, Subject
from embassy.agreements.finding import fetched, matches, walked
from embassy.agreements.queries import Sort, Wanted
from embassy.agreements.vocabulary import Status
from embassy.core.access import ANONYMOUS, Viewer
from embassy.db.record import Record
from embassy.web.house import House
from tests.agreements.conftest import NOON
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement
from tests.agreements.reading import titles

Door = Callable[..., Record]
MOMENT = {"now": NOON, "today": NOON.date()}
LATER = (NOON + timedelta(days=1)).isoformat()
WISHES = (
    Wanted(),
    Wanted(words="river"),
    Wanted(status=Status.IN_FORCE),
    Wanted(status=Status.SIGNED, on=date(2020, 12, 1)),
    Wanted(party="BE"),
    Wanted(party="FR", partner="AL"),
    Wanted(kind=AgreementKind.TREATY, status=Status.SIGNED),
    Wanted(kind=AgreementKind.TREATY),
    Wanted(subject=Subject.TRANSPORT),
    Wanted(collection=Collection.OWN),
    Wanted(collection=Collection.WORKED_EXAMPLES),
    Wanted(year=2021),
    Wanted(waiting="AL"),
    Wanted(waiting="FR", words="road", party="AL"),
)


# PostgreSQL is asked in other words.
pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.followed]


@pytest.fixture
def kept(house: House, hand_in: Door) -> Iterator[Session]:
    """Yield a reading session over agreements of every standing."""
    french = [{"code": code, "country": code} for code in ("AL", "FR")]
    note = act("note", "internal_procedures_notified", "2020-06-01", party="AL", received="2020-06-02")
    road = {"subjects": ["transport"], "kind": "treaty", "parties": french}
    for number in range(4):
        title = {"en": f"Pact on river {number % 2}"}
        hand_in("agreement", **agreement(SIGNED, IN_FORCE, slug=f"river-{number}", title=title))
        hand_in("agreement", **agreement(SIGNED, note, slug=f"road-{number}", title={"en": "Road"}, **road))
    hand_in("agreement", **agreement(SIGNED, slug="example", collection="worked_examples"))
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, slug="later", shown_from=LATER))
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, slug="within", audience="staff"))
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, slug="gone", publication="withdrawn", reason="Wrong."))
    with house.database.reading() as session:
        yield session


def both(session: Session, wanted: Wanted, viewer: Viewer) -> tuple[list[Any], list[Any]]:
    """Return what either way finds."""
    those = matches(session, wanted, "en", viewer, MOMENT)
    asked = {**MOMENT, **those.given, "skipped": 0}
    by_number, in_order = (
        list(map(tuple, session.execute(way(wanted, "en", viewer), asked))) for way in (fetched, walked)
    )
    assert those.total == len(in_order)
    return by_number, in_order


@pytest.mark.parametrize("viewer", [ANONYMOUS, Viewer(staff=True)])
def test_both_ways_find_the_same_in_the_same_order(kept: Session, viewer: Viewer) -> None:
    for wanted, sort in product(WISHES, Sort):
        by_number, in_order = both(kept, replace(wanted, sort=sort), viewer)
        assert by_number == in_order != [], (wanted, sort)


def test_lists_hold_what_their_audience_may_find(kept: Session) -> None:
    def found(viewer: Viewer, wanted: Wanted) -> set[str]:
        by_number, _in_order = both(kept, wanted, viewer)
        return {row[1] for row in by_number} & {"later", "within", "gone"}

    for wanted in (Wanted(), Wanted(status=Status.IN_FORCE)):
        assert found(ANONYMOUS, wanted) == set()
        assert found(Viewer(staff=True), wanted) == {"later", "within"}


def test_the_many_are_counted(kept: Session) -> None:
    few = matches(kept, Wanted(), "en", ANONYMOUS, MOMENT)
    many = matches(kept, Wanted(), "en", ANONYMOUS, MOMENT, few=8)

    assert (few.total, set(few.given), many.total, set(many.given)) == (9, {"numbers"}, 9, set())


def test_no_question_reads_a_whole_table(house: House, kept: Session) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        asked.append((statement, given))

    connection = kept.connection()
    if not house.database.is_sqlite:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    event.listen(connection, "before_cursor_execute", note)
    for wanted in WISHES:
        both(kept, wanted, ANONYMOUS)
        matches(kept, wanted, "en", ANONYMOUS, MOMENT, few=0)
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if house.database.is_sqlite else "EXPLAIN"
    plans = [str(list(connection.exec_driver_sql(f"{explain} {one}", given))) for one, given in asked]

    assert len(plans) == 5 * len(WISHES)
    assert [plan for plan in plans if re.search(r"SCAN (record|agreement)|Seq Scan", plan)] == []


def test_a_page_of_agreements_holds_twenty_five(client: FlaskClient, hand_in: Door) -> None:
    for number in range(26):
        hand_in("agreement", **agreement(SIGNED, slug=f"pact-{number}"))

    pages = [titles(client, f"?page={number}") for number in (1, 2)]
    assert list(map(len, pages)) == [25, 1]
    assert client.get("/en/agreements?page=3").status_code == 404
