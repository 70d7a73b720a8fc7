"""The public pages, tables and calendar of visits."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, url_for

from embassy.core.calendar import write
from embassy.visits import calendars, labels, queries, wording
from embassy.visits.models import Level, Side, Visit
from embassy.visits.queries import Wanted
from embassy.visits.schema import json_ld
from embassy.web import respond, tables
from embassy.web.formats import country
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
from embassy.web.paging import Paged, paged
from embassy.web.records import last_told, linked, opened, speaking_ahead
from embassy.web.wishes import chosen, typed, year_chosen

bp = Blueprint("visits", __name__, url_prefix="/<language:lang>")
FILTERS = ("country", "partner", "year", "level", "q")
ON_FRONT = 3


def _matching() -> tuple[Wanted, Any]:
    wanted = Wanted(
        typed("country", most=2),
        typed("partner", most=2),
        year_chosen("year"),
        chosen("level", Level),
        typed("q"),
    )
    return wanted, queries.matching(wanted, language().tag, viewer())


def _towns(visit: Visit) -> list[str]:
    return [link for stop in visit.places if (link := linked(stop.place))]


def panel() -> Panel:
    """Return the last visits for the front page."""
    found = session().scalars(queries.last(viewer(), ON_FRONT), moment())
    return Panel("visits/panel.html", {"rows": [(visit, wording.when(visit)) for visit in found]})


def concerns() -> Iterable[Concern]:
    """Return what in visits should be looked after."""
    found = list(session().scalars(queries.unrecorded(viewer()), moment()).unique())
    yield Concern(_("Announced visits whose day has passed: record what came of them"), found)
    over = session().scalars(queries.ended(viewer(), today() - FRESH), moment()).unique()
    yield Concern(_("Past visits whose texts still speak of the future"), speaking_ahead(over))


@bp.get("/visits")
@public(*FILTERS, "page")
def index() -> Response:
    """List the visits."""
    (wanted, matching), feed = _matching(), calendars.subscription()
    found: Paged[Visit] = paged(matching)
    about = Page(
        _("Visits"),
        _("High-level visits, meetings and consultations: who met whom, where and when."),
        crumbs=((_("Front page"), url_for("front.index")), (_("Visits"), None)),
        feeds=(FeedLink(feed.title, feed.https),),
        queries=(*FILTERS, "page"),
    )
    codes = queries.countries(session(), viewer(), moment())
    return respond.page(
        "visits/index.html",
        about,
        until=midnight(),
        found=found,
        rows=[
            (
                visit,
                wording.when(visit),
                wording.certainty(visit, today()),
                wording.level(visit),
                _towns(visit),
            )
            for visit in found.rows
        ],
        wanted=wanted,
        countries=sorted(((code, country(code)) for code in codes), key=lambda one: one[1]),
        years=queries.years(session(), viewer(), moment()),
        levels=[(level, translate(label)) for level, label in labels.LEVELS.items()],
        subscription=feed,
    )


@bp.get("/visits/<slug>")
@public()
def show(slug: str) -> Response:
    """Show one visit."""
    visit, feed = opened(Visit, slug), calendars.subscription()
    title = visit.title.best(language())[1]
    about = Page(
        title,
        visit.summary.best(language())[1],
        text=visit.title,
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (_("Visits"), url_for("visits.index")),
            (title, None),
        ),
        feeds=(FeedLink(feed.title, feed.https),),
        schema=json_ld(visit),
    )
    sides = ((visit.visitor, Side.visitor), (visit.host, Side.host))
    return respond.page(
        "visits/show.html",
        about,
        until=midnight(),
        visit=visit,
        when=wording.when(visit),
        certainty=wording.certainty(visit, today()),
        level=wording.level(visit),
        format=translate(labels.FORMATS[visit.format]) if visit.format else "",
        towns=_towns(visit),
        sides=[(code, people) for code, side in sides if (people := wording.present(visit, side))],
        subscription=feed,
    )


@bp.get("/visits.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def table(form: str) -> Response:
    """Give the list as a file for programs."""
    return tables.answer("visit", form, _matching()[1])


@bp.get("/visits.ics")
@public()
def calendar() -> Response:
    """Give the visits of this year, the last and those announced as a calendar."""
    changed = max(last_told("visit"), new_year())
    held = session().scalars(queries.in_calendar(calendars.since(today()), viewer()), moment())
    body = write(calendars.feed(changed), calendars.entries(held))
    return respond.ical(body, last_modified=changed, until=midnight())
