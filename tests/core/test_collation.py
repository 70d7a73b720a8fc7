"""Sort keys by language; every expected order is written out and was checked by hand."""

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.collation import sort_key
from embassy.core.languages import SPOKEN

ORDERS = {
    "sq": """Ardenicë Berat Cërrik Cudhin Çorovodë Dajti Durrës Dhërmi Elbasan Ersekë Ëndërr Fier Gusinje
        Gjirokastër Himarë Ishëm Jonufër Kolonjë Kollatë Krujë Lezhë Lushnjë Llogara Mezez Mëhallë Nokshiq
        Njegush Orikum Pezë Përmet Qeparo Roskovec Rubik Rrëshen Sarandë Sukth Shëngjin Shkodër Tepelenë
        Tiranë Thanë Theth Ulqin Vlorë Xarrë Xibër Xhamia Ylli Zvërnec Zhapokikë""",
    "sr": """Ада Београд Врање Гњилане Дрвар Ђаковица Екс Жабаљ Земун Ивањица Јагодина Крагујевац Лозница Љиг
        Мајданпек Ниш Нови Његуши Обреновац Пећ Рашка Сомбор Тутин Ћуприја Ужице Футог Хртковци Цетиње Чачак
        Џеп Шабац Brisel Čačak Tirana""",
    "sr-Latn": """Ada Beograd Cetinje Čačak Ćuprija Dubrovnik Dvor Džep Đakovica Eks Futog Lozovik Lužnica
        Ljig Majdanpek Niš Novi Nur Njeguši Obrenovac Sombor Sutjeska Šabac Tutin Zvečan Žabalj Љиг""",
    "de": """Aalen Afghanistan Ägypten Albanien Muller Müller Mullers Oman Österreich Panama Strasse Straße
        Strassen Türkei Tuvalu Zypern""",
    "fr": """cote coté côte côté cotée Espagne Estonie États Éthiopie Fidji odeur œuf offre""",
    "nl": """België Belize idee Ierland IJsland ijver Italië zee zeeën zeef""",
    "en": """Łódź London naïve Natal polish Polish Qatar""",
    "ar": """آسيا أثينا الأردن ألمانيا إيطاليا باريس بيروت تونس ثورة جدة جدول ليبيا مدرسة مدرستان مستشفى
        مستشفيات يافا Elbasan Tirana""",
}
phrases = st.text(st.sampled_from("aàbcçčćdđežhijlnrsštxz AÇĐLJNж Љй اأةتى٢3-.'\u0327\u200c"), max_size=12)
tags = st.sampled_from(sorted(SPOKEN))


def _sorted(names: list[str], tag: str) -> list[str]:
    backwards = list(reversed(names))
    return sorted(backwards, key=lambda name: sort_key(name, tag))


@pytest.mark.parametrize("tag", ORDERS)
def test_each_language_sorts_names_in_its_own_order(tag: str) -> None:
    expected = ORDERS[tag].split()

    assert _sorted(expected, tag) == expected


def test_spaces_signs_and_figures_come_before_letters() -> None:
    expected = ["", "“Eagle”", "1 May", "10 May", "2 May", "de facto", "de-facto", "deal", "dealer"]

    assert _sorted(expected, "en") == expected


def test_accents_count_before_capitals() -> None:
    expected = ["dhe", "Dhe", "DHE", "dhé", "dhÉ", "Dhé", "dheu"]

    assert _sorted(expected, "sq") == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", ["١ مايو", "2 مايو", "مايو", "May", "мај"]),
        ("sr", ["1. мај", "Ниш и Тирана", "Нишава", "Niš"]),
        ("sr-Latn", ["1. maj", "Niš", "Ниш"]),
    ],
)
def test_the_script_of_the_language_comes_first(tag: str, expected: list[str]) -> None:
    assert _sorted(expected, tag) == expected


def test_n_and_j_are_one_letter_unless_parted_by_hand() -> None:
    expected = ["kon\u200cjunkcija", "konzul", "konj", "konjunkcija"]

    assert _sorted(expected, "sr-Latn") == expected


def test_unlisted_signs_precede_figures_and_unlisted_letters_follow_all_others() -> None:
    expected = ["a", "a☂", "a1", "ab", "ay", "ay\u0363", "az", "aж", "aب", "aΩ"]

    assert _sorted(expected, "en") == expected


def test_every_language_of_the_house_has_a_checked_order() -> None:
    assert set(ORDERS) == set(SPOKEN)


def test_the_database_sorts_as_python_does() -> None:
    names = ORDERS["sq"].split()
    with closing(sqlite3.connect(":memory:")) as archive:
        archive.execute("CREATE TABLE post (name TEXT, sort_key TEXT)")
        archive.executemany(
            "INSERT INTO post VALUES (?, ?)", [(n, sort_key(n, "sq")) for n in reversed(names)]
        )

        found = archive.execute("SELECT name FROM post ORDER BY sort_key").fetchall()

    assert [name for (name,) in found] == names


@pytest.mark.parametrize(
    ("variant", "known"),
    [("sq-XK", "sq"), ("sr-Latn-RS", "sr-Latn"), ("sr-Cyrl", "sr"), ("ar-LB", "ar"), ("it", "en")],
)
def test_a_variant_sorts_as_its_language_and_an_unlisted_language_by_the_root_order(
    variant: str, known: str
) -> None:
    names = ["Dhoma", "Dom", "Džep", "Ђак", "باب"]

    assert [sort_key(name, variant) for name in names] == [sort_key(name, known) for name in names]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Embassy\u00a0of  Peru ", "Embassy of Peru"),
        ("مُدَرِّسَة", "مدرسة"),
        ("اتفـــاق", "اتفاق"),
        ("co\u00adoperation\x00", "cooperation"),
        ("٢٠٢٤", "2024"),
        ("ﬁnal №", "final no"),
        ("a\u034f", "a"),
    ],
)
def test_what_does_not_count_leaves_no_trace(one: str, other: str) -> None:
    assert sort_key(one, "ar") == sort_key(other, "ar")


def test_plain_words_cost_two_figures_a_letter() -> None:
    assert len(sort_key("ministry", "en")) == 2 * len("ministry") + len("0000")


def test_a_very_long_title_still_fits_an_index() -> None:
    assert len(sort_key("Ω" * 10_000, "en")) == 2_000


@given(st.text(), tags)
def test_keys_are_plain_hexadecimal(text: str, tag: str) -> None:
    assert set(sort_key(text, tag)) <= set("0123456789abcdef")


@given(st.text(), tags)
def test_composed_and_decomposed_spellings_have_one_key(text: str, tag: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text), tag) == sort_key(text, tag)


@given(phrases, phrases, tags)
def test_what_follows_a_phrase_sorts_after_it(phrase: str, more: str, tag: str) -> None:
    assert sort_key(phrase, tag) <= sort_key(f"{phrase} {more}", tag)


@given(phrases, tags)
def test_small_letters_sort_before_capitals(phrase: str, tag: str) -> None:
    assert sort_key(phrase.lower(), tag) <= sort_key(phrase, tag) <= sort_key(phrase.upper(), tag)
