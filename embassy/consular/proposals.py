"""Holidays of the host country and of the sending state as closures that are proposed to an office."""

from collections.abc import Iterator
from typing import Any

from embassy.consular.holidays import Holiday, computed
from embassy.consular.vocabulary import Cause, Confirmation
from embassy.core.languages import SPOKEN
from embassy.core.text import Localized
from embassy.web.locale import translate


def named(holiday: Holiday) -> Localized:
    """Return what a holiday is called in every language that knows it."""
    if holiday.called is None:
        return Localized("en", holiday.texts)
    spoken = (one for one in SPOKEN.values() if one.tag != "sr-Latn")
    return Localized("en", {one.tag: translate(holiday.called, one) for one in spoken})


def both(host: str, sending: str, year: int, region: str = "") -> Iterator[Holiday]:
    """Yield the holidays of both states in a year, the host country's of a region, day by day.

    Where both rest on a day, the host country's stands first: it is the one that readers are told.
    """
    here = computed(host, year, Cause.host_holiday, region)
    home = computed(sending, year, Cause.sending_holiday)
    yield from sorted((*here, *home), key=lambda holiday: (holiday.day, holiday.cause))


def closure(holiday: Holiday, status: Confirmation = Confirmation.proposed) -> dict[str, Any]:
    """Return a holiday as a closure of the whole office, the values of a part of it."""
    return {
        "uid": None,
        "first": holiday.day,
        "last": holiday.day,
        "service": None,
        "cause": holiday.cause,
        "status": status,
        "hours": (),
        "reason": named(holiday),
        "sequence": 0,
    }


def proposed(host: str, sending: str, year: int, region: str = "") -> list[dict[str, Any]]:
    """Return the closures that a year's holidays of both states propose, one for each day."""
    first = {one.day: one for one in reversed([*both(host, sending, year, region)])}
    return [closure(first[day]) for day in sorted(first)]
