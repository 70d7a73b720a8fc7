"""What missions and offices may say, and what follows from a change of a closure."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from babel.numbers import is_currency

from embassy.consular.days import minutes
from embassy.consular.holidays import regions
from embassy.consular.hours import WeeklyHours, overlaps
from embassy.consular.models import Office
from embassy.consular.schedules import WEEKDAYS, span
from embassy.consular.vocabulary import Confirmation
from embassy.core.facts import Refusal, Values
from embassy.core.folding import fold
from embassy.core.messages import say
from embassy.core.tzdb import zone as zone_named

MOVES = ("first", "last", "service", "status", "hours")

MOST_CLOSURES = 200
# What stands where the page of an office would.
PAGES = ("missions", "notices", "post", "services")


def check_mission(values: Values) -> list[Refusal]:
    """Return what in a mission's facts does not fit together."""
    refusals = _wrong_point(values)
    if values["closed"].is_before(values["opened"]):
        wrong = say("A mission cannot close before it opened.")
        refusals.append(Refusal(("closed",), values["closed"], wrong))
    for number, one in enumerate(values["accreditations"]):
        if one["ends"].is_before(one["begins"]):
            wrong = say("An accreditation cannot end before it begins.")
            refusals.append(Refusal(("accreditations", number, "ends"), one["ends"], wrong))
    return refusals


def check_office(values: Values) -> list[Refusal]:
    """Return what in an office's facts does not fit together."""
    refusals = [*_wrong_hours(values["hours"]), *_wrong_closures(values["closures"]), *_wrong_point(values)]
    if values["slug"] in PAGES:
        wrong = say("Another page of the service has this address; choose a different one.")
        refusals.append(Refusal(("slug",), values["slug"], wrong))
    if values["hours_confirmed_by"] and not values["hours_confirmed_on"]:
        refusals.append(Refusal(("hours_confirmed_on",), None, say("Say on which day the post confirmed.")))
    return [*refusals, *_wrong_region(values["country"], values["region"])]


def _wrong_region(country: str, region: str) -> Iterator[Refusal]:
    known = regions(country) if region else ()
    if region and not known:
        wrong = say("The calendar of holidays tells no regions of this country apart; leave it empty.")
        yield Refusal(("region",), region, wrong)
    elif region and region not in known:
        wrong = say("One of the regions of this country: %(regions)s.", regions=", ".join(known))
        yield Refusal(("region",), region, wrong)


def check_notice(values: Values) -> list[Refusal]:
    """Return what in a notice's facts does not fit together."""
    refusals = []
    if values["ends"] and values["ends"] <= values["begins"]:
        refusals.append(Refusal(("ends",), values["ends"], say("It cannot end before it begins.")))
    return refusals + list(_twice(values["missions"]))


def check_service(values: Values) -> list[Refusal]:
    """Return what in a guide's facts does not fit together."""
    refusals = [*_twice(values["missions"]), *_wrong_fees(values["fees"])]
    if values["valid_from"] and values["valid_to"] and values["valid_to"] < values["valid_from"]:
        wrong = say("The last day cannot lie before the first.")
        refusals.append(Refusal(("valid_to",), values["valid_to"], wrong))
    for number, one in enumerate(values["forms"]):
        if not (one["file"] or one["url"]):
            wrong = say("A form has a file, or an address, or both.")
            refusals.append(Refusal(("forms", number, "file"), "", wrong))
    return refusals


def _wrong_fees(parts: list[Values]) -> Iterator[Refusal]:
    """Refuse sums in no currency there is (ISO 4217)."""
    for number, one in enumerate(parts):
        code, free = one["currency"], not Decimal(one["amount"])
        if not (is_currency(code) if code else free):
            wrong = say("A currency by its ISO 4217 code, such as EUR.")
            yield Refusal(("fees", number, "currency"), code, wrong)


def _twice(parts: list[Values]) -> Iterator[Refusal]:
    """Refuse a mission that is named a second time."""
    named = [one["mission"] for one in parts]
    for number, slug in enumerate(named):
        if slug in named[:number]:
            wrong = say("This mission is named already.")
            yield Refusal(("missions", number, "mission"), slug, wrong)


