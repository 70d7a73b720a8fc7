"""Guides to services: what to bring, what it costs, and at which offices and hours a service is had."""

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from embassy.app import build
from embassy.consular.guide import Guide
from embassy.consular.guide_queries import offices
from embassy.consular.vocabulary import Service
from embassy.core.access import ANONYMOUS
from embassy.core.facts import Refused
from embassy.db import files
from embassy.web.formats import money
from embassy.web.house import House
from tests import rooms
from tests.consular.facts import at, guide, hours, mission, of, office, part, words
from tests.pdfs import made
from tests.plans import plans
from tests.rooms import ADDRESS, Door

NOON = at("2026-07-14T10:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of a Tuesday in Brussels, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def posts(hand_in: Door) -> None:
    """Two missions; one office has hours for passports, the other none of its own."""
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="other", title={"en": "Zagreb"}, host="HR", accreditations=[]))
    passports = hours("14:00", "16:00", ("tuesday", "wednesday"), "passport", by_appointment="yes")
    hand_in("office", **office(hours=[*hours(), *passports]))
    hand_in(
        "office", **office(slug="zagreb", mission="other", title={"en": "Office in Zagreb"}, country="HR")
    )


def page(client: FlaskClient, path: str = "/en/consular/services/guide") -> str:
    """Return the words of a page's main part."""
    answer = client.get(path)
    assert answer.status_code == 200
    return part(answer.text, "<main", "</main>").partition("> ")[2]


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (
            {},
            "Office in Brussels Brussels, Belgium Closed now at the counter "
            "Next opening: today, 14:00 Tuesday to Wednesday: 14:00–16:00 (by appointment)",
        ),
        (
            {"missions": of("other")},
            "No office keeps hours of its own for this: ask at the general counter. "
            "Office in Zagreb Brussels, Croatia Open now, until 17:00 at the counter "
            "Next opening: tomorrow, 09:00 Monday to Friday: 09:00–17:00",
        ),
        (
            {"service": "general_enquiries", "missions": of("other")},
            "Office in Zagreb Brussels, Croatia Open now, until 17:00 at the counter "
            "Next opening: tomorrow, 09:00 Monday to Friday: 09:00–17:00",
        ),
    ],
)
def test_a_guide_says_where_and_when(
    client: FlaskClient, hand_in: Door, facts: dict[str, Any], where: str
) -> None:
    hand_in("service", **guide(**facts))

    found = page(client).partition("Where and when ")[2].partition(" All guides")[0]

    assert found == where


def test_a_guide_without_any_office_says_so(client: FlaskClient, hand_in: Door) -> None:
    hand_in("service", **guide())

    assert "Where and when No office is listed for this service yet." in page(client)


def test_a_guide_tells_all_that_people_need(client: FlaskClient, hand_in: Door, house: House) -> None:
    digest = files.store(house.database, house.settings.files, made(title="form"), NOON)
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="secret", title={"en": "Secret post"}, audience="staff"))
    fees = [
        {"what": {"en": "For adults"}, "amount": "50", "currency": "EUR"},
        {"what": {"en": "For children"}, "amount": "0"},
        {"amount": "1500.50", "currency": "ALL"},
    ]
    hand_in(
        "service",
        **guide(
            eligible={"en": "Nationals."},
            bring=[{"what": {"en": "The old one"}}, {"what": {"en": "A picture"}}],
            fees=fees,
            duration={"en": "Four weeks."},
            basis=[
                {"citation": {"en": "VCCR, Article 5 (d)"}, "url": "https://legal.example/"},
                {"citation": {"en": "A law"}},
            ],
            forms=[
                {"title": {"en": "Application"}, "file": digest},
                {"title": {"en": "Consent"}, "url": "https://forms.example/"},
            ],
            appointment="https://appointments.example/",
            reviewed_on="2026-07-01",
            missions=of("embassy", "secret"),
            source="A ministry",
        ),
    )

    told = page(client)
    answer = client.get("/en/consular/services/guide").text

    assert told.partition("How to have one. ")[2].partition(" Where and when")[0] == (
        "What it costs For adults: €50.00 For children: free of charge ALL1,500.50 "
        "How long it takes Four weeks. Make an appointment "
        "Facts Service Passports Missions Embassy of Albania Reviewed on 1 July 2026 Source A ministry "
        "Who can have it Nationals. What to bring The old one A picture "
        "Forms Application · PDF, 1 kB Consent · Open the form"
    )
    assert "Legal basis VCCR, Article 5 (d) A law All guides to services" in told
    (path,) = re.findall(r'href="(/files/[^"]+)"', answer)
    with client.get(path) as file:
        assert sha256(file.data).hexdigest() == digest
    assert re.findall(r'href="(https://[a-z]+\.example/)"', answer.partition("<main")[2]) == [
        "https://appointments.example/",
        "https://forms.example/",
        "https://legal.example/",
    ]
    assert "Secret post" not in answer


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"valid_from": "2026-07-15"}, "This holds from 15 July 2026 on"),
        ({"valid_to": "2026-07-13"}, "This held until 13 July 2026"),
        ({"valid_from": "2026-07-14", "valid_to": "2026-07-14"}, ""),
        ({"publication": "withdrawn", "reason": "It changed."}, "This guide was withdrawn It changed."),
    ],
)
def test_a_guide_says_when_it_does_not_hold(
    client: FlaskClient, hand_in: Door, facts: dict[str, str], said: str
) -> None:
    hand_in("service", **guide(**facts))

    told = page(client)

    assert said in told
    assert ("This h" in told) == said.startswith("This h")


