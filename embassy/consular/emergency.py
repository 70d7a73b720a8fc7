"""The card for an emergency: each office with its number first, kept by the phone for lack of a network."""

from datetime import date

from flask import Response, url_for

from embassy.consular import queries, sign
from embassy.consular.wording import envelope
from embassy.resources import HOUSE
from embassy.web import respond
from embassy.web.formats import day
from embassy.web.guard import public
from embassy.web.house import house, language, moment, session, viewer
from embassy.web.locale import _
from embassy.web.page import Page

bp = sign.bp
WORKER = HOUSE / "static" / "js" / "emergency-worker.js"


@bp.get("/emergency")
@public()
def emergency() -> Response:
    """Show whom to call, office by office: no state of now, since the card is read long after."""
    wanted = queries.of_state(house().deployment.sending_state, language().tag, viewer())
    offices = session().scalars(wanted, moment()).all()
    about = Page(
        _("In an emergency abroad"),
        _("Whom to call, what to have ready and where to go. Works without a network once it was opened."),
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (_("Offices and opening hours"), url_for("consular.index")),
            (_("In an emergency abroad"), None),
        ),
    )
    return respond.page(
        "consular/card.html", about, offices=offices, envelope=envelope, dates="|".join(_dates())
    )


@bp.get("/emergency-worker.js")
@public()
def worker() -> Response:
    """Give the browser what keeps the card; each visit asks for it anew (Service Workers, 7.2)."""
    return respond.plain(WORKER.read_text("utf-8"), "text/javascript; charset=utf-8", longest=0)


def _dates() -> list[str]:
    """Return how a date is written in each month, January first; few browsers know all languages."""
    return [
        day(date(2022, number, 11)).replace("2022", "{year}").replace("11", "{day}")
        for number in range(1, 13)
    ]
