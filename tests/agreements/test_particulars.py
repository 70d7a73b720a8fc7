"""What stands beside the log: signatories, term, statements, guides and assessments."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from embassy.app import create_app
from embassy.config import SAMPLE, Settings
from embassy.db.record import Record
from embassy.web.house import House
from tests.agreements.facts import SIGNED, act, agreement
from tests.agreements.parts import (
    GUIDE,
    HIDDEN,
    JUDGED,
    OBJECTED,
    PAGE,
    RESERVED,
    everything,
    judged,
    section,
)
from tests.agreements.reading import read
from tests.consular.facts import office
from tests.rooms import Reader
from tests.servers import NuChecker

Door = Callable[..., Record]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


pytestmark = pytest.mark.usefixtures("clock")


def test_signatories_are_linked_named_as_printed_or_known_by_their_post(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("person", slug="besa", title={"en": "Besa Kola"})
    signed = [
        {"party": "AL", "person": "besa", "post": {"en": "Minister"}},
        {"party": "BE", "name": "M. Dupont"},
        {"party": "BE", "post": {"en": "Ambassador"}},
    ]
    hand_in("agreement", **agreement(signatories=signed))

    page = client.get(PAGE).text

    told = "Besa Kola Minister · Albania M. Dupont Belgium Ambassador Belgium"
    assert section(page, "Who signed") == told
    assert '<a href="/en/directory/people/besa">Besa Kola</a>' in page
    assert "Pact on rivers" in client.get("/en/directory/people/besa").text


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_signatory_readers_may_not_find_is_the_printed_name_or_nothing(
    client: FlaskClient, hand_in: Door, hidden: dict[str, Any]
) -> None:
    hand_in("person", slug="wombat", title={"en": "Wombat"}, **hidden)
    signed = [{"party": "AL", "person": "wombat", "name": "W. Bat"}, {"party": "BE", "person": "wombat"}]
    hand_in("agreement", **agreement(signatories=signed))

    page = client.get(PAGE).text

    assert section(page, "Who signed") == "W. Bat Albania"
    assert "wombat" not in page.lower()


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ({"term": "indefinite"}, "It is concluded for an unlimited period."),
        (
            {"term": "until", "term_until": "2030-12-31", "renewal": "tacit"},
            "It lasts until 31 December 2030. After that it is renewed by itself, unless a party objects.",
        ),
        (
            {"term": "years", "term_years": 5, "renewal": "express", "notice_months": 1},
            "It lasts for 5 years. After that it goes on only if the parties agree to renew it. "
            "A party can end it by giving notice 1 month ahead.",
        ),
        ({"notice_months": 6}, "A party can end it by giving notice 6 months ahead."),
        ({}, ""),
    ],
)
def test_how_long_it_lasts_is_said_in_plain_sentences(
    client: FlaskClient, hand_in: Door, term: dict[str, Any], told: str
) -> None:
    hand_in("agreement", **agreement(**term))

    assert section(client.get(PAGE).text, "How long it lasts") == told


def test_statements_tell_who_stated_what_in_answer_to_whom(client: FlaskClient, hand_in: Door) -> None:
    bare = {name: value for name, value in OBJECTED.items() if name != "url"}
    hand_in("agreement", **agreement(statements=[RESERVED | {"day": "2020-05"}, bare]))

    page = client.get(PAGE).text

    assert section(page, "Reservations, objections and declarations") == (
        "Albania · Reservation Not the upper Drin. May 2020 · Note of the depositary "
        "Belgium · Objection · in answer to: Albania All of it. Note of the depositary"
    )
    assert page.count('<a href="https://depositary.example/1" rel="noopener">Note of the depositary</a>') == 1


def test_a_statement_is_not_told_of_before_its_day(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(statements=[RESERVED | {"day": "2020-05-04"}]))

    days = ("2020-05-03", "2020-05-04")
    told = [
        section(client.get(f"{PAGE}?known={day}").text, "Reservations, objections and declarations")
        for day in days
    ]

    assert [bool(words) for words in told] == [False, True]


def test_a_party_that_joined_later_may_state_and_be_judged(client: FlaskClient, hand_in: Door) -> None:
    joined = act("joined", "instrument_deposited", "2021-01-01", party="FR", consent="accession")
    parts = {"statements": [RESERVED | {"party": "FR"}], "assessments": [judged("FR", "begun", "2022-01-01")]}
    hand_in("agreement", **agreement(SIGNED, joined, form="plurilateral", **parts))

    page = read(client, PAGE)

    assert "France Begun begun says the press · public since 1 January 2022" in page
    assert "France · Reservation Not the upper Drin." in page


@pytest.mark.usefixtures("neighbours")
def test_the_guide_has_a_heading_for_each_kind_of_reader(client: FlaskClient, hand_in: Door) -> None:
    guides = [
        {"reader": "family", "text": {"en": "Picnic."}},
        GUIDE,
        {"reader": "worker", "text": {"en": "Row."}, "form_name": {"en": "R 2"}, "reviewed": "2024-11-21"},
    ]
    hand_in("agreement", **agreement(guide={"en": "Rivers are for all."}, guides=guides))

    now, then = (client.get(f"{PAGE}{query}").text for query in ("", "?known=2026-11-21"))

    assert section(now, "What it means for you") == (
        "Rivers are for all. Workers Fish freely. From when March 2021 Form to fill in Form F 1 "
        "Where to ask Office in Brussels Last checked on 22 November 2026 "
        "Row. Form to fill in R 2 "
        "Last checked on 21 November 2024, more than two years ago: ask whether it still holds. "
        "Families Picnic."
    )
    assert '<a href="https://forms.example/f1" rel="noopener">Form F 1</a>' in now
    assert re.findall("<h3>(Workers|Families)</h3>", now) == ["Workers", "Families"]
    assert section(then, "What it means for you") == "Rivers are for all."


@pytest.mark.parametrize(("reviewed", "stale"), [("2024-11-22", False), ("2024-11-21", True)])
def test_a_review_is_old_after_two_years(
    client: FlaskClient, hand_in: Door, reviewed: str, stale: bool
) -> None:
    hand_in(
        "agreement",
        **agreement(guides=[{"reader": "student", "text": {"en": "Swim."}, "reviewed": reviewed}]),
    )

    assert ("more than two years ago" in client.get(PAGE).text) is stale


@pytest.mark.usefixtures("neighbours")
@pytest.mark.parametrize("hidden", HIDDEN)
def test_an_office_readers_may_not_find_is_not_named(
    client: FlaskClient, hand_in: Door, hidden: dict[str, Any]
) -> None:
    hand_in("office", **office(slug="wombat", title={"en": "Wombat office"}, **hidden))
    hand_in(
        "agreement", **agreement(guides=[{"reader": "worker", "text": {"en": "Fish."}, "office": "wombat"}])
    )

    page = client.get(PAGE).text

    assert section(page, "What it means for you") == "Workers Fish."
    assert "wombat" not in page.lower()


@pytest.mark.usefixtures("neighbours")
def test_no_office_is_named_where_its_room_is_off(hand_in: Door, settings: Settings, tmp_path: Any) -> None:
    hand_in("agreement", **everything())
    whole = (SAMPLE / "deployment.toml").read_text(encoding="utf-8")
    plan = tmp_path / "deployment.toml"
    plan.write_text(whole.replace('"consular", ', ""), encoding="utf-8")
    service = create_app(
        Settings(settings.data, settings.database_url, settings.public_url, plan, settings.secret_key)
    )

    page = Reader(service).get(PAGE)

    service.extensions["embassy"].database.dispose()
    assert (page.status_code, "Where to ask" in page.text) == (200, False)


def test_assessments_stand_side_by_side_and_are_never_merged(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, assessments=JUDGED))

    page = client.get(PAGE).text

    assert section(page, "Is it implemented?") == (
        "Each line is what one source says, the latest first. Sources may disagree. "
        "Albania Implemented implemented says the press · 2022 · public since 1 January 2023 "
        "Stalled stalled says the press · 30 April 2022 · public since 1 May 2022 "
        "Begun begun says the press · public since 1 June 2021 "
        "Belgium Disputed disputed says the press · not after 15 January 2023 · public since 1 February 2023"
    )
    assert '<a href="https://press.example/1" rel="noopener">implemented says the press</a>' in page


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2021-05-31", []),
        ("2021-06-01", ["begun"]),
        ("2022-12-31", ["stalled", "begun"]),
        ("2023-01-01", ["implemented", "stalled", "begun"]),
    ],
)
def test_a_past_day_knows_only_the_assessments_made_by_then(
    client: FlaskClient, hand_in: Door, day: str, told: list[str]
) -> None:
    hand_in("agreement", **agreement(SIGNED, assessments=JUDGED))

    page = client.get(f"{PAGE}?known={day}").text

    assert re.findall(r"(\w+) says the press", section(page, "Is it implemented?")) == told


@pytest.mark.parametrize("language", ["en", "sr-Latn", "ar"])
@pytest.mark.usefixtures("neighbours")
def test_the_page_with_every_part_is_good_html(
    client: FlaskClient, hand_in: Door, nu_checker: NuChecker, language: str
) -> None:
    hand_in("agreement", **everything())

    pages = [client.get(f"/{language}/agreements/{slug}").text for slug in ("pact", "treaty")]

    assert [nu_checker.complaints(page) for page in pages] == [[], []]


@pytest.mark.usefixtures("neighbours")
def test_the_page_asks_as_often_for_two_parts_as_for_one(
    house: House, client: FlaskClient, hand_in: Door
) -> None:
    asked: list[str] = []
    event.listen(
        house.database.reading_engine, "before_cursor_execute", lambda *given: asked.append(given[2])
    )
    for slug in ("a", "b"):
        hand_in("person", slug=slug, title={"en": slug})
        hand_in("office", **office(slug=slug))
        hand_in("agreement", **agreement(slug=slug, relations=[{"kind": "amends", "other": "treaty"}]))
    counted = []
    for slugs in (["a"], ["a", "b"]):
        parts = {
            "relations": [{"kind": "amends", "other": slug} for slug in slugs],
            "signatories": [{"party": "AL", "person": slug} for slug in slugs],
            "statements": [RESERVED for _ in slugs],
            "guides": [GUIDE | {"office": slug} for slug in slugs],
            "assessments": JUDGED[: len(slugs)],
        }
        hand_in("agreement", **agreement(SIGNED, **parts))
        asked.clear()
        page = client.get(PAGE).text
        counted.append((len(asked), page.count(">Office in Brussels</a>")))

    (one, _), (two, _) = counted
    assert two == one
    assert [offices for _, offices in counted] == [1, 2]
