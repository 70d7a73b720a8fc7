"""The search page."""

from flask import Blueprint, Response, url_for

from embassy.core.folding import fold
from embassy.db.record import RecordWords
from embassy.search import queries
from embassy.web import respond
from embassy.web.guard import public
from embassy.web.house import house, language, viewer
from embassy.web.locale import _
from embassy.web.page import Page
from embassy.web.paging import Paged, paged
from embassy.web.wishes import typed

bp = Blueprint("search", __name__, url_prefix="/<language:lang>/search")


@bp.get("")
@public("q", "page")
def index() -> Response:
    """Show what was found in every kind, or the empty field."""
    text = typed("q", most=200)
    asked = bool(fold(text))
    found: Paged[RecordWords] | None = (
        paged(queries.matching(text, language().tag, viewer())) if asked else None
    )
    about = Page(
        _("Search the whole service"),
        _("Search the titles and summaries of everything published here."),
        crumbs=((_("Front page"), url_for("front.index")), (_("Search the whole service"), None)),
        indexed=False,
        queries=("q",),
    )
    return respond.page("search/index.html", about, found=found, text=text, kinds=house().kinds)