@pytest.mark.usefixtures("posts")
def test_search_engines_read_what_a_service_is(client: FlaskClient, hand_in: Door) -> None:
    fees = [{"amount": "50", "currency": "EUR"}, {"amount": "0"}]
    hand_in("service", **guide(fees=fees, appointment="https://appointments.example/"))
    hand_in("service", **guide(slug="bare", missions=of("other")))

    found = [client.get(f"/en/consular/services/{slug}").text for slug in ("guide", "bare")]

    whole, bare = (json.loads(one.partition('ld+json">')[2].partition("</")[0]) for one in found)
    place = {
        "@type": "Embassy",
        "name": "Office in Brussels",
        "url": "https://embassy.example/en/consular/office",
    }
    assert whole == {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": "A new passport",
        "description": "How to have one.",
        "serviceType": "Passports",
        "url": "https://embassy.example/en/consular/services/guide",
        "offers": [{"@type": "Offer", "price": "50", "priceCurrency": "EUR"}],
        "availableChannel": [
            {"@type": "ServiceChannel", "serviceLocation": place},
            {"@type": "ServiceChannel", "serviceUrl": "https://appointments.example/"},
        ],
    }
    assert [one["serviceLocation"]["name"] for one in bare["availableChannel"]] == ["Office in Zagreb"]


@pytest.mark.usefixtures("posts")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A visa", "Zagreb only"]),
        ("?service=visa", ["A visa"]),
        ("?q=ZAGREB", ["Zagreb only"]),
        ("?service=voting", []),
    ],
)
def test_guides_are_listed_and_filtered(
    client: FlaskClient, hand_in: Door, query: str, found: list[str]
) -> None:
    hand_in("service", **guide(slug="visa", title={"en": "A visa"}, service="visa"))
    hand_in("service", **guide(slug="zagreb", title={"en": "Zagreb only"}, missions=of("other")))

    listed = client.get(f"/en/consular/services{query}").text.partition("<main")[2]
    table = client.get(f"/en/consular/services.json{query}").get_json()

    assert re.findall(r'<h2><a href="[^"]+">([^<]+)</a>', listed) == found
    assert [record["title"] for record in table["records"]] == found
    assert ("No guide matches" in words(listed)) == (found == [])


@pytest.mark.usefixtures("posts")
def test_an_office_leads_to_the_guides_of_its_mission(client: FlaskClient, hand_in: Door) -> None:
    hand_in("service", **guide(slug="all", title={"en": "For all"}))
    hand_in("service", **guide(slug="own", title={"en": "Its own"}, missions=of("embassy")))
    hand_in("service", **guide(slug="else", title={"en": "Of another"}, missions=of("other")))
    hand_in("service", **guide(slug="staff", title={"en": "For staff"}, audience="staff"))

    office_page = client.get("/en/consular/office").text

    assert part(office_page, "<h2>What you need for each service</h2>", "</ul>") == "For all Its own"


