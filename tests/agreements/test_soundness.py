"""What the parts beside the log may not say, and that they come out as they went in."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from embassy.agreements.models import Agreement
from embassy.agreements.parts import Relation, Statement
from embassy.core.facts import Refused
from embassy.core.text import Localized
from embassy.db.commands import facts_of
from embassy.db.record import Record
from embassy.web.house import House
from embassy.web.tabular import read_csv, write_csv
from tests.agreements.facts import SIGNED, agreement
from tests.agreements.parts import OBJECTED, RESERVED, everything, judged

Door = Callable[..., Record]

SAID = Localized("en", {"en": "So."})


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


pytestmark = pytest.mark.usefixtures("clock")


def refused(hand_in: Door, facts: dict[str, Any]) -> dict[str, str]:
    """Return where facts are refused and what is expected there."""
    with pytest.raises(Refused) as found:
        hand_in("agreement", **facts)
    return {".".join(map(str, one.path)): str(one.expected) for one in found.value.refusals}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"relations": [{"kind": "amends", "other": "pact"}]},
            {"relations.0.other": "Another agreement: none does this to itself."},
        ),
        (
            {"relations": [{"kind": "amends", "other": "treaty"}] * 2},
            {"relations.1.other": "Each of these once; this one stands here already."},
        ),
        (
            {"relations": [{"kind": "amends", "other": "nowhere"}]},
            {"relations.0.other": "The slug of a record of the kind “agreement” that exists already."},
        ),
        (
            {"signatories": [{"party": "FR"}]},
            {
                "signatories.0.party": "The code of a party of this agreement.",
                "signatories.0.name": "Whoever signed has a person, a name or a post.",
            },
        ),
        ({"term": "until"}, {"term_until": "Give this where it lasts so long, and only there."}),
        (
            {"term": "indefinite", "term_years": 3, "renewal": "tacit"},
            {
                "term_years": "Give this where it lasts so long, and only there.",
                "renewal": "Only an agreement with an end is renewed.",
            },
        ),
        ({"renewal": "tacit"}, {"renewal": "Only an agreement with an end is renewed."}),
        (
            {"statements": [RESERVED | {"party": "FR", "answers": "BE"}]},
            {
                "statements.0.party": "The code of a party of this agreement.",
                "statements.0.answers": "Only an objection answers another party; leave this empty.",
            },
        ),
        (
            {"statements": [OBJECTED | {"answers": "BE"}, OBJECTED | {"answers": "FR"}]},
            {
                "statements.0.answers": "The code of another party of this agreement.",
                "statements.1.answers": "The code of another party of this agreement.",
            },
        ),
        (
            {"statements": [RESERVED | {"day": "2027"}]},
            {"statements.0.day": "Today or an earlier day."},
        ),
        (
            {"guides": [{"reader": "worker", "text": {"en": "Fish."}, "form_url": "https://forms.example/"}]},
            {"guides.0.form_name": "A form with an address needs a name."},
        ),
        (
            {"guides": [{"reader": "worker", "text": {"en": "Fish."}, "reviewed": "2026-11-24"}]},
            {"guides.0.reviewed": "Today or an earlier day."},
        ),
        (
            {"assessments": [judged("FR", "begun", "2022-01-01", day="2022-01-02")]},
            {
                "assessments.0.party": "The code of a party of this agreement.",
                "assessments.0.known_from": "A day not before the one it speaks of.",
            },
        ),
        (
            {"assessments": [judged("AL", "begun", "2026-11-24")]},
            {"assessments.0.known_from": "Today or an earlier day."},
        ),
    ],
)
def test_parts_that_do_not_fit_are_refused_by_their_field(
    hand_in: Door, facts: dict[str, Any], expected: dict[str, str]
) -> None:
    hand_in("agreement", **agreement(slug="treaty"))

    assert refused(hand_in, agreement(SIGNED, **facts)) == expected


def test_an_agreement_under_a_new_address_names_itself_by_neither(hand_in: Door) -> None:
    uid = "3f0c1f5e-9a1d-4a5c-8a51-2f1f3f9b7a10"
    hand_in("agreement", **agreement(uid=uid))

    renamed = agreement(uid=uid, slug="new-pact", relations=[{"kind": "amends", "other": "pact"}])

    assert refused(hand_in, renamed) == {"relations.0.other": "Another agreement: none does this to itself."}


@pytest.mark.usefixtures("neighbours")
def test_the_parts_come_out_as_they_went_in_by_json_and_by_csv(house: House, hand_in: Door) -> None:
    hand_in("agreement", **everything())
    kind = house.kinds["agreement"]

    with house.database.reading() as session:
        out = facts_of(kind, session.scalars(select(Agreement).where(Agreement.slug == "pact")).one())
    [again] = read_csv(write_csv([out], kind.facts), kind.facts)

    given = kind_values(everything())
    assert {name: out[name] for name in given} == given
    hand_in("agreement", **again.raw)
    with house.database.reading() as session:
        found = session.scalars(select(Agreement).where(Agreement.slug == "pact")).one()
        assert (found.version, facts_of(kind, found)) == (1, out)


def kind_values(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of this module as they are exported, with their sources written out."""
    names = ["term", "term_until", "renewal", "notice_months"]
    names += ["relations", "signatories", "statements", "guides", "assessments"]
    return {name: _sourced(facts[name]) for name in names}


def _sourced(value: Any) -> Any:
    if isinstance(value, list):
        return [_sourced(one) for one in value]
    if isinstance(value, dict):
        made = {name: _sourced(one) for name, one in value.items()}
        return {"source": "en", **made} if "en" in made else made
    return value


@pytest.mark.parametrize("wrong", ["never_itself", "objections_answer"])
def test_the_database_refuses_parts_that_cannot_be(house: House, hand_in: Door, wrong: str) -> None:
    owner = hand_in("agreement", **agreement()).id
    rows = {
        "never_itself": insert(Relation).values(
            agreement_id=owner, position=0, kind="amends", other_id=owner
        ),
        "objections_answer": insert(Statement).values(
            agreement_id=owner,
            position=0,
            party="AL",
            kind="reservation",
            answers="BE",
            text=SAID,
            citation=SAID,
            url="",
        ),
    }

    with pytest.raises(IntegrityError) as refusal, house.database.writing() as session:
        session.execute(rows[wrong])

    assert wrong in str(refusal.value.orig)
