"""Words as search compares them: one case, no diacritics, one script for Serbian, plain spaces."""

import unicodedata

from embassy.core.serbian import LATIN

# NFKD takes marks off; these letters carry their stroke or ligature within. Case folding has made ß ss.
_STROKED = {
    "đ": "dj", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i",
}  # fmt: skip
# As Lucene's ArabicNormalizer: ta marbuta is written ha and alef maqsura ya as often as not. The seats
# of hamza and madda fall away as marks. Farsi letters come from Iranian and Afghan keyboards.
_ARABIC = {"ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": ""}
_TRANSLITERATION_MARKS = dict.fromkeys("ʹʺʻʼʽʾʿˈ", "")
_LETTERS = str.maketrans(
    {cyrillic: _STROKED.get(latin, latin) for cyrillic, latin in LATIN.items()}
    | _STROKED
    | _ARABIC
    | _TRANSLITERATION_MARKS
)


def fold(text: str) -> str:
    """Return letters, digits and single spaces only, as the `folded` column and each query word have them.

    Serbian reads the same from either script (đ = dj). Punctuation parts words, so no character that
    LIKE treats specially is left and nothing needs escaping. Folding again changes nothing.
    """
    letters = _bare(_bare(text).translate(_LETTERS))
    return " ".join("".join(_sign(letter) for letter in letters).split())


def _bare(text: str) -> str:
    """Return small letters without their marks and compatibility forms (ﬁ, ﻻ, U+00A0) taken apart."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in plain if unicodedata.category(letter) not in {"Mn", "Mc", "Me", "Cf"})


def _sign(letter: str) -> str:
    """Return a letter as it is, any script's digit as 0 to 9, anything else as a space."""
    if letter.isalpha():
        return letter
    return str(unicodedata.decimal(letter, " "))
