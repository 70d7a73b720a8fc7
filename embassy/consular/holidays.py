"""Public holidays of a country in a year, as the library “holidays” computes them."""

import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from embassy.consular.names import CALLED, MOVED
from embassy.consular.vocabulary import Cause
from embassy.core.languages import SPOKEN
from embassy.core.messages import Message

# The library writes British names for few countries and American ones for most; other tongues by code alone.
ENGLISH = ("en_GB", "en_US")


@dataclass(frozen=True)
class Holiday:
    """A day on which a state rests.

    `called` is its name as our catalogues have it, so as people write it in every language; where they do not
    know it, `texts` are the library's names by language tag, English always.
    """

    day: date
    cause: Cause
    called: Message | None
    texts: Mapping[str, str]


def knows(country: str) -> bool:
    """Say whether the library computes the holidays of a country (ISO 3166-1, or XK)."""
    import holidays

    return country in holidays.list_supported_countries(include_aliases=False)


def regions(country: str) -> tuple[str, ...]:
    """Return the codes of the regions of a country that the library tells apart."""
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    return tuple(known.get(country, ()))


@lru_cache(256)
def computed(country: str, year: int, cause: Cause, region: str = "") -> tuple[Holiday, ...]:
    """Return the public holidays of a country in a year, in order; none of a country it does not know.

    Days moved from a weekend are days of their own, as the library says them.
    """
    if not knows(country):
        return ()
    english = _named(country, year, region, _tongue(country, "en", *ENGLISH))
    called = {day: _called(name) for day, name in english.items()}
    tags = SPOKEN if None in called.values() else ()
    tongues = {tag: _tongue(country, tag) for tag in tags if tag != "en"}
    texts = {tag: _named(country, year, region, tongue) for tag, tongue in tongues.items() if tongue}
    texts["en"] = english
    return tuple(
        Holiday(day, cause, called[day], dict(_in(tag, named[day]) for tag, named in texts.items()))
        for day in sorted(english)
    )


def _tongue(country: str, tag: str, *wished: str) -> str | None:
    """Return the library's code for a language in which it names the holidays of a country."""
    import holidays

    spoken = holidays.country_holidays(country).supported_languages
    kin = sorted(one for one in spoken if one.partition("_")[0] == tag)
    return next((one for one in (*wished, *kin) if one in spoken), None)


def _named(country: str, year: int, region: str, tongue: str | None) -> dict[date, str]:
    import holidays

    with warnings.catch_warnings():
        # It warns of years in which it knows fewer days: each day is no more than a proposal anyway.
        warnings.simplefilter("ignore", UserWarning)
        found = holidays.country_holidays(country, subdiv=region or None, years=year, language=tongue)
    return {day: name for day, name in found.items() if day.year == year}


def _in(tag: str, name: str) -> tuple[str, str]:
    """Return a name by the language it is written in: Serbian in Latin letters is never Cyrillic."""
    latin = tag == "sr" and re.search("[A-Za-z]", name) is not None
    return ("sr-Latn" if latin else tag), name.replace("'", "’")


def _called(name: str) -> Message | None:
    """Return a day's name as our catalogues have it; several holidays of one day stand together."""
    known = [_one(told) for told in name.split("; ")]
    return _together([one for one in known if one]) if all(known) else None


def _one(told: str) -> Message | None:
    name, _bracket, moved = told.removesuffix(")").partition(" (")
    called = CALLED.get(name)
    if called is None or not moved:
        return called
    return Message(MOVED[moved].text, {"holiday": called}) if moved in MOVED else None


def _together(known: Iterable[Message]) -> Message:
    first, *others = known
    return Message("%(first)s; %(rest)s", {"first": first, "rest": _together(others)}) if others else first
