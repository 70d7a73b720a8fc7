"""The public pages and tables of guides to services."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, url_for

from embassy.consular import guide_queries, labels
from embassy.consular.door import Counter, counter
from embassy.consular.guide import Guide
from embassy.consular.guide_queries import Wanted
from embassy.consular.models import Office
from embassy.consular.notices import bp, links_to
from embassy.consular.schedules import GENERAL, outlook, schedule, services
from embassy.consular.schema import guide_json_ld
from embassy.consular.vocabulary import Service
from embassy.core.access import Publication
from embassy.web import respond, tables
from embassy.web.answer import soonest
from embassy.web.formats import day as day_in_words
from embassy.web.guard import public
from embassy.web.house import file_address, language, midnight, moment, now, session, today, viewer
from embassy.web.locale import _, translate
from embassy.web.page import Page
from embassy.web.paging import Paged, paged
from embassy.web.records import opened
from embassy.web.wishes import chosen, typed

__all__ = ["bp"]

FILTERS = ("service", "q")


@dataclass(frozen=True)
class Place:
    """An office at which a service is had, with the hours at which people come for it."""

    office: Office
    counters: tuple[Counter, ...]
    holds_until: datetime


def _matching() -> tuple[Wanted, Any]:
    wanted = Wanted(chosen("service", Service), typed("q"))
    return wanted, guide_queries.matching(wanted, language().tag, viewer())


def _crumbs(*title: str) -> tuple[tuple[str, str | None], ...]:
    above = (
        (_("Front page"), url_for("front.index")),
        (_("Offices and opening hours"), url_for("consular.index")),
    )
    listed = url_for("consular.services") if title else None
    return (*above, (_("Guides to services"), listed), *((one, None) for one in title))


@bp.get("/consular/services", endpoint="services")
@public(*FILTERS, "page")
def listed() -> Response:
    """List the guides to services."""
    wanted, matching = _matching()
    found: Paged[Guide] = paged(matching)
    about = Page(
        _("Guides to services"),
        _("What you need for each service, what it costs, how long it takes, and where to come."),
        crumbs=_crumbs(),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "consular/services.html",
        about,
        found=found,
        rows=[(one, list(links_to(one.missions))) for one in found.rows],
        wanted=wanted,
        services=[(service, translate(label)) for service, label in labels.SERVICES.items()],
        names=labels.SERVICES,
    )


@bp.get("/consular/services/<slug>")
@public("page")
def service(slug: str) -> Response:
    """Show one guide: for whom, what to bring, what it costs, and where and when."""
    guide = opened(Guide, slug)
    wanted, has_own = guide_queries.offices(session(), guide, language().tag, viewer(), moment())
    found: Paged[Office] = paged(wanted)
    places = [_place(one, guide.service) for one in found.rows]
    title = guide.title.best(language())[1]
    about = Page(
        title,
        guide.summary.best(language())[1],
        text=guide.title,
        crumbs=_crumbs(title),
        schema=guide_json_ld(guide, found.rows) if guide.publication is Publication.published else None,
        queries=("page",),
    )
    return respond.page(
        "consular/service.html",
        about,
        until=soonest(midnight(), *(one.holds_until for one in places)),
        guide=guide,
        found=found,
        places=places,
        has_own=has_own,
        missions=list(links_to(guide.missions)),
        forms=[(one, file_address(one.file.uid) if one.file else "") for one in guide.forms],
        holds=_holds(guide, today()),
        labels=labels,
    )


@bp.get("/consular/services.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def services_table(form: str) -> Response:
    """Give the list of guides as a file for programs."""
    return tables.answer("service", form, _matching()[1])


def _place(office: Office, service: Service) -> Place:
    """Return the hours at an office for a service: its own, or those of the general counter."""
    own = [one for one in services(office) if one[0] is service] or [GENERAL]
    plans = [(one, schedule(office, *one)) for one in own]
    found = [(one, plan, outlook(plan, now())) for one, plan in plans]
    held = min(outlook.holds_until for _one, _plan, outlook in found)
    return Place(office, tuple(counter(*one) for one in found), held)


def _holds(guide: Guide, day: date) -> tuple[str, str] | None:
    """Return the mark and the words for a guide that does not hold on a day."""
    if guide.valid_from and day < guide.valid_from:
        return "soon", _("This holds from %(day)s on", day=day_in_words(guide.valid_from))
    if guide.valid_to and day > guide.valid_to:
        return "over", _("This held until %(day)s", day=day_in_words(guide.valid_to))
    return None
