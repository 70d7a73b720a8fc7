"""What differs between two versions is told exactly; two people's work is brought together without loss."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from embassy.core.differing import Difference, Kept, compared, differences, flat, merged

TEXTS = st.text(st.sampled_from("ab ,.ëш\n"), max_size=30)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=6,
)
FACTS = st.dictionaries(st.sampled_from(["title", "city", "members", "day"]), VALUES, max_size=4)
SIMPLE = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["1", "2", "3"]), max_size=4)


@given(TEXTS, TEXTS)
def test_without_what_was_added_it_is_the_text_before_and_without_what_was_removed_the_one_after(
    before: str, after: str
) -> None:
    runs = list(compared(before, after))

    assert "".join(words for kept, words in runs if kept is not Kept.added) == before
    assert "".join(words for kept, words in runs if kept is not Kept.removed) == after


@given(FACTS, FACTS)
def test_whatever_differs_is_named_and_nothing_else(before: dict[str, Any], after: dict[str, Any]) -> None:
    old, new = dict(flat(before)), dict(flat(after))

    found = {one.path for one in differences(before, after)}

    assert found == {path for path in {*old, *new} if old.get(path, "") != new.get(path, "")}


def test_words_are_compared_one_by_one() -> None:
    before = {"title": {"en": "Visit to Brussels"}, "stops": [{"place": "brussels"}], "round": 2}
    after = {
        "title": {"en": "Visit to Ghent"},
        "stops": [{"place": "brussels"}, {"place": "gent"}],
        "round": None,
    }

    assert differences(before, after) == [
        Difference(
            ("title", "en"), ((Kept.same, "Visit to "), (Kept.removed, "Brussels"), (Kept.added, "Ghent"))
        ),
        Difference(("stops", 1, "place"), ((Kept.added, "gent"),)),
        Difference(("round",), ((Kept.removed, "2"),)),
    ]


@given(SIMPLE, SIMPLE)
def test_if_only_one_side_changed_its_work_stands(base: dict[str, str], side: dict[str, str]) -> None:
    assert merged(base, side, base) == (side, [])
    assert merged(base, base, side) == (side, [])
    assert merged(base, side, side) == (side, [])


@given(SIMPLE, SIMPLE, SIMPLE)
def test_of_what_both_changed_mine_stands_and_is_named(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    both, clashes = merged(base, theirs, mine)

    for name in {*base, *theirs, *mine}:
        changed = [side.get(name) != base.get(name) for side in (theirs, mine)]
        assert both.get(name) == (mine if changed[1] else theirs).get(name)
        assert (name in clashes) == (all(changed) and theirs.get(name) != mine.get(name))


ACTS: list[dict[str, Any]] = [{"uid": uid, "day": f"{uid} day"} for uid in ("signed", "noted", "entered")]


def test_a_part_that_went_is_told_alone_behind_those_that_stay() -> None:
    found = differences({"acts": ACTS}, {"acts": [*ACTS[1:], {"uid": "registered"}]})

    assert [(one.path, one.words) for one in found] == [
        (("acts", 2, "uid"), ((Kept.added, "registered"),)),
        (("acts", 3, "uid"), ((Kept.removed, "signed"),)),
        (("acts", 3, "day"), ((Kept.removed, "signed day"),)),
    ]


def test_a_part_is_known_again_by_its_name_or_by_what_it_says() -> None:
    changed = differences({"acts": ACTS}, {"acts": [{"uid": "new"}, ACTS[0] | {"day": "x"}, *ACTS[1:]]})
    nameless = [{"name": "Red"}, {"name": "Blue"}]

    assert [one.path for one in changed] == [("acts", 0, "uid"), ("acts", 1, "day")]
    assert [one.path for one in differences({"halls": nameless}, {"halls": nameless[1:]})] == [
        ("halls", 1, "name")
    ]


def test_parts_in_another_order_differ() -> None:
    assert differences({"acts": ACTS}, {"acts": ACTS[::-1]}) != []