def test_programs_get_the_guides(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="secret", audience="staff"))
    fees = [{"amount": "12.50", "currency": "EUR"}]
    stored = hand_in(
        "service", **guide(fees=fees, missions=of("embassy", "secret"), reviewed_on="2026-07-01")
    )

    (record,) = client.get("/en/consular/services.json").get_json()["records"]

    assert record == {
        "uid": str(stored.uid),
        "url": "https://embassy.example/en/consular/services/guide",
        "title": "A new passport",
        "service": "passport",
        "fees": ["12.50 EUR"],
        "appointment": "",
        "reviewed_on": "2026-07-01",
        "missions": ["embassy"],
    }


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"fees": [{"amount": "5"}]}, ("fees", 0, "currency")),
        ({"fees": [{"amount": "5", "currency": "ZZZ"}]}, ("fees", 0, "currency")),
        ({"fees": [{"amount": "1,50", "currency": "EUR"}]}, ("fees", 0, "amount")),
        ({"forms": [{"title": {"en": "None"}}]}, ("forms", 0, "file")),
        ({"valid_from": "2026-07-15", "valid_to": "2026-07-14"}, ("valid_to",)),
        ({"missions": of("embassy", "embassy")}, ("missions", 1, "mission")),
    ],
)
def test_what_does_not_fit_together_is_refused(
    hand_in: Door, facts: dict[str, Any], path: tuple[object, ...]
) -> None:
    hand_in("mission", **mission())

    with pytest.raises(Refused) as refused:
        hand_in("service", **guide(**facts))

    assert [refusal.path for refusal in refused.value.refusals] == [path]


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE service SET valid_from = '2026-01-02', valid_to = '2026-01-01'", "validity_in_order"),
        ("UPDATE service_form SET url = ''", "is_somewhere"),
    ],
)
def test_the_database_refuses_what_fits_nowhere(
    house: House, hand_in: Door, statement: str, constraint: str
) -> None:
    hand_in("service", **guide(forms=[{"title": {"en": "Form"}, "url": "https://forms.example/"}]))

    with pytest.raises(IntegrityError, match=constraint), house.database.writing() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", ["€12.50", "ALL1,500", "JP¥0.50"]),
        ("nl", ["€ 12,50", "ALL 1.500", "JP¥ 0,50"]),
        ("sq", ["12,50 €", "1 500 Lekë", "0,50 JP¥"]),
        ("ar", ["12.50 €", "1,500 ALL", "0.50 JP¥"]),
    ],
)
def test_money_is_written_as_the_language_writes_it(app: Flask, tag: str, told: list[str]) -> None:
    with app.test_request_context(f"/{tag}/", base_url=ADDRESS):
        app.preprocess_request()
        found = [money("12.50", "EUR"), money("1500", "ALL"), money("0.5", "JPY")]

    assert [re.sub(r"[\u00a0\u202f]", " ", one).strip("\u200f") for one in found] == told


@pytest.mark.usefixtures("posts")
def test_the_number_of_questions_does_not_grow(
    app: Flask, client: FlaskClient, hand_in: Door, queries: Callable[[], list[str]]
) -> None:
    def asked() -> dict[str, int]:
        found = {}
        for path in ("/en/consular/services", "/en/consular/services/g1", "/en/consular/office"):
            app.extensions["embassy.freshness"].store.answers.clear()
            queries()
            client.get(path)
            found[path] = len(queries())
        return found

    hand_in("service", **guide(slug="g1"))
    at_one = asked()
    for slug in ("g2", "g3"):
        hand_in("service", **guide(slug=slug, fees=[{"amount": "5", "currency": "EUR"}]))
        passports = hours("14:00", "16:00", ("tuesday",), "passport")
        hand_in("office", **office(slug=f"office-{slug}", hours=passports))

    assert asked() == at_one


def test_offices_of_a_service_are_found_by_an_index(sqlite_url: str, tmp_path: Path) -> None:
    house = build(rooms.settings(tmp_path, sqlite_url))

    with plans(house) as found, house.database.reading() as session:
        sought = Guide(service=Service.passport)
        offices(session, sought, "en", ANONYMOUS, {"now": NOON, "today": NOON.date()})
    house.database.dispose()

    (steps,) = found.values()
    assert "SEARCH service_hours USING INDEX ix_service_hours_service (service=?)" in steps
    assert [step for step in steps if step.startswith("SCAN")] == []
