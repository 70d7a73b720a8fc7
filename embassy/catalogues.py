"""Message catalogues: drawn from the source, kept in step with it, derived where possible, compiled."""

import re
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from embassy.core.languages import SPOKEN
from embassy.core.serbian import to_latin
from embassy.resources import ROOT, TRANSLATIONS

LANGUAGES = tuple(tag.replace("-", "_") for tag in SPOKEN)
SOURCES = {"embassy": ("**.py", "python"), "templates": ("**.*", "jinja2")}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "_l", "lazy_gettext", "say")),
    **dict.fromkeys(("ngettext", "say_many"), (1, 2)),
}
TRANSLATOR_NOTE = "Translators:"
# Dates, people and tool versions would change a file that says nothing new.
RESTLESS = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    rb"|Last-Translator|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)


def template(root: Path = ROOT) -> Catalog:
    """Return every sentence marked in the source, with the files it stands in."""
    drawn = Catalog(header_comment="# Drawn from the source; not edited by hand.", fuzzy=False)
    for folder, (pattern, method) in SOURCES.items():
        for path, _line, text, notes, _context in extract_from_dir(
            root / folder,
            [(pattern, method)],
            # A template that does not parse must stop the extraction, not lose its sentences.
            {pattern: {"silent": "false"}},
            keywords=KEYWORDS,
            comment_tags=(TRANSLATOR_NOTE,),
            strip_comment_tags=True,
        ):
            drawn.add(text, locations=[(f"{folder}/{path}", 0)], auto_comments=notes)
    return drawn


def catalogue(language: str, translations: Path = TRANSLATIONS) -> Catalog:
    """Return the catalogue of one language as its file has it, empty where there is no file yet."""
    path = _path(language, translations)
    if not path.exists():
        return Catalog(locale=language, header_comment="# Sentences and their translations.", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def in_step(root: Path = ROOT) -> dict[Path, bytes]:
    """Return what the template and every catalogue should hold, by path, given source and translations."""
    translations = root / "translations"
    drawn = template(root)
    catalogues = {language: catalogue(language, translations) for language in LANGUAGES}
    for kept in catalogues.values():
        # A catalogue takes new messages over as they are: without a copy all would share them.
        kept.update(deepcopy(drawn), no_fuzzy_matching=True)
    _derive(catalogues["en"], drawn, str)
    _derive(catalogues["sr_Latn"], catalogues["sr"], to_latin)
    held = {_path(language, translations): _render(kept) for language, kept in catalogues.items()}
    return {translations / "messages.pot": _render(drawn), **held}


def update(root: Path = ROOT) -> list[Path]:
    """Bring the template and every catalogue in step with the source; return the files that changed."""
    changed = []
    for path, held in in_step(root).items():
        if not path.exists() or path.read_bytes() != held:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(held)
            changed.append(path)
    return changed


def compile_all(translations: Path = TRANSLATIONS) -> list[Path]:
    """Compile every catalogue beside its source; return the compiled files."""
    compiled = []
    for path in sorted(translations.glob("*/LC_MESSAGES/messages.po")):
        target = path.with_suffix(".mo")
        with path.open("rb") as source, target.open("wb") as written:
            write_mo(written, read_po(source))
        compiled.append(target)
    return compiled


def _path(language: str, translations: Path) -> Path:
    return translations / language / "LC_MESSAGES" / "messages.po"


def _derive(derived: Catalog, source: Catalog, write: Callable[[str], str]) -> None:
    """Fill a catalogue from another: from its translations, or from the sentences of a template."""
    for message in source:
        if message.id:
            forms = (message.string if source.locale else message.id) or ""
            derived[message.id].string = write(forms) if isinstance(forms, str) else [*map(write, forms)]


def _render(kept: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, kept, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return RESTLESS.sub(b"", written.getvalue())
