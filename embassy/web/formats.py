"""Dates, times, countries and lists as each language writes them (CLDR); the clock has 24 hours."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.languages import get_official_languages
from babel.lists import format_list
from babel.numbers import format_currency, get_currency_precision
from babel.units import format_unit
from flask import Flask
from markupsafe import Markup

from embassy.core.collation import sort_key
from embassy.core.languages import Language
from embassy.core.messages import Message
from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.core.tzdb import zone as zone_named
from embassy.deployment import Deployment
from embassy.web.house import house, language
from embassy.web.locale import _, cldr, translate

# What CLDR names in two letters although it is no country (UN M.49, exceptional reservations, private use).
GROUPINGS = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


def day(value: date, *, weekday: bool = False) -> str:
    """Return a day with its month in words, such as 9 December 2013."""
    return _day(value, language().locale, weekday)


@lru_cache(4096)
def _day(value: date, locale: str, weekday: bool) -> str:
    spoken = Locale.parse(locale)
    return _inflected(str(format_date(value, "full" if weekday else "long", spoken)), spoken)


def _inflected(text: str, locale: Locale) -> str:
    """Mend what CLDR lacks: the genitive beside a day in Serbian (9. децембра), 1er in French."""
    if locale.language == "fr":
        return re.sub(r"\b1 (?=\D)", "1er ", text)
    if locale.language == "sr":
        for name in locale.months["format"]["wide"].values():
            genitive = re.sub("ба(р)$|ba(r)$", lambda found: found[0][::2], name) + (
                "a" if name.isascii() else "а"
            )
            text = re.sub(rf"\b{name}\b", genitive, text)
    return text


def month(value: date) -> str:
    """Return a month and its year in words."""
    return str(format_skeleton("yMMMM", value, locale=cldr()))


def days(first: date, last: date) -> str:
    """Return a run of days as the language writes it, such as 14–15 May 2014."""
    if first == last:
        return day(first, weekday=True)
    spoken = cldr()
    run = re.sub(r"\b0(\d\.)", r"\1", str(format_interval(first, last, "yMMMd", locale=spoken)))
    for number in {first.month, last.month}:
        run = run.replace(*(spoken.months["format"][width][number] for width in ("abbreviated", "wide")))
    return _inflected(run, spoken)


def clock(value: time | datetime) -> str:
    """Return the time on the 24-hour clock, such as 09:00."""
    return value.strftime("%H:%M")


def moment(value: datetime, zone: str) -> str:
    """Return a moment as day and time on the clocks of a zone."""
    local = value.astimezone(zone_named(zone))
    return _("%(day)s, %(time)s", day=day(local.date(), weekday=True), time=clock(local))


def country(code: str) -> str:
    """Return a party's designation: the deployment's own, or CLDR's name of the country."""
    return designation(code, language(), house().deployment)


def designation(code: str, spoken: Language, deployment: Deployment) -> str:
    """Return what a country is called in a language: as the deployment designates it, or as CLDR does."""
    party = deployment.parties.get(code)
    return party.name.best(spoken)[1] if party else _territory(code, spoken.locale)


@lru_cache(4096)
def _territory(code: str, locale: str) -> str:
    return str(Locale.parse(locale).territories.get(code, code))


def countries() -> list[tuple[str, str]]:
    """Return code and designation of every country, in the order of the alphabet."""
    codes = (str(code) for code in cldr().territories if len(str(code)) == 2 and code not in GROUPINGS)
    tag = language().tag
    return sorted(((code, country(code)) for code in codes), key=lambda one: sort_key(one[1], tag))


def official(*codes: str) -> list[Language]:
    """Return the offered languages that are official in some countries, in the order of these."""
    spoken = [tag.replace("_", "-") for code in codes for tag in get_official_languages(code)]
    # One script of a language is enough, the one that needs no naming.
    chosen = [tag for tag in dict.fromkeys(spoken) if tag.partition("-")[0] not in spoken or "-" not in tag]
    return [found for tag in chosen if (found := house().deployment.language(tag))]


