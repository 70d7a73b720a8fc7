"""Opening a record's page: there, moved, hidden, or nothing at all."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.events.facts import concert

UID = "0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HandIn = Callable[..., Record]


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("/en/events/concert", "/en/events/gala"),
        ("/sr-Latn/events/concert", "/sr-Latn/events/gala"),
        ("/en/events/concert.ics", "/en/events/gala.ics"),
    ],
)
def test_a_former_address_leads_to_the_present_one_for_ever(
    client: FlaskClient, hand_in: HandIn, former: str, present: str
) -> None:
    hand_in("event", **concert(uid=UID))
    hand_in("event", **concert(uid=UID, slug="gala"))

    moved = client.get(former)

    assert (moved.status_code, moved.headers["Location"]) == (301, present)
    assert client.get(present).status_code == 200


def test_a_former_address_of_what_nobody_may_see_yet_tells_nothing(
    client: FlaskClient, hand_in: HandIn
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        hand_in("event", **concert(uid=UID))
        hand_in("event", **concert(uid=UID, slug="gala", shown_from="2026-11-22T12:01:00Z"))
        hidden = [client.get(f"/en/events/{slug}").status_code for slug in ("concert", "gala")]
        clock.shift(timedelta(minutes=1))
        shown = [client.get(f"/en/events/{slug}").status_code for slug in ("concert", "gala")]

    assert (hidden, shown) == ([404, 404], [301, 200])


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, 200),
        ({"publication": "archived"}, 200),
        ({"publication": "withdrawn", "reason": "Held elsewhere."}, 200),
        ({"publication": "withdrawn"}, 404),
        ({"audience": "staff"}, 404),
    ],
)
def test_a_page_opens_for_those_who_may_read_it(
    client: FlaskClient, hand_in: HandIn, facts: dict[str, str], status: int
) -> None:
    hand_in("event", **concert(**facts))

    assert client.get("/en/events/concert").status_code == status


@pytest.mark.parametrize(
    "slug", ["nothing", "%00", "a%00b", "%ff", "..", "a" * 5000, "%F0%9F%8E%BB", "concert'--"]
)
def test_an_address_of_nothing_is_404(client: FlaskClient, slug: str) -> None:
    assert [client.get(f"/en/events/{slug}{form}").status_code for form in ("", ".ics")] == [404, 404]
