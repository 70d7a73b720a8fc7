"""What the sample keeps beside the service's own agreements, and what pages and lists tell of it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from embassy.agreements.classification import Collection
from embassy.agreements.models import Agreement, WaitPeriod
from embassy.db.migrate import downgrade, upgrade
from embassy.db.record import Record
from embassy.web.house import House
from tests.agreements.facts import IN_FORCE, SIGNED, agreement, sample, samples
from tests.agreements.reading import header, read, titles
from tests.agreements.test_ahead import FIVE, others

Door = Callable[..., Record]
PACT = "/en/agreements/pact"
EXAMPLE = (
    "Worked examples: A published agreement that shows how a clause leads to a day. "
    "What is recorded of it may be incomplete. "
)
NOTE = "There is no such agreement: it was made up to show how this page works."
LABELS = {
    Collection.OWN: "",
    Collection.OTHERS: " · Agreements among others",
    Collection.WORKED_EXAMPLES: " · Worked examples",
    Collection.SYNTHETIC: " · Made up for demonstration",
}
# Slug, question, what stands below the title, how the day follows, and one party's line.
WORKED = [
    (
        "austria-australia-social-security",
        "",
        EXAMPLE + "Replaced by a later agreement on 1 March 2017. "
        "Source: Federal Law Gazette of Austria, BGBl. III Nr. 22/2017, Art. 24 (4)",
        "Counted from receipt of the last notification (17 October 2011): on the first day of a month, "
        "3 months after that of the event. A source states the same day.",
        "In force 1 January 2012 Superseded 1 March 2017",
    ),
    (
        "nato-romania-accession",
        "",
        EXAMPLE + "Entered into force on 27 February 2004. "
        "Source: Dutch treaty series, Tractatenblad 2004, 107",
        "Counted from consent of all parties (27 February 2004): on the same day. "
        "A source states the same day.",
        "Deposit of the instrument acceptance not after 31 December 2003 Canada",
    ),
    (
        "rights-of-the-child",
        "",
        EXAMPLE + "Entered into force on 2 September 1990. "
        "Source: United Nations Treaty Series, vol. 1577, p. 3, No. 27531",
        "Counted from deposit of the required number of instruments (3 August 1990): 30 days later. "
        "A source states the same day.",
        "Belgium Bound · 15 January 1992",
    ),
    (
        "four-party-social-security",
        "",
        EXAMPLE + "Entered into force on 1 July 1982. "
        "Source: Federal Law Gazette of Austria, BGBl. Nr. 28/1984",
        "Counted from consent of all parties (not after 17 January 1984): with effect from 1 July 1982. "
        "A source states the same day. It has had effect since before it was signed.",
        "Liechtenstein Bound · 1 July 1982",
    ),
    (
        "oviedo-convention",
        "",
        EXAMPLE + "Entered into force on 1 December 1999. "
        "Source: Council of Europe, chart of signatures and ratifications of Treaty 164",
        "Counted from deposit of the required number of instruments (10 August 1999): 3 months later, "
        "then on the first day of the month that follows. A source states the same day.",
        "Spain Bound · 1 January 2000",
    ),
    (
        "social-protection",
        "?known=2014-06-01",
        "As publicly known on 1 June 2014: Signed on 9 December 2013. "
        "No date of entry into force is known. "
        "The bodies whose assent is needed are still to be determined: Belgium. "
        "Source: Embassy of Albania in Brussels, page on bilateral relations, spring 2014",
        "",
        "Belgium Signature Signed · 9 December 2013 Competent Belgian parliaments to be determined · federal "
        "Consent to be bound still open In force no date known",
    ),
    (
        "social-protection",
        "?known=2015-12-31",
        "As publicly known on 31 December 2015: Enters into force tomorrow. "
        "Source: Belgian official gazette (Moniteur belge/Belgisch Staatsblad), 22 December 2015",
        "Not computed: consent of all parties is not recorded (Albania and Belgium). "
        "A source states the day: 1 January 2016.",
        "House of Representatives Assent · 2 July 2015 · federal · law Consent to be bound still open "
        "In force Entry into force fixed · 1 January 2016",
    ),
]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


@pytest.mark.parametrize(("slug", "query", "told", "reckoning", "line"), WORKED)
def test_each_worked_case_stands_on_its_page(
    client: FlaskClient, hand_in: Door, slug: str, query: str, told: str, reckoning: str, line: str
) -> None:
    hand_in("agreement", **sample(slug))

    page = read(client, f"/en/agreements/{slug}{query}")

    entry = page.partition("When it enters into force ")[2].partition(" What was done")[0]
    assert header(client, f"/en/agreements/{slug}{query}") == told
    assert (entry.endswith(reckoning), bool(entry)) == (True, bool(reckoning))
    assert line in page


def test_no_worked_example_goes_unread() -> None:
    kept = [facts["slug"] for facts in samples() if facts.get("collection") == "worked_examples"]

    assert {*kept, "social-protection"} == {slug for slug, *_told in WORKED}


def test_a_conclusion_of_a_dialogue_is_asked_whether_it_is_implemented(
    client: FlaskClient, hand_in: Door, house: House
) -> None:
    hand_in("agreement", **sample("dialogue-justice"))

    page = read(client, "/en/agreements/dialogue-justice")

    assert header(client, "/en/agreements/dialogue-justice") == (
        "Agreements among others: It is kept here for reference. Signed (date unknown). "
        "Source: Nataša Radović, “My impression on the integration of the judiciary in Mitrovica”, "
        "Koha Ditore, 25 October 2019"
    )
    assert "Status Signed date unknown Facts" in page
    assert "Kosovo* Implemented Nataša Radović" in page
    assert "* This designation is without prejudice to positions on status" in page
    assert [words for words in ("waited for", "enters into force", "no date known") if words in page] == []
    with house.database.reading() as session:
        assert session.scalars(select(WaitPeriod)).all() == []


@pytest.mark.parametrize("other", [{"kind": "dialogue_conclusion"}, {"binding": "non_binding"}])
def test_what_does_not_enter_into_force_is_not_on_its_way(
    client: FlaskClient, hand_in: Door, house: House, other: dict[str, Any]
) -> None:
    clause = {"trigger": "all_parties", "rule": "on", "article": "Point 6"}
    hand_in("agreement", **agreement(SIGNED, clause=[clause], **other))

    page = read(client, PACT)

    assert header(client, PACT) == "Signed on 4 May 2020. Source: Official gazette of 2020-05-04"
    assert "When it enters into force Point 6 What was done" in page
    assert ("Who is waited for" in page, "no date known" in page) == (False, False)
    with house.database.reading() as session:
        assert session.scalars(select(WaitPeriod)).all() == []


@pytest.mark.parametrize(
    ("slug", "day"),
    [
        ("civil-registry", "2011-07-02"),
        ("freedom-of-movement", "2011-07-02"),
        ("border-management", "2011-12"),
        ("licence-plates", "2011"),
        ("adr-certificates", "2016-04-25"),
    ],
)
def test_conclusions_are_dated_as_far_as_a_source_tells(slug: str, day: str) -> None:
    [agreed] = sample(f"dialogue-{slug}")["acts"]

    assert (agreed["event_date"], agreed["source_kind"]) == (day, "press")


def test_every_other_conclusion_is_undated() -> None:
    undated = [
        facts["slug"]
        for facts in samples()
        if facts["kind"] == "dialogue_conclusion" and "event_date" not in facts["acts"][0]
    ]

    assert undated == [
        f"dialogue-{subject}"
        for subject in (
            "telecommunications",
            "energy",
            "customs-stamps",
            "regional-representation",
            "justice",
            "cadastre",
            "diplomas",
            "local-government",
            "police",
        )
    ]


def test_nine_bodies_of_one_party_are_done_open_and_to_be_determined(
    client: FlaskClient, hand_in: Door
) -> None:
    slug = "synthetic-mixed-treaty"
    hand_in("agreement", **sample(slug))

    answer = client.get(f"/en/agreements/{slug}").text
    page = read(client, f"/en/agreements/{slug}")

    belgium = page.partition(" Belgium Signature ")[2].partition(" Consent to be bound ")
    words = re.findall(r" (Assent|Submission for assent|required|to be determined) · ", belgium[0])
    assert sorted(words) == ["Assent"] * 4 + ["Submission for assent"] * 2 + ["required"] * 2 + [
        "to be determined"
    ]
    assert "Belgium Assent under way; the competent bodies are to be determined · 11 October 2022" in page
    assert belgium[2].startswith("still open In force no date known")
    assert header(client, f"/en/agreements/{slug}").startswith(
        f"Please note Made up for demonstration {NOTE} Signed on 15 March 2021."
    )
    assert "Not computed: the competent bodies of Belgium are to be determined." in page
    assert 'content="noindex"' in answer
    assert f"Please note {NOTE}" in read(client, f"/en/agreements/{slug}/certificate")
    assert json.loads(client.get(f"/en/agreements/{slug}/certificate.json").text)["note"] == NOTE


@pytest.mark.parametrize("collection", Collection)
def test_lists_say_and_ask_for_what_an_agreement_is_kept(
    client: FlaskClient, hand_in: Door, collection: Collection
) -> None:
    for kept in Collection:
        hand_in(
            "agreement", **agreement(SIGNED, slug=kept.replace("_", "-"), title={"en": kept}, collection=kept)
        )

    page = read(client, f"/en/agreements?collection={collection}")

    assert titles(client, f"?collection={collection}") == [collection]
    assert f"{collection} Agreement{LABELS[collection]} Signed" in page
    assert client.get("/en/agreements?collection=mine").status_code == 400


@pytest.mark.parametrize("collection", ["others", "worked_examples", "synthetic"])
def test_news_of_the_front_page_are_the_services_own(
    client: FlaskClient, hand_in: Door, collection: str
) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, collection=collection))

    page = read(client, "/en/")

    assert "What changed in agreements No dated change is known." in page


def test_what_was_made_up_is_no_experience(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))
    others(hand_in, FIVE, collection="synthetic")

    page = read(client, PACT)

    assert "the quickest entered into force" not in page


def test_agreements_there_before_are_the_services_own(database_url: str, house: House, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, collection="worked_examples"))
    house.database.dispose()

    downgrade(database_url, "0023")
    upgrade(database_url)

    with house.database.reading() as session:
        assert session.scalars(select(Agreement.collection)).all() == [Collection.OWN]


def texts(value: Any) -> list[dict[str, str]]:
    """Return every text by language within facts."""
    if isinstance(value, dict):
        found = [value] if value.get("source") in value else []
        return found + [text for one in value.values() for text in texts(one)]
    return [text for one in value for text in texts(one)] if isinstance(value, list) else []


def test_the_sample_is_written_in_every_language_but_for_quoted_clauses() -> None:
    partial = [
        (facts["slug"], text["source"])
        for facts in samples()
        for text in texts(facts)
        if set(text) != {"source", "en", "sq", "fr", "nl", "de", "sr", "ar"}
    ]

    assert partial == [
        ("austria-australia-social-security", "de"),
        ("nato-romania-accession", "en"),
        ("rights-of-the-child", "en"),
        ("four-party-social-security", "de"),
    ]
