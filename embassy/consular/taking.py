"""What can be taken away from an office's page: its hours for programs, its contact card."""

from flask import Response, abort

from embassy.consular import posts, programs
from embassy.consular.contact import card
from embassy.consular.models import Office
from embassy.core import vcard
from embassy.core.access import Publication
from embassy.core.facts import Wrong
from embassy.core.shapes import Number
from embassy.web import respond
from embassy.web.guard import public
from embassy.web.house import now
from embassy.web.records import opened
from embassy.web.wishes import Misread, typed

bp = posts.bp
DAYS = Number(1, 366)
USUAL = 14


def listed(slug: str) -> Office:
    """Return the office at an address; one that is no longer listed has nothing to take away (410)."""
    office = opened(Office, slug)
    if office.publication is not Publication.published:
        abort(410)
    return office


@bp.get("/consular/<slug>/hours.json")
@public("days")
def hours(slug: str) -> Response:
    """Give an office's hours to programs, with intervals for 14 days or as many as are asked for."""
    office = listed(slug)
    answer, until = programs.told(office, now(), _days())
    return respond.as_json(answer, until=until)


@bp.get("/consular/<slug>.vcf")
@public()
def contact(slug: str) -> Response:
    """Give an office as a contact card."""
    office = listed(slug)
    return respond.card(vcard.write(card(office)), f"{office.slug}.vcf")


def _days() -> int:
    given = typed("days") or str(USUAL)
    try:
        return int(DAYS.parse(given))
    except Wrong as wrong:
        raise Misread(wrong.expected) from None
