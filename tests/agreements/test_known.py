"""What was known of an agreement on a day, told by its page."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.agreements.facts import sample
from tests.agreements.reading import header, read

Door = Callable[..., Record]


pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("2014-05-12", "Its status is not known: no source here tells what was done and when."),
        (
            "2014-06-01",
            "Signed on 9 December 2013. No date of entry into force is known. "
            "The bodies whose assent is needed are still to be determined: Belgium.",
        ),
        ("2015-08-01", "Signed on 9 December 2013. No date of entry into force is known."),
        ("2015-12-22", "Enters into force on 1 January 2016."),
        ("2015-12-31", "Enters into force tomorrow."),
        ("2016-01-01", "Enters into force today."),
    ],
)
def test_the_page_tells_what_was_known_on_a_day(
    client: FlaskClient, hand_in: Door, known: str, told: str
) -> None:
    hand_in("agreement", **sample("social-protection"))

    heading = header(client, f"/en/agreements/social-protection?known={known}")

    assert re.sub(r"^As publicly known on [^:]+: | (Source|Named in): .*$", "", heading) == told


def test_the_page_tells_what_is_known_today_with_its_proof(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **sample("social-protection"))

    heading = header(client, "/en/agreements/social-protection")

    assert heading == (
        "Entered into force on 1 January 2016. "
        "Source: Belgian official gazette (Moniteur belge/Belgisch Staatsblad), 22 December 2015"
    )


def test_progress_as_known_in_june_2014(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **sample("social-protection"))

    page = read(client, "/en/agreements/social-protection?known=2014-06-01")

    progress, _heading, waits = (
        page.partition("How far each party is ")[2]
        .partition(" What was done")[0]
        .partition(" Who is waited for ")
    )
    assert waits == (
        "Albania notification or instrument for 19 days "
        "Belgium · Competent Belgian parliaments decision on which bodies are competent for 6 months"
    )
    assert progress == (
        "Albania Assented · not after 13 May 2014 "
        "Belgium Signed; the competent bodies are to be determined · 9 December 2013 "
        "Signature In force done still open not known or not determined "
        "Albania Signature Signed · 9 December 2013 "
        "Assembly of Albania Assent · not after 13 May 2014 · national "
        "Consent to be bound still open In force no date known "
        "Belgium Signature Signed · 9 December 2013 "
        "Competent Belgian parliaments to be determined · federal "
        "Consent to be bound still open In force no date known"
    )


def test_the_eve_shows_the_day_ahead_among_the_stages(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **sample("social-protection"))

    page = read(client, "/en/agreements/social-protection?known=2015-12-31")

    stages = page.partition(" Status ")[2].partition(" Facts ")[0]
    assert stages == "Signed 9 December 2013 Entry into force fixed 22 December 2015 In force 1 January 2016"
