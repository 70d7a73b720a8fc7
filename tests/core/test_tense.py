"""Texts that speak of what is still to come, told from those that do not, in each language."""

import pytest

from embassy.core.languages import SPOKEN
from embassy.core.tense import speaks_ahead

AHEAD = {
    "en": "The ministers will sign a protocol.",
    "sq": "Ministrat do të nënshkruajnë një protokoll.",
    "fr": "Les ministres signeront un protocole ; la rencontre se tiendra à Liège.",
    "nl": "De ministers zullen een protocol ondertekenen.",
    "de": "Die Minister werden ein Protokoll unterzeichnen.",
    "sr": "Министри ће потписати протокол.",
    "sr-Latn": "Sastanak biće održan u Briselu.",
    "ar": "سيزور الوزير بروكسل.",
}
DONE = {
    "en": "The ministers signed a protocol of goodwill.",
    "sq": "Ministrat nënshkruan një protokoll.",
    "fr": "Les ministres ont signé un protocole à l’opéra.",
    "nl": "De ministers hebben een protocol ondertekend.",
    "de": "Die Minister haben ein Protokoll unterzeichnet.",
    "sr": "Министри су потписали протокол о воћу.",
    "sr-Latn": "Ministri su potpisali protokol.",
    "ar": "وقّع الوزيران بروتوكولًا بشأن السياسة.",
}


@pytest.mark.parametrize("tag", SPOKEN)
def test_each_language_has_its_own_words_for_what_is_to_come(tag: str) -> None:
    assert (speaks_ahead(AHEAD[tag], tag), speaks_ahead(DONE[tag], tag)) == (True, False)


def test_a_language_not_known_here_says_nothing() -> None:
    assert not speaks_ahead("The ministers will sign.", "xx")
