"""The public pages and tables of associations."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, url_for

from embassy.associations import labels, queries
from embassy.associations.models import Association, ContactPoint, Interest
from embassy.associations.queries import Wanted
from embassy.associations.schema import json_ld
from embassy.web import respond, tables
from embassy.web.guard import public
from embassy.web.house import language, moment, session, viewer
from embassy.web.locale import _, translate
from embassy.web.page import Page
from embassy.web.paging import Paged, paged
from embassy.web.records import opened
from embassy.web.wishes import chosen, typed

bp = Blueprint("associations", __name__, url_prefix="/<language:lang>")
FILTERS = ("place", "interest", "q")


def _wanted() -> Wanted:
    return Wanted(typed("place"), chosen("interest", Interest), typed("q"))


def _matching(wanted: Wanted) -> Any:
    return queries.matching(wanted, language().tag, viewer())


@bp.get("/associations")
@public(*FILTERS, "page")
def index() -> Response:
    """List the associations."""
    wanted = _wanted()
    found: Paged[Association] = paged(_matching(wanted))
    interests = {interest: translate(label) for interest, label in labels.INTERESTS.items()}
    about = Page(
        _("Associations"),
        _("Clubs and associations of people abroad, by town and by what they are about."),
        crumbs=((_("Front page"), url_for("front.index")), (_("Associations"), None)),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "associations/index.html",
        about,
        found=found,
        wanted=wanted,
        places=queries.places(session(), language().tag, viewer(), moment()),
        interests=interests,
    )


@bp.get("/associations/<slug>")
@public()
def show(slug: str) -> Response:
    """Show one association, and how to reach it."""
    association = opened(Association, slug)
    title = association.title.best(language())[1]
    about = Page(
        title,
        association.summary.best(language())[1],
        text=association.title,
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (_("Associations"), url_for("associations.index")),
            (title, None),
        ),
        schema=json_ld(association),
    )
    return respond.page(
        "associations/show.html",
        about,
        association=association,
        contacts=list(_contacts(association)),
        interests=[translate(labels.INTERESTS[interest]) for interest in association.interests],
    )


def _contacts(association: Association) -> Iterator[tuple[ContactPoint, str, str, str]]:
    """Yield the ways to reach an association, each with what the person named there agreed to show."""
    for contact in association.contacts:
        person, mailbox, phone = (
            kept.value if kept and kept.shown else ""
            for kept in (contact.kept_person, contact.kept_mailbox, contact.kept_phone)
        )
        if contact.mailbox or person or mailbox or phone:
            yield contact, person, mailbox, phone


@bp.get("/associations.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def table(form: str) -> Response:
    """Give the list as a file for programs."""
    return tables.answer("association", form, _matching(_wanted()))
