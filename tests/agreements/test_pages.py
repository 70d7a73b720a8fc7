"""The page of an agreement: status, acts, parties, languages."""

import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from embassy.db.record import Record
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement, sample, samples
from tests.agreements.reading import header, read, titles, words
from tests.every.markup import Markup
from tests.servers import NuChecker

Door = Callable[..., Record]
LANGUAGES = ("sq", "en", "fr", "nl", "de", "sr", "sr-Latn", "ar")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


pytestmark = pytest.mark.usefixtures("clock")


def test_an_agreement_without_acts_claims_no_status(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **sample("road-transport"))

    heading = header(client, "/en/agreements/road-transport")

    assert heading == (
        "Its status is not known: no source here tells what was done and when. "
        "Named in: Embassy of Albania in Brussels, “Bilateral Relations”, 2014"
    )


NO_DAY = "A day as year-month-day, such as 2013-12-09, from the year 1000 to 2999."
AHEAD = "Today or an earlier day."


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2026-11-23", AHEAD),
        ("2099-01-01", AHEAD),
        ("31 February", NO_DAY),
        ("2014-02-30", NO_DAY),
        ("20140601", NO_DAY),
        ("<b>", NO_DAY),
    ],
)
def test_a_day_ahead_or_no_day_is_asked_for_again(
    client: FlaskClient, hand_in: Door, asked: str, expected: str
) -> None:
    hand_in("agreement", **agreement(SIGNED))

    response = client.get("/en/agreements/pact", query_string={"known": asked})

    error = f"“{asked}” does not fit the field “As known on”."
    told = words(response.text).partition(" What was known earlier? ")[2].partition(" As known today")[0]
    fields = [found for name, found in Markup(response.text).elements if found.get("name") == "known"]
    assert (response.status_code, response.headers["Cache-Control"]) == (400, "no-store")
    assert told == (
        f"Please check these answers {error} {expected} As known on {expected} {error} Show that day"
    )
    assert fields == [
        {
            "type": "text",
            "id": "known",
            "name": "known",
            "value": asked,
            "aria-describedby": "known-hint known-error",
            "aria-invalid": "true",
            "required": "",
            "maxlength": "100",
        }
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_for_a_day_is_good_html_in_every_language(
    client: FlaskClient, hand_in: Door, nu_checker: NuChecker, language: str
) -> None:
    hand_in("agreement", **agreement(SIGNED))

    response = client.get(f"/{language}/agreements/pact?known=yesterday")

    links = [found.get("href") for name, found in Markup(response.text).elements if name == "a"]
    assert (response.status_code, links.count("#known"), nu_checker.complaints(response.text)) == (400, 1, [])


def test_what_was_known_earlier_is_not_indexed(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))

    now, then = (client.get(f"/en/agreements/pact{query}").text for query in ("", "?known=2020-06-01"))

    assert ['content="noindex"' in page for page in (now, then)] == [False, True]
    assert ["application/ld+json" in page for page in (now, then)] == [True, False]


def test_search_engines_get_what_is_known_and_no_more(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))
    page = client.get("/en/agreements/pact").text

    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])

    uid = json.loads(client.get("/en/agreements.json").text)["records"][0]["uid"]
    assert told == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": "Pact on rivers",
        "description": "Rivers flow both ways.",
        "legislationIdentifier": f"eli/agreement/{uid}",
        "legislationType": "Agreement",
        "about": ["Environment"],
        "legislationPassedBy": [
            {"@type": "Country", "name": "Albania"},
            {"@type": "Country", "name": "Belgium"},
        ],
        "legislationJurisdiction": [
            {"@type": "Country", "name": "Albania"},
            {"@type": "Country", "name": "Belgium"},
        ],
        "legislationDate": "2020-05-04",
        "legislationDateVersion": "2026-11-22",
        "legislationLegalForce": "https://schema.org/NotInForce",
        "url": "https://embassy.example/en/agreements/pact",
    }


def test_a_party_carries_its_designation_and_footnote(client: FlaskClient, hand_in: Door) -> None:
    parties = [{"code": "AL", "country": "AL"}, {"code": "XK", "country": "XK"}]
    hand_in("agreement", **agreement(SIGNED, parties=parties))

    for path in ("/en/agreements", "/en/agreements/pact"):
        page = read(client, path)
        assert "Kosovo*" in page
        assert "* This designation is without prejudice to positions on status" in page


def test_a_ministry_is_named_as_signed(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **sample("foreign-ministries-memorandum"))

    assert "Außenministerium Albaniens · Außenministerium Belgiens" in read(client, "/de/agreements")


def test_a_corrected_act_stays_and_says_so(client: FlaskClient, hand_in: Door) -> None:
    right = act("signed-again", "signed", "2020-05-06", corrects="signed")
    hand_in("agreement", **agreement(SIGNED, right))

    page = read(client, "/en/agreements/pact")

    log = page.partition("Public since ")[2].partition(" What was known earlier?")[0]
    assert log == (
        "Signature Corrected by a later act 4 May 2020 all parties Official gazette of 2020-05-04 4 May 2020 "
        "Signature 6 May 2020 all parties Official gazette of 2020-05-06 6 May 2020"
    )


