"""What the page of an office answers: open or not, until when, and what is in doubt."""

from collections.abc import Callable

import time_machine
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.consular.facts import EVERY_DAY, at, closure, heading, hours, mission, office, part

Door = Callable[..., Record]


def answer(client: FlaskClient, moment: str) -> str:
    with time_machine.travel(at(moment), tick=False):
        return heading(client.get("/en/consular/office").get_data(as_text=True))


def emergency(client: FlaskClient, moment: str) -> str:
    with time_machine.travel(at(moment), tick=False):
        page = client.get("/en/consular/office").get_data(as_text=True)
    return part(page, '<section class="emergency">', "</section>")


ANSWERS = {
    "2026-07-14T06:59": "Closed now Next opening: today, 09:00",
    "2026-07-14T07:00": "Open now, until 17:00 Next opening: tomorrow, 09:00",
    "2026-07-14T14:29": "Open now, until 17:00 Next opening: tomorrow, 09:00",
    "2026-07-14T14:30": "Closing soon, at 17:00 Next opening: tomorrow, 09:00",
    "2026-07-14T15:00": "Closed now Next opening: tomorrow, 09:00",
    "2026-07-17T15:00": "Closed now Next opening: Monday 20 July, 09:00",
    "2026-07-21T08:00": "Closed today: National Day of Belgium Next opening: tomorrow, 09:00",
    "2025-11-28T10:00": "Closed today: Independence Day Next opening: Tuesday 2 December, 09:00",
    "2026-11-27T16:00": "Closed now Next opening: Wednesday 2 December, 09:00",
    "2026-11-30T10:00": "Closed today: Independence Day Next opening: Wednesday 2 December, 09:00",
    "2026-12-01T10:00": "Closed today: Liberation Day Next opening: tomorrow, 09:00",
    "2026-12-02T10:00": "Open now, until 17:00 Next opening: tomorrow, 09:00",
    "2026-12-31T16:00": "Closed now Next opening: tomorrow, 09:00",
}


def test_the_page_says_whether_the_office_is_open(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    found = {moment: answer(client, moment) for moment in ANSWERS}

    assert found == ANSWERS


NIGHTS = {
    "2026-03-28T20:59": "Closed now Next opening: today, 22:00",
    "2026-03-28T21:00": "Open now, until 06:00 Next opening: tomorrow, 22:00",
    "2026-03-29T03:00": "Open now, until 06:00 Next opening: today, 22:00",
    "2026-03-29T04:00": "Closed now Next opening: today, 22:00",
    "2026-10-24T19:59": "Closed now Next opening: today, 22:00",
    "2026-10-24T20:00": "Open now, until 06:00 Next opening: tomorrow, 22:00",
    "2026-10-25T04:00": "Open now, until 06:00 Next opening: today, 22:00",
    "2026-10-25T05:00": "Closed now Next opening: today, 22:00",
    "2025-11-28T21:00": "Open now, until 06:00 Next opening: tomorrow, 22:00",
}


def test_the_night_line_answers_through_clock_changes_and_holidays(
    client: FlaskClient, hand_in: Door
) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    found = {moment: emergency(client, moment) for moment in NIGHTS}

    assert found == {moment: f"In an emergency +32 485 40 12 37 {said}" for moment, said in NIGHTS.items()}


def test_a_kept_page_changes_when_the_office_does(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    with time_machine.travel(at("2026-07-14T14:59:50"), tick=False):
        kept = client.get("/en/consular/office").headers["Cache-Control"]
    after = answer(client, "2026-07-14T15:00")

    assert (kept, after) == ("public, max-age=10", "Closed now Next opening: tomorrow, 09:00")


DOUBTS = {
    "2026-07-20T16:00": (
        "Closed now Next opening: tomorrow, 09:00 Public holiday, tomorrow: National Day. "
        "Not yet confirmed by the post: call before you come."
    ),
    "2026-07-21T08:00": (
        "Should be open now, until 17:00 Next opening: tomorrow, 09:00 "
        "Public holiday, today: National Day. Not yet confirmed by the post: call before you come."
    ),
    "2026-07-22T08:00": "Open now, until 17:00 Next opening: tomorrow, 09:00",
    "2026-08-14T08:00": "Open now, until 17:00 Next opening: Monday 17 August, 09:00",
}


def test_an_unconfirmed_holiday_closes_nothing_but_is_told(client: FlaskClient, hand_in: Door) -> None:
    proposed = closure("2026-07-21", "National Day", status="proposed")
    waived = closure("2026-08-14", "Eve of the Assumption", status="waived")
    hand_in("mission", **mission())
    hand_in("office", **office(closures=[proposed, waived]))

    found = {moment: answer(client, moment) for moment in DOUBTS}

    assert found == DOUBTS


def test_special_hours_replace_the_usual_ones(client: FlaskClient, hand_in: Door) -> None:
    short = closure("2026-12-24", "Christmas Eve", cause="ad_hoc", hours=["09:00-12:00", "12:30-24:00"])
    hand_in("mission", **mission())
    hand_in("office", **office(closures=[short]))

    found = [answer(client, f"2026-12-24T{time}") for time in ("08:00", "11:15", "12:00")]

    assert found == [
        "Open now, until 12:00 Next opening: today, 12:30",
        "Closed now Next opening: today, 12:30",
        "Open now, until 00:00 Next opening: tomorrow, 09:00",
    ]


def test_a_counter_by_appointment_says_so(client: FlaskClient, hand_in: Door) -> None:
    asked = hours(days=("tuesday",), by_appointment="yes", valid_to="2026-07-14")
    hand_in("mission", **mission())
    hand_in("office", **office(hours=asked))

    found = answer(client, "2026-07-14T08:00"), answer(client, "2026-07-14T15:00")

    assert found == ("Open by appointment only, until 17:00", "Closed now")


def test_a_counter_that_never_closes_has_no_next_opening(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(hours=hours("00:00", "24:00", EVERY_DAY), closures=[]))

    found = answer(client, "2026-07-14T08:00")

    assert found == "Open day and night"


def test_a_counter_that_never_closes_may_change_to_appointments(client: FlaskClient, hand_in: Door) -> None:
    turning = [*hours("00:00", "12:00", EVERY_DAY), *hours("12:00", "24:00", EVERY_DAY, by_appointment="yes")]
    hand_in("mission", **mission())
    hand_in("office", **office(hours=turning, closures=[]))

    found = answer(client, "2026-07-14T08:00")

    assert found == "Open now, until 12:00"


def test_a_far_closing_names_its_day(client: FlaskClient, hand_in: Door) -> None:
    open_until_friday = hours("00:00", "24:00", EVERY_DAY, valid_to="2026-07-17")
    hand_in("mission", **mission())
    hand_in("office", **office(hours=open_until_friday, closures=[]))

    found = answer(client, "2026-07-14T08:00")

    assert found == "Open now. Closing: Saturday 18 July, 00:00"


def test_unknown_hours_are_said_to_be_unknown(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office(hours=[]))

    found = answer(client, "2026-07-14T08:00")

    assert found == "The opening hours are not known"


def test_a_visitor_elsewhere_can_have_the_time_in_theirs(client: FlaskClient, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("office", **office())

    with time_machine.travel(at("2026-07-14T08:00"), tick=False):
        page = client.get("/en/consular/office").get_data(as_text=True)

    assert (
        '<time datetime="2026-07-14T15:00:00Z" data-zone="Europe/Brussels" '
        'data-weekdays="Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday" '
        'data-instant="({time} where you are)">17:00</time>'
    ) in page
