"""The sheet on which an office's weekly hours are written as a grid, and what changes in the weeks ahead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from embassy.consular.door import is_old
from embassy.consular.foreseen import foreseen
from embassy.consular.grid import Line, Spans, hours, lines, read, write
from embassy.consular.hours import WeeklyHours, overlaps
from embassy.consular.labels import CHANNELS, SERVICES, WEEKDAYS
from embassy.consular.schedules import local_day
from embassy.consular.vocabulary import Channel, Service, Weekday
from embassy.core.facts import Refusal, Refused, Values, Wrong
from embassy.core.messages import Message, say
from embassy.core.partial import year_first
from embassy.core.shapes import Day
from embassy.db.kinds import Leaf, Sheet
from embassy.web.house import house
from embassy.web.locale import translate

NAMED = re.compile("row-([0-9]{1,4})-")
CONFIRMED = "hours_confirmed_on"
NEVER = say("The post has not confirmed these hours. Ask it, and enter the day of its answer below.")
OLD = say("The post confirmed these hours long ago. Ask it again, and enter the day of its answer below.")
CHOOSE = say("Choose one of those that are offered.")


@dataclass(frozen=True)
class Row:
    """A line of the grid as it is typed, by the names of its fields; `number` counts from 0."""

    number: int
    sent: Mapping[str, str]

    def name(self, part: str) -> str:
        """Return the name of a field."""
        return f"row-{self.number}-{part}"

    def __getitem__(self, part: str) -> str:
        """Return what stands in a field."""
        return self.sent.get(self.name(part), "")

    @property
    def is_blank(self) -> bool:
        """Say whether no hours were written; such a line is left out."""
        return not any(self[weekday].strip() for weekday in Weekday)

    @property
    def title(self) -> Message:
        """Return what the line is called."""
        known = self["service"] in SERVICES and self["channel"] in CHANNELS
        if not known:
            return say("Line %(number)d", number=self.number + 1)
        service, channel = (
            SERVICES[Service(self["service"])],
            CHANNELS[Channel(self["channel"])],
        )
        return say("%(service)s %(channel)s", service=service, channel=channel)

    def cell(self, weekday: Weekday) -> Message:
        """Return what a cell is called."""
        return say("%(line)s, %(weekday)s", line=self.title, weekday=WEEKDAYS[weekday])


def rows(leaf: Leaf) -> list[Row]:
    """Return the lines of the grid, as they were sent or else as they stand, and an empty one."""
    sent = dict(leaf.asked) if "lines" in leaf.asked else {}
    if not sent:
        for number, line in enumerate(lines(leaf.values["hours"])):
            sent |= {Row(number, {}).name(part): words for part, words in _typed(line).items()}
    known = sorted({int(found[1]) for name in sent if (found := NAMED.match(name))})
    numbers = [number for number in known if not Row(number, sent).is_blank]
    return [Row(number, sent) for number in (*numbers, max(numbers, default=-1) + 1)]


def _typed(line: Line) -> dict[str, str]:
    """Return a line as it stands in the fields."""
    return {
        "service": line.service,
        "channel": line.channel,
        "from": str(line.valid_from or ""),
        "to": str(line.valid_to or ""),
        "appointment": "yes" if line.by_appointment else "",
        **{weekday: write(spans) for weekday, spans in zip(Weekday, line.cells, strict=True)},
    }


def written(leaf: Leaf) -> dict[str, Any]:
    """Return the office's values with the weekly hours that were written; raises Refused naming the cells."""
    grid: list[tuple[Row, Line]] = []
    refusals: list[Refusal] = []
    confirmed = _day(leaf.asked.get(CONFIRMED, ""), refusals)
    for row in rows(leaf)[:-1]:
        try:
            grid.append((row, _line(row)))
        except Refused as refused:
            refusals += refused.refusals
    if refusals := refusals or list(_overlapping(grid)):
        raise Refused(refusals)
    weekly = hours((line for _row, line in grid), leaf.values["hours"])
    return {**leaf.values, "hours": weekly, CONFIRMED: confirmed}


