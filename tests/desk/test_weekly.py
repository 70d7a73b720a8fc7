"""The week as a grid: read as people type, foreseen day by day, wrong cells named, approved by another."""

import re
from typing import Any

import pytest

from embassy.core.access import Role
from tests.accounts.desk import Desk
from tests.consular.facts import closure, mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import Draft, begun, shown
from tests.desk.forms import filled
from tests.rooms import Door
from tests.servers import NuChecker

SHEET = "/en/desk/records/office/brussels/sheets/week"


@pytest.fixture
def eda(colleague: Colleague, hand_in: Door) -> Desk:
    """An editor at her desk, and an office that is open on weekdays and answers at night."""
    hand_in("mission", **mission())
    hand_in("office", **office(slug="brussels", closures=[closure("2026-11-30", "Independence Day")]))
    return colleague("eda", Role.editor)


def send(desk: Desk, do: str, page: str = SHEET, text: str = "", **cells: str) -> Any:
    """Fill in the grid and send it; `row_0_monday` names a cell."""
    typed = {name.replace("_", "-") if "row" in name else name: one for name, one in cells.items()}
    return desk.post(page, {**dict(filled(text or desk.get(page).text, page)), **typed, "do": do})


def kept(desk: Desk) -> list[str]:
    """Return the hours of the latest change, in a line each."""
    held = shown(desk.app.extensions["embassy"])["facts"].get("hours", [])
    return [f"{one['service']} {one['weekday']} {one['opens']}-{one['closes']}" for one in held]


def foreseen(page: str) -> dict[str, list[list[str]]]:
    """Return the days that change, by the words above them."""
    found = re.findall(r"<summary>([^<]+)</summary>\s*<table.*?<tbody>(.*?)</tbody>", page, re.DOTALL)
    return {
        told: [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in body.split("</tr>")[:-1]]
        for told, body in found
    }


def errors(page: str) -> list[tuple[str, str]]:
    """Return the errors with the fields that they lead to."""
    return re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', page)


def test_the_grid_shows_what_stands_and_changes_nothing_by_itself(eda: Desk) -> None:
    fields = dict(filled(eda.get(SHEET).text, SHEET))
    looked = send(eda, "look")

    assert fields["row-0-monday"] == "09:00–17:00"
    assert fields["row-0-saturday"] == ""
    assert fields["row-1-service"] == "emergency_assistance"
    assert fields["row-1-sunday"] == "22:00–06:00"
    assert (fields["row-2-service"], fields["row-2-monday"]) == ("", "")
    assert "No day of the next 60 changes." in looked.text
    assert "Nothing: it says the same as before." in looked.text


def test_what_changes_is_foreseen_before_it_is_handed_in(eda: Desk, besa: Desk) -> None:
    looked = send(eda, "look", row_0_monday="9-12, 14h–16h", row_0_friday="")
    led = send(eda, "submit", SHEET, looked.text)
    Draft(besa, led.location).send("approve", "/decision")

    (told, days), *others = foreseen(looked.text).items()
    assert others == []
    assert told == "General enquiries at the counter: 16 days of the next 60 change"
    assert days[:3] == [
        ["Monday, 23 November 2026", "09:00–17:00", "09:00–12:00, 14:00–16:00"],
        ["Friday, 27 November 2026", "09:00–17:00", "closed"],
        ["Friday, 4 December 2026", "09:00–17:00", "closed"],
    ]
    assert kept(eda)[:3] == [
        "general_enquiries monday 09:00-12:00",
        "general_enquiries monday 14:00-16:00",
        "general_enquiries tuesday 09:00-17:00",
    ]