def test_an_announced_act_never_reads_as_done(client: FlaskClient, hand_in: Door) -> None:
    announced = act("signed", "signed", "2020-05-04", known_from="2020-04-01")
    hand_in("agreement", **agreement(announced))

    page = read(client, "/en/agreements/pact")

    assert "Signature Announced for this day; outcome not recorded 4 May 2020" in page
    assert "Its status is not known" in page


def test_an_announcement_is_one_while_its_day_is_ahead(client: FlaskClient, hand_in: Door) -> None:
    announced = act("signed", "signed", "2020-05-04", known_from="2020-04-01")
    hand_in("agreement", **agreement(announced))

    page = read(client, "/en/agreements/pact?known=2020-04-15")

    assert "Signature Announced 4 May 2020" in page


def test_an_act_tells_all_its_source_does(client: FlaskClient, hand_in: Door) -> None:
    step = {"uid": "house", "party": "BE", "body": {"en": "House"}, "required": "yes"}
    assent = act("assent", "body_assented", "2020-06-01", party="BE", step="house", reason="Voted at once.")
    notice = act(
        "notice",
        "internal_procedures_notified",
        "2020-07-01",
        party="BE",
        received="2020-07-03",
        effective="2020-08-01",
        scope=["article 1", "article 2"],
        consent="notification",
        url="https://gazette.example/1",
    )
    hand_in("agreement", **agreement(SIGNED, assent, notice, steps=[step]))

    answer = client.get("/en/agreements/pact").text

    assert "Assent House Voted at once. 1 June 2020 Belgium" in words(answer)
    assert (
        "Notification that internal procedures are complete notification with effect from: 1 August 2020 "
        "received: 3 July 2020 only: article 1 and article 2 1 July 2020 Belgium"
    ) in words(answer)
    assert '<a href="https://gazette.example/1" rel="noopener">Official gazette of 2020-07-01</a>' in answer


def test_an_ended_agreement_says_since_when(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, act("over", "terminated", "2022-01-01")))

    page = read(client, "/en/agreements/pact")

    assert "Pact on rivers Terminated on 1 January 2022. Source: Official gazette of 2022-01-01" in page


def test_a_day_known_in_part_is_said_as_far_as_it_is_known(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED | {"event_date": "2020", "known_from": "2021-01-01"}))

    page = read(client, "/en/agreements/pact")

    assert "Pact on rivers Signed (2020). No date of entry into force is known." in page


def test_a_name_that_falls_back_is_marked(client: FlaskClient, hand_in: Door) -> None:
    ministry = {"code": "AL-MFA", "country": "AL", "kind": "ministry", "name": {"en": "Foreign Ministry"}}
    hand_in("agreement", **agreement(SIGNED, parties=[ministry, {"code": "BE", "country": "BE"}]))

    page = client.get("/fr/agreements/pact").text

    assert page.count('<span lang="en" dir="ltr">Foreign Ministry</span>') == 4


def test_a_former_address_leads_on_and_a_wrong_one_nowhere(client: FlaskClient, hand_in: Door) -> None:
    uid = "3f0c1f5e-9a1d-4a5c-8a51-2f1f3f9b7a10"
    hand_in("agreement", **agreement(SIGNED, uid=uid, slug="old-pact"))
    hand_in("agreement", **agreement(SIGNED, uid=uid))

    moved, missing = client.get("/en/agreements/old-pact"), client.get("/en/agreements/no-pact")

    assert (moved.status_code, moved.headers["Location"]) == (301, "/en/agreements/pact")
    assert missing.status_code == 404


def test_a_withdrawn_agreement_gives_the_reason(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, publication="withdrawn", reason="It stands elsewhere."))

    page = read(client, "/en/agreements/pact")

    assert "This page was withdrawn It stands elsewhere." in page
    assert titles(client) == []


def test_the_clause_is_quoted(client: FlaskClient, hand_in: Door) -> None:
    clause = {
        "article": "Article 9",
        "text": {"en": "It enters into force on signature."},
        "trigger": "signature",
    }
    hand_in("agreement", **agreement(SIGNED, clause=[clause]))

    page = read(client, "/en/agreements/pact")

    assert (
        "When it enters into force Article 9 It enters into force on signature. "
        "Counted from signature (4 May 2020): on the same day. What was done"
    ) in page
    assert "Pact on rivers Entered into force on 4 May 2020." in page


def test_the_whole_sample_stands_in_every_language(client: FlaskClient, hand_in: Door) -> None:
    for facts in samples():
        hand_in("agreement", **facts)

    for tag in LANGUAGES:
        pages = [client.get(f"/{tag}/agreements/{facts['slug']}") for facts in samples()]
        assert {page.status_code for page in pages} == {200}
        # A clause is quoted in the languages in which it was written.
        told = [re.sub(r"<blockquote>.*?</blockquote>", "", page.text, flags=re.DOTALL) for page in pages]
        assert not any("Not yet translated" in page for page in told)


def test_a_title_that_falls_back_is_marked(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))

    page = client.get("/ar/agreements").text

    assert re.findall(r'<th scope="row"><a [^>]+lang="(\w+)" dir="auto">', page) == ["en"]


def test_the_sample_file_says_each_record_once() -> None:
    slugs = [facts["slug"] for facts in samples()]

    assert len(slugs) == len(set(slugs)) == 29
