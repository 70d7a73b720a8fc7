"""The rest of an office's page: the week, closures, ways to reach it, services and who confirmed."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.db.record import Record
from embassy.web.house import House
from tests.consular.facts import EVERY_DAY, NIGHTLY, at, closure, heading, hours, mission, office, part, words

Door = Callable[..., Record]


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Ten in the morning of an ordinary Tuesday in Brussels."""
    with time_machine.travel(at("2026-07-14T08:00"), tick=False):
        yield


def page_of(client: FlaskClient, path: str = "/en/consular/office") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def rows(page: str, table: str) -> list[str]:
    return [
        words(row)
        for row in re.findall(r"<tr.*?</tr>", page.partition(table)[2].partition("</table>")[0], re.S)
    ]


def facts(page: str) -> list[str]:
    return [words(pair) for pair in re.findall(r"<dt.*?</dd>", page.partition("at-the-door")[2], re.S)]


def test_the_week_marks_today_and_tells_why_a_day_differs(client: FlaskClient, hand_in: Door) -> None:
    differing = [
        closure("2026-07-13", "Staff day", cause="ad_hoc"),
        closure("2026-07-15", "Short day", cause="ad_hoc", hours=["10:00-12:00", "13:00-14:00"]),
        closure("2026-07-16", "Perhaps a holiday", status="proposed"),
    ]
    open_week = [*hours(), *hours("00:00", "24:00", ("saturday",), by_appointment="yes")]
    hand_in("mission", **mission())
    hand_in("office", **office(hours=open_week, closures=differing))

    week = rows(page_of(client), '<table class="hours">')

    assert week == [
        "Day Hours",
        "Monday closed Staff day",
        "Tuesday (today) 09:00–17:00",
        "Wednesday 10:00–12:00 13:00–14:00 Short day",
        "Thursday 09:00–17:00 Perhaps a holiday: not yet confirmed",
        "Friday 09:00–17:00",
        "Saturday day and night by appointment",
        "Sunday closed",
    ]


def test_the_next_three_closures_come_with_their_reasons(client: FlaskClient, hand_in: Door) -> None:
    ahead = [
        closure("2026-07-06", "Over"),
        closure("2026-07-18", "On a Saturday"),
        closure("2026-12-24", "Holidays", last="2027-01-01"),
        closure("2026-07-21", "National Day", status="proposed"),
        closure("2026-08-03", "Short day", cause="ad_hoc", hours=["10:00-12:00"]),
        closure("2027-02-01", "Fourth"),
    ]
    hand_in("mission", **mission())
    hand_in("office", **office(closures=ahead))

    page = page_of(client)

    assert rows(page, '<table class="stack">') == [
        "Reason Day Hours",
        "National Day Tuesday, 21 July 2026 Not yet confirmed",
        "Short day Monday, 3 August 2026 10:00–12:00",
        "Holidays 24 December 2026 – 1 January 2027 Closed",
    ]
    assert "Public holidays that the post has not yet confirmed: call before you come." in words(page)


def test_an_office_without_closures_ahead_says_so(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(closures=[closure("2026-07-06", "Over")]))

    assert "Next closures No closures are planned." in words(page_of(client))


def test_the_page_tells_every_way_to_reach_the_office(client: FlaskClient, hand_in: Door) -> None:
    more = {
        "mailboxes": ["consulate@example.org"],
        "districts": ["Brabant", "Limburg"],
        "directions": {"en": "Ring twice."},
        "notes": {"en": "Bring your passport."},
        "source": "The embassy's page",
    }
    hand_in("mission", **mission())
    hand_in("office", **office(**more))

    page = page_of(client)

    assert facts(page) == [
        "Address Avenue Louise 179 1000 Bruxelles Belgium Show on OpenStreetMap",
        "Telephone +32 2 640 14 22",
        "Fax +32 2 640 28 58",
        "E-mail consulate@example.org",
        "Getting there Ring twice.",
        "Serves Brabant and Limburg",
        "Belongs to Embassy of Albania",
        "Source The embassy's page",
    ]
    assert "Before you come Bring your passport." in words(page)