def test_a_line_is_added_in_the_empty_one_and_goes_with_its_last_hours(eda: Desk) -> None:
    visa = {
        "row_2_service": "visa",
        "row_2_channel": "counter",
        "row_2_monday": "١٠:٠٠–١١:٠٠",
        "row_2_from": "1.12.2026",
        "row_2_to": "2026-12-31",
        "row_2_appointment": "yes",
    }
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    led = send(eda, "save", **visa, **{f"row_0_{day}": "" for day in days})
    held = shown(eda.app.extensions["embassy"])["facts"]["hours"]
    fields = dict(filled(eda.get(f"{led.location}/sheets/week").text, f"{led.location}/sheets/week"))

    assert [one["service"] for one in held] == ["emergency_assistance"] * 7 + ["visa"]
    assert held[7] == {
        "service": "visa",
        "channel": "counter",
        "weekday": "monday",
        "opens": "10:00",
        "closes": "11:00",
        "valid_from": "2026-12-01",
        "valid_to": "2026-12-31",
        "by_appointment": "yes",
    }
    assert (fields["row-1-appointment"], fields["row-1-from"]) == ("yes", "2026-12-01")


def test_each_cell_that_is_wrong_is_named_in_words_and_nothing_is_kept(eda: Desk) -> None:
    refused = send(
        eda,
        "save",
        row_0_monday="nine",
        row_0_from="soon",
        row_1_from="2026-12-02",
        row_1_to="2026-12-01",
        row_2_tuesday="9-10",
    )

    assert refused.status_code == 422
    counter, night = "General enquiries at the counter", "Help in an emergency on the emergency line"
    day = "A day as year-month-day, such as 2013-12-09, from the year 1000 to 2999."
    times = "Write hours such as 9:00–12:00, 14:00–16:00; leave it empty where there are none."
    assert errors(refused.text) == [
        ("row-0-from", f"{counter}: {day}"),
        ("row-0-monday", f"{counter}, Monday: {times}"),
        ("row-1-to", f"{night}: The last day cannot lie before the first."),
        ("row-2-service", "Line 3: Choose one of those that are offered."),
        ("row-2-channel", "Line 3: Choose one of those that are offered."),
    ]
    assert shown(eda.app.extensions["embassy"])["author"] == "tests"
    assert dict(filled(refused.text, SHEET))["row-0-monday"] == "nine"


def test_hours_that_overlap_are_named_by_their_cell(eda: Desk) -> None:
    line = {"row_2_service": "general_enquiries", "row_2_channel": "counter", "row_2_monday": "16:30-18"}

    refused = send(eda, "look", **line)

    assert errors(refused.text) == [
        (
            "row-2-monday",
            "General enquiries at the counter, Monday: these hours overlap others of the same service, from "
            "09:00 to 17:00. Change the times of one of them, or the days from and to which they hold.",
        )
    ]


def test_the_day_on_which_the_post_confirmed_is_asked_for_once_it_is_long_ago(
    eda: Desk, hand_in: Door
) -> None:
    never = eda.told(SHEET)
    hand_in("office", **office(slug="brussels", closures=[], hours_confirmed_on="2025-11-21"))
    old = eda.told(SHEET)
    refused = send(eda, "save", hours_confirmed_on="lately")
    led = send(eda, "save", hours_confirmed_on="20.11.2026")

    assert "The post has not confirmed these hours." in never
    assert "The post confirmed these hours long ago." in old
    assert [field for field, _told in errors(refused.text)] == ["hours_confirmed_on"]
    assert shown(eda.app.extensions["embassy"])["facts"]["hours_confirmed_on"] == "2026-11-20"
    assert "confirmed these hours" not in eda.told(f"{led.location}/sheets/week")


def test_a_new_office_has_its_week_before_it_is_published(eda: Desk) -> None:
    draft = begun(eda, "office")
    texts = {"title.en": "New", "summary.en": "New.", "city.fr": "Bruxelles"}
    draft.send("save", mission="embassy", country="BE", zone="Europe/Brussels", address="Rue 1", **texts)
    page = f"{draft.address}/sheets/week"

    led = send(eda, "save", page, row_0_service="visa", row_0_channel="phone", row_0_monday="9-12")

    assert (led.status_code, led.location) == (303, draft.address)
    assert kept(eda) == ["visa monday 09:00-12:00"]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_grid_is_right_html_in_either_direction(eda: Desk, nu_checker: NuChecker, tag: str) -> None:
    page = SHEET.replace("/en/", f"/{tag}/")
    looked = send(eda, "look", page, row_0_monday="9-12")
    refused = send(eda, "look", page, row_0_monday="nine")

    assert nu_checker.complaints(looked.text) == []
    assert nu_checker.complaints(refused.text) == []
