"""The calendars of milestones and the news feeds of agreements, of all wanted and of one."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import Response, url_for

from embassy.agreements import calendars, queries
from embassy.agreements.models import Agreement
from embassy.agreements.views import FILTERS, bp, wanted
from embassy.core import atom
from embassy.core.calendar import write
from embassy.web import respond
from embassy.web.feeds import atom_feed
from embassy.web.guard import public
from embassy.web.house import language, midnight, moment, new_year, session, today, viewer
from embassy.web.locale import _
from embassy.web.page import address, asked
from embassy.web.records import last_told, opened

__all__ = ["bp"]


@bp.get("/agreements.ics")
@public(*FILTERS)
def calendar() -> Response:
    """Give the milestones of the agreements wanted, from the beginning of last year on."""
    held = _held()
    changed = _changed(held)
    offered = calendars.subscription(_("Agreements"), "agreements.calendar", **asked())
    about = _("Signatures, steps and entries into force since the beginning of last year.")
    body = write(offered.feed(about, _listed(), changed), calendars.entries(held, _since()))
    return respond.ical(body, last_modified=changed, until=midnight())


@bp.get("/agreements.atom")
@public(*FILTERS)
def news() -> Response:
    """Tell of the agreements wanted where each stands."""
    held = _held()
    changed = _changed(held)
    body = atom.write(atom_feed(_("Agreements"), _listed(), changed), calendars.news(held))
    return respond.as_atom(body, last_modified=changed, until=midnight())


@bp.get("/agreements/<slug>.ics")
@public()
def milestones(slug: str) -> Response:
    """Give all milestones of one agreement."""
    agreement = opened(Agreement, slug)
    changed = calendars.told_at(agreement)
    title, page = agreement.title.best(language())[1], address("agreements.show", agreement.slug)
    offered = calendars.subscription(title, "agreements.milestones", slug=agreement.slug)
    about = _("Signature, steps and entry into force of this agreement.")
    body = write(offered.feed(about, page, changed), calendars.entries([agreement], date.min))
    return respond.ical(body, last_modified=changed, until=midnight())


@bp.get("/agreements/<slug>.atom")
@public()
def steps(slug: str) -> Response:
    """Tell what became of one agreement, step by step."""
    agreement = opened(Agreement, slug)
    changed = calendars.told_at(agreement)
    title, page = agreement.title.best(language())[1], address("agreements.show", agreement.slug)
    body = atom.write(atom_feed(title, page, changed), calendars.steps(agreement))
    return respond.as_atom(body, last_modified=changed, until=midnight())


def _since() -> date:
    return date(today().year - 1, 1, 1)


def _held() -> list[Agreement]:
    found = queries.told(wanted(), language().tag, viewer(), _since())
    return list(session().scalars(found, moment()).unique())


def _changed(held: Iterable[Agreement]) -> datetime:
    return max(last_told("agreement"), new_year(), *map(calendars.told_at, held))


def _listed() -> str:
    """Return the path of the list that a feed follows."""
    return url_for("agreements.index", _external=False, **asked())
