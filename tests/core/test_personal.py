"""Values about people as they are handed in: with their consent or without, never written down in facts."""

import uuid
from datetime import date
from typing import Any

import pytest

from embassy.core.composed import Parts, replaced
from embassy.core.facts import Fact, Refused, Wrong, dump_all
from embassy.core.messages import say
from embassy.core.personal import Confided, Consent, Personal, identities
from embassy.core.shapes import MAILBOX, Line

SHAPE = Personal(MAILBOX)
CONSENT = {"given": "2026-05-03", "words": "On the website", "language": "sq"}
UID = uuid.UUID(int=7)
FACTS = (
    Fact("title", Line(20), say("Title.")),
    Fact("people", Parts((Fact("mailbox", SHAPE, say("Mailbox.")),)), say("People."), default=list),
    Fact("name", Personal(Line(20)), say("Name.")),
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (str(UID), UID),
        ({"value": "a@b.example"}, Confided("a@b.example", None)),
        (
            {"value": "a@b.example"} | CONSENT,
            Confided("a@b.example", Consent(date(2026, 5, 3), "On the website", "sq")),
        ),
    ],
)
def test_a_value_comes_by_identity_or_as_confided(raw: Any, value: object) -> None:
    assert SHAPE.parse(raw) == value


@pytest.mark.parametrize("raw", ["Arta", 7, ["a@b.example"]])
def test_anything_else_is_wrong(raw: Any) -> None:
    with pytest.raises(Wrong):
        SHAPE.parse(raw)


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ({"value": "no mailbox"}, {("value",)}),
        ({"given": "2026-05-03"}, {("value",), ("words",), ("language",)}),
        ({"value": "a@b.example"} | CONSENT | {"language": "xx"}, {("language",)}),
        ({"value": "a@b.example"} | CONSENT | {"given": "yesterday"}, {("given",)}),
    ],
)
def test_a_consent_is_whole_and_each_fault_is_named(raw: Any, wrong: set[tuple[str, ...]]) -> None:
    with pytest.raises(Refused) as refused:
        SHAPE.parse(raw)

    assert {refusal.path for refusal in refused.value.refusals} == wrong


def test_only_an_identity_is_ever_written_down() -> None:
    assert dump_all(FACTS, {"title": "T", "people": [{"mailbox": UID}], "name": None}) == {
        "title": "T",
        "people": [{"mailbox": str(UID)}],
    }
    with pytest.raises(TypeError):
        SHAPE.dump(Confided("a@b.example", None))  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", [None, str(UID), {"value": "a@b.example"} | CONSENT])
def test_cells_hold_what_raw_facts_hold(raw: Any) -> None:
    cells = SHAPE.spread(raw)

    assert (tuple(cells), SHAPE.gather(cells)) == (SHAPE.suffixes(), raw)


def test_every_value_about_a_person_is_reached_with_its_path() -> None:
    paths = []

    def each(_shape: Personal, value: Any, path: tuple[str | int, ...]) -> Any:
        paths.append(path)
        return value.upper()

    after = replaced(FACTS, {"title": "t", "people": [{"mailbox": "x"}, {}], "name": "y"}, Personal, each)

    assert paths == [("people", 0, "mailbox"), ("name",)]
    assert after == {"title": "t", "people": [{"mailbox": "X"}, {}], "name": "Y"}


def test_identities_are_those_of_facts_and_of_values() -> None:
    raw = {"people": [{"mailbox": str(UID)}, {"mailbox": {"value": "a@b.example"}}]}

    assert identities(FACTS, raw) == identities(FACTS, {"name": UID}) == {UID}
