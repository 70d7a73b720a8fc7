"""All facts of a record together: read, refused, written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.composed import Several, Words
from embassy.core.facts import Fact, Refused, dump_all, parse_all
from embassy.core.messages import say
from embassy.core.shapes import Flag, Line, Number, Partial
from tests.core.values import junk

FACTS = (
    Fact("name", Line(40), say("The name."), required=True),
    Fact("title", Words(40), say("The title.")),
    Fact("count", Number(0, 9), say("How many."), default=int),
    Fact("open", Flag(), say("Whether it is open."), default=bool),
    Fact("day", Partial(), say("The day.")),
    Fact("tags", Several(Line(40)), say("Tags."), default=tuple),
)


def test_every_fact_has_its_value_or_its_default() -> None:
    values = parse_all(FACTS, {"name": " Gala ", "count": 3, "tags": []})

    assert values == {"name": "Gala", "title": None, "count": 3, "open": False, "day": None, "tags": ()}


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(Refused) as refused:
        parse_all(FACTS, {"count": 10, "colour": "red", "title": {"en": "x", "xx": "y"}}, ("halls", 2))

    assert [(one.path, one.value) for one in refused.value.refusals] == [
        (("halls", 2, "colour"), "red"),
        (("halls", 2, "name"), None),
        (("halls", 2, "title", "xx"), "y"),
        (("halls", 2, "count"), 10),
    ]
    assert str(refused.value).startswith("('halls', 2, 'colour'): There is no such field.")


@pytest.mark.parametrize("nothing", [None, "", "  ", "\x00", [], {}])
def test_nothing_does_not_pass_for_what_is_needed(nothing: object) -> None:
    with pytest.raises(Refused) as refused:
        parse_all(FACTS, {"name": nothing})

    assert [(one.path, str(one.expected)) for one in refused.value.refusals] == [
        (("name",), "This is needed and is missing.")
    ]


def test_what_is_empty_is_not_written() -> None:
    values = parse_all(FACTS, {"name": "Gala", "count": 0})

    assert dump_all(FACTS, values) == {"name": "Gala", "count": 0, "open": "no"}


@given(
    st.dictionaries(st.sampled_from([fact.name for fact in FACTS]) | st.text(max_size=5), junk, max_size=6)
)
def test_no_json_whatever_brings_anything_but_values_or_a_refusal(raw: dict[str, Any]) -> None:
    try:
        values = parse_all(FACTS, raw)
    except Refused as refused:
        assert all(set(one.path[:1]) <= set(raw) | {"name"} for one in refused.refusals)
    else:
        assert parse_all(FACTS, dump_all(FACTS, values)) == values