def _day(written: str, refusals: list[Refusal]) -> date | None:
    """Return the day on which the post confirmed the hours; what is no day is noted among the refusals."""
    try:
        return Day().parse(year_first(written)) if written.strip() else None
    except Wrong as wrong:
        refusals.append(Refusal((CONFIRMED,), written, wrong.expected))
        return None


def _line(row: Row) -> Line:
    """Return what a row holds; raises Refused."""
    refusals: list[Refusal] = []
    days: dict[str, date | None] = {}
    cells: list[Spans] = []

    def refuse(part: str, called: Message, wrong: Message) -> None:
        told = say("%(line)s: %(wrong)s", line=called, wrong=wrong)
        refusals.append(Refusal((row.name(part),), row[part], told))

    for part, known in (("service", SERVICES), ("channel", CHANNELS)):
        if row[part] not in known:
            refuse(part, row.title, CHOOSE)
    for part in ("from", "to"):
        try:
            days[part] = Day().parse(year_first(row[part])) if row[part].strip() else None
        except Wrong as wrong:
            refuse(part, row.title, wrong.expected)
    if (days.get("to") or date.max) < (days.get("from") or date.min):
        refuse("to", row.title, say("The last day cannot lie before the first."))
    for weekday in Weekday:
        try:
            cells.append(read(row[weekday]))
        except Wrong as wrong:
            refuse(weekday, row.cell(weekday), wrong.expected)
    if refusals:
        raise Refused(refusals)
    by_appointment = row["appointment"] == "yes"
    return Line(
        Service(row["service"]),
        Channel(row["channel"]),
        days["from"],
        days["to"],
        by_appointment,
        tuple(cells),
    )


def _overlapping(grid: list[tuple[Row, Line]]) -> Iterator[Refusal]:
    """Yield the cells whose hours overlap those of an earlier one for the same service and channel."""
    held = [
        (row, number, line, WeeklyHours(number, *span, line.by_appointment, line.valid_from, line.valid_to))
        for row, line in grid
        for number, spans in enumerate(line.cells)
        for span in spans
    ]
    for same in {(line.service, line.channel): None for _row, line in grid}:
        of_one = [one for one in held if (one[2].service, one[2].channel) == same]
        for refusal in overlaps([weekly for *_place, weekly in of_one]):
            row, number, *_rest = of_one[int(refusal.path[0])]
            weekday = tuple(Weekday)[number]
            told = say(
                "%(cell)s: these hours overlap others of the same service, from %(opens)s to %(closes)s. "
                "Change the times of one of them, or the days from and to which they hold.",
                cell=row.cell(weekday),
                opens=refusal.expected.values["opens"],
                closes=refusal.expected.values["closes"],
            )
            yield Refusal((row.name(weekday),), row[weekday], told)


def shows(leaf: Leaf, after: Values | None) -> Mapping[str, Any]:
    """Return what the sheet draws; the lines as they would stand, once somebody looked."""
    looked = Leaf({**leaf.values, "hours": after["hours"]}, {}, leaf.now) if after else leaf
    first, days = local_day(leaf.now, leaf.values["zone"]), house().deployment.confirmed_for
    stands = leaf.values[CONFIRMED]
    return {
        "rows": rows(looked),
        "weekdays": [(weekday, translate(told)) for weekday, told in WEEKDAYS.items()],
        "services": {one: translate(told) for one, told in SERVICES.items()},
        "channels": {one: translate(told) for one, told in CHANNELS.items()},
        "foreseen": foreseen(leaf.values, after, first) if after else [],
        "confirmed": leaf.asked.get(CONFIRMED, str(stands or "")),
        "doubt": NEVER if stands is None else OLD if is_old(stands, first, days) else None,
        "wrong": leaf.wrong,
    }


SHEET = Sheet(
    label=say("Write the hours of the week"),
    about=say(
        "Each line is a service and a way to reach it; each day holds hours such as 9:00–12:00, 14:00–16:00, "
        "or nothing. A line without any hours goes. What changes is shown before it is handed in."
    ),
    template="consular/weekly.html",
    shows=shows,
    written=written,
)