def language_named(tag: str) -> str:
    """Return what a language is called, as it stands at the head of a line; its code if CLDR lacks it."""
    try:
        named = Locale.parse(tag, sep="-").get_display_name(cldr())
    except (UnknownLocaleError, ValueError):
        named = None
    return f"{named[:1].upper()}{named[1:]}" if named else tag


def filesize(size: int) -> str:
    """Return a size in bytes as people say it, such as 120 kB."""
    unit, each = ("megabyte", 1_000_000) if size >= 1_000_000 else ("kilobyte", 1000)
    return str(format_unit(max(1, round(size / each)), f"digital-{unit}", "short", locale=cldr()))


def money(amount: str, currency: str) -> str:
    """Return a sum, a decimal figure in full units, as the language writes it; smaller units are kept."""
    whole = len(amount.partition(".")[2]) <= get_currency_precision(currency)
    return str(format_currency(Decimal(amount), currency, locale=cldr(), currency_digits=whole))


def footnotes(codes: Sequence[str]) -> list[str]:
    """Return the footnotes that the designations of these parties carry."""
    parties = house().deployment.parties
    notes = [parties[code].footnote for code in dict.fromkeys(codes) if code in parties]
    return [note.best(language())[1] for note in notes if note is not None]


def listed(words: Sequence[str]) -> str:
    """Return the words as a list in a sentence, as the language joins them."""
    return str(format_list([str(word) for word in words], locale=cldr()))


def marked(text: Localized) -> str:
    """Return a text in the best language, marked for browsers where it is not the page's."""
    found, words = text.best(language())
    if found.tag == language().tag:
        return words
    return Markup('<span lang="{}" dir="{}">{}</span>').format(found.tag, found.direction, words)


def names(text: Localized) -> str:
    """Return every form of a name, each marked with its language."""
    marked = (Markup('<span lang="{}">{}</span>').format(tag, words) for tag, words in text.forms().items())
    return Markup(" · ").join(marked)


def weekday(number: int) -> str:
    """Return the name of a weekday, 0 for Monday."""
    return weekdays().split("|")[number]


def weekdays() -> str:
    """Return the names of the weekdays, Monday first, with bars between them."""
    return _weekdays(language().locale)


@lru_cache
def _weekdays(locale: str) -> str:
    return "|".join(Locale.parse(locale).days["stand-alone"]["wide"][number] for number in range(7))


def partial(value: PartialDate) -> str:
    """Return a date as far as it is known, in words."""
    if value.is_exact and value.earliest:
        return day(value.earliest)
    if value.earliest and value.latest:
        whole_year = (value.earliest.month, value.latest.month) == (1, 12)
        return str(value.earliest.year) if whole_year else month(value.earliest)
    if value.latest:
        return _("not after %(day)s", day=day(value.latest))
    return _("not before %(day)s", day=day(value.earliest)) if value.earliest else _("date unknown")


def said(sentence: object) -> object:
    """Return a sentence in the page's language, the days in it written as the language writes them."""
    if not isinstance(sentence, Message):
        return sentence
    return translate(replace(sentence, values={name: _put(value) for name, value in sentence.values.items()}))


def _put(value: object) -> object:
    if isinstance(value, PartialDate):
        return partial(value)
    return day(value) if isinstance(value, date) else said(value)


def telephone(number: str) -> str:
    """Return an E.164 number as it is dialled from abroad, kept left to right in every script."""
    import phonenumbers

    shown = phonenumbers.format_number(
        phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return Markup('<bdi dir="ltr">{}</bdi>').format(shown.replace(" ", "\u00a0"))


def init(app: Flask) -> None:
    """Give the templates these ways of writing."""
    app.jinja_env.globals.update(weekday=weekday, weekdays=weekdays, footnotes=footnotes, days=days)
    app.jinja_env.filters.update(
        day=day,
        month=month,
        clock=clock,
        money=money,
        moment=moment,
        country=country,
        listed=listed,
        partial=partial,
        filesize=filesize,
        telephone=telephone,
        said=said,
        names=names,
    )
