"""Lists of a chosen day, of whom is waited for, and in any order: the same in every voice."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from embassy.agreements.models import WaitPeriod
from embassy.core.access import Audience
from embassy.db.record import Record
from embassy.web.house import House
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement
from tests.agreements.reading import read, titles
from tests.every.markup import Markup
from tests.servers import NuChecker

Door = Callable[..., Record]
NOTE = act("note", "internal_procedures_notified", "2020-06-01", party="AL", received="2020-06-02")
ENDS = datetime(2026, 12, 1, 9, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("day", "status", "since", "told"),
    [
        ("2020-05-03", "Status unknown", "", "Status on 3 May 2020, as it is known today."),
        ("2020-05-04", "Signed", "4 May 2020", "Status on 4 May 2020, as it is known today."),
        ("2021-03-01", "In force", "1 March 2021", "Status on 1 March 2021, as it is known today."),
        ("2026-11-22", "In force", "1 March 2021", ""),
        (
            "2027-01-01",
            "Terminated",
            "1 January 2027",
            "Status on 1 January 2027. That day lies ahead: this is what follows from what is known today.",
        ),
    ],
)
def test_the_list_tells_the_status_of_a_chosen_day(
    client: FlaskClient, hand_in: Door, day: str, status: str, since: str, told: str
) -> None:
    over = act("over", "terminated", "2026-11-01", effective="2027-01-01")
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, over))

    page = read(client, f"/en/agreements?on={day}")
    [record] = json.loads(client.get(f"/en/agreements.json?on={day}").text)["records"]

    row = "4 May 2020 1 March 2021 Albania · Belgium"
    assert f"Pact on rivers Agreement {status} {since} {row}".replace("  ", " ") in page
    above = page.partition(" 1 agreement ")[2].partition("Agreement Status Since")[0]
    assert above.strip() == told
    assert record["status"] == status.lower().replace(" ", "_").removeprefix("status_")


def test_status_and_day_narrow_every_voice_alike(client: FlaskClient, hand_in: Door) -> None:
    lately = act("signed", "signed", "2026-02-03")
    hand_in(
        "agreement", **agreement(lately, IN_FORCE | {"event_date": "2026-10-01", "known_from": "2026-10-01"})
    )
    hand_in("agreement", **agreement(lately, slug="other", title={"en": "Other"}))

    def told(query: str) -> list[list[bool]]:
        bodies = [
            client.get(f"/en/agreements{end}?{query}").text for end in ("", ".csv", ".json", ".ics", ".atom")
        ]
        return [[title in body for title in ("Pact on rivers", "Other")] for body in bodies]

    assert told("status=signed&on=2026-05-01") == [[True, True]] * 5
    assert told("status=signed") == [[False, True]] * 5
    assert told("status=in_force&on=2026-10-01") == [[True, False]] * 5
    assert told("waiting=AL") == [[False, True]] * 5


def test_the_list_holds_what_waits_for_a_country(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, NOTE))
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, slug="done", title={"en": "Done"}))
    hand_in("agreement", **agreement(slug="bare", title={"en": "Of which nothing is known"}))
    ministry = {"code": "AL-MFA", "country": "AL", "kind": "ministry", "name": {"en": "Ministry"}}
    union = {"code": "EU", "country": "", "kind": "international_organisation", "name": {"en": "Union"}}
    hand_in("agreement", **agreement(SIGNED, slug="memo", title={"en": "Memo"}, parties=[ministry, union]))

    assert titles(client, "?waiting=BE") == ["Pact on rivers"]
    assert titles(client, "?waiting=AL") == ["Memo"]
    assert titles(client, "?waiting=FR") == []
    assert titles(client, "?waiting=BE&on=2020-01-01") == ["Pact on rivers"]


def test_a_wait_ends_by_itself_on_the_day_that_ends_it(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    note = act("note", "internal_procedures_notified", "2026-11-22", party="AL", received="2026-11-23")
    hand_in("agreement", **agreement(SIGNED, note))
    told = act("told", "internal_procedures_notified", "2026-11-20", party="AL", shown_from=ENDS.isoformat())
    hand_in("agreement", **agreement(SIGNED, told, slug="told", title={"en": "Told"}))

    before = titles(client, "?waiting=AL")
    clock.move_to(datetime(2026, 11, 24, 12, tzinfo=UTC))
    received = titles(client, "?waiting=AL")
    clock.move_to(ENDS)

    assert before == ["Pact on rivers", "Told"]
    assert received == ["Told"]
    assert (titles(client, "?waiting=AL"), titles(client, "?waiting=BE")) == ([], ["Pact on rivers", "Told"])


def test_a_wait_lasts_some_time_and_has_some_days(house: House, hand_in: Door) -> None:
    stored = hand_in("agreement", **agreement(IN_FORCE))
    now, day = ENDS, ENDS.date()
    right = {
        "agreement_id": stored.id,
        "audience": Audience.public,
        "party": "AL",
        "shown_from": datetime(2026, 1, 1, tzinfo=UTC),
        "shown_to": now,
        "known_from": day.replace(day=1, month=1),
        "known_to": day,
    }

    wrongs: tuple[dict[str, Any], ...] = (
        {"shown_to": right["shown_from"]},
        {"known_to": right["known_from"]},
    )
    for wrong in wrongs:
        with pytest.raises(IntegrityError), house.database.writing() as session:
            session.add(WaitPeriod(**right | wrong))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", "ABC"),
        ("title-back", "CBA"),
        ("newest", "BAC"),
        ("oldest", "ABC"),
        ("signed-first", "BAC"),
        ("signed-last", "ABC"),
        ("entered-first", "ABC"),
        ("entered-last", "BAC"),
    ],
)
def test_the_list_stands_in_any_order_with_the_unknown_last(
    client: FlaskClient, hand_in: Door, sort: str, expected: str
) -> None:
    late, early = (act("signed", "signed", day) for day in ("2021-02-01", "2019-02-01"))
    hand_in(
        "agreement",
        **agreement(
            early,
            IN_FORCE | {"event_date": "2022-02-01", "known_from": "2022-02-01"},
            slug="b",
            title={"en": "B"},
        ),
    )
    hand_in("agreement", **agreement(late, IN_FORCE, slug="a", title={"en": "A"}))
    hand_in("agreement", **agreement(slug="c", title={"en": "C"}))

    assert "".join(titles(client, f"?sort={sort}")) == expected
    files = json.loads(client.get(f"/en/agreements.json?sort={sort}").text)["records"]
    assert "".join(record["title"] for record in files) == expected


def test_headings_say_how_the_list_is_ordered_and_offer_the_other_way(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("agreement", **agreement(SIGNED))

    def headings(query: str) -> dict[str, str]:
        elements = Markup(client.get(f"/en/agreements{query}").text).elements
        return {
            link["href"].partition("?")[2]: head.get("aria-sort", "")
            for (name, head), (_a, link) in pairwise(elements)
            if name == "th" and head.get("scope") == "col" and "href" in link
        }

    assert headings("?party=AL") == {
        "party=AL&sort=title-back": "ascending",
        "party=AL&sort=newest": "",
        "party=AL&sort=signed-last": "",
        "party=AL&sort=entered-last": "",
    }
    assert headings("?sort=signed-last") == {
        "sort=title": "",
        "sort=newest": "",
        "sort=signed-first": "descending",
        "sort=entered-last": "",
    }


def test_filters_keep_the_order(client: FlaskClient) -> None:
    pages = [
        Markup(client.get(f"/en/agreements{query}").text) for query in ("", "?sort=newest&on=2020-01-01")
    ]

    hidden = [[found["value"] for found in page.all("input", type="hidden", name="sort")] for page in pages]

    assert hidden == [[], ["newest"]]


def test_the_list_is_good_html(client: FlaskClient, hand_in: Door, nu_checker: NuChecker) -> None:
    hand_in("agreement", **agreement(SIGNED | {"event_date": "2020", "known_from": "2021-01-01"}))

    page = client.get("/ar/agreements?sort=entered-first&on=2030-01-01&waiting=BE").text

    assert nu_checker.complaints(page) == []
