"""The public pages, tables and calendars of events."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, url_for

from embassy.core.calendar import write
from embassy.events import calendars, labels, queries, wording
from embassy.events.models import Category, Event
from embassy.events.queries import Listed, Period, Wanted
from embassy.events.schema import json_ld
from embassy.web import respond, tables
from embassy.web.feeds import Subscription
from embassy.web.guard import public
from embassy.web.house import (
    FRESH,
    Concern,
    Panel,
    language,
    midnight,
    moment,
    new_year,
    session,
    today,
    viewer,
)
from embassy.web.locale import _, translate
from embassy.web.page import FeedLink, Page
from embassy.web.paging import paged
from embassy.web.records import last_told, opened, speaking_ahead
from embassy.web.wishes import chosen, typed

bp = Blueprint("events", __name__, url_prefix="/<language:lang>")
# A calendar of more octets than these is not taken by every program.
MOST_OCTETS = 1024 * 1024
YEAR = "<int(fixed_digits=4, min=1900, max=2199):year>"
FILTERS = ("when", "category", "city", "q")


def _wanted() -> Wanted:
    return Wanted(chosen("when", Period), chosen("category", Category), city=typed("city"), words=typed("q"))


def _matching(wanted: Wanted) -> Any:
    return queries.matching(wanted, language().tag, viewer())


def _rows(wanted: Wanted) -> Any:
    return queries.rows(wanted, language().tag, viewer())


def _years(wanted: Wanted) -> list[tuple[int, str]]:
    """Return the years, each with the address of its calendar, for those who collect what is over."""
    found = queries.years(session(), wanted.category, viewer(), moment())
    return [(year, calendars.subscription(wanted.category, year).path) for year in found]


def panel() -> Panel:
    """Return the next events for the front page."""
    wanted = Wanted(Period.upcoming)
    found = session().execute(_rows(wanted).limit(4), moment())
    lines = wording.lines([Listed(*row) for row in found], today())
    return Panel("events/panel.html", {"lines": lines}, midnight())


def concerns() -> Iterable[Concern]:
    """Return what in events should be looked after."""
    found = list(session().scalars(queries.unrecorded(viewer()), moment()))
    yield Concern(_("Announced events whose day has passed: record what came of them"), found)
    over = session().scalars(queries.ended(viewer(), today() - FRESH), moment())
    yield Concern(_("Past events whose texts still speak of the future"), speaking_ahead(over))


@bp.get("/events")
@public(*FILTERS, "page")
def index() -> Response:
    """List the events, those ahead first."""
    wanted = _wanted()
    shown = wanted if wanted.period else replace(wanted, period=Period.upcoming)
    found = paged(_rows(shown), Listed)
    feed = calendars.subscription(wanted.category)
    about = Page(
        _("Events"),
        _(
            "What is on: business forums, culture, commemorations and consular days, "
            "with a calendar to subscribe to."
        ),
        crumbs=((_("Front page"), url_for("front.index")), (_("Events"), None)),
        feeds=(FeedLink(feed.title, feed.https),),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "events/index.html",
        about,
        until=midnight(),
        found=found,
        lines=wording.lines(found.rows, today()),
        wanted=shown,
        cities=[(city, city) for city in queries.cities(session(), viewer(), moment())],
        subscription=feed,
        years=_years(wanted) if shown.period is Period.past else (),
        names={category: translate(label) for category, label in labels.CATEGORIES.items()},
    )


@bp.get("/events/<slug>")
@public()
def show(slug: str) -> Response:
    """Show one event."""
    event = opened(Event, slug)
    day = queries.shown_days(session(), event, today())
    over = day is not None and day.last_day < today()
    title = event.title.best(language())[1]
    feed = Subscription(title, url_for("events.one_calendar", slug=slug))
    about = Page(
        title,
        event.summary.best(language())[1],
        text=event.title,
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (_("Events"), url_for("events.index")),
            (title, None),
        ),
        feeds=(FeedLink(title, feed.https),),
        schema=json_ld(event),
    )
    return respond.page(
        "events/show.html",
        about,
        until=midnight(),
        event=event,
        when=wording.when(event, day),
        where=wording.where(event),
        certainty=wording.certainty(event, over),
        over=over,
        subscription=feed,
        categories=labels.CATEGORIES,
    )


@bp.get("/events.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def table(form: str) -> Response:
    """Give the list as a file for programs."""
    return tables.answer("event", form, _matching(_wanted()), until=midnight())


@bp.get("/events.ics")
@public()
def calendar() -> Response:
    """Give all events as a calendar."""
    return _calendar(Wanted())


@bp.get(f"/events/year/{YEAR}.ics")
@public()
def year_calendar(year: int) -> Response:
    """Give the events of one year as a calendar."""
    return _calendar(Wanted(year=year))


@bp.get("/events/category/<category>.ics")
@public()
def category_calendar(category: str) -> Response:
    """Give the events of one category as a calendar."""
    return _calendar(Wanted(category=_category(category)))


@bp.get(f"/events/category/<category>/{YEAR}.ics")
@public()
def category_year_calendar(category: str, year: int) -> Response:
    """Give the events of one category and year as a calendar."""
    return _calendar(Wanted(category=_category(category), year=year))


@bp.get("/events/<slug>.ics")
@public()
def one_calendar(slug: str) -> Response:
    """Give one event as a calendar, whenever it is or was."""
    event = opened(Event, slug)
    title = event.title.best(language())[1]
    about = Subscription(title, url_for("events.one_calendar", slug=slug))
    changed = max(event.changed_at, event.shown_from)
    feed = calendars.feed(about, url_for("events.show", slug=slug), changed)
    return respond.ical(write(feed, calendars.entries([event])), last_modified=changed)


def _category(word: str) -> Category:
    return Category(word) if word in labels.CATEGORIES else abort(404)


def _calendar(wanted: Wanted) -> Response:
    """Give a calendar; one too large for some programs holds this year alone and leads to the others."""
    changed, this = last_told("event"), today().year
    body = _written(wanted, changed)
    if len(body) > MOST_OCTETS and wanted.year is None:
        note, changed = calendars.parted(wanted.category, this), max(changed, new_year())
        body = _written(replace(wanted, year=this), changed, note)
    return respond.ical(body, last_modified=changed, until=midnight())


def _written(wanted: Wanted, changed: datetime, note: str = "") -> bytes:
    about = calendars.subscription(wanted.category, None if note else wanted.year)
    found = session().scalars(queries.in_calendar(wanted, today(), viewer()), moment())
    feed = calendars.feed(about, url_for("events.index"), changed, note)
    return write(feed, calendars.entries(found))
