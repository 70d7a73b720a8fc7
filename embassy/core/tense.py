"""Whether a text speaks of what is still to come, by the words each language says it with."""

import re

from embassy.core.serbian import to_latin

# Words and endings that tell the future and little else; a hint for editors, never a verdict.
FUTURE = {
    "en": r"will|going to|upcoming|forthcoming|planned for",
    "sq": r"do t[ëe]|do t’|do t'|pritet|priten",
    "fr": r"\w{2,}(?:era|eront|ira|iront|dra|dront)|sera|seront|aura|auront|va|vont|prochainement",
    "nl": r"zal|zullen|komende|aanstaande|binnenkort",
    "de": r"wird|werden|kommende[mnrs]?|bevorstehende[mnrs]?|demnächst",
    "sr-Latn": r"će|ćemo|biće|\w+(?:aće|iće)|predstojeć\w+",
    "ar": (
        r"سوف|المزمع|المقبل|المقبلة|القادم|القادمة|"
        r"س(?:يعقد|تعقد|يقام|تقام|يكون|تكون|يتم|تتم|يزور|تزور|يبدأ|تبدأ|يلتقي|تلتقي)"
    ),
}
SAID = {tag: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for tag, words in FUTURE.items()}


def speaks_ahead(words: str, tag: str) -> bool:
    """Say whether a text in a language speaks of the future; languages not known here never do."""
    if tag == "sr":
        words, tag = to_latin(words), "sr-Latn"
    return tag in SAID and SAID[tag].search(words) is not None
