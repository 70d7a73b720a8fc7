"""A year's holidays on one sheet: confirmed, waived or left for later, day by day, and approved together."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.core.access import Role
from tests.accounts.desk import Desk
from tests.consular.facts import closure, hours, mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import Draft, begun, shown
from tests.desk.forms import filled
from tests.rooms import Door
from tests.servers import NuChecker

SHEET = "/en/desk/records/office/brussels/sheets/holidays"
PAGE = "/en/consular/brussels"


@pytest.fixture
def eda(colleague: Colleague, hand_in: Door) -> Desk:
    """An editor at her desk, and an office of Albania in Brussels without closures."""
    hand_in("mission", **mission())
    hand_in("office", **office(slug="brussels", closures=[]))
    return colleague("eda", Role.editor)


def send(desk: Desk, do: str, page: str = SHEET, text: str = "", **chosen: str) -> Any:
    """Fill in a sheet and send it; `day_2026_12_25` names the choice of that day."""
    path = page.partition("?")[0]
    days = {name.replace("_", "-"): value for name, value in chosen.items()}
    return desk.post(path, {**dict(filled(text or desk.get(page).text, path)), **days, "do": do})


def latest(desk: Desk) -> Any:
    """Return the latest change."""
    return shown(desk.app.extensions["embassy"])


def decided(desk: Desk) -> dict[str, str]:
    """Return the days of the latest change with their status."""
    return {one["first"]: one["status"] for one in latest(desk)["facts"].get("closures", [])}


def lines(page: str) -> list[list[str]]:
    """Return the rows of the table, the words of each cell."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1])
    bare = (re.sub(r"<select.*?</select>", "…", cell, flags=re.DOTALL) for row in cells for cell in row)
    words = [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in bare]
    return [words[at : at + 5] for at in range(0, len(words), 5)]


def test_both_states_stand_side_by_side_from_today_on(eda: Desk) -> None:
    found = lines(eda.get(f"{SHEET}?year=2026").text)

    nothing = "No hours on this day anyway"
    assert found == [
        ["Sunday, 22 November 2026", "", "Alphabet Day", "", nothing],
        ["Monday, 23 November 2026", "", "Alphabet Day (substitute day)", "Not entered yet", "…"],
        ["Saturday, 28 November 2026", "", "Flag and Independence Day", "", nothing],
        ["Sunday, 29 November 2026", "", "Liberation Day", "", nothing],
        [
            "Monday, 30 November 2026",
            "",
            "Flag and Independence Day (substitute day)",
            "Not entered yet",
            "…",
        ],
        ["Tuesday, 1 December 2026", "", "Liberation Day (substitute day)", "Not entered yet", "…"],
        ["Tuesday, 8 December 2026", "", "National Youth Day", "Not entered yet", "…"],
        ["Friday, 25 December 2026", "Christmas Day", "Christmas Day", "Not entered yet", "…"],
    ]


def test_next_year_is_asked_for_from_october_on_unless_something_waits(eda: Desk, hand_in: Door) -> None:
    caption = re.compile(r"<caption>([^<]+)")
    found = [caption.findall(eda.get(path).text) for path in (SHEET, f"{SHEET}?year=2026", f"{SHEET}?year=1")]
    feast = closure("2026-12-08", "Youth", status="proposed")
    hand_in("office", **office(slug="brussels", closures=[feast]))

    found.append(caption.findall(eda.get(SHEET).text))

    assert found == [[f"Holidays of {year}"] for year in (2027, 2026, 2027, 2026)]


def test_a_year_is_decided_on_one_page_and_approved_by_a_colleague(
    eda: Desk, besa: Desk, client: FlaskClient
) -> None:
    led = send(eda, "submit", f"{SHEET}?year=2026", day_2026_12_08="waived", day_2026_12_25="confirmed")
    handed_in = decided(eda)
    before = client.get(PAGE).text
    Draft(besa, led.location).send("approve", "/decision")

    assert led.status_code == 303
    assert handed_in == {
        "2026-11-23": "proposed",
        "2026-11-30": "proposed",
        "2026-12-01": "proposed",
        "2026-12-08": "waived",
        "2026-12-25": "confirmed",
    }
    assert {one["cause"] for one in latest(eda)["facts"]["closures"] if one["first"] == "2026-12-25"} == {
        "host_holiday"
    }
    assert ("Alphabet Day" in before, "Alphabet Day" in client.get(PAGE).text) == (False, True)


