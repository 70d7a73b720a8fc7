"""What was known on two days, side by side."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.agreements.facts import SIGNED, act, agreement, sample
from tests.agreements.reading import read, words
from tests.every.markup import Markup
from tests.servers import NuChecker

Door = Callable[..., Record]
COMPARE = "/en/agreements/pact/compare"
RIGHT = act("signed-again", "signed", "2020-05-06", corrects="signed")


pytestmark = pytest.mark.usefixtures("clock")


def cells(client: FlaskClient, path: str) -> dict[str, list[str]]:
    """Return what stands in the cells beside each heading of a row."""
    page = client.get(path).text
    found: dict[str, list[str]] = {}
    for row in re.findall(r'<th scope="row">(.*?)</tr>', page, re.DOTALL):
        heading, *rest = (words(f"<main>{cell}") for cell in re.split(r"<td[^>]*>", row))
        found[heading.lstrip("> ")] = [cell.lstrip("> ") for cell in rest]
    return found


def test_two_days_stand_side_by_side_and_say_what_differs(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **sample("social-protection"))

    found = cells(client, "/en/agreements/social-protection/compare?one=2014-06-01&other=2015-12-31")

    assert found["Status Differs"] == ["Signed", "Entry into force fixed"]
    assert found["In words Differs"] == [
        "Signed on 9 December 2013. No date of entry into force is known. "
        "The bodies whose assent is needed are still to be determined: Belgium.",
        "Enters into force tomorrow.",
    ]
    assert found["Stages Differs"] == [
        "Signed 9 December 2013 In force no date known",
        "Signed 9 December 2013 Entry into force fixed 22 December 2015 In force 1 January 2016",
    ]
    assert found["Belgium Differs"][0] == (
        "Signature Signed · 9 December 2013 Competent Belgian parliaments to be determined · federal "
        "Consent to be bound still open In force no date known "
        "Where it stands Signed; the competent bodies are to be determined · 9 December 2013"
    )
    assert [sides for heading, sides in found.items() if heading.startswith("Signature 9 December 2013")] == [
        ["Known", "Known"]
    ]
    late = [sides for heading, sides in found.items() if heading.startswith("Publication in the gazette")]
    assert late == [["Not known yet", "Known"]]


def test_a_correction_shows_what_it_corrected(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, RIGHT))

    found = cells(client, f"{COMPARE}?one=2020-05-05&other=2020-05-06")
    back = cells(client, f"{COMPARE}?one=2020-05-06&other=2020-05-05")

    wrong = "Signature 4 May 2020 · all parties · Official gazette of 2020-05-04 Differs"
    right = "Signature 6 May 2020 · all parties · Official gazette of 2020-05-06 Differs"
    assert found[wrong] == ["Known", "Corrected by a later act"]
    assert found[right] == ["Not known yet", "Known"]
    assert back == {heading: sides[::-1] for heading, sides in found.items()}


def test_without_days_the_first_that_anything_was_known_is_compared_with_today(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("agreement", **agreement(SIGNED, RIGHT))
    hand_in("agreement", **agreement(slug="bare"))

    days = [
        [found["value"] for found in Markup(client.get(path).text).all("input", type="date")]
        for path in (COMPARE, "/en/agreements/bare/compare")
    ]

    assert days == [["2020-05-04", "2026-11-22"], ["2026-11-22", "2026-11-22"]]
    assert "On both days the same was known." in read(client, "/en/agreements/bare/compare")
    assert "On both days the same" not in read(client, COMPARE)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("one=2026-11-23", "one"),
        ("one=2020-05-05&other=2026-11-23", "other"),
        ("one=2020-05-05&other=soon", "other"),
    ],
)
def test_days_ahead_and_no_days_are_asked_for_again(
    client: FlaskClient, hand_in: Door, query: str, wrong: str
) -> None:
    hand_in("agreement", **agreement(SIGNED))

    answer = client.get(f"{COMPARE}?{query}")

    page = Markup(answer.text)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert [found["name"] for found in page.all("input", **{"aria-invalid": "true"})] == [wrong]
    assert [found["name"] for found in page.all("input", type="text")] == ["one", "other"]
    assert page.all("a", href=f"#{wrong}") != []


def test_the_page_leads_to_the_comparison(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))

    pages = [client.get(f"/en/agreements/pact{query}").text for query in ("", "?known=2020-06-01")]

    assert [
        f'href="{COMPARE}{query}"' in page for page, query in zip(pages, ("", "?one=2020-06-01"), strict=True)
    ] == [
        True,
        True,
    ]


def test_what_is_withheld_is_on_neither_side(client: FlaskClient, hand_in: Door) -> None:
    hidden = act(
        "hush", "body_assented", "2020-06-01", party="AL", audience="staff", citation={"en": "Wombat"}
    )
    hand_in("agreement", **agreement(SIGNED, hidden))

    assert "Wombat" not in client.get(f"{COMPARE}?one=2020-05-05&other=2021-01-01").text


@pytest.mark.parametrize("query", ["?one=2014-06-01&other=2015-12-31", "?one=never"])
def test_the_comparison_is_good_html(
    client: FlaskClient, hand_in: Door, nu_checker: NuChecker, query: str
) -> None:
    hand_in("agreement", **sample("social-protection"))

    page = client.get(f"/ar/agreements/social-protection/compare{query}").text

    assert nu_checker.complaints(page) == []
