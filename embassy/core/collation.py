"""Sort keys in each language's own order, so that any database sorts by comparing bytes."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

# The orders are those of CLDR 48. Letters in one group differ only where nothing else does.
_SIGNS = (
    "_ - ‐ ‒ – — ― , ، ; ؛ : ! ¡ ? ¿ ؟ . · '‘’‚ ‹ › \"“”„ « » ( ) [ ] { } § ¶ @ * / \\ & # %٪ ‰ † ‡ • ′ ″ "
    "` ^ ° © ® + ± ÷ × < = > | ¦ ~ − ¤ ¢ $ £ ¥ €"
)
_DIGITS = "0 1 2 3 4 5 6 7 8 9"
_SCRIPTS = {
    "Latn": "a b c d e ə f g h i ı j k l m n ŋ o p q r s t ŧ u v w x y z þ",
    "Cyrl": "а б в гґ д ђ е є ж з ѕ и і ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш щ ъ ы ь э ю я",
    "Arab": "ءأؤإئاٱ ب پ ةت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ڤ ق ك ک گ ل م ن ه و یىي",
}
_FIRST_SCRIPT = {"sr": "Cyrl", "ar": "Arab", "sr-Latn": "Latn"}
_OWN_LETTERS = {
    "sq": "ç dh ë gj ll nj rr sh th xh zh",
    "sr-Latn": "č ć dž đ lj nj š ž",
}
_TAKEN_APART = {
    "æ": "a\u0361e", "œ": "o\u0361e", "ß": "s\u0361s", "ø": "o\u0338", "đ": "d\u0335", "ð": "d\u0336",
    "ł": "l\u0335", "ħ": "h\u0335", "آ": "ء\u0361ا",
}  # fmt: skip
_MARKS = (
    "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
    "\u0336\u0335\u0309\u030f\u0311\u031b\u0323\u0325\u0326\u032d\u032e\u0330\u0331\u0361"
)
_VOWEL_SIGNS_AND_TATWEEL = dict.fromkeys([*range(0x64B, 0x653), 0x670, 0x640])
_IGNORED = {"Cc", "Cf", "Cs", "Cn", "Co"}
_GRAPHEME_JOINER = "\u034f"

# Weights are two hexadecimal digits each; 00 parts the levels.
_SPACE = "01"
_OTHER_SIGN = "02"
_FIRST_LISTED = 0x03
_OTHER_LETTER = "fe"
_PLAIN = "01"
_FIRST_MARK = 0x10
_OTHER_MARK = "ff"
# PostgreSQL refuses index entries above 2,704 bytes; what differs only later than this sorts as equal.
_LONGEST = 2_000


@dataclass(frozen=True)
class _Alphabet:
    """Place and accent of each unit in a language; a digraph is one unit."""

    weights: Mapping[str, tuple[str, str]]
    units: re.Pattern[str]


def sort_key(text: str, language_tag: str) -> str:
    """Return an ASCII key; comparing keys bytewise orders texts as the language does (UTS 10, CLDR).

    Letters count first, then accents, then small before capital. Space and punctuation count and come
    before digits, these before letters; `sr` puts Cyrillic first, `ar` Arabic. A language without own
    letters here has CLDR's root order. Arabic vowel signs do not count.

    Known limit: n and j that meet where two parts of a word meet (konjunkcija, nadživeti; Albanian
    likewise) read as one letter unless U+200C stands between them.
    """
    alphabet = _alphabet(language_tag)
    letters, capitals = _plain(text)
    places: list[str] = []
    accents: list[str] = []
    cases: list[str] = []
    for unit in alphabet.units.finditer(letters):
        place, accent = alphabet.weights.get(unit[0]) or _unlisted(unit[0], alphabet)
        places.append(place)
        accents.append(accent)
        if place:
            cases.append(str(sum(capitals[unit.start() : unit.end()])))
    while accents and accents[-1] in {_PLAIN, ""}:
        accents.pop()
    return f"{''.join(places)}00{''.join(accents)}00{''.join(cases).rstrip('0')}"[:_LONGEST]


def _plain(text: str) -> tuple[str, list[bool]]:
    """Return small letters with their marks after them, and for each sign whether it was a capital's."""
    composed = unicodedata.normalize("NFC", " ".join(text.split())).translate(_VOWEL_SIGNS_AND_TATWEEL)
    letters = [_small(letter) for letter in composed]
    capitals = [
        letter != letter.lower() for letter, small in zip(composed, letters, strict=True) for _ in small
    ]
    return "".join(letters), capitals


@lru_cache(maxsize=1024)
def _small(letter: str) -> str:
    small = letter.lower()
    return unicodedata.normalize("NFKD", _TAKEN_APART.get(small, small)).lower()


def _unlisted(unit: str, alphabet: _Alphabet) -> tuple[str, str]:
    """Return place and accent by the kind of character; a mark has no place, an ignored one neither."""
    category = unicodedata.category(unit)
    if category == "Mn":
        return "", _mark(unit)
    if category in _IGNORED:
        return "", ""
    if category[0] == "Z":
        return _SPACE, _PLAIN
    if category == "Nd":
        return alphabet.weights[str(unicodedata.decimal(unit))]
    return f"{_OTHER_SIGN if category[0] in 'PS' else _OTHER_LETTER}{ord(unit):06x}", _PLAIN


def _mark(mark: str) -> str:
    if mark == _GRAPHEME_JOINER:
        return ""
    found = _MARKS.find(mark)
    return f"{_FIRST_MARK + found:02x}" if found >= 0 else _OTHER_MARK


@lru_cache(maxsize=64)
def _alphabet(language_tag: str) -> _Alphabet:
    own = [_small_unit(unit) for unit in _nearest(language_tag, _OWN_LETTERS).split()]
    first = _nearest(language_tag, _FIRST_SCRIPT) or "Latn"
    groups = f"{_SIGNS} {_DIGITS} {_SCRIPTS[first]}".split()
    groups += [group for script, letters in _SCRIPTS.items() if script != first for group in letters.split()]
    weights = dict(_placed(groups, own))
    digraphs = sorted((unit for unit in weights if len(unit) > 1), key=len, reverse=True)
    return _Alphabet(weights, re.compile("|".join([*digraphs, "."]), re.DOTALL))


def _placed(groups: list[str], own: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Number the groups; a language's own letters follow the letter they begin with."""
    numbers = (f"{number:02x}" for number in count(_FIRST_LISTED))
    for group in groups:
        place = next(numbers)
        for rank, variant in enumerate(group, start=1):
            yield _small(variant), (place, f"{rank:02x}")
        for unit in own:
            if unit.startswith(group):
                yield unit, (next(numbers), _PLAIN)


def _small_unit(unit: str) -> str:
    return "".join(map(_small, unit))


def _nearest(language_tag: str, known: Mapping[str, str]) -> str:
    """Return what is known for the tag or for the longest tag it begins with (RFC 4647, 3.4)."""
    tag = language_tag
    while tag not in known and tag:
        tag = tag.rpartition("-")[0]
    return known.get(tag, "")
