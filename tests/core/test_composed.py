"""Rows of values, texts by language and lists of parts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.composed import Parts, Several, Words
from embassy.core.facts import Fact, Refused, Shape, Wrong
from embassy.core.languages import SPOKEN
from embassy.core.messages import say
from embassy.core.shapes import Flag, Line, Number
from embassy.core.text import Localized, Translation
from tests.core.values import junk, lines, words

PARTS = Parts(
    (
        Fact("name", Line(40), say("The name."), required=True),
        Fact("places", Number(1, 99), say("How many places.")),
        Fact("note", Words(40), say("A note.")),
        Fact("open", Flag(), say("Whether it is open."), default=bool),
        Fact("tags", Several(Line(40)), say("Tags."), default=tuple),
    )
)
several = st.lists(lines.filter(bool), max_size=4).map(tuple)
parts = st.lists(
    st.fixed_dictionaries(
        {
            "name": lines.filter(bool).map(lambda name: name[:40].strip() or "x"),
            "places": st.none() | st.integers(1, 99),
            "note": st.none() | words(40),
            "open": st.booleans(),
            "tags": st.lists(lines.map(lambda tag: tag[:40].strip()).filter(bool), max_size=2).map(tuple),
        }
    ),
    max_size=3,
)


@pytest.mark.parametrize(
    ("shape", "values"), [(Words(), words()), (Several(Line()), several)], ids=["Words", "Several"]
)
def test_what_is_dumped_is_read_again_from_json_and_from_cells(
    shape: Shape, values: st.SearchStrategy[Any]
) -> None:
    @given(values)
    def both_ways(value: Any) -> None:
        dumped = shape.dump(value)
        cells = dict.fromkeys(shape.suffixes(), "") | dict(shape.spread(dumped))
        assert shape.parse(dumped) == value
        assert shape.parse(shape.gather(cells)) == value

    both_ways()


@given(parts)
def test_parts_are_read_again_from_json_and_each_from_its_cells(value: list[dict[str, Any]]) -> None:
    dumped = PARTS.dump(value)
    cells = [dict.fromkeys(PARTS.suffixes(), "") | dict(PARTS.spread(part)) for part in dumped]

    assert PARTS.parse(dumped) == value
    assert PARTS.parse([PARTS.gather(row) for row in cells]) == value


@pytest.mark.parametrize("shape", [Words(), Several(Line()), PARTS], ids=["Words", "Several", "Parts"])
def test_junk_is_read_or_refused_and_never_anything_else(shape: Shape) -> None:
    keys = st.sampled_from(
        ["en", "sr-Latn", "source", "states", "name", "places", "note", "open", "tags", "x"]
    )
    near = st.dictionaries(keys, junk | st.dictionaries(keys, junk, max_size=3), max_size=4)

    @given(junk | near | st.lists(near, max_size=3))
    def hold(raw: object) -> None:
        try:
            shape.parse(raw)
        except (Wrong, Refused) as refused:
            assert str(refused)

    hold()


@pytest.mark.parametrize(
    ("raw", "path", "expected"),
    [
        (
            {"en": "four", "tlh": "loS"},
            ("tlh",),
            f"There is no such language here. Known are: {', '.join(SPOKEN)}.",
        ),
        ({"en": "much too long"}, ("en",), "Text of at most 9 characters."),
        ({"en": 4, "fr": "quatre"}, ("en",), "Text is expected here."),
        ({"en": " "}, ("source",), "The language of the original, which must be among the texts."),
        (
            {"en": "four", "source": "sq"},
            ("source",),
            "The language of the original, which must be among the texts.",
        ),
        (
            {"en": "four", "source": ["en"]},
            ("source",),
            "The language of the original, which must be among the texts.",
        ),
        (
            {"en": "four", "states": "sq=draft"},
            ("states",),
            "Translations with draft or outdated, such as “sq=draft”.",
        ),
        (
            {"en": "four", "sq": "x", "states": {"sq": "new"}},
            ("states",),
            "Translations with draft or outdated, such as “sq=draft”.",
        ),
        (
            {"en": "four", "states": ["sq"]},
            ("states",),
            "Translations with draft or outdated, such as “sq=draft”.",
        ),
        (
            {"en": "four", "states": "en=draft"},
            ("states",),
            "Translations with draft or outdated, such as “sq=draft”.",
        ),
    ],
)
def test_a_refusal_of_words_names_the_language(raw: object, path: tuple[str], expected: str) -> None:
    with pytest.raises(Refused) as refused:
        Words(9).parse(raw)

    assert [(one.path, str(one.expected)) for one in refused.value.refusals] == [(path, expected)]


def test_the_first_text_is_the_original_where_none_is_named() -> None:
    text = Words().parse({"sq": "katër", "en": "four", "states": "en=outdated"})

    assert text == Localized("sq", {"sq": "katër", "en": "four"}, {"en": Translation.outdated})


def test_texts_are_dumped_in_one_order_whatever_the_database_keeps() -> None:
    dumped = Words().dump(Localized("sq", {"ar": "٤", "sq": "katër", "en": "four"}))

    assert list(dumped) == ["source", "en", "sq", "ar"]


@pytest.mark.parametrize("shape", [Words(), Several(Line()), PARTS], ids=["Words", "Several", "Parts"])
def test_a_single_word_is_no_list_of_any_kind(shape: Shape) -> None:
    with pytest.raises(Wrong) as refused:
        shape.parse("four")

    assert refused.value.expected == shape.expects


def test_a_value_among_several_keeps_its_semicolon_and_backslash_in_a_cell() -> None:
    shape, value = Several(Line()), ("A; B", "C\\", "\\;")

    cell = shape.spread(shape.dump(value))

    assert cell == {"": "A\\; B; C\\\\; \\\\\\;"}
    assert shape.parse(shape.gather(cell)) == value


def test_what_is_empty_among_several_is_left_out() -> None:
    assert Several(Line()).parse(["a", " ", ""]) == ("a",)


def test_refusals_among_several_and_parts_name_their_number() -> None:
    with pytest.raises(Refused) as among_several:
        Several(Number(0, 9)).parse([1, 10, "x"])
    with pytest.raises(Refused) as among_parts:
        PARTS.parse([{"name": "a"}, 4, {"places": "none"}])

    assert [one.path for one in among_several.value.refusals] == [(1,), (2,)]
    assert [one.path for one in among_parts.value.refusals] == [(1,), (2, "name"), (2, "places")]


def test_cells_without_anything_make_no_part() -> None:
    assert PARTS.gather(dict.fromkeys(PARTS.suffixes(), "")) is None
