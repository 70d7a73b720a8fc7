"""The texts of an agreement: shown with what they are worth, handed out to whoever may read the page."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from embassy.core.facts import Refused
from embassy.db import files
from embassy.web.house import House
from tests.agreements.facts import SIGNED, agreement
from tests.agreements.parts import HIDDEN, PAGE, section
from tests.pdfs import treaty
from tests.rooms import Door
from tests.servers import NuChecker

pytestmark = pytest.mark.usefixtures("clock")
DIGEST = sha256(treaty()).hexdigest()
FRENCH = {"language": "fr", "role": "prevailing", "file": DIGEST}
ELSEWHERE = {"language": "sr-Latn", "role": "official_translation", "url": "https://gazette.example/7"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


@pytest.fixture
def published(house: House, hand_in: Door) -> Callable[..., None]:
    """Publish the agreement with the treaty's text, with further facts."""

    def written(**other: Any) -> None:
        files.store(house.database, house.settings.files, treaty(), datetime.now(UTC))
        hand_in("agreement", **agreement(SIGNED, texts=[FRENCH, ELSEWHERE], **other))

    return written


def _link(client: FlaskClient) -> str:
    found = re.search(r"/files/[0-9a-f-]{36}", client.get(PAGE).text)
    assert found is not None
    return found[0]


def test_each_text_tells_its_language_its_worth_and_its_hash(
    client: FlaskClient, published: Callable[..., None], nu_checker: NuChecker
) -> None:
    published()

    page = client.get(PAGE).text

    assert section(page, "Texts") == (
        "French · PDF, 1 kB Authentic text that prevails where texts differ "
        f"SHA-256 {DIGEST} "
        "Serbian (Latin) · As published at gazette.example Official translation"
    )
    assert nu_checker.complaints(page) == []


def test_the_languages_have_the_names_of_the_page(
    client: FlaskClient, published: Callable[..., None]
) -> None:
    published()

    page = client.get("/fr/agreements/pact").text

    assert "<strong>Français</strong>" in page
    assert "<strong>Serbe (latin)</strong>" in page


def test_a_file_is_handed_out_to_be_kept_and_runs_nothing(
    client: FlaskClient, published: Callable[..., None]
) -> None:
    published()
    link = _link(client)

    answer = client.get(link, buffered=True)
    again = client.get(link, buffered=True, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.data == treaty()
    assert {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f"attachment; filename={link[7:]}.pdf",
    }
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.cache_control.max_age == 30
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("hidden", HIDDEN[:2] + HIDDEN[3:])
def test_the_file_of_a_hidden_agreement_is_handed_out_to_nobody(
    client: FlaskClient, published: Callable[..., None], hidden: dict[str, Any]
) -> None:
    published()
    link = _link(client)

    published(**hidden)

    assert client.get(link, buffered=True).status_code == 404


def test_the_file_of_an_agreement_withdrawn_with_a_reason_stays_readable(
    client: FlaskClient, published: Callable[..., None]
) -> None:
    published()
    link = _link(client)

    published(**HIDDEN[2])

    assert client.get(link, buffered=True).status_code == 200


def test_another_file_is_not_there(client: FlaskClient) -> None:
    assert client.get(f"/files/{uuid4()}").status_code == 404


def test_texts_are_not_told_of_a_day_on_which_nobody_knows_whether_they_were_public(
    client: FlaskClient, published: Callable[..., None]
) -> None:
    published()

    assert "<h2>Texts</h2>" not in client.get(f"{PAGE}?known=2021-01-01").text


def test_search_engines_learn_what_each_text_is_worth(
    client: FlaskClient, published: Callable[..., None]
) -> None:
    published()
    page = client.get(PAGE).text

    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(said)

    described = next(one for one in told.get("@graph", [told]) if one.get("@type") == "Legislation")
    assert described["encoding"] == [
        {
            "@type": "LegislationObject",
            "inLanguage": "fr",
            "legislationLegalValue": "https://schema.org/DefinitiveLegalValue",
            "encodingFormat": "application/pdf",
            "contentUrl": f"https://embassy.example{_link(client)}",
            "contentSize": str(len(treaty())),
            "sha256": DIGEST,
        },
        {
            "@type": "LegislationObject",
            "inLanguage": "sr-Latn",
            "legislationLegalValue": "https://schema.org/OfficialLegalValue",
            "url": "https://gazette.example/7",
        },
    ]


@pytest.mark.parametrize(
    ("texts", "path"),
    [
        ([{"language": "fr", "role": "authentic"}], ("texts", 0, "file")),
        ([ELSEWHERE | {"language": "French"}], ("texts", 0, "language")),
        ([ELSEWHERE | {"file": DIGEST.upper()}], ("texts", 0, "file")),
        ([ELSEWHERE | {"file": 7}], ("texts", 0, "file")),
        (
            [ELSEWHERE | {"role": "prevailing"}, ELSEWHERE | {"role": "prevailing", "language": "fr"}],
            ("texts", 1, "role"),
        ),
    ],
)
def test_texts_that_cannot_be_are_refused(
    hand_in: Door, texts: list[dict[str, Any]], path: tuple[str | int, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        hand_in("agreement", **agreement(SIGNED, texts=texts))

    assert [one.path for one in refused.value.refusals] == [path]


def test_one_language_may_prevail_in_two_scripts_of_publication(hand_in: Door, client: FlaskClient) -> None:
    both = [ELSEWHERE | {"role": "prevailing", "url": f"https://gazette.example/{n}"} for n in (1, 2)]

    hand_in("agreement", **agreement(SIGNED, texts=both))

    assert section(client.get(PAGE).text, "Texts").count("prevails") == 2


def test_a_language_without_a_name_is_called_by_its_code(hand_in: Door, client: FlaskClient) -> None:
    hand_in("agreement", **agreement(SIGNED, texts=[ELSEWHERE | {"language": "qqq"}]))

    assert section(client.get(PAGE).text, "Texts").startswith("qqq · ")
