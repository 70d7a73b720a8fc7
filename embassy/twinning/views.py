"""The public pages, tables and calendar of twinning."""

from typing import Any

from flask import Blueprint, Response, url_for

from embassy.core.calendar import write
from embassy.twinning import calendars, labels, queries, wording
from embassy.twinning.models import Charter, CharterStatus
from embassy.twinning.queries import Wanted
from embassy.twinning.schema import json_ld
from embassy.web import respond, tables
from embassy.web.formats import country
from embassy.web.guard import public
from embassy.web.house import language, midnight, moment, session, today, viewer
from embassy.web.locale import _, translate
from embassy.web.page import FeedLink, Page
from embassy.web.paging import Paged, paged
from embassy.web.records import last_told, linked, opened
from embassy.web.wishes import chosen, typed

bp = Blueprint("twinning", __name__, url_prefix="/<language:lang>")
FILTERS = ("place", "country", "partner", "status", "q")


def _wanted() -> Wanted:
    return Wanted(
        typed("place"),
        typed("country", most=2),
        typed("partner", most=2),
        chosen("status", CharterStatus),
        typed("q"),
    )


def _matching(wanted: Wanted) -> Any:
    return queries.matching(wanted, language().tag, viewer())


def _towns(charter: Charter) -> list[str]:
    return [link for member in charter.members if (link := linked(member.place))]


@bp.get("/twinning")
@public(*FILTERS, "page")
def index() -> Response:
    """List the charters."""
    wanted, feed = _wanted(), calendars.subscription()
    found: Paged[Charter] = paged(_matching(wanted))
    places = queries.places(session(), language().tag, viewer(), moment())
    about = Page(
        _("Twinned towns"),
        _("Charters between towns: who is tied to whom, since when, and what they do together."),
        crumbs=((_("Front page"), url_for("front.index")), (_("Twinned towns"), None)),
        feeds=(FeedLink(feed.title, feed.https),),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "twinning/index.html",
        about,
        until=midnight(),
        found=found,
        rows=[(one, *wording.told(one, today()), _towns(one)) for one in found.rows],
        wanted=wanted,
        places=[(slug, name) for slug, name, _code in places],
        countries=sorted({(code, country(code)) for _slug, _name, code in places}, key=lambda one: one[1]),
        statuses=[(status, translate(label)) for status, label in labels.STATUSES.items()],
        kinds=labels.KINDS,
        subscription=feed,
    )


@bp.get("/twinning/<slug>")
@public()
def show(slug: str) -> Response:
    """Show one charter."""
    charter, feed = opened(Charter, slug), calendars.subscription()
    title = charter.title.best(language())[1]
    about = Page(
        title,
        charter.summary.best(language())[1],
        text=charter.title,
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (_("Twinned towns"), url_for("twinning.index")),
            (title, None),
        ),
        feeds=(FeedLink(feed.title, feed.https),),
        schema=json_ld(charter),
    )
    mark, sentence = wording.told(charter, today())
    return respond.page(
        "twinning/show.html",
        about,
        until=midnight(),
        charter=charter,
        mark_kind=mark,
        sentence=sentence,
        members=[(linked(one.place), one) for one in charter.members if linked(one.place)],
        kinds=labels.KINDS,
        fields=[translate(labels.FIELDS[field]) for field in charter.fields],
        subscription=feed,
    )


@bp.get("/twinning.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def table(form: str) -> Response:
    """Give the list as a file for programs."""
    return tables.answer("charter", form, _matching(_wanted()))


@bp.get("/twinning.ics")
@public()
def calendar() -> Response:
    """Give the anniversaries as a calendar."""
    changed = last_told("charter")
    held = session().scalars(queries.in_calendar(viewer()), moment())
    return respond.ical(write(calendars.feed(changed), calendars.entries(held)), last_modified=changed)
