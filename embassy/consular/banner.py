"""Which notices stand above a page, the most pressing first, and until when that holds."""

from collections.abc import Iterable
from datetime import datetime

from flask import request

from embassy.consular import labels
from embassy.consular.notice import Notice
from embassy.consular.notice_queries import standing
from embassy.consular.vocabulary import Urgency
from embassy.web.answer import soonest
from embassy.web.house import Panel, concerned, house, moment, now, session

# The pages on which everything stands that the missions they are about have to tell.
CLOSE = frozenset({"front.index", "consular.show", "consular.mission"})
MARKS = {
    Urgency.information: "asked",
    Urgency.service_change: "soon",
    Urgency.security: "stop",
    Urgency.emergency: "alarm",
}
LOUD = (Urgency.security, Urgency.emergency)
PRESSING = tuple(Urgency)


def banner() -> Panel:
    """Return the notices that stand above the page being made; a page of one of them does not repeat it."""
    found = session().execute(standing(), moment()).unique()
    here = [notice for notice, is_of_all in found if _belongs(notice, is_of_all) and not _is_shown(notice)]
    context = {
        "notices": in_order(one for one in here if one.begins <= now()),
        "levels": labels.URGENCIES,
        "marks": MARKS,
        "loud": LOUD,
        "zone": str(house().deployment.legal_zone),
    }
    return Panel("consular/banner.html", context, until=soonest(*map(turn, here)))


def turn(notice: Notice) -> datetime | None:
    """Return when a notice next comes or goes."""
    return soonest(*(at for at in (notice.begins, notice.ends) if at and at > now()))


def in_order(notices: Iterable[Notice]) -> list[Notice]:
    """Return notices with the most pressing first, and of these the latest."""
    return sorted(notices, key=lambda one: (PRESSING.index(one.level), one.begins, one.id), reverse=True)


def _belongs(notice: Notice, is_of_all: bool) -> bool:
    """Say whether a notice stands on the page.

    One of all missions stands on each; an emergency on whatever is of its missions, or on each page where
    there are no other missions; any other notice on the pages of its missions and of their offices, and on
    the front page that shows these.
    """
    named = {one.mission_id for one in notice.missions}
    if not named:
        return True
    if notice.level is Urgency.emergency:
        return is_of_all or bool(named & concerned())
    return request.endpoint in CLOSE and bool(named & concerned())


def _is_shown(notice: Notice) -> bool:
    return request.endpoint == "consular.notice" and (request.view_args or {}).get("slug") == notice.slug
