"""The sign for an office's door: one page of A4, in the languages that are read there."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from flask import Response, request, url_for

from embassy.consular import hours, taking
from embassy.consular.contact import languages
from embassy.consular.days import Closure, Hours
from embassy.consular.models import Office
from embassy.consular.schedules import GENERAL, local_day, next_midnight, runs, schedule
from embassy.consular.vocabulary import Confirmation
from embassy.core.languages import Language
from embassy.core.messages import say
from embassy.web import respond
from embassy.web.guard import public
from embassy.web.house import house, now
from embassy.web.house import language as spoken
from embassy.web.locale import _, speaking
from embassy.web.page import Page
from embassy.web.wishes import Misread

bp = taking.bp
MOST = 3
CLOSURES = 3


class Sign(NamedTuple):
    """What the sign says: the day it was made on, neighbouring days of like hours, the next closures."""

    today: date
    runs: list[tuple[date, date, tuple[Hours, ...]]]
    closures: list[Closure]


@bp.get("/consular/<slug>/sign")
@public("languages")
def sign(slug: str) -> Response:
    """Show the sign, as it is printed, and let the languages on it be chosen."""
    office = taking.listed(slug)
    name, title = office.title.best(spoken())[1], _("Sign for the door")
    about = Page(
        title,
        _("The hours, the next closures and the number for emergencies, on one page of A4."),
        text=office.title,
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (name, url_for("consular.show", slug=office.slug)),
            (title, None),
        ),
        queries=("languages",),
        indexed=False,
    )
    chosen = _chosen(office)
    return respond.page(
        "consular/sign.html",
        about,
        until=next_midnight(now(), office.zone),
        office=office,
        chosen=chosen,
        told=_told(office, chosen),
        offered=house().deployment.languages,
        most=MOST,
    )


def _chosen(office: Office) -> list[Language]:
    """Return the languages asked for, else those of the sending and the host state, else the page's own."""
    wanted = list(dict.fromkeys(filter(None, request.args.getlist("languages"))))
    found = [one for tag in wanted if (one := house().deployment.language(tag))]
    if len(found) < len(wanted) or len(found) > MOST:
        raise Misread(say("Choose up to %(most)d of the languages offered here.", most=MOST))
    return found or languages(office)[:MOST] or [spoken()]


def _told(office: Office, chosen: list[Language]) -> Iterator[tuple[Language, Sign]]:
    """Yield what the sign says, once for each language; while it is used, that language is spoken."""
    today = local_day(now(), office.zone)
    general = schedule(office, *GENERAL)
    usual = hours.Schedule(general.zone, general.weekly)
    ahead = [one for one in hours.closures(general, today, date.max) if one.status is Confirmation.confirmed]
    told = Sign(today, list(runs(hours.week(usual, today))), ahead[:CLOSURES])
    for one in chosen:
        with speaking(one):
            yield one, told