def test_what_is_still_open_is_confirmed_by_one_button_and_kept_by_another(eda: Desk) -> None:
    looked = send(eda, "look.confirmed", f"{SHEET}?year=2026", day_2026_12_08="waived")
    kept = latest(eda)["author"]
    led = send(eda, "save", SHEET, looked.text)

    told = re.findall("<li>([^<]+: [0-9]+)</li>", looked.text)
    assert told == ["Decide later: 0", "Closed: confirm it: 4", "Open all the same: 1"]
    assert kept == "tests"
    assert decided(eda) == {
        "2026-11-23": "confirmed",
        "2026-11-30": "confirmed",
        "2026-12-01": "confirmed",
        "2026-12-08": "waived",
        "2026-12-25": "confirmed",
    }
    assert eda.get(SHEET).location == led.location + "/sheets/holidays"
    assert eda.get(f"{SHEET}?year=2027").location == led.location + "/sheets/holidays?year=2027"


def test_a_draft_is_written_on_until_somebody_else_moves_it(eda: Desk) -> None:
    led = send(eda, "save", f"{SHEET}?year=2026")
    page = f"{led.location}/sheets/holidays?year=2026"
    text = eda.get(page).text
    first = send(eda, "save", page, text, day_2026_12_25="waived")
    second = send(eda, "save", page, text, day_2026_12_25="confirmed")

    assert (first.status_code, second.status_code) == (303, 409)
    assert "Somebody else changed this meanwhile" in second.text
    assert decided(eda)["2026-12-25"] == "waived"
    assert send(eda, "save", page, second.text).status_code == 303
    assert decided(eda)["2026-12-25"] == "confirmed"


def test_a_record_that_changed_since_the_page_was_opened_is_not_overwritten(eda: Desk, hand_in: Door) -> None:
    text = eda.get(f"{SHEET}?year=2026").text
    hand_in("office", **office(slug="brussels", closures=[closure("2026-12-24", "Eve")]))

    refused = send(eda, "submit", SHEET, text)

    assert refused.status_code == 409
    assert send(eda, "submit", SHEET, refused.text).status_code == 303
    assert decided(eda)["2026-12-24"] == "confirmed"


def test_what_stands_keeps_its_identity_its_words_and_its_place(eda: Desk, hand_in: Door) -> None:
    eve = closure("2026-12-24", "Eve", cause="ad_hoc")
    moved = closure("2026-12-09", "Youth", status="proposed")
    hours_that_day = closure("2026-12-25", "Short", cause="ad_hoc", hours=["09:00-10:00"])
    hand_in("office", **office(slug="brussels", closures=[eve, moved, hours_that_day]))
    page = eda.get(f"{SHEET}?year=2026").text

    send(eda, "submit", f"{SHEET}?year=2026", day_2026_12_09="confirmed", day_2026_12_25="waived")

    kept = latest(eda)["facts"]["closures"]
    assert [one["reason"]["en"] for one in kept[:3]] == ["Eve", "Youth", "Short"]
    assert [one["status"] for one in kept[:3]] == ["confirmed"] * 3
    assert [line for line in lines(page) if line[0].startswith(("Wednesday, 9", "Friday, 25"))] == [
        [
            "Wednesday, 9 December 2026",
            "",
            "Youth",
            "Not yet confirmed by the post No longer computed for this day: look whether it has moved.",
            "…",
        ],
        [
            "Friday, 25 December 2026",
            "Christmas Day",
            "Christmas Day",
            "Not entered yet Closed for another reason: Short",
            "…",
        ],
    ]


def test_a_day_off_without_hours_is_asked_about_only_if_it_stands(eda: Desk, hand_in: Door) -> None:
    sunday = closure("2026-11-29", "Liberation Day", status="proposed")
    saturdays = hours(days=("saturday",), valid_from="2026-01-01", valid_to="2026-11-28")
    hand_in("office", **office(slug="brussels", closures=[sunday], hours=[*hours(), *saturdays]))

    found = {line[0]: line[4] for line in lines(eda.get(f"{SHEET}?year=2026").text)}

    assert found["Saturday, 28 November 2026"] == "…"
    assert found["Sunday, 29 November 2026"] == "… No hours on this day anyway"
    assert found["Sunday, 22 November 2026"] == "No hours on this day anyway"


