"""Missions that come in by a file without a name: what they are called, and in which languages."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from embassy.consular.naming import completed, slug, texts
from embassy.consular.room import MISSION, OFFICE
from embassy.consular.vocabulary import MissionKind
from embassy.core.languages import SPOKEN
from embassy.core.shapes import SLUG
from embassy.core.text import Localized
from embassy.db.commands import Outcome, check
from embassy.db.kinds import Kind
from embassy.db.record import Record
from embassy.resources import HOUSE
from embassy.web.formats import designation
from embassy.web.house import House
from embassy.web.importing import FileRefused, dump, load, read, refusal
from embassy.web.importing import completed as completed_rows
from tests.consular.facts import mission, office
from tests.db.writing import writer

Door = Callable[..., Record]
Bring = Callable[..., Counter[Outcome]]
LANGUAGES = tuple(SPOKEN.values())
HEADING = "kind,sending,host,city.en,city.fr,latitude,longitude,accreditations.country,phones\r\n"
PARIS = 'embassy,AL,FR,Paris,,48.86,2.35,"FR; MC; AD",01 47 23 31 00; +33 1 47 23 31 01\r\n'
LYON = "honorary_consulate,AL,FR,Lyon,,,,,04.78.00.00.00\r\n"


def called(code: str, language: Any) -> str:
    return f"{code} ({language.tag})"


@pytest.fixture
def bring(house: House, tmp_path: Path) -> Bring:
    """Import a text as the command line does."""

    def bring(text: str, kind: Kind = MISSION, name: str = "missions.csv") -> Counter[Outcome]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        rows = completed_rows(kind, read(kind, path), house.deployment)
        return load(house.database, kind, rows, writer(), lambda _done, _of: None)

    return bring


def stored(house: House) -> list[dict[str, Any]]:
    with house.database.reading() as session:
        return dump(session, MISSION)


def test_a_row_a_mission_is_all_that_a_ministry_needs(house: House, bring: Bring) -> None:
    outcomes = bring(HEADING + PARIS + LYON), bring(HEADING + PARIS + LYON)

    assert outcomes == (Counter({Outcome.created: 2}), Counter({Outcome.unchanged: 2}))
    paris, lyon = stored(house)
    assert [(one["slug"], one["phones"]) for one in (paris, lyon)] == [
        ("fr-lyon-honorary-consulate", ["+33478000000"]),
        ("fr-paris", ["+33147233100", "+33147233101"]),
    ]
    assert [(one["country"], one["resident"]) for one in lyon["accreditations"]] == [
        ("FR", "yes"),
        ("MC", "no"),
        ("AD", "no"),
    ]


def test_a_mission_is_named_in_every_language_of_the_deployment(house: House, bring: Bring) -> None:
    bring(HEADING + "embassy,AL,EG,Cairo,Le Caire,,,,\r\n")

    (cairo,) = stored(house)

    assert cairo["title"] == {
        "source": "sq",
        "en": "Embassy in Cairo",
        "sq": "Ambasadë në Cairo",
        "fr": "Ambassade au Caire",
        "nl": "Ambassade in Le Caire",
        "de": "Botschaft in Cairo",
        "sr": "Амбасада · Cairo",
        "ar": "سفارة في Cairo",
    }
    assert cairo["summary"] == {
        "source": "sq",
        "en": "Embassy. Seat: Cairo, Egypt.",
        "sq": "Ambasadë. Selia: Cairo, Egjipt.",
        "fr": "Ambassade. Siège : Le Caire, Égypte.",
        "nl": "Ambassade. Zetel: Le Caire, Egypte.",
        "de": "Botschaft. Sitz: Cairo, Ägypten.",
        "sr": "Амбасада. Седиште: Cairo, Египат.",
        "ar": "سفارة. المقر: Cairo، مصر.",
    }


def test_a_designation_is_the_deployments_own(house: House, bring: Bring) -> None:
    bring("kind,sending,host\r\nembassy,AL,XK\r\n")

    (kosovo,) = stored(house)

    assert (kosovo["slug"], kosovo["title"]["en"], kosovo["summary"]["fr"]) == (
        "xk-embassy",
        "Embassy · Kosovo*",
        "Ambassade. Siège : Kosovo*.",
    )


def test_what_a_table_says_itself_is_not_made(house: House, bring: Bring) -> None:
    bring("slug,title.en,kind,sending,host,city.en\r\nrome,Our house in Rome,embassy,AL,IT,Rome\r\n")
    bring("slug,kind,sending,host,city.en\r\nrome,embassy,AL,IT,Roma\r\n")

    (rome,) = stored(house)

    assert (rome["slug"], rome["title"], rome["summary"]["en"]) == (
        "rome",
        {"source": "en", "en": "Our house in Rome"},
        "Embassy. Seat: Rome, Italy.",
    )


def test_numbers_and_places_that_are_wrong_are_named_by_line(bring: Bring) -> None:
    bad = [
        "embassy,AL,BE,Brussels,,50.8,,,",
        "embassy,AL,NL,The Hague,,,,,070",
        "castle,AL,DE,Berlin,,,,,",
        "embassy,AL,FR,Paris,,,,,",
    ]

    with pytest.raises(FileRefused) as refused:
        bring(HEADING + PARIS + "\r\n".join(bad))

    assert [(row.line, row.column, row.value, str(row.expected)) for row in refused.value.rows] == [
        (3, "longitude", None, "Latitude and longitude stand together."),
        (4, "phones", "070", "More figures: no number after +31 has so few."),
        (5, "slug", None, "This is needed and is missing."),
        (5, "title", None, "This is needed and is missing."),
        (5, "summary", None, "This is needed and is missing."),
        (5, "kind", "castle", str(MISSION.own[2].shape.expects)),
        (6, "slug", "fr-paris", "Each record once; this one stands on line 2 already."),
    ]
    assert "line 4, phones: “070”. More figures" in refusal(refused.value, Path("missions.csv"))


def test_an_office_reads_its_numbers_as_its_country_writes_them() -> None:
    phones = [{"purpose": "general", "number": "02 640 14 22"}]

    read = check(OFFICE, office(phones=phones, fax="02/640 28 58", emergency="0485 40 12 37"))

    assert (read["phones"][0]["number"], read["fax"], read["emergency"]) == (
        "+3226401422",
        "+3226402858",
        "+32485401237",
    )


def test_accreditations_that_are_no_parts_are_left_to_be_refused() -> None:
    odd = ["FR", {"country": 5}, {"country": "BE"}]

    given = completed(mission(accreditations=odd), LANGUAGES, called)
    none = completed(mission(accreditations="FR"), LANGUAGES, called)

    assert given["accreditations"] == ["FR", {"country": 5}, {"country": "BE", "resident": "yes"}]
    assert none["accreditations"] == "FR"


@given(
    st.sampled_from(MissionKind), st.sampled_from(["FR", "XK"]), st.none() | st.text(min_size=1, max_size=120)
)
def test_an_address_is_always_one(kind: MissionKind, host: str, town: str | None) -> None:
    made = slug(kind, host, Localized("en", {"en": town}) if town else None)

    assert SLUG.parse(made) == made


@given(st.sampled_from(MissionKind), st.booleans())
def test_every_kind_is_named_in_every_language(kind: MissionKind, in_town: bool) -> None:
    city = Localized("en", {"en": "Paris"}) if in_town else None

    made = texts(kind, "FR", city, LANGUAGES, called)

    assert {*made["title"]} == {*made["summary"]} == {*SPOKEN} - {"sr-Latn"}
    assert [tag for tag, words in made["title"].items() if ("Paris" in words) != in_town] == []


def test_serbian_in_latin_alone_is_written_so(house: House) -> None:
    alone = (SPOKEN["sr-Latn"],)

    made = texts(
        MissionKind.embassy,
        "FR",
        None,
        alone,
        lambda code, spoken: designation(code, spoken, house.deployment),
    )

    assert made["title"] == {"sr-Latn": "Ambasada · Francuska"}


def test_a_made_mission_stands_on_the_page_of_its_country(client: FlaskClient, bring: Bring) -> None:
    bring(HEADING + PARIS)

    pages = [
        client.get(f"/{tag}/consular/missions?country=MC").get_data(as_text=True) for tag in ("de", "sr-Latn")
    ]

    assert ["Botschaft in Paris" in pages[0], "Ambasada · Paris" in pages[1]] == [True, True]


def test_the_tables_of_the_manual_come_in(house: House, bring: Bring) -> None:
    manual = (HOUSE.parent / "README.md").read_text(encoding="utf-8")
    missions, offices = (
        f"{heading},{manual.partition(f'{heading},')[2].partition('```')[0]}"
        for heading in ("kind,sending", "slug,mission")
    )

    outcomes = bring(missions), bring(offices, OFFICE, "offices.csv")

    assert outcomes == (Counter({Outcome.created: 2}), Counter({Outcome.created: 1}))
    assert [one["slug"] for one in stored(house)] == ["be-brussels", "fr-lyon-honorary-consulate"]
