"""The reader's language: from the address, or negotiated where the address has none."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from typing import Any

from babel import Locale
from babel.support import Translations
from flask import Flask, g, request
from flask_babel import Babel
from werkzeug.routing import BaseConverter

from embassy import resources
from embassy.core.languages import Language
from embassy.core.messages import Message
from embassy.web.house import house, language


class LanguageConverter(BaseConverter):
    """The first part of an address: the tag of a language that is offered here."""

    part_isolating = True


def converter(languages: tuple[Language, ...]) -> type[LanguageConverter]:
    """Return the converter that matches the offered languages alone."""
    tags = sorted((language.tag for language in languages), key=len, reverse=True)
    return type("OfferedLanguage", (LanguageConverter,), {"regex": "|".join(tags)})


def negotiate() -> Language:
    """Return the language the browser wishes most among those offered (RFC 9110, 12.5.4).

    A wish for Serbian without a script means Cyrillic; `sh`, `bs`, `hr` and `cnr` read Serbian Latin.
    """
    deployment = house().deployment
    kin = {
        "sh": "sr-Latn",
        "bs": "sr-Latn",
        "hr": "sr-Latn",
        "cnr": "sr-Latn",
        "sr-latn": "sr-Latn",
        "sr-cyrl": "sr",
    }
    for wish, quality in request.accept_languages:
        lowered = wish.lower()
        for start in (lowered, "-".join(lowered.split("-")[:2]), lowered.split("-", maxsplit=1)[0]):
            if quality and (found := deployment.language(kin.get(start, start))):
                return found
    return deployment.default


def _catalogue(into: Language | None = None) -> NullTranslations:
    """Return the catalogue of a language, that of the page unless another is named."""
    return _loaded((into or language()).locale)


@cache
def _loaded(locale: str) -> NullTranslations:
    """Return the catalogue of a locale, read once."""
    return Translations.load(resources.TRANSLATIONS, [locale])


def _(text: str, **values: object) -> str:
    """Return a text in the language of the page, its named placeholders filled."""
    translated = _catalogue().gettext(text)
    return translated % values if values else translated


def translate(sentence: Message, into: Language | None = None) -> str:
    """Return a sentence in the language of the page, unless another is named."""
    values = {
        name: translate(value, into) if isinstance(value, Message) else value
        for name, value in sentence.values.items()
    }
    held = _catalogue(into)
    if sentence.plural is None:
        found = held.gettext(sentence.text)
    else:
        found = held.ngettext(sentence.text, sentence.plural, sentence.count)
    return found % values if values else found


@contextmanager
def speaking(one: Language | None) -> Iterator[None]:
    """Speak a language, whatever that of the page is."""
    before, g.language = language(), one
    try:
        yield
    finally:
        g.language = before


def cldr() -> Locale:
    """Return the CLDR locale of the page's language."""
    return _spoken(language().locale)


@cache
def _spoken(locale: str) -> Locale:
    """Return a CLDR locale, looked for once."""
    return Locale.parse(locale)


def init(app: Flask) -> None:
    """Teach the application its languages."""
    deployment = app.extensions["embassy"].deployment
    app.url_map.converters["language"] = converter(deployment.languages)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(resources.TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = "en_GB"
    Babel(app, locale_selector=lambda: language().locale, timezone_selector=lambda: "UTC")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().gettext(text),
        lambda text, plural, count: _catalogue().ngettext(text, plural, count),
        newstyle=True,
    )

    @app.url_value_preprocessor
    def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "lang" in values:
            g.language = deployment.language(values.pop("lang"))

    @app.url_defaults
    def _give(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = language().tag