def test_an_office_without_hours_is_asked_about_each_day(eda: Desk, hand_in: Door) -> None:
    hand_in("office", **office(slug="brussels", closures=[], hours=[]))

    assert {line[4] for line in lines(eda.get(SHEET).text)} == {"…"}


def test_a_country_that_nobody_computes_is_said(eda: Desk, hand_in: Door) -> None:
    hand_in("mission", **mission(slug="south", sending="EU", host="EU"))
    hand_in("office", **office(slug="pole", mission="south", country="EU", closures=[]))

    found = eda.told("/en/desk/records/office/pole/sheets/holidays")

    assert "Nobody computes the holidays of this country: European Union" in found
    assert "No holidays are left in this year." in found


def test_a_choice_that_was_not_offered_is_refused_at_its_day(eda: Desk) -> None:
    refused = send(eda, "save", f"{SHEET}?year=2026", day_2026_12_25="perhaps")

    assert refused.status_code == 422
    assert '<a href="#day-2026-12-25">Choose one of those that are offered.</a>' in refused.text
    assert 'aria-labelledby="day-2026-12-25-day" aria-invalid="true"' in refused.text
    assert latest(eda)["author"] == "tests"


def test_a_draft_that_is_not_right_is_mended_first(eda: Desk) -> None:
    draft = begun(eda, "office", slug="brussels")
    draft.send("save", country="belgium")

    page, token = f"{draft.address}/sheets/holidays", eda.hidden("/en/desk/account")
    answers = eda.get(page), eda.post(page, token | {"do": "save", "version": "2"})

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, draft.address)] * 2
    assert "Something in this draft is not right yet." in eda.told(draft.address)


def test_whoever_may_not_write_is_led_to_the_record_or_the_draft(
    eda: Desk, besa: Desk, colleague: Colleague, hand_in: Door
) -> None:
    hand_in("mission", **mission(slug="other", title={"en": "Other"}))
    ana = colleague("ana", Role.contributor, mission="other")
    led = send(eda, "save").location
    record = SHEET.partition("/sheets")[0]

    assert [desk.get(SHEET).location for desk in (besa, ana)] == [record, record]
    assert besa.get(f"{led}/sheets/holidays").location == led
    token = ana.hidden("/en/desk/account")
    assert ana.post(SHEET, token | {"do": "save"}).status_code == 403
    assert ana.post(f"{led}/sheets/holidays", token | {"do": "save", "version": "2"}).status_code == 403


def test_other_sheets_and_other_wishes_are_not_there(eda: Desk) -> None:
    led = send(eda, "save").location

    assert eda.get(SHEET.replace("holidays", "moons")).status_code == 404
    assert eda.get(f"{led}/sheets/moons").status_code == 404
    assert send(eda, "approve", f"{led}/sheets/holidays").status_code == 400


def test_the_sheet_is_reached_from_the_record_and_from_what_should_be_looked_after(eda: Desk) -> None:
    led = send(eda, "save").location

    assert SHEET in eda.get("/en/desk/records/office/brussels").text
    assert f"{led}/sheets/holidays" in eda.get(led).text
    assert SHEET in eda.get("/en/desk").text


def test_next_years_holidays_are_a_matter_from_october_on(eda: Desk, clock: time_machine.Traveller) -> None:
    def asked(month: int) -> bool:
        clock.move_to(datetime(2027, month, 1, 12, tzinfo=UTC))
        eda.sign_in("eda@example.org")
        return "Next year’s holidays, which nobody has looked at yet" in eda.told("/en/desk")

    assert [month for month in (1, 9, 10, 12) if asked(month)] == [10, 12]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_sheet_is_right_html_in_either_direction(eda: Desk, nu_checker: NuChecker, tag: str) -> None:
    page = SHEET.replace("/en/", f"/{tag}/")
    looked = send(eda, "look.confirmed", f"{page}?year=2026")

    assert nu_checker.complaints(looked.text) == []
    assert nu_checker.complaints(eda.get(page).text) == []
