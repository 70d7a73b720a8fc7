"""The line to cite an agreement by, and the certificate of its status with what is needed to check it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from flask.testing import FlaskClient

from embassy.core.audit import digest
from embassy.db.record import Record
from tests.agreements.facts import IN_FORCE, SIGNED, act, agreement
from tests.agreements.reading import read
from tests.servers import NuChecker

Door = Callable[..., Record]
UID = "3f0c1f5e-9a1d-4a5c-8a51-2f1f3f9b7a10"
PAPER, FILE = "/en/agreements/pact/certificate", "/en/agreements/pact/certificate.json"
CLAUSE = [{"article": "Article 9", "trigger": "last_notification_received", "rule": "first_of_nth_month 3"}]
NOTES = [
    act(f"note-{code.lower()}", "internal_procedures_notified", day, party=code, received=day)
    for code, day in (("AL", "2020-09-01"), ("BE", "2020-10-17"))
]


pytestmark = pytest.mark.usefixtures("clock")


def test_the_page_offers_a_line_to_cite_it_by(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, place={"en": "Tirana"}, uid=UID))
    hand_in("agreement", **agreement(slug="bare"))

    page = client.get("/en/agreements/pact").text

    assert (
        '<p id="citation">Pact on rivers. Parties: Albania and Belgium. Signed: Tirana · 4 May 2020. '
        "Status on 22 November 2026: Signed. "
        "https://embassy.example/en/agreements/pact (accessed on 22 November 2026)</p>"
    ) in page
    assert 'data-copy="citation"' in page
    assert f"Identifier: eli/agreement/{UID}" in read(client, "/en/agreements/pact")
    assert "Belgium. Status on 22 November 2026: Status unknown." in read(client, "/en/agreements/bare")
    assert "citation" not in client.get("/en/agreements/pact?known=2020-06-01").text


def test_a_certificate_holds_what_its_page_tells(client: FlaskClient, hand_in: Door) -> None:
    other = act("report", "committee_report", "2020-06-01", party="AL")
    hand_in("agreement", **agreement(SIGNED, *NOTES, other, clause=CLAUSE, uid=UID))

    facts = json.loads(client.get(FILE).text)
    page = read(client, PAPER)

    acts = facts.pop("acts")
    assert facts == {
        "issuer": "Embassy of Albania in Brussels",
        "language": "en",
        "identifier": f"eli/agreement/{UID}",
        "permalink": "https://embassy.example/en/agreements/pact",
        "title": "Pact on rivers",
        "parties": ["Albania", "Belgium"],
        "signature": "4 May 2020",
        "made_out": "2026-11-22",
        "status": "in_force",
        "statement": ["Entered into force on 1 January 2021."],
        "clause": "Article 9",
        "reckoning": "Counted from receipt of the last notification (17 October 2020): "
        "on the first day of a month, 3 months after that of the event.",
        "note": "",
        "withdrawn": "",
    }
    assert [one["name"] for one in acts] == ["signed", "note-al", "note-be"]
    assert acts[1] == {
        "name": "note-al",
        "type": "internal_procedures_notified",
        "party": "AL",
        "date": "2020-09-01",
        "source": "Official gazette of 2020-09-01",
        "address": "",
        "public_since": "2020-09-01",
    }
    told = (
        *facts["statement"],
        facts["reckoning"],
        facts["identifier"],
        facts["permalink"],
        "22 November 2026",
    )
    assert [words for words in (*told, *(one["source"] for one in acts)) if words not in page] == []
    assert "Committee report" not in page
    assert "This certificate is no legal act." in page


def test_anyone_can_work_out_the_fingerprint_from_the_file(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE, title={"en": "Pact – “rivers”", "ar": "ميثاق"}))

    pairs = [
        (
            client.get(f"/{tag}/agreements/pact/certificate"),
            client.get(f"/{tag}/agreements/pact/certificate.json"),
        )
        for tag in ("en", "ar")
    ]

    shown = [re.findall(r'<code dir="ltr">([0-9a-f]{64})</code>', page.text) for page, _file in pairs]
    assert shown == [[sha256(file.data).hexdigest()] for _page, file in pairs]
    assert {file.content_type for _page, file in pairs} == {"application/json"}


def test_the_fingerprint_is_that_of_the_facts_whatever_their_order() -> None:
    known = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    facts = {"a": 1}

    assert digest("", facts) == sha256(b'{"a":1}').hexdigest() == known
    assert digest("", {"b": "é", "a": 1}) == digest("", {"a": 1, "b": "é"}) != known


def test_a_certificate_changes_with_the_day_and_no_sooner(
    client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hand_in("agreement", **agreement(SIGNED))

    before = client.get(FILE).data
    clock.shift(timedelta(hours=10))
    same = client.get(FILE).data
    clock.shift(timedelta(hours=4))
    after = client.get(FILE).data

    assert same == before
    assert after == before.replace(b"2026-11-22", b"2026-11-23")


def test_a_certificate_tells_nothing_that_is_withheld_corrected_or_only_announced(
    client: FlaskClient, hand_in: Door
) -> None:
    right = act("signed-again", "signed", "2020-05-06", corrects="signed")
    hidden = IN_FORCE | {"audience": "staff"}
    clause = [CLAUSE[0] | {"verified_by": "A. Wombat"}]
    hand_in("agreement", **agreement(SIGNED, right, hidden, clause=clause))

    facts = json.loads(client.get(FILE).text)

    assert (facts["status"], [one["name"] for one in facts["acts"]]) == ("signed", ["signed-again"])
    assert "Wombat" not in client.get(FILE).text + client.get(PAPER).text


def test_a_certificate_of_a_withdrawn_or_bare_agreement_says_so(client: FlaskClient, hand_in: Door) -> None:
    hand_in("agreement", **agreement(publication="withdrawn", reason="It stands elsewhere."))

    page, facts = read(client, PAPER), json.loads(client.get(FILE).text)

    assert facts["withdrawn"] == "It stands elsewhere."
    assert (facts["acts"], facts["signature"], facts["clause"], facts["reckoning"]) == ([], "", "", "")
    assert "This page was withdrawn It stands elsewhere." in page
    assert "The acts it rests on" not in page


@pytest.mark.parametrize("path", ["certificate", "certificate.json", "compare"])
@pytest.mark.parametrize("other", [{"audience": "staff"}, {"shown_from": "2027-01-01T00:00Z"}])
def test_a_hidden_agreement_has_no_papers(
    client: FlaskClient, hand_in: Door, path: str, other: dict[str, str]
) -> None:
    hand_in("agreement", **agreement(SIGNED, **other))

    assert client.get(f"/en/agreements/pact/{path}").status_code == 404


def test_the_certificate_is_good_html_and_not_indexed(
    client: FlaskClient, hand_in: Door, nu_checker: NuChecker
) -> None:
    hand_in("agreement", **agreement(SIGNED, *NOTES, clause=CLAUSE))

    pages = [
        client.get(f"/{tag}/agreements/pact{end}").text
        for tag in ("sr", "ar")
        for end in ("", "/certificate")
    ]

    assert [nu_checker.complaints(page) for page in pages] == [[]] * 4
    assert ['content="noindex"' in page for page in pages] == [False, True] * 2
