"""The way ahead on pages: who is waited for, what others took, what would follow."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement
from tests.agreements.reading import read
from tests.servers import NuChecker

Door = Callable[..., Record]
PACT, AHEAD = "/en/agreements/pact", "/en/agreements/pact/ahead"
CLAUSE = [{"trigger": "last_notification_received", "rule": "first_of_nth_month 3"}]
HOUSE = {"uid": "house", "party": "BE", "body": {"en": "House of Representatives"}, "required": "yes"}
NOTE = act("note", "internal_procedures_notified", "2026-10-01", party="AL", received="2026-10-02")


pytestmark = pytest.mark.usefixtures("clock")


def waited(client: FlaskClient, path: str = PACT) -> list[str]:
    """Return the lines of who is waited for."""
    page = client.get(path).text.partition("Who is waited for</h2>")[2].partition("</ul>")[0]
    told = re.sub(r"<[^>]+>", " ", page.replace("</li>", "|"))
    return [re.sub(r"\s+", " ", line).strip() for line in told.split("|") if line.strip()]


def others(hand_in: Door, took: dict[str, str], **other: Any) -> None:
    """Hand in agreements signed on 4 May 2020, with the days on which they entered into force."""
    for slug, entered in took.items():
        began = act("in-force", "entry_into_force_asserted", entered, known_from="2026-05-04")
        hand_in("agreement", **agreement(SIGNED, began, slug=slug, **other))


FIVE = {f"pact-{n}": f"202{n}-05-04" for n in range(1, 6)}


def test_each_open_step_is_named_with_how_long_it_has_been_waited_for(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("agreement", **agreement(SIGNED, NOTE, steps=[HOUSE], clause=CLAUSE))

    assert waited(client) == [
        "Belgium · House of Representatives assent for 6 years and 7 months · longer than usual"
    ]
    assert waited(client, AHEAD) == waited(client)
    assert waited(client, f"{PACT}?known=2020-06-01") == [
        "Albania notification or instrument for 28 days",
        "Belgium · House of Representatives assent for 28 days",
    ]


def test_what_is_under_embargo_is_still_waited_for(client: FlaskClient, hand_in: Door) -> None:
    hidden = act(
        "assent", "body_assented", "2026-11-20", party="BE", step="house", shown_from="2026-12-01T00:00Z"
    )
    hand_in("agreement", **agreement(SIGNED, NOTE, hidden, steps=[HOUSE], clause=CLAUSE))

    assert "House of Representatives assent" in waited(client)[0]


@pytest.mark.parametrize("acts", [[SIGNED, IN_FORCE], []])
def test_nothing_is_waited_for_where_nothing_is_on_its_way(
    client: FlaskClient, hand_in: Door, acts: list[dict[str, Any]]
) -> None:
    hand_in("agreement", **agreement(*acts))

    assert waited(client) == []
    assert "Nothing is waited for" in read(client, AHEAD)


FRENCH = [{"code": "AL", "country": "AL"}, {"code": "FR", "country": "FR"}]
CULTURE = {"subjects": ["culture"]}


@pytest.mark.parametrize(
    ("own", "other", "compared"),
    [
        ({}, {}, "Of 5 agreements of this kind between these parties"),
        ({}, {"kind": "protocol"}, "Of 5 agreements between these parties"),
        ({}, {"parties": FRENCH}, "Of 5 agreements of this kind on the same subject"),
        (CULTURE, {"parties": FRENCH}, "Of 5 agreements of this kind, the quickest"),
        (CULTURE | {"kind": "treaty"}, {"parties": FRENCH}, ""),
    ],
)
def test_the_closest_comparison_with_five_agreements_is_told(
    client: FlaskClient, hand_in: Door, own: dict[str, Any], other: dict[str, Any], compared: str
) -> None:
    hand_in("agreement", **agreement(SIGNED, **own))
    others(hand_in, FIVE, **other)

    told = read(client, PACT)

    spans = "12 months after signature, the slowest 5 years; half of them within 3 years."
    assert (compared in told, spans in told) == (True, bool(compared))
    assert ("the quickest entered into force" in told) == bool(compared)


def test_four_are_too_few_and_hidden_ones_do_not_count(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))
    others(hand_in, dict(list(FIVE.items())[:4]))
    others(hand_in, {"hidden": "2026-05-04"}, audience="staff")
    others(hand_in, {"vague": "2026"})

    assert "the quickest" not in read(client, PACT)


def test_arithmetic_by_the_clause_answers_both_questions(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, clause=CLAUSE))

    asked = read(client, AHEAD)
    follows = read(client, f"{AHEAD}?completed=2026-10-14")
    needed = read(client, f"{AHEAD}?wanted=2027-01-01")

    assert ("If the last step" in asked, "must come by" in asked) == (False, False)
    assert "If the last step comes on 14 October 2026: in force on 1 January 2027." in follows
    assert "To be in force by 1 January 2027, the last step must come by 31 October 2026." in needed
    assert f'href="{AHEAD}"' in client.get(PACT).text


def test_an_open_end_of_month_and_a_clause_without_arithmetic_say_so(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("agreement", **agreement(SIGNED, clause=[CLAUSE[0] | {"rule": "plus_months 1"}]))
    hand_in("agreement", **agreement(SIGNED, slug="bare"))

    both = read(client, f"{AHEAD}?completed=2026-01-31")
    none = [read(client, f"/en/agreements/bare/ahead?{name}=2026-01-31") for name in ("completed", "wanted")]

    assert "in force on 28 February 2026 or 1 March 2026, which the clause leaves open." in both
    assert ["no day that could be worked out" in page for page in none] == [True, True]
    assert "/bare/ahead" not in client.get("/en/agreements/bare").text


def test_what_is_no_day_is_told_with_what_to_do(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, clause=CLAUSE))

    answer = client.get(f"{AHEAD}?completed=soon")

    assert (answer.status_code, "“soon” is no day. Go back and choose one" in answer.text) == (400, True)


def test_the_page_is_valid_html(client: FlaskClient, hand_in: Door, nu_checker: NuChecker) -> None:
    hand_in("agreement", **agreement(SIGNED, steps=[HOUSE], clause=CLAUSE))

    page = client.get("/ar/agreements/pact/ahead?completed=2026-10-14&wanted=2027-01-01").text

    assert nu_checker.complaints(page) == []
