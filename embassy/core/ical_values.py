"""Property values of iCalendar: texts escaped once, addresses, and times that are never floating."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from icalendar.prop import vDate, vDatetime, vInline, vUri

from embassy.core.recurrence import universal
from embassy.core.tzdb import zone as zone_named

# Readers that split lines as Unicode does would otherwise break a text in two.
LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
RESERVED = ":/?#[]@!$&'()*+,;=%"


def clean(words: str) -> str:
    """Line breaks of every kind as newlines, tabs as spaces, other control characters removed."""
    return UNPRINTABLE.sub("", LINE_BREAKS.sub("\n", words).replace("\t", " "))


def text(words: str, language: str | None = None) -> vInline:
    return texts([words], language)


def texts(several: Iterable[str], language: str | None = None) -> vInline:
    """TEXT values on one line (RFC 5545 section 3.3.11).

    Not by the library's vText, which takes a backslash and an N typed by a person for a line break.
    """
    value = ",".join(clean(words).translate(ESCAPES) for words in several)
    return vInline(value, params={} if language is None else {"LANGUAGE": language})


def uri(address: str, *, typed: bool = False) -> vUri:
    """A URI, with everything that RFC 3986 does not allow in one percent-encoded."""
    return vUri(quote(clean(address), safe=RESERVED), params={"VALUE": "URI"} if typed else {})


def utc(moment: date) -> vDatetime:
    return vDatetime(universal(moment))


def moment(when: date, zone: str | None) -> vDate | vDatetime:
    """A date without a zone, else the zone's local time with its TZID."""
    if zone is None:
        return vDate(when, params={"VALUE": "DATE"})
    there = universal(when).astimezone(zone_named(zone))
    # A local time that a clock change repeats means its first run (section 3.3.5); the second needs UTC.
    if there.fold:
        return utc(when)
    local = vDatetime(there.replace(tzinfo=None))
    local.params["TZID"] = zone
    return local
