"""The languages people read here: address tag, locale data, own name and direction of writing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language: `tag` is BCP 47 (addresses, lang, hreflang), `locale` is CLDR's name (Babel).

    `fallback` is the chain of languages tried, in order, where a text is missing in this one.
    """

    tag: str
    locale: str
    name: str
    direction: str = "ltr"
    fallback: tuple["Language", ...] = ()


SPOKEN: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "en_GB", "English"),
        Language("sq", "sq", "Shqip"),
        Language("fr", "fr", "Français"),
        Language("nl", "nl", "Nederlands"),
        Language("de", "de", "Deutsch"),
        Language("sr", "sr", "Српски"),
        Language("sr-Latn", "sr_Latn", "Srpski (latinica)"),
        Language("ar", "ar", "العربية", "rtl"),
    )
}
