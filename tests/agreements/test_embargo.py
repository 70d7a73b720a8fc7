"""An act under embargo is known to nobody before its time, and to everybody from then on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.agreements.finding import rows
from embassy.agreements.queries import Wanted
from embassy.core.access import ANONYMOUS, Viewer
from embassy.db.record import Record
from embassy.web.house import House
from tests.agreements.conftest import NOON
from tests.agreements.facts import IN_FORCE, SIGNED, agreement

Door = Callable[..., Record]
LIFTED = NOON + timedelta(seconds=20)
HIDDEN = IN_FORCE | {"citation": {"en": "Wombat gazette"}, "shown_from": LIFTED.isoformat()}
PATHS = (
    "/en/",
    "/en/agreements",
    "/en/agreements?sort=newest",
    "/en/agreements?status=in_force",
    "/en/agreements?year=2021",
    "/en/agreements?on=2022-01-01",
    "/en/agreements?waiting=BE",
    "/en/agreements.csv?waiting=AL",
    "/en/agreements?sort=entered-last",
    "/en/agreements.json",
    "/en/agreements.csv?status=signed",
    "/en/agreements/pact",
    "/en/agreements/pact?known=2022-01-01",
    "/en/agreements/pact/compare?one=2020-06-01",
    "/en/agreements/pact/certificate",
    "/en/agreements/pact/certificate.json",
    "/fr/agreements/pact",
    "/en/search?q=pact",
    "/sitemap.xml",
)


pytestmark = pytest.mark.usefixtures("clock")


def everything(client: FlaskClient) -> dict[str, tuple[str, bytes]]:
    """Return all that a reader is told, headers included."""
    answers = {path: client.get(path) for path in PATHS}
    return {path: (str(answer.headers), answer.data) for path, answer in answers.items()}


@pytest.mark.parametrize("withheld", [{}, {"audience": "staff"}])
def test_an_act_under_embargo_changes_no_answer(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller, withheld: dict[str, str]
) -> None:
    hand_in("agreement", **agreement(SIGNED))
    before = everything(client)

    clock.shift(timedelta(seconds=5))
    hand_in("agreement", **agreement(SIGNED, HIDDEN | withheld))

    assert everything(client) == before


def test_a_public_act_changes_the_answers(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("agreement", **agreement(SIGNED))
    before = everything(client)

    clock.shift(timedelta(seconds=5))
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))

    after = everything(client)
    assert [path for path in PATHS if after[path] == before[path]] == ["/en/search?q=pact"]


def test_the_status_changes_by_itself_when_the_embargo_ends(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("agreement", **agreement(SIGNED, HIDDEN))
    before = everything(client)

    clock.move_to(LIFTED)
    after = everything(client)

    told = "Entered into force on 1 March 2021."
    assert [told in page["/en/agreements/pact"][1].decode() for page in (before, after)] == [False, True]
    assert ['"status": "signed"' in page["/en/agreements.json"][1].decode() for page in (before, after)] == [
        True,
        False,
    ]
    same = {path for path in PATHS if after[path] == before[path]}
    assert same == {"/en/search?q=pact", "/sitemap.xml"}


def test_no_reader_is_told_when_an_embargo_ends(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, HIDDEN))

    told = {client.get(path).headers["Cache-Control"] for path in PATHS}

    assert told == {"public, max-age=30"}


def test_staff_see_what_is_withheld(house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, HIDDEN | {"audience": "staff"}))

    with house.database.reading() as session:
        seen = [
            session.execute(rows(Wanted(), "en", viewer), {"now": NOON, "today": NOON.date()}).one().status
            for viewer in (ANONYMOUS, Viewer(staff=True))
        ]

    assert seen == ["signed", "in_force"]
