"""The public pages, tables and calendars of missions and their offices."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, url_for

from embassy.consular import calendars, guide_queries, labels, queries
from embassy.consular.confirming import AUTUMN
from embassy.consular.door import door
from embassy.consular.models import Mission, Office
from embassy.consular.queries import Wanted
from embassy.consular.schedules import local_day
from embassy.consular.schema import mission_json_ld, office_json_ld
from embassy.consular.wording import envelope, map_url, shown
from embassy.core.access import Publication
from embassy.core.calendar import write
from embassy.core.messages import say_many
from embassy.web import respond, tables
from embassy.web.answer import soonest
from embassy.web.guard import public
from embassy.web.house import (
    Concern,
    Panel,
    concerned,
    house,
    language,
    midnight,
    moment,
    now,
    session,
    today,
    viewer,
)
from embassy.web.locale import _, translate
from embassy.web.page import FeedLink, Page
from embassy.web.paging import Paged, paged
from embassy.web.records import opened
from embassy.web.wishes import typed

bp = Blueprint("consular", __name__, url_prefix="/<language:lang>")
FILTERS = ("country", "q")
LEADING = 3
FEW = 20
AHEAD = timedelta(days=60)
HOLIDAYS, WEEK = "holidays", "week"


def _wanted() -> Wanted:
    return Wanted(typed("country", 2), typed("q"))


def _matching(wanted: Wanted) -> Any:
    return queries.matching(wanted, language().tag, viewer())


def trail() -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the way from the front page to the list of offices."""
    offices = _("Offices and opening hours"), url_for("consular.index")
    return (_("Front page"), url_for("front.index")), offices


def panel() -> Panel:
    """Return the opening state of the first offices, to stand at the top of the front page."""
    wanted = _matching(Wanted()).where(Office.publication == Publication.published)
    found = shown(session().scalars(wanted.limit(LEADING), moment()).all(), now())
    until = soonest(*(one.holds_until for one in found))
    concerned().update(one.office.mission_id for one in found)
    return Panel(
        "consular/panel.html", {"offices": found}, until=until, lead=True, aside="consular/emergency.html"
    )


def concerns() -> Iterable[Concern]:
    """Return what in consular services should be looked after."""
    days = house().deployment.confirmed_for
    late = session().scalars(queries.unconfirmed(viewer(), today() - timedelta(days)), moment())
    told = say_many(
        "Hours that no post has confirmed for %(num)d day",
        "Hours that no post has confirmed for %(num)d days",
        days,
    )
    yield Concern(translate(told), list(late), WEEK)
    waiting = session().scalars(queries.proposed(viewer(), today() + AHEAD), moment())
    yield Concern(_("Holidays of the next 60 days that wait for confirmation"), list(waiting), HOLIDAYS)
    if today().month >= AUTUMN:
        unlooked = session().scalars(queries.unlooked(viewer(), today().year + 1), moment())
        yield Concern(_("Next year’s holidays, which nobody has looked at yet"), list(unlooked), HOLIDAYS)


@bp.get("/consular")
@public(*FILTERS, "page")
def index() -> Response:
    """List the offices with their opening states, and the missions."""
    wanted = _wanted()
    found: Paged[Office] = paged(_matching(wanted))
    offices = shown(found.rows, now())
    concerned().update(one.office.mission_id for one in offices)
    missions = list(session().scalars(queries.missions(viewer()).limit(FEW), moment()))
    about = Page(
        _("Offices and opening hours"),
        _("Where the missions are, whether they are open now, and how to reach them."),
        crumbs=(trail()[0], (_("Offices and opening hours"), None)),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "consular/index.html",
        about,
        until=soonest(*(one.holds_until for one in offices)),
        found=found,
        offices=offices,
        missions=missions,
        wanted=wanted,
        countries=queries.countries(session(), viewer(), moment()),
        kinds=labels.MISSIONS,
    )


@bp.get("/consular/<slug>")
@public()
def show(slug: str) -> Response:
    """Show one office: open or not, this week, closures, and how to reach it."""
    office = opened(Office, slug)
    found = door(office, now(), house().deployment.confirmed_for)
    feed = calendars.subscription(office)
    about = Page(
        office.title.best(language())[1],
        office.summary.best(language())[1],
        text=office.title,
        crumbs=(*trail(), (office.title.best(language())[1], None)),
        feeds=(FeedLink(feed.title, feed.https),),
        schema=office_json_ld(office, found.today) if office.publication is Publication.published else None,
    )
    return respond.page(
        "consular/show.html",
        about,
        until=found.holds_until,
        office=office,
        door=found,
        mission=queries.mission(session(), office.mission_id, viewer(), moment()),
        confirmed_by=queries.mission(session(), office.hours_confirmed_by_id, viewer(), moment()),
        subscription=feed,
        guides=session()
        .scalars(guide_queries.at_mission(office.mission_id, language().tag, viewer()), moment())
        .all(),
        envelope=envelope(office),
        map_url=map_url(office),
        labels=labels,
    )


@bp.get("/consular/missions/<slug>")
@public()
def mission(slug: str) -> Response:
    """Show one mission: where it is accredited, and its offices."""
    found = opened(Mission, slug)
    concerned().add(found.id)
    title = found.title.best(language())[1]
    held = session().scalars(queries.offices_of(found, language().tag, viewer()), moment())
    offices = shown(held, now())
    about = Page(
        title,
        found.summary.best(language())[1],
        text=found.title,
        crumbs=(*trail(), (title, None)),
        schema=mission_json_ld(found),
    )
    return respond.page(
        "consular/mission.html",
        about,
        until=soonest(*(one.holds_until for one in offices)),
        mission=found,
        offices=offices,
        kinds=labels.MISSIONS,
    )


@bp.get("/consular.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def table(form: str) -> Response:
    """Give the list of offices as a file for programs."""
    return tables.answer("office", form, _matching(_wanted()))


@bp.get("/consular/<slug>/closures.ics")
@public()
def calendar(slug: str) -> Response:
    """Give an office's closures as a calendar."""
    office = opened(Office, slug)
    entries = calendars.entries(office, local_day(now(), office.zone))
    body = write(calendars.feed(office), entries)
    return respond.ical(body, last_modified=calendars.changed_at(office), until=midnight())
