"""What visitors take along from an office's page: its contact card, its code, the sign for the door."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import time_machine
from flask.testing import FlaskClient
from vdirsyncer.vobject import Item

from embassy.db.record import Record
from embassy.web.house import House
from tests.consular.facts import at, closure, hours, mission, office, words

Door = Callable[..., Record]
SECTION = re.compile(r'<section lang="(.*?)" dir="(.*?)">(.*?)</section>', re.S)
SIGN = "/en/consular/office/sign"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Ten in the morning of an ordinary Tuesday in Brussels."""
    with time_machine.travel(at("2026-07-14T08:00"), tick=False):
        yield


def lines(client: FlaskClient, path: str = "/en/consular/office.vcf") -> list[str]:
    """A card's lines as vdirsyncer's reader parts them, unfolded."""
    card = Item(client.get(path).get_data(as_text=True)).parsed
    return "\n".join(card.props).replace("\n ", "").split("\n")


def test_a_telephone_keeps_the_office_with_all_that_reaches_it(
    house: House, client: FlaskClient, hand_in: Door
) -> None:
    house.deployment = replace(house.deployment, sample_notice=None)
    hand_in("mission", **mission())
    mailboxes = ["consulate@example.org"]
    record = hand_in("office", **office(latitude=50.5, longitude=4.25, mailboxes=mailboxes))

    answer = client.get("/en/consular/office.vcf")

    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        "text/vcard",
        'attachment; filename="office.vcf"',
    )
    assert lines(client) == [
        "VERSION:4.0",
        "KIND:org",
        f"UID:urn:uuid:{record.uid}",
        "FN;LANGUAGE=en:Office in Brussels",
        'ADR;LABEL="Avenue Louise 179, 1000 Bruxelles, Belgium":;;Avenue Louise 179;Bruxelles;;1000;Belgium',
        "GEO:geo:50.5,4.25",
        "TZ:Europe/Brussels",
        "n1.TEL;TYPE=work,voice;VALUE=uri:tel:+32485401237",
        "n1.X-ABLabel:In an emergency",
        "n2.TEL;TYPE=work,voice;VALUE=uri:tel:+3226401422",
        "n2.X-ABLabel:Telephone",
        "n3.TEL;TYPE=work,fax;VALUE=uri:tel:+3226402858",
        "n3.X-ABLabel:Fax",
        "EMAIL:consulate@example.org",
        "LANG;PREF=1:sq",
        "LANG;PREF=2:nl",
        "LANG;PREF=3:fr",
        "LANG;PREF=4:de",
        "URL:https://embassy.example/en/consular/office",
        "SOURCE:https://embassy.example/en/consular/office.vcf",
        "REV:20260714T080000Z",
    ]


def test_a_card_of_sample_data_has_its_notice_in_place_of_numbers(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    found = lines(client)

    assert [line for line in found if "TEL" in line or "GEO" in line] == []
    assert [line[:36] for line in found if line.startswith("NOTE")] == [
        "NOTE:Sample data from a dated page. "
    ]


def test_an_office_without_emergency_line_or_fax_has_one_number(
    house: House, client: FlaskClient, hand_in: Door
) -> None:
    house.deployment = replace(house.deployment, sample_notice=None)
    hand_in("mission", **mission(shown_from="2027-01-01T00:00Z"))
    hand_in("office", **office(emergency="", fax="", country="EG"))

    found = [line for line in lines(client) if line.startswith(("n1", "n2", "LANG"))]

    assert found == [
        "n1.TEL;TYPE=work,voice;VALUE=uri:tel:+3226401422",
        "n1.X-ABLabel:Telephone",
        "LANG;PREF=1:sq",
        "LANG;PREF=2:ar",
    ]


def test_the_code_leads_to_the_page_of_the_office(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    page = client.get("/en/consular/office").text
    code = client.get("/qr/en/consular/office")

    assert 'src="/qr/en/consular/office"' in page
    assert (code.status_code, code.mimetype) == (200, "image/svg+xml")


def sections(client: FlaskClient, asked: str = "") -> list[tuple[str, str, str]]:
    """The language, direction and words of each part of the sign."""
    sheet = client.get(SIGN + asked).text.partition('<div class="sign">')[2]
    return [
        (tag, direction, words(told))
        for tag, direction, told in re.findall(
            r'<section lang="(.*?)" dir="(.*?)">(.*?)</section>', sheet, re.S
        )
    ]


def test_the_sign_tells_usual_hours_and_confirmed_closures_in_each_language_asked_for(
    client: FlaskClient, hand_in: Door
) -> None:
    shut = [
        closure("2026-07-14", "Staff day", cause="ad_hoc"),
        closure("2026-07-21", "Perhaps", status="proposed"),
        closure("2026-07-22", "Short day", cause="ad_hoc", hours=["10:00-12:00"]),
    ]
    weekly = [*hours(days=("monday", "tuesday")), *hours("09:00", "12:00", ("friday",), by_appointment="yes")]
    hand_in("mission", **mission())
    hand_in("office", **office(hours=weekly, closures=shut))

    found = sections(client, "?languages=en&languages=ar")

    assert found[0] == (
        "en",
        "ltr",
        "Office in Brussels Opening hours Monday to Tuesday 09:00–17:00 Friday 09:00–12:00 (by appointment) "
        "Tuesday, 14 July 2026: closed (Staff day) Wednesday, 22 July 2026: 10:00–12:00 (Short day) "
        "As of 14 July 2026. In an emergency, call the number below.",
    )
    assert (found[1][:2], "من الاثنين إلى الثلاثاء" in found[1][2]) == (("ar", "rtl"), True)


def test_the_sign_speaks_the_languages_of_both_states_unless_others_are_asked_for(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(hours=[], emergency=""))

    usual, one = sections(client), sections(client, "?languages=sr-Latn")

    assert [tag for tag, *_ in usual] == ["sq", "nl", "fr"]
    assert one == [
        ("sr-Latn", "ltr", "Office in Brussels Radno vreme nije poznato Stanje na dan 14. jula 2026.")
    ]


def test_where_no_official_language_is_offered_the_sign_speaks_that_of_the_page(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission(sending="JP", host="KR"))
    hand_in("office", **office(country="KR"))

    assert [tag for tag, *_ in sections(client)] == ["en"]


@pytest.mark.parametrize("asked", ["?languages=xx", "?languages=sq&languages=en&languages=fr&languages=nl"])
def test_too_many_or_unknown_languages_are_refused_in_words(
    asked: str, client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    refused = client.get(SIGN + asked)

    assert refused.status_code == 400
    assert "Choose up to 3 of the languages offered here." in refused.text


def test_the_page_of_the_sign_keeps_its_languages_when_it_changes_its_own(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    page = client.get(f"{SIGN}?languages=sq&languages=nl").text

    assert 'href="https://embassy.example/fr/consular/office/sign?languages=sq&amp;languages=nl"' in page
    assert page.count(" checked>") == 2
    assert '<html lang="en"' in page
    assert "Show this sign" in page


def test_an_office_no_longer_listed_leaves_nothing_to_take(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(publication="archived"))

    assert [client.get(path).status_code for path in (SIGN, "/en/consular/office.vcf")] == [410, 410]
