"""What a request reaches: the moment, the day, the reading session."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask, g
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from embassy.core.access import ANONYMOUS
from embassy.web.house import close_session, language, midnight, now, session, today, viewer
from tests.rooms import ADDRESS


@pytest.mark.parametrize(
    ("moment", "day", "until"),
    [
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1), datetime(2026, 7, 1, 22, tzinfo=UTC)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2), datetime(2026, 7, 2, 22, tzinfo=UTC)),
        (datetime(2026, 10, 24, 23, tzinfo=UTC), date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_the_day_is_that_of_the_legal_zone(site: Flask, moment: datetime, day: date, until: datetime) -> None:
    with time_machine.travel(moment, tick=False), site.test_request_context("/", base_url=ADDRESS):
        assert (now(), today(), midnight()) == (moment, day, until)


def test_the_moment_is_one_for_the_whole_request(site: Flask) -> None:
    morning = datetime(2026, 7, 1, tzinfo=UTC)

    with time_machine.travel(morning, tick=False) as clock, site.test_request_context("/", base_url=ADDRESS):
        first = now()
        clock.shift(60)
        later = now()

    assert (first, later) == (morning, morning)


def test_outside_the_languages_the_default_is_spoken_and_nobody_is_staff(site: Flask) -> None:
    with site.test_request_context("/robots.txt", base_url=ADDRESS):
        assert (language().tag, viewer()) == ("en", ANONYMOUS)


def test_a_request_has_one_session_that_cannot_write_and_is_given_back(site: Flask) -> None:
    with site.test_request_context("/", base_url=ADDRESS):
        opened = session()
        assert session() is opened
        with pytest.raises(DBAPIError):
            opened.execute(text("DELETE FROM record"))
        close_session()
        assert ("session" in g, "reading" in g) == (False, False)
        close_session()
