"""The public page that leads from a town, a region or a country to the office that serves it."""

from flask import Response, url_for

from embassy.consular.finder import MOST, serving
from embassy.consular.guides import bp
from embassy.consular.wording import shown
from embassy.web import respond
from embassy.web.answer import soonest
from embassy.web.guard import public
from embassy.web.house import midnight, now
from embassy.web.locale import _
from embassy.web.page import Page
from embassy.web.wishes import typed

__all__ = ["bp"]


@bp.get("/consular/post")
@public("place")
def post() -> Response:
    """Say which offices serve a place and why, or what to do where none is known."""
    asked = typed("place")
    reasons = serving(asked)
    offices = shown([one.office for one in reasons], now())
    about = Page(
        _("Which office serves my town?"),
        _("Name your town, region or country, in any of our languages: here is the office for it, and why."),
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (_("Offices and opening hours"), url_for("consular.index")),
            (_("Which office serves my town?"), None),
        ),
        indexed=not asked,
        queries=("place",),
    )
    return respond.page(
        "consular/post.html",
        about,
        until=soonest(midnight(), *(one.holds_until for one in offices)),
        asked=asked,
        answers=list(zip(offices, reasons, strict=True)),
        codes=[code for one in reasons for code in one.codes],
        is_cut=len(reasons) >= MOST,
    )
