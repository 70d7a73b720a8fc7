"""A text in several languages, with one source language and the state of each translation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from embassy.core.languages import SPOKEN, Language
from embassy.core.serbian import to_latin


class Translation(StrEnum):
    """How far a translation has come; `current` is what every unnamed one is."""

    draft = "draft"
    outdated = "outdated"
    current = "current"


class Standing(StrEnum):
    """How far a whole record has come in one language: as far as the text that lags behind most."""

    current = "current"
    draft = "draft"
    outdated = "outdated"
    missing = "missing"


@dataclass(frozen=True)
class Localized:
    """Words by language tag. `source` names the language in which the text was written first.

    Drafts are never shown to readers. Serbian Latin is derived from Serbian Cyrillic unless it was
    written by hand; Cyrillic is never derived from Latin.
    """

    source: str
    texts: Mapping[str, str]
    states: Mapping[str, Translation] = field(default_factory=dict)

    def in_language(self, tag: str) -> str | None:
        """Return the finished words in exactly this language, derived ones included."""
        if self.states.get(tag) is not Translation.draft and self.texts.get(tag):
            return self.texts[tag]
        if tag == "sr-Latn" and (cyrillic := self.in_language("sr")):
            return to_latin(cyrillic)
        return None

    def best(self, language: Language) -> tuple[Language, str]:
        """Return the language found and its words, following the reader's chain, then the source."""
        rest = (SPOKEN[tag] for tag in (self.source, *self.texts) if tag in SPOKEN)
        for candidate in (language, *language.fallback, *rest):
            if words := self.in_language(candidate.tag):
                return candidate, words
        return language, ""

    def forms(self) -> dict[str, str]:
        """Return every different wording by the language it is in, the source's first (Liège, Luik)."""
        ordered = (self.source, *(tag for tag in SPOKEN if tag != self.source))
        found = {tag: self.texts[tag] for tag in ordered if tag in self.texts and self.in_language(tag)}
        first = {words: tag for tag, words in reversed(found.items())}
        return {tag: words for tag, words in found.items() if first[words] == tag}

    def revised(self, tag: str, words: str) -> "Localized":
        """Return the text with one language rewritten; a new source makes every translation outdated."""
        texts = {**self.texts, tag: words}
        if tag != self.source or self.texts.get(tag) == words:
            return replace(self, texts=texts, states={k: v for k, v in self.states.items() if k != tag})
        others = {k: self.states.get(k, Translation.outdated) for k in texts if k != tag}
        kept = {k: v if v is Translation.draft else Translation.outdated for k, v in others.items()}
        return replace(self, texts=texts, states=kept)

    def translated_into(self, languages: Iterable[Language]) -> frozenset[str]:
        """Return the tags of those languages in which the words really exist (for hreflang)."""
        return frozenset(language.tag for language in languages if self.in_language(language.tag))

    def standing(self, tag: str) -> Standing:
        """Say how far the text has come in a language; its original is always current."""
        if tag == "sr-Latn" and not self.texts.get(tag):
            return self.standing("sr")
        if tag == self.source:
            return Standing.current
        if not self.texts.get(tag):
            return Standing.missing
        return Standing(self.states.get(tag, Translation.current))


def lagging(texts: Iterable[Localized], tag: str) -> Standing:
    """Return how far the texts of a record have come in a language, that is the one furthest behind."""
    order = list(Standing)
    return max((text.standing(tag) for text in texts), key=order.index, default=Standing.current)
