"""Weekly hours as they are handed in: line by line, or in the words of OpenStreetMap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from embassy.consular.days import WeeklyHours
from embassy.consular.osm_reading import understood
from embassy.consular.schedules import GENERAL, WEEKDAYS
from embassy.core.composed import Parts
from embassy.core.facts import Refusal, Refused, Wrong
from embassy.core.messages import say
from embassy.core.shapes import Clock, Day, Flag, plain

OSM = "osm"
WHOSE = ("service", "channel")


@dataclass(frozen=True)
class WeeklyTimes(Parts):
    """Parts, of which one with `osm` stands for as many as that text tells, of the service it names.

    The text alone is about the general counter. Public holidays, which it may leave out as `PH off`, come
    from the calendars of holidays.
    """

    def parse(self, raw: Any) -> list[dict[str, Any]]:
        given = [{OSM: raw}] if isinstance(raw, str) else raw
        if not isinstance(given, list):
            raise Wrong(self.expects)
        parsed: list[dict[str, Any]] = []
        refusals: list[Refusal] = []
        for number, part in enumerate(given):
            try:
                parsed += super().parse(list(_lines(part)))
            except Refused as refused:
                refusals += [replace(one, path=(number, *one.path[1:])) for one in refused.refusals]
        if refusals:
            raise Refused(refusals)
        return parsed

    def suffixes(self) -> tuple[str, ...]:
        return (*super().suffixes(), f".{OSM}")

    def gather(self, cells: Mapping[str, str]) -> Any:
        text = cells[f".{OSM}"].strip()
        return {**(super().gather(cells) or {}), **({OSM: text} if text else {})} or None


def _lines(part: Any) -> Iterator[Any]:
    """Yield a part as it is or, where it has a text, one part for each of the hours that the text tells."""
    if not isinstance(part, Mapping) or not part.get(OSM):
        yield part
        return
    if others := part.keys() - {OSM, *WHOSE}:
        wrong = say("Leave this out where “osm” tells the hours.")
        raise Refused([Refusal((0, name), part[name], wrong) for name in sorted(others)])
    whose = {name: part.get(name) or usual for name, usual in zip(WHOSE, GENERAL, strict=True)}
    try:
        found = understood(plain(part[OSM]))
    except Wrong as wrong:
        raise Refused([Refusal((0, OSM), part[OSM], wrong.expected)]) from None
    if found.special:
        day = found.special[0].first
        expected = say("%(day)s stands under “closures”, with its reason: leave it out here.", day=day)
        raise Refused([Refusal((0, OSM), part[OSM], expected)])
    yield from (whose | _raw(one) for one in found.weekly)


def _raw(one: WeeklyHours) -> dict[str, str]:
    days = {"valid_from": one.valid_from, "valid_to": one.valid_to}
    return {
        "weekday": WEEKDAYS[one.weekday],
        "opens": Clock().dump(one.opens),
        "closes": Clock().dump(one.closes),
        "by_appointment": Flag().dump(one.by_appointment),
        **{name: Day().dump(day) for name, day in days.items() if day},
    }
