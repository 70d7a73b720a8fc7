"""Every sentence of the house is there in every language, whole and up to date."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from embassy import catalogues
from embassy.core.serbian import to_latin

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]")
COUNT = {"%(num)s", "%(num)d"}
ALLOWED = {
    line
    for line in Path(__file__).with_name("untranslated.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
TRANSLATED = [language for language in catalogues.LANGUAGES if language != "en"]


def forms(said: str | Sequence[str] | None) -> list[str]:
    """Return the forms of a sentence or translation: one, or one for each plural."""
    return [said or ""] if said is None or isinstance(said, str) else list(said)


def messages(language: str) -> list[Message]:
    """Return what the catalogue of a language holds, without its header."""
    return [message for message in catalogues.catalogue(language) if message.id]


def placeholders_agree(message: Message) -> bool:
    """Say whether each form has the placeholders of its source; a plural form may leave the count out."""
    wanted = set(PLACEHOLDER.findall("".join(forms(message.id))))
    optional = COUNT if message.pluralizable else set()
    found = [set(PLACEHOLDER.findall(form)) for form in forms(message.string)]
    return all(wanted - optional <= form <= wanted for form in found)


def test_catalogues_are_in_step_with_the_source() -> None:
    wanted = catalogues.in_step()

    stale = [str(path) for path, held in wanted.items() if not path.exists() or path.read_bytes() != held]

    assert stale == [], "Run: python3 dev.py catalogues"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    found = messages(language)

    missing = [message.id for message in found if not all(forms(message.string))]

    assert missing == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    found = messages(language)

    fuzzy = [message.id for message in found if message.fuzzy]

    assert fuzzy == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_keep_the_placeholders_of_their_source(language: str) -> None:
    translated = [message for message in messages(language) if any(forms(message.string))]

    differing = [message.id for message in translated if not placeholders_agree(message)]

    assert differing == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_plurals_have_as_many_forms_as_their_language(language: str) -> None:
    rules = Catalog(locale=language)
    found = messages(language)

    wrong = [
        message.id
        for message in found
        if len(forms(message.string)) != (rules.num_plurals if message.pluralizable else 1)
    ]

    assert wrong == []
    assert catalogues.catalogue(language).plural_forms == rules.plural_forms


def test_only_names_and_codes_read_the_same_in_another_language() -> None:
    kept = {
        form
        for language in TRANSLATED
        for message in messages(language)
        for form in set(forms(message.id)) & set(forms(message.string))
    }

    assert kept == ALLOWED


def test_serbian_in_latin_script_is_derived_from_cyrillic() -> None:
    cyrillic = {message.id: [to_latin(form) for form in forms(message.string)] for message in messages("sr")}

    latin = {message.id: forms(message.string) for message in messages("sr_Latn")}

    assert latin == cyrillic
