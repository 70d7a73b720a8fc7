"""The sheet on which the holidays of a year are confirmed, those of both states side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from embassy.consular import labels, queries
from embassy.consular.holidays import Holiday, knows
from embassy.consular.proposals import both, closure, named
from embassy.consular.schedules import WEEKDAYS, local_day
from embassy.consular.vocabulary import Cause, Channel, Confirmation
from embassy.core.facts import Refusal, Refused, Values
from embassy.core.messages import Message, say
from embassy.core.text import Localized
from embassy.db.kinds import Leaf, Sheet
from embassy.web.formats import country
from embassy.web.house import session
from embassy.web.locale import translate

CHOICES: dict[Confirmation, Message] = {
    Confirmation.proposed: say("Decide later"),
    Confirmation.confirmed: say("Closed: confirm it"),
    Confirmation.waived: say("Open all the same"),
}
MARKS = {Confirmation.proposed: "asked", Confirmation.confirmed: "good", Confirmation.waived: "over"}
# From this month on next year's holidays are asked for.
AUTUMN = 10


@dataclass(frozen=True)
class Row:
    """A day on which one state or both rest: what each calls it, what stands, and what is chosen.

    `held` are the office's own closures for a holiday of that day, `others` all else that touches it.
    `choice` is None where the office has no hours that day, so that nothing has to be decided. `gone` is a
    day that stands and that is no longer computed.
    """

    day: date
    names: Mapping[Cause, Localized]
    held: tuple[Values, ...]
    others: tuple[Values, ...]
    has_hours: bool
    gone: bool
    choice: Confirmation | None

    @property
    def field(self) -> str:
        """Return the name of the field in which the choice is sent."""
        return f"day-{self.day}"

    @property
    def mark(self) -> tuple[str, str]:
        """Return how what stands of the day is marked: a shape and words."""
        if not self.held:
            return "unknown", translate(say("Not entered yet"))
        status = self.held[0]["status"]
        return MARKS[status], translate(labels.CONFIRMATIONS[status])


def rows(leaf: Leaf) -> list[Row]:
    """Return the days to decide on, from today on, in their order."""
    year, today = _year(leaf), _today(leaf)
    computed: dict[date, list[Holiday]] = {}
    for holiday in _both(leaf.values, year):
        computed.setdefault(holiday.day, []).append(holiday)
    days = {*computed, *(one["first"] for one in _holidays(leaf.values) if one["first"].year == year)}
    return [_row(leaf, day, computed.get(day, ())) for day in sorted(days) if day >= today]


def _row(leaf: Leaf, day: date, computed: Iterable[Holiday]) -> Row:
    held = tuple(one for one in _holidays(leaf.values) if one["first"] == day)
    touching = (one for one in leaf.values["closures"] if one["first"] <= day <= one["last"])
    names = {holiday.cause: named(holiday) for holiday in computed}
    has_hours = _has_hours(leaf.values, day)
    return Row(
        day,
        names | {one["cause"]: one["reason"] for one in held},
        held,
        tuple(one for one in touching if one not in held),
        has_hours,
        bool(held) and not names,
        _choice(leaf, day, held) if has_hours or held else None,
    )


def _choice(leaf: Leaf, day: date, held: tuple[Values, ...]) -> Confirmation:
    """Return what was chosen for a day, or what stands."""
    stands = held[0]["status"] if held else Confirmation.proposed
    sent = leaf.asked.get(f"day-{day}")
    chosen = Confirmation(sent) if sent in CHOICES else stands
    whole = leaf.asked.get("do") == "look.confirmed"
    return Confirmation.confirmed if whole and chosen is Confirmation.proposed else chosen


def _holidays(values: Values) -> list[Values]:
    return [one for one in values["closures"] if _is_holiday(one)]


def _is_holiday(one: Values) -> bool:
    """Say whether a closure is of the whole office, for a holiday of one day."""
    return one["cause"] is not Cause.ad_hoc and one["service"] is None and one["first"] == one["last"]


def _has_hours(values: Values, day: date) -> bool:
    """Say whether somebody could come on a day; an office without any hours is asked about each."""
    hours = [one for one in values["hours"] if one["channel"] is not Channel.emergency]
    return not hours or any(
        WEEKDAYS[day.weekday()] is one["weekday"]
        and (one["valid_from"] or day) <= day <= (one["valid_to"] or day)
        for one in hours
    )


def _both(values: Values, year: int) -> Iterable[Holiday]:
    return both(values["country"], _sending(values), year, values["region"])


def _sending(values: Values) -> str:
    return queries.sending(session(), values["mission"])


def _today(leaf: Leaf) -> date:
    return local_day(leaf.now, leaf.values["zone"])


def _year(leaf: Leaf) -> int:
    """Return the year that was asked for, this or the next; else the first with something to decide."""
    today = _today(leaf)
    years = (today.year, today.year + 1)
    asked = leaf.asked.get("year", "")
    if asked in map(str, years):
        return int(asked)
    waiting: list[int] = [
        one["first"].year
        for one in _holidays(leaf.values)
        if one["status"] is Confirmation.proposed and one["first"] >= today
    ]
    return min([*waiting, years[today.month >= AUTUMN]])


def shows(leaf: Leaf, _after: Values | None) -> Mapping[str, Any]:
    """Return what the sheet draws."""
    year, codes = _year(leaf), (leaf.values["country"], _sending(leaf.values))
    return {
        "year": year,
        "years": (_today(leaf).year, _today(leaf).year + 1),
        "rows": rows(leaf),
        "columns": list(zip((Cause.host_holiday, Cause.sending_holiday), map(country, codes), strict=True)),
        "unknown": [country(code) for code in codes if not knows(code)],
        "choices": [(one, translate(told)) for one, told in CHOICES.items()],
        "causes": labels.CAUSES,
        "wrong": leaf.wrong,
    }


def written(leaf: Leaf) -> dict[str, Any]:
    """Return the office's values with each day closed, open or proposed as it was chosen.

    A day of both states is one closure, the host country's: it is the one that readers are told. Raises
    Refused where a choice is none of those there are.
    """
    wrong = say("Choose one of those that are offered.")
    sent = ((name, chosen) for name, chosen in leaf.asked.items() if name.startswith("day-"))
    if refusals := [Refusal((name,), chosen, wrong) for name, chosen in sent if chosen not in CHOICES]:
        raise Refused(refusals)
    wanted = {row.day: row for row in rows(leaf) if row.field in leaf.asked and row.choice}
    held = [
        {**one, "status": wanted[one["first"]].choice} if _is_holiday(one) and one["first"] in wanted else one
        for one in leaf.values["closures"]
    ]
    first = {one.day: one for one in reversed([*_both(leaf.values, _year(leaf))])}
    new = [closure(first[day], row.choice) for day, row in wanted.items() if not row.held and row.choice]
    return {**leaf.values, "closures": [*held, *new]}


SHEET = Sheet(
    label=say("Confirm a year’s holidays"),
    about=say(
        "Holidays are computed, so each is a proposal until the post says that it closes. Decide day by day; "
        "a colleague approves all of them together."
    ),
    template="consular/holidays.html",
    shows=shows,
    written=written,
)