def test_sample_numbers_are_shown_but_cannot_be_tapped(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    page = page_of(client)

    assert (page.count("tel:"), page.count('content="telephone=no"')) == (0, 1)
    assert "telephone" not in json_ld(page)


def test_real_numbers_can_be_tapped(house: House, client: FlaskClient, hand_in: Door) -> None:
    house.deployment = replace(house.deployment, sample_notice=None)
    hand_in("mission", **mission())
    hand_in("office", **office())

    page = page_of(client)

    assert re.findall(r'href="tel:([^"]+)"', page) == ["+32485401237", "+3226401422"]
    assert "telephone=no" not in page


def test_the_map_shows_the_point_or_searches_the_address(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())
    hand_in("office", **office(slug="known", latitude=50.5, longitude=4.25))

    pages = page_of(client), page_of(client, "/en/consular/known")

    assert [re.findall(r'href="(https://www.openstreetmap.org/[^"]+)"', page) for page in pages] == [
        ["https://www.openstreetmap.org/search?query=Avenue%20Louise%20179%2C%201000%20Bruxelles%2C%20BE"],
        ["https://www.openstreetmap.org/?mlat=50.5&amp;mlon=4.25#map=18/50.5/4.25"],
    ]


def test_other_services_have_hours_of_their_own(client: FlaskClient, hand_in: Door) -> None:
    passports = hours("10:00", "12:00", ("monday", "tuesday", "thursday"), "passport", by_appointment="yes")
    visas = hours("14:00", "16:00", EVERY_DAY, "visa", "phone")
    short = closure("2026-07-15", "Short day", cause="ad_hoc", hours=["15:00-18:00"])
    asked = closure("2026-07-16", "No passports", cause="ad_hoc", service="passport")
    hand_in("mission", **mission())
    hand_in("office", **office(hours=[*hours(), *passports, *visas], closures=[short, asked]))

    services = part(page_of(client), "<h2>Other services</h2>", "</ul>")

    assert services == (
        "Passports at the counter Open by appointment only, until 12:00 "
        "Next opening: Monday 20 July, 10:00 Monday to Tuesday: 10:00–12:00 (by appointment) "
        "Visas by telephone Closed now Next opening: today, 14:00 Monday to Tuesday: 14:00–16:00 "
        "Wednesday: 15:00–16:00 Thursday to Sunday: 14:00–16:00"
    )


def test_an_emergency_line_without_known_hours_shows_its_number(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(hours=hours()))
    hand_in("office", **office(slug="none", emergency=""))

    found = part(page_of(client), '<section class="emergency">', "</section>")

    assert found == "In an emergency +32 485 40 12 37"
    assert "In an emergency" not in page_of(client, "/en/consular/none")


CONFIRMED: dict[str, tuple[dict[str, str], str]] = {
    "never": ({}, "The post has not confirmed these hours."),
    "lately": ({"hours_confirmed_on": "2026-07-01"}, "Confirmed by the post on 1 July 2026."),
    "a-year-ago": (
        {"hours_confirmed_on": "2025-07-14", "hours_confirmed_by": "embassy"},
        "Confirmed on 14 July 2025 by: Embassy of Albania.",
    ),
    "earlier": (
        {"hours_confirmed_on": "2025-07-13", "hours_confirmed_by": "embassy"},
        "Confirmed on 13 July 2025 by: Embassy of Albania. Confirmed a long time ago: call before you come.",
    ),
}


def test_the_page_tells_who_confirmed_the_hours_and_warns_of_old_ones(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    for slug, (confirmed, _) in CONFIRMED.items():
        hand_in("office", **office(slug=slug, **confirmed))

    told = {
        slug: part(page_of(client, f"/en/consular/{slug}"), "</table>", "</section>") for slug in CONFIRMED
    }

    assert told == {slug: f"All times are those of Brussels. {said}" for slug, (_, said) in CONFIRMED.items()}


def test_a_deployment_sets_for_how_long_a_confirmation_holds(
    house: House, client: FlaskClient, hand_in: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "deployment", replace(house.deployment, confirmed_for=9))
    hand_in("mission", **mission())
    hand_in("office", **office(hours_confirmed_on="2026-07-05"))
    hand_in("office", **office(slug="late", hours_confirmed_on="2026-07-04"))

    found = ["a long time ago" in page_of(client, f"/en/consular/{slug}") for slug in ("office", "late")]

    assert found == [False, True]


def test_a_mission_that_is_not_shown_yet_is_not_named(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission(shown_from="2026-08-01T00:00Z"))
    hand_in("office", **office(hours_confirmed_on="2026-07-01", hours_confirmed_by="embassy"))

    before = "Embassy of Albania<" in page_of(client)
    with time_machine.travel(at("2026-08-01T00:00"), tick=False):
        after = "Embassy of Albania<" in page_of(client)

    assert (before, after) == (False, True)


def test_an_office_no_longer_listed_says_so_instead_of_its_state(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(slug="moved", publication="withdrawn", reason="It has moved."))
    hand_in("office", **office(slug="closed", publication="archived"))

    pages = [page_of(client, f"/en/consular/{slug}") for slug in ("moved", "closed")]

    warned = "Please note This office is no longer listed: its hours and numbers may be out of date"
    assert [heading(page) for page in pages] == [f"{warned} It has moved.", warned]
    assert ["application/ld+json" in page for page in pages] == [False, False]


def json_ld(page: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
    return found


def test_search_engines_read_the_hours_that_people_read(
    house: House, client: FlaskClient, hand_in: Door
) -> None:
    house.deployment = replace(house.deployment, sample_notice=None)
    weekly = [
        *hours("00:00", "24:00", ("monday",), valid_from="2026-01-01", valid_to="2026-12-31"),
        *hours("09:00", "12:00", ("tuesday",), by_appointment="yes"),
        *NIGHTLY,
    ]
    differing = [
        closure("2026-12-28", "Christmas"),
        closure("2026-08-03", "Short day", cause="ad_hoc", hours=["10:00-12:00"]),
        closure("2026-07-06", "Over"),
        closure("2026-07-21", "National Day", status="proposed"),
    ]
    hand_in("mission", **mission())
    hand_in("office", **office(hours=weekly, closures=differing, latitude=50.5, longitude=4.25))

    found = json_ld(page_of(client))

    assert found == {
        "@context": "https://schema.org",
        "@type": "Embassy",
        "name": "Office in Brussels",
        "description": "Hours and address.",
        "url": "https://embassy.example/en/consular/office",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Avenue Louise 179",
            "postalCode": "1000",
            "addressLocality": "Bruxelles",
            "addressCountry": "BE",
        },
        "hasMap": "https://www.openstreetmap.org/?mlat=50.5&mlon=4.25#map=18/50.5/4.25",
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": "https://schema.org/Monday",
                "opens": "00:00",
                "closes": "23:59",
                "validFrom": "2026-01-01",
                "validThrough": "2026-12-31",
            }
        ],
        "specialOpeningHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "opens": "10:00",
                "closes": "12:00",
                "validFrom": "2026-08-03",
                "validThrough": "2026-08-03",
            },
            {
                "@type": "OpeningHoursSpecification",
                "opens": "00:00",
                "closes": "00:00",
                "validFrom": "2026-12-28",
                "validThrough": "2026-12-28",
            },
        ],
        "additionalProperty": {
            "@type": "PropertyValue",
            "propertyID": "https://wiki.openstreetmap.org/wiki/Key:opening_hours",
            "name": "opening_hours",
            "value": 'Tu 09:00-12:00 unknown "by appointment", 2026 Jan 01-2026 Dec 31 Mo 00:00-24:00; '
            "2026 Aug 03 10:00-12:00; 2026 Dec 28 off",
            "description": "All hours, those by appointment among them, which openingHoursSpecification "
            "leaves out. Times are those of the office’s clocks; a time that the clocks skip or repeat is "
            "told exactly by hours.json alone.",
        },
        "telephone": ["+3226401422"],
        "faxNumber": "+3226402858",
        "contactPoint": {"@type": "ContactPoint", "contactType": "emergency", "telephone": "+32485401237"},
        "geo": {"@type": "GeoCoordinates", "latitude": 50.5, "longitude": 4.25},
    }


def test_search_engines_get_no_number_that_does_not_exist(
    house: House, client: FlaskClient, hand_in: Door
) -> None:
    house.deployment = replace(house.deployment, sample_notice=None)
    hand_in("mission", **mission())
    hand_in("office", **office(fax="", emergency="", phones=[]))

    found = json_ld(page_of(client))

    assert (found["telephone"], found.keys() & {"faxNumber", "contactPoint", "geo"}) == ([], set())
