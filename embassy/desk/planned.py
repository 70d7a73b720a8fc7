"""What is planned, by month: changes and records that readers will see from a set time on."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from flask import Response, url_for

from embassy.core.shapes import YEARS
from embassy.core.workflow import Stage
from embassy.desk import differing, labels, queries
from embassy.web import respond
from embassy.web.house import beginning, house, language, moment, now, session, today
from embassy.web.locale import _, cldr, translate
from embassy.web.page import desk_page
from embassy.web.wishes import month_chosen


class Entry(NamedTuple):
    """One thing planned: when on the clocks of the legal zone, what it is called, and how far it has come."""

    at: datetime
    url: str
    title: str
    language: str
    kind: str
    shape: str
    standing: str


def show() -> Response:
    """Show a month with what is planned for each of its days."""
    first = month_chosen("month") or today().replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(
        _entries(beginning(first), beginning(after)), key=lambda one: (one.at.timestamp(), one.title)
    ):
        by_day[entry.at.date()].append(entry)
    weekday = cldr().first_week_day
    weeks = Calendar(weekday).monthdatescalendar(first.year, first.month)
    zone = str(house().deployment.legal_zone)
    page = desk_page(
        _("Planned for a time"),
        _("What readers will see from when on, on the clocks of %(zone)s.", zone=zone),
    )
    return respond.private(
        "desk/planned.html",
        replace(page, queries=("month",)),
        first=first,
        weekdays_from=[(weekday + number) % 7 for number in range(7)],
        weeks=[[(day, by_day[day]) if day.month == first.month else None for day in week] for week in weeks],
        total=sum(map(len, by_day.values())),
        today=today(),
        previous=_address((first - timedelta(days=1)).replace(day=1)),
        next=_address(after),
    )


def _address(month: date) -> tuple[date, str] | None:
    """Return a month with the address of its page, None beyond all calendars."""
    return (month, url_for("desk.planned", month=f"{month:%Y-%m}")) if month.year in YEARS else None


def _entries(begins: datetime, ends: datetime) -> Iterator[Entry]:
    """Yield what is planned from one moment until another."""
    kinds, zone = house().kinds, house().deployment.legal_zone
    for change, at in queries.planned(session(), kinds, begins, ends, now()):
        yield Entry(
            at.astimezone(zone),
            url_for("desk.change", uid=change.uid),
            differing.title(change.record_kind, change.facts),
            "",
            translate(kinds[change.record_kind].label),
            labels.SHAPES[change.stage],
            translate(labels.STAGES[change.stage]),
        )
    for words in session().scalars(queries.embargoed_between(language().tag, kinds, begins, ends), moment()):
        yield Entry(
            words.record.shown_from.astimezone(zone),
            url_for("desk.record", kind=words.record.record_kind, slug=words.record.slug),
            words.title,
            words.shown_language,
            translate(kinds[words.record.record_kind].label),
            labels.SHAPES[Stage.approved],
            _("Published, not yet shown to readers"),
        )
