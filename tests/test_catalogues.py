"""Catalogues follow the source, keep the translations they have, and are compiled for use."""

import gettext
from pathlib import Path

import pytest

from embassy import catalogues

SOURCE = """
# Translators: the building, not the charge
opened = say("The embassy opened on %(day)s.", day=day)
counted = say_many("%(num)s act", "%(num)s acts", 3)
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house that says three sentences, with one of them in Serbian."""
    (tmp_path / "embassy").mkdir()
    (tmp_path / "embassy" / "opening.py").write_text(SOURCE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "door.html").write_text("<p>{{ _('Closed') }}</p>")
    catalogues.update(tmp_path)
    serbian = tmp_path / "translations/sr/LC_MESSAGES/messages.po"
    held = serbian.read_text(encoding="utf-8")
    serbian.write_text(held.replace('msgid "Closed"\nmsgstr ""', 'msgid "Closed"\nmsgstr "Затворено"'))
    catalogues.update(tmp_path)
    return tmp_path


def translation(house: Path, language: str) -> gettext.NullTranslations:
    """Return what programs say in a language, from its compiled catalogue."""
    catalogues.compile_all(house / "translations")
    return gettext.translation("messages", house / "translations", [language])


def test_the_template_has_every_marked_sentence_with_its_note_and_place(house: Path) -> None:
    drawn = (house / "translations" / "messages.pot").read_text(encoding="utf-8")

    _header, *entries = drawn.strip().split("\n\n")

    assert entries == [
        "#: embassy/opening.py\n#, python-format\n"
        'msgid "%(num)s act"\nmsgid_plural "%(num)s acts"\nmsgstr[0] ""\nmsgstr[1] ""',
        '#: templates/door.html\nmsgid "Closed"\nmsgstr ""',
        "#. the building, not the charge\n#: embassy/opening.py\n#, python-format\n"
        'msgid "The embassy opened on %(day)s."\nmsgstr ""',
    ]


def test_a_second_update_changes_nothing(house: Path) -> None:
    changed = catalogues.update(house)

    assert changed == []


def test_a_new_sentence_leaves_the_old_translations_alone(house: Path) -> None:
    (house / "templates" / "bell.html").write_text("{{ _('Ring') }}")

    catalogues.update(house)

    assert translation(house, "sr").gettext("Closed") == "Затворено"


def test_english_is_the_source_itself(house: Path) -> None:
    english = translation(house, "en")

    assert english.ngettext("%(num)s act", "%(num)s acts", 2) == "%(num)s acts"


def test_latin_serbian_follows_cyrillic(house: Path) -> None:
    latin = translation(house, "sr_Latn")

    assert latin.gettext("Closed") == "Zatvoreno"


def test_every_language_is_compiled(house: Path) -> None:
    compiled = catalogues.compile_all(house / "translations")

    assert [path.parent.parent.name for path in compiled] == sorted(catalogues.LANGUAGES)
