"""Names taken out of texts: in any script and spelling, in addresses too, and nothing beside them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.erasing import ERASED, Eraser, Unfit, marks

KEY = b"a key for tests"
DADE = Eraser(marks(["Arta Dade", "Đorđe Žarić"], KEY), KEY)
WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Arta Dade spoke.", f"{ERASED} spoke."),
        ("By ARTA  DADE, and Arta Hoxha", f"By {ERASED}, and Arta Hoxha"),
        ("Dade, Arta", ERASED),
        ("Djordje Zaric and Ђорђе Жарић", f"{ERASED} and {ERASED}"),
        ("A\u0301rta Dade", ERASED),
        ("arta.dade@example.org", f"{ERASED}@example.org"),
        ("https://example.org/arta-dade", ""),
        ("See https://example.org/arta-dade", f"See https://example.org/{ERASED}"),
        ("Arta \u0640 Dade", ERASED),
        ("Arta met Dade", "Arta met Dade"),
        ("Arta — then, Dade", "Arta — then, Dade"),
        ("Marta Dade", "Marta Dade"),
        ("", ""),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, left: str) -> None:
    assert DADE.text(text) == left


def test_in_an_address_a_name_becomes_the_same_word_everywhere() -> None:
    person, visit = DADE.text("arta-dade"), DADE.text("visit-of-arta-dade-2011")

    assert visit == f"visit-of-{person}-2011"
    assert person.startswith("erased-")
    assert DADE.text("djordje-zaric") != person


def test_facts_are_taken_through_to_their_leaves() -> None:
    facts = {"title": {"en": "Arta Dade"}, "parts": [{"name": "Arta Dade", "order": 1}], "flag": True}

    assert DADE.facts(facts) == {
        "title": {"en": ERASED},
        "parts": [{"name": ERASED, "order": 1}],
        "flag": True,
    }


@given(WORDS, WORDS)
def test_nothing_but_the_name_goes(before: str, after: str) -> None:
    told = DADE.text(f"{before} | Arta Dade | {after}")

    assert told == f"{DADE.text(before)} | {ERASED} | {DADE.text(after)}"


@given(st.recursive(WORDS | st.integers() | st.none(), st.lists))
def test_facts_without_the_name_stay_as_they_are(facts: Any) -> None:
    stranger = Eraser(marks(["Qwxz Vbnmk"], KEY), KEY)

    assert stranger.facts(facts) == facts


def test_marks_tell_no_name_and_mean_nothing_under_another_key() -> None:
    other = Eraser(DADE.marks, b"another key")

    assert "dade" not in repr(DADE.marks)
    assert other.text("Arta Dade") == "Arta Dade"


@pytest.mark.parametrize("name", ["Dade", "X", "", "…"])
def test_one_short_word_is_no_name(name: str) -> None:
    with pytest.raises(Unfit, match=f"^{name}$"):
        marks([name], KEY)


def test_one_long_word_may_stand_alone() -> None:
    eraser = Eraser(marks(["+32 470 12 34 56", "+32470123456"], KEY), KEY)

    assert eraser.text("Call +32470123456 or +32 470 12 34 56.") == f"Call +{ERASED} or +{ERASED}."
