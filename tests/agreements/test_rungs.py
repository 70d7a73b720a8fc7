"""The ladder of ratification on the page of an agreement: what each rung says, and that it is drawn."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement, sample
from tests.agreements.parts import PAGE, section
from tests.every.markup import Markup
from tests.servers import NuChecker

Door = Callable[..., Record]
HEADING = "How far each party is"
HOUSE = {"uid": "house", "party": "BE", "body": {"en": "House"}, "required": "yes", "order": 1}
SENATE = {"uid": "senate", "party": "BE", "body": {"en": "Senate"}, "required": "no", "order": 2}
ACCEDED = act("be", "instrument_deposited", "2020-06-01", party="BE", consent="accession")
BOTH_BOUND = "In force Bound · 1 March 2021"
OPEN = "Consent to be bound still open In force no date known"
UNRECORDED = "Consent to be bound not recorded"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


pytestmark = pytest.mark.usefixtures("clock")


def rungs(client: FlaskClient, path: str = PAGE) -> list[str]:
    """Return the rungs of each party in words."""
    page = client.get(path).text.partition('<ul class="progress">')[2].partition("</h3>")[2]
    parties = page.partition("</ul>")[0].split("<h3>")
    return [section(f"<h2>Rungs</h2>{party.partition('</h3>')[2] or party}<h2", "Rungs") for party in parties]


@pytest.mark.parametrize(
    ("facts", "albania", "belgium"),
    [
        (agreement(SIGNED), f"Signature Signed · 4 May 2020 {OPEN}", f"Signature Signed · 4 May 2020 {OPEN}"),
        (
            agreement(act("al", "signed", "2020-05-04", party="AL")),
            f"Signature Signed · 4 May 2020 {OPEN}",
            f"Signature not recorded {UNRECORDED} In force no date known",
        ),
        (
            agreement(SIGNED, clause=[{"trigger": "signature"}]),
            "Signature Signed · 4 May 2020 Consent to be bound Signature · 4 May 2020 "
            "In force Bound · 4 May 2020",
            "Signature Signed · 4 May 2020 Consent to be bound Signature · 4 May 2020 "
            "In force Bound · 4 May 2020",
        ),
        (
            agreement(
                act("be", "instrument_deposited", "2020-06-01", party="BE", consent="accession"), IN_FORCE
            ),
            f"Signature not recorded {UNRECORDED} {BOTH_BOUND}",
            f"Consent to be bound accession · 1 June 2020 {BOTH_BOUND}",
        ),
        (
            agreement(SIGNED, IN_FORCE, act("over", "terminated", "2022-01-01")),
            f"Signature Signed · 4 May 2020 {UNRECORDED} In force No longer bound · 1 January 2022",
            f"Signature Signed · 4 May 2020 {UNRECORDED} In force No longer bound · 1 January 2022",
        ),
        (
            agreement(act("gazetted", "gazetted", "2020-05-04")),
            f"Signature not recorded {UNRECORDED} In force no date known",
            f"Signature not recorded {UNRECORDED} In force no date known",
        ),
    ],
    ids=["signed", "one", "by signature", "acceded", "over", "unknown"],
)
def test_each_rung_says_what_is_done_open_or_not_recorded(
    client: FlaskClient, hand_in: Door, facts: dict[str, Any], albania: str, belgium: str
) -> None:
    hand_in("agreement", **facts)

    assert rungs(client) == [albania, belgium]


@pytest.mark.parametrize(
    "facts",
    [
        agreement(SIGNED, kind="dialogue_conclusion"),
        agreement(SIGNED, binding="non_binding"),
        agreement(SIGNED, act("over", "denounced", "2021-01-01", party="BE")),
    ],
    ids=["conclusion", "non-binding", "given up"],
)
def test_what_does_not_enter_into_force_has_no_such_rung_and_one_rung_is_not_drawn(
    client: FlaskClient, hand_in: Door, facts: dict[str, Any]
) -> None:
    hand_in("agreement", **facts)

    assert section(client.get(PAGE).text, HEADING) == (
        "Albania Signed · 4 May 2020 Belgium Signed · 4 May 2020"
    )
    assert Markup(client.get(PAGE).text).all("svg", role="img") == []


def test_consent_to_what_was_given_up_stays_told(client: FlaskClient, hand_in: Door) -> None:
    notice = act("al", "internal_procedures_notified", "2020-07-01", party="AL")
    hand_in("agreement", **agreement(SIGNED, notice, act("over", "denounced", "2021-01-01", party="BE")))

    albania, belgium = rungs(client)

    assert albania == (
        "Signature Signed · 4 May 2020 "
        "Consent to be bound Notification that internal procedures are complete · 1 July 2020"
    )
    assert belgium == "Signature Signed · 4 May 2020"


def test_bodies_stand_between_signature_and_consent(client: FlaskClient, hand_in: Door) -> None:
    refused = act("no", "body_rejected", "2020-06-01", party="BE", step="house")
    hand_in("agreement", **agreement(SIGNED, refused, steps=[HOUSE, SENATE]))

    assert rungs(client)[1] == (
        "Signature Signed · 4 May 2020 House Rejection · 1 June 2020 · national "
        f"Senate not required · national {OPEN}"
    )
    key = re.findall(r'<span class="mark (\w+)"><span>([^<]+)</span>', client.get(PAGE).text)
    assert key[:4] == [
        ("good", "done"),
        ("open", "still open"),
        ("stop", "refused"),
        ("over", "not needed or no longer"),
    ]


def marks(page: str) -> list[tuple[str, float]]:
    """Return the shape and the place of each mark that is drawn."""
    found = re.findall(r'<svg class="(\w+)" x="([\d.]+)%"', page)
    return [(kind, float(x)) for kind, x in found]


@pytest.mark.parametrize(
    "slug", ["synthetic-mixed-treaty", "nato-romania-accession", "social-protection", "rights-of-the-child"]
)
def test_every_rung_of_the_list_is_drawn_with_its_mark_and_its_words(
    client: FlaskClient, hand_in: Door, slug: str
) -> None:
    hand_in("agreement", **sample(slug))

    page = client.get(f"/en/agreements/{slug}").text

    listed = re.findall(
        r'<li class="(\w+)"><div>(.*?)<p class="meta"><strong>(.*?)</strong>', page.partition("<figure")[2]
    )
    drawn = re.findall(r'<svg class="(\w+)" x="[\d.]+%" y="\d+"><title>(.*?): ([^:]*?)</title>', page)
    told = re.findall(r"<desc[^>]*>(.*?)</desc>", page)
    assert drawn == listed[: len(drawn)]
    assert len(drawn) > 3
    assert "; ".join(told) == "; ".join(f"{name}: {word}" for _kind, name, word in drawn)


def test_a_drawing_is_named_described_and_mirrored_for_readers_from_right_to_left(
    client: FlaskClient, hand_in: Door
) -> None:
    slug = "synthetic-mixed-treaty"
    hand_in("agreement", **sample(slug))

    plain, mirrored = (client.get(f"/{tag}/agreements/{slug}").text for tag in ("en", "ar"))

    named = [
        (one["aria-labelledby"], one["aria-describedby"]) for one in Markup(plain).all("svg", role="img")
    ]
    titles = re.findall(r'<title id="way-\d+">(.*?)</title>', plain)
    assert named == [("way-1", "rungs-1"), ("way-2", "rungs-2")]
    assert titles == [
        "Albania: Consent to be bound expressed",
        "Belgium: Assent under way; the competent bodies are to be determined",
    ]
    assert len(marks(plain)) == 4 + 12
    assert [(kind, round(100 - x, 2)) for kind, x in marks(plain)] == marks(mirrored)


def test_the_steps_of_many_parties_unfold(client: FlaskClient, hand_in: Door) -> None:
    for slug in ("nato-romania-accession", "social-protection"):
        hand_in("agreement", **sample(slug))

    many, few = (
        client.get(f"/en/agreements/{slug}").text for slug in ("nato-romania-accession", "social-protection")
    )

    assert section(many, HEADING).count("Every step of every party") == 1
    assert section(few, HEADING).count("Every step of every party") == 0


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("slug", ["synthetic-mixed-treaty", "nato-romania-accession"])
def test_the_drawings_are_good_html(
    client: FlaskClient, hand_in: Door, nu_checker: NuChecker, slug: str, language: str
) -> None:
    hand_in("agreement", **agreement(slug="treaty", title={"en": "Treaty of seas"}))
    hand_in("agreement", **sample(slug) | {"relations": [{"kind": "amends", "other": "treaty"}]})

    page = client.get(f"/{language}/agreements/{slug}").text

    assert len(Markup(page).all("svg", **{"aria-hidden": "true"})) == 3
    assert nu_checker.complaints(page) == []
