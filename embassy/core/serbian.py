"""Serbian Cyrillic written in Gaj's Latin alphabet; never the other way round, which would be guessing."""

import re
import unicodedata
from itertools import chain

LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "đ", "е": "e", "ж": "ž", "з": "z", "и": "i",
    "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "ћ": "ć", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "č", "џ": "dž", "ш": "š",
}  # fmt: skip
"""The thirty small letters of the azbuka and their Latin letters."""

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
# \w throughout, and no named script: what is left alone before must be left alone after, so that
# deriving twice changes nothing.
_LEFT_ALONE = r"""
      (?<!\w)\w++://[^\s<>"'„“”«»]+                       # web addresses
    | www\.[^\s<>"'„“”«»]+
    | (?<![\w.-])(?:[\w-]++\.)+срб\b(?:/[^\s<>"'„“”«»]*)?
    | (?<![\w.+-])[\w.+-]++@(?:[\w-]++\.)+\w+             # mailboxes
    | %\([^()]*\)                                         # printf placeholders
    | </?\w[^<>]*>                                        # tags
"""
_WORD = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_PART = re.compile(rf"{_LEFT_ALONE}|(?P<word>{_WORD})", re.VERBOSE)


def to_latin(text: str) -> str:
    """Return the text with its Serbian Cyrillic words in Latin script.

    Digraphs follow their neighbours: Џуџе → Džudže, ЏУЏЕ → DŽUDŽE; a letter standing alone is
    written as an initial is (Љ. → Lj.). Addresses, placeholders, tags and Latin words stay, and so
    does a word with a letter that Serbian does not have (Толстой), since half of it would be wrong.
    """
    return _PART.sub(_rewritten, text)


def _rewritten(found: re.Match[str]) -> str:
    word = found["word"]
    if word is None or not _is_serbian(word):
        return found[0]
    return "".join(_letter(word, place) for place in range(len(word)))


def _is_serbian(word: str) -> bool:
    letters = unicodedata.normalize("NFC", word).lower()
    return all(letter in LATIN for letter in letters if _CYRILLIC.match(letter))


def _letter(word: str, place: int) -> str:
    letter = word[place]
    latin = LATIN.get(letter.lower(), letter)
    if letter.islower() or latin == letter:
        return latin
    return latin.upper() if _stands_in_capitals(word, place) else latin.capitalize()


def _stands_in_capitals(word: str, place: int) -> bool:
    """Judge by the next letter, at a word's end by the one before."""
    outwards = chain(range(place + 1, len(word)), reversed(range(place)))
    return next((word[near] for near in outwards if word[near].isalpha()), "").isupper()