def office_rows(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Return the towns and regions that lead to an office, each once."""
    names = {fold(name) for name in (*office.city.forms().values(), *office.districts)} - {""}
    return {"places": [{"folded": name} for name in sorted(names)]}


def _wrong_point(values: Values) -> list[Refusal]:
    if (values["latitude"] is None) == (values["longitude"] is None):
        return []
    lacking = "latitude" if values["latitude"] is None else "longitude"
    return [Refusal((lacking,), None, say("Latitude and longitude stand together."))]


def urgent_office(before: Values, after: Values, now: datetime) -> bool:
    """Say whether a change does no more than close the office today, on its own calendar.

    Emergency numbers and weekly hours wait for a second person; people who stand before a closed door cannot.
    """
    today = now.astimezone(zone_named(after["zone"])).date()
    old = {one["uid"]: one for one in before["closures"]}
    if any(before[name] != after[name] for name in after if name != "closures"):
        return False
    if set(old) - {one["uid"] for one in after["closures"]}:
        return False
    changed = [one for one in after["closures"] if old.get(one["uid"]) != one]
    return bool(changed) and all(_closes(one, old.get(one["uid"]), today) for one in changed)


def _closes(one: Values, before: Values | None, today: date) -> bool:
    """Say whether a closure is of today alone and for the whole of it, and takes back none that stood."""
    whole = (one["first"], one["last"], one["status"]) == (today, today, Confirmation.confirmed)
    proposed = before is None or (before["first"], before["last"], before["status"]) == (
        today,
        today,
        Confirmation.proposed,
    )
    return whole and not one["hours"] and proposed


def _wrong_hours(parts: list[Values]) -> Iterator[Refusal]:
    for number, one in enumerate(parts):
        if one["valid_from"] and one["valid_to"] and one["valid_to"] < one["valid_from"]:
            wrong = say("The last day cannot lie before the first.")
            yield Refusal(("hours", number, "valid_to"), one["valid_to"], wrong)

    def of(number: int) -> tuple[str, str]:
        return parts[number]["service"], parts[number]["channel"]

    for _same, numbers in groupby(sorted(range(len(parts)), key=of), key=of):
        together = list(numbers)
        for refusal in overlaps([_weekly(parts[number]) for number in together]):
            earlier = int(str(refusal.expected.values["line"])) - 1
            line = {**refusal.expected.values, "line": together[earlier] + 1}
            wrong = replace(refusal.expected, values=line)
            yield Refusal(("hours", together[int(refusal.path[0])], "opens"), f"{refusal.value:%H:%M}", wrong)


def _weekly(one: Values) -> WeeklyHours:
    return WeeklyHours(
        WEEKDAYS.index(one["weekday"]),
        one["opens"],
        one["closes"],
        one["by_appointment"],
        one["valid_from"],
        one["valid_to"],
    )


def _wrong_closures(parts: list[Values]) -> Iterator[Refusal]:
    if len(parts) > MOST_CLOSURES:
        wrong = say("At most %(most)d closures; leave out those long past.", most=MOST_CLOSURES)
        yield Refusal(("closures",), len(parts), wrong)
        return
    seen: set[uuid.UUID] = set()
    for number, one in enumerate(parts):
        path = ("closures", number)
        if one["last"] < one["first"]:
            wrong = say("The last day cannot lie before the first.")
            yield Refusal((*path, "last"), one["last"], wrong)
        if one["uid"] in seen:
            wrong = say("Another closure of this office has this identity already.")
            yield Refusal((*path, "uid"), one["uid"], wrong)
        seen |= {one["uid"]} - {None}
        spans = [minutes(*span(written)) for written in one["hours"]]
        if any(after[0] < before[1] for before, after in pairwise(spans)):
            wrong = say("Hours of one day follow each other and do not overlap.")
            yield Refusal((*path, "hours"), "; ".join(one["hours"]), wrong)


def revise_office(before: Values | None, after: dict[str, Any]) -> dict[str, Any]:
    """Give new closures their identity; raise the sequence of those that changed (RFC 5545, 3.8.7.4)."""
    standing = {one["uid"]: one for one in before["closures"]} if before else {}
    named = {one["uid"] for one in after["closures"]}
    free = [one for uid, one in standing.items() if uid not in named]
    return {**after, "closures": [_revised(one, standing, free) for one in after["closures"]]}


def _revised(one: Values, standing: Mapping[uuid.UUID, Values], free: list[Values]) -> dict[str, Any]:
    """Know a closure again by its identity or, where the writer gave none, by its days and service.

    One that another closure is known by is not taken for this one too.
    """

    def is_same(known: Values) -> bool:
        return all(known[name] == one[name] for name in ("first", "last", "service"))

    known = standing.get(one["uid"]) if one["uid"] else next(filter(is_same, free), None)
    if known is None:
        return {**one, "uid": one["uid"] or uuid.uuid4()}
    if not one["uid"]:
        free.remove(known)
    moved = any(_comparable(known[name]) != _comparable(one[name]) for name in MOVES)
    return {**one, "uid": known["uid"], "sequence": max(one["sequence"], known["sequence"] + moved)}


def _comparable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value
