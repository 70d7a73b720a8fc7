"""The card for an emergency: whom to call, and nothing that ages."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.db.record import Record
from embassy.web.house import House
from tests.consular.facts import at, mission, office, words

Door = Callable[..., Record]


def offices(page: str) -> list[str]:
    return [words(one) for one in re.findall(r'<section class="emergency">.*?</section>', page, re.S)]


def test_each_office_of_the_sending_state_stands_there_with_its_number_first(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="foreign", sending="BE", host="AL"))
    hand_in("office", **office())
    hand_in("office", **office(slug="quiet", title={"en": "Office in Ghent"}, emergency=""))
    hand_in("office", **office(slug="silent", title={"en": "Office in Mons"}, emergency="", phones=[]))
    hand_in("office", **office(slug="foreign", mission="foreign", title={"en": "Another state's"}))
    hand_in("office", **office(slug="gone", title={"en": "Gone"}, publication="archived"))

    found = offices(client.get("/en/emergency").text)

    ends = "Avenue Louise 179 1000 Bruxelles Belgium Opening hours and how to get there"
    none = "This office has no line for emergencies outside its hours."
    assert found == [
        f"Office in Brussels +32 485 40 12 37 {ends}",
        f"Office in Ghent +32 2 640 14 22 {none} {ends}",
        f"Office in Mons {none} {ends}",
    ]


def test_without_an_office_the_card_still_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/en/emergency").text

    assert offices(page) == []
    assert "No office is listed at the moment." in page
    assert "Article 36" in page


def test_an_office_whose_mission_is_not_shown_yet_is_not_on_the_card(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission(shown_from="2026-08-01T00:00Z"))
    hand_in("office", **office())

    with time_machine.travel(at("2026-07-31T23:59"), tick=False):
        before = offices(client.get("/en/emergency").text)
    with time_machine.travel(at("2026-08-01T00:00"), tick=False):
        after = offices(client.get("/en/emergency").text)

    assert (len(before), len(after)) == (0, 1)


def test_sample_numbers_on_the_card_cannot_be_tapped(
    house: House, client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    sample = client.get("/en/emergency").text
    house.deployment = replace(house.deployment, sample_notice=None)
    real = client.get("/en/emergency?real").text

    assert [re.findall(r'href="tel:([^"]+)"', page) for page in (sample, real)] == [[], ["+32485401237"]]


@pytest.mark.parametrize(
    ("tag", "june"),
    [("en", "{day} June {year}"), ("sr", "{day}. јуна {year}."), ("ar", "{day} يونيو {year}")],
)
def test_the_card_brings_the_dates_of_its_language(tag: str, june: str, client: FlaskClient) -> None:
    page = client.get(f"/{tag}/emergency").text

    (dates,) = re.findall(r'data-dates="([^"]+)"', page)

    assert (len(dates.split("|")), dates.split("|")[5]) == (12, june)


def test_the_worker_is_asked_for_anew_and_may_keep_no_more_than_the_card(client: FlaskClient) -> None:
    worker = client.get("/sq/emergency-worker.js")

    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "public, max-age=0"
    assert "Service-Worker-Allowed" not in worker.headers
    assert 'data-worker="/sq/emergency-worker.js"' in client.get("/sq/emergency").text
