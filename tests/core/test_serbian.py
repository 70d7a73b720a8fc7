"""Serbian Cyrillic in Latin script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.serbian import LATIN, to_latin

AZBUKA = "".join(LATIN)
written = st.text(st.sampled_from(AZBUKA + AZBUKA.upper() + " .-,1"))
pieces = [*"ажњЊйѓbs \n.:/@%()<>-\u0301\u0306", "://", "www.", "%(", ".срб", "а@б.с", "<а "]
awkward = st.lists(st.sampled_from(pieces)).map("".join)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("абвгдђежзијклљмнњопрстћуфхцчџш", "abvgdđežzijklljmnnjoprstćufhcčdžš"),
        ("Фијат, ђак, чежња и џеп", "Fijat, đak, čežnja i džep"),
        ("инјекција", "injekcija"),
        ("Република Србија", "Republika Srbija"),
        ("Споразум о социјалној сигурности", "Sporazum o socijalnoj sigurnosti"),
        ("", ""),
    ],
)
def test_words_are_written_letter_by_letter(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("ЏУГАЊ", "DŽUGANJ"),
        ("Џугањ", "Džuganj"),
        ("Њујорк", "Njujork"),
        ("ЊУЈОРК", "NJUJORK"),
        ("Љубљана", "Ljubljana"),
        ("КРАЉ", "KRALJ"),
        ("СЉП-а", "SLJP-a"),
        ("НАЉ-ом", "NALJ-om"),
        ("Љ. Ристић", "Lj. Ristić"),
        ("Љ", "Lj"),
        ("Љ-2", "Lj-2"),
        ("УЊ\u0301", "UNJ\u0301"),
        ("ЊЊ", "NJNJ"),
        ("Њ\u0301егов", "Nj\u0301egov"),
        ("Њ\u0301ЕГОВ", "NJ\u0301EGOV"),
    ],
)
def test_digraphs_take_their_capitals_from_the_neighbouring_letter(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    "kept",
    [
        "https://пример.срб/документа/уговор.pdf",
        "https://example.rs/уговор",
        "www.example.rs/термини",
        "mailto://амбасада@пример.срб",
        "амбасада@пример.срб",
        "конзулат.пример.срб/термини",
        "%(држава)s",
        '<a title="Споразум">',
        "</наслов>",
        "Brussels, München, Elbasan",
        "Толстой",
        "Толсто\u0438\u0306",
        "Ѓорѓи",
        "Київ",
        "москвaй",
        "لاهاي",
        "①½%",
    ],
)
def test_what_is_no_serbian_word_is_left_alone(kept: str) -> None:
    assert to_latin(kept) == kept


def test_words_around_what_is_left_alone_are_written_in_latin() -> None:
    sentence = "Види <b>термине</b> на „https://мфа.срб/љ“, пиши на џеп@мфа.срб; %(љ)s људи, Лав Толстой и Њ."

    derived = to_latin(sentence)

    assert derived == (
        "Vidi <b>termine</b> na „https://мфа.срб/љ“, piši na џеп@мфа.срб; %(љ)s ljudi, Lav Толстой i Nj."
    )


def test_accents_stay_over_their_letters() -> None:
    assert to_latin("гра\u0302д, ку\u0300ћа") == "gra\u0302d, ku\u0300ća"


@given(written)
def test_no_serbian_letter_is_left_over(cyrillic: str) -> None:
    assert [letter for letter in to_latin(cyrillic) if letter.lower() in LATIN] == []


@given(written)
def test_capitals_are_those_of_the_cyrillic(cyrillic: str) -> None:
    assert to_latin(cyrillic).lower() == to_latin(cyrillic.lower())


@given(st.text() | written | awkward)
def test_deriving_twice_changes_nothing(text: str) -> None:
    once = to_latin(text)

    assert to_latin(once) == once
