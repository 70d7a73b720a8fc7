"""Texts in several languages: chains, drafts, derived Serbian Latin, outdated translations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.languages import SPOKEN, Language
from embassy.core.serbian import to_latin
from embassy.core.text import Localized, Translation
from tests.core.values import words

EN, SQ, FR, NL = (SPOKEN[tag] for tag in ("en", "sq", "fr", "nl"))
SR, LATIN = SPOKEN["sr"], SPOKEN["sr-Latn"]
DUTCH_THEN_FRENCH = Language("nl", "nl", "Nederlands", fallback=(FR, EN))
chains = st.builds(
    lambda tag, rest: Language(
        tag, SPOKEN[tag].locale, SPOKEN[tag].name, fallback=tuple(SPOKEN[step] for step in rest)
    ),
    st.sampled_from(sorted(SPOKEN)),
    st.lists(st.sampled_from(sorted(SPOKEN)), max_size=3, unique=True),
)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({"nl": "vier", "fr": "quatre", "en": "four"}, (DUTCH_THEN_FRENCH, "vier")),
        ({"sq": "katër", "fr": "quatre", "en": "four"}, (FR, "quatre")),
        ({"sq": "katër", "en": "four"}, (EN, "four")),
        ({"sq": "katër"}, (SQ, "katër")),
    ],
)
def test_a_reader_gets_their_language_then_their_chain_then_the_original(
    texts: dict[str, str], found: tuple[Language, str]
) -> None:
    text = Localized("sq" if "sq" in texts else "en", texts)

    assert text.best(DUTCH_THEN_FRENCH) == found


def test_serbian_latin_is_derived_unless_it_was_written_by_hand() -> None:
    derived = Localized("sr", {"sr": "Љубљана"})
    by_hand = Localized("sr", {"sr": "Љубљана", "sr-Latn": "Laibach"})

    assert derived.best(LATIN) == (LATIN, "Ljubljana")
    assert by_hand.best(LATIN) == (LATIN, "Laibach")


def test_serbian_cyrillic_is_never_derived() -> None:
    text = Localized("sr-Latn", {"sr-Latn": "Ljubljana"})

    assert (text.in_language("sr"), text.best(SR)) == (None, (LATIN, "Ljubljana"))


def test_serbian_latin_is_not_derived_from_a_draft() -> None:
    text = Localized("en", {"en": "four", "sr": "четири"}, {"sr": Translation.draft})

    assert text.best(LATIN) == (EN, "four")


def test_a_new_original_makes_every_translation_outdated_and_leaves_drafts_drafts() -> None:
    text = Localized("en", {"en": "four", "sq": "katër", "fr": "quatre"}, {"fr": Translation.draft})

    revised = text.revised("en", "five")

    assert revised == Localized(
        "en",
        {"en": "five", "sq": "katër", "fr": "quatre"},
        {"sq": Translation.outdated, "fr": Translation.draft},
    )


def test_a_new_translation_is_current_and_the_same_original_changes_nothing() -> None:
    text = Localized("en", {"en": "four", "sq": "kater"}, {"sq": Translation.outdated})

    assert text.revised("sq", "katër") == Localized("en", {"en": "four", "sq": "katër"})
    assert text.revised("en", "four") == text


def test_an_outdated_translation_is_still_shown() -> None:
    text = Localized("en", {"en": "five", "sq": "katër"}, {"sq": Translation.outdated})

    assert text.best(SQ) == (SQ, "katër")


def test_only_real_translations_are_told_to_search_engines() -> None:
    text = Localized("en", {"en": "a", "sq": "b", "sr": "в"}, {"sq": Translation.draft})

    assert text.translated_into(SPOKEN.values()) == {"en", "sr", "sr-Latn"}


def test_a_text_of_drafts_alone_shows_nothing() -> None:
    text = Localized("en", {"en": "four"}, {"en": Translation.draft})

    assert text.best(NL) == (NL, "")


@given(words(), chains)
def test_no_reader_ever_sees_a_draft(text: Localized, language: Language) -> None:
    shown, told = text.best(language)

    assert text.states.get(shown.tag) is not Translation.draft or (
        shown.tag == "sr-Latn" and told == to_latin(text.texts["sr"])
    )


@given(words(), chains)
def test_the_words_shown_are_those_of_the_language_named_beside_them(
    text: Localized, language: Language
) -> None:
    shown, told = text.best(language)

    steps = [step.tag for step in (language, *language.fallback)] + [text.source]
    tried = steps[: steps.index(shown.tag)]
    assert told == text.in_language(shown.tag)
    assert [text.in_language(tag) for tag in tried] == [None] * len(tried)


@given(words(), st.text(min_size=1))
def test_after_a_new_original_no_translation_counts_as_current(text: Localized, told: str) -> None:
    revised = text.revised(text.source, told)

    translations = set(text.texts) - {text.source}
    assert set(revised.states) == (translations if told != text.texts[text.source] else set(text.states))
    assert revised.texts[text.source] == told


def test_each_wording_stands_once_in_the_language_it_is_first_in() -> None:
    name = Localized(
        "fr",
        {"nl": "Luik", "en": "Liège", "fr": "Liège", "sq": "Liezh", "de": "Lüttich"},
        {"sq": Translation.draft},
    )

    assert list(name.forms().items()) == [("fr", "Liège"), ("nl", "Luik"), ("de", "Lüttich")]
