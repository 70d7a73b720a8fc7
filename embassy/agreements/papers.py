"""Pages of an agreement to argue and to file with: two days compared, and the certificate of its status."""

from flask import Response

from embassy.agreements.asking import NoSuchDay, ask_again, crumbs, known_on
from embassy.agreements.certificate import certificate
from embassy.agreements.comparison import comparison
from embassy.agreements.feeds import bp
from embassy.agreements.log import visible
from embassy.agreements.models import Agreement
from embassy.web import respond
from embassy.web.guard import public
from embassy.web.house import language, midnight, now, today, viewer
from embassy.web.locale import _
from embassy.web.page import Page
from embassy.web.records import opened

__all__ = ["bp"]


@bp.get("/agreements/<slug>/compare")
@public("one", "other")
def compare(slug: str) -> Response:
    """Show what was known on two days: if none are asked for, when anything first was, and today."""
    agreement = opened(Agreement, slug)
    seen = visible(agreement.acts, viewer(), now())
    first = min((act.known_from for act in seen), default=today())
    title = _("What was known on two days")
    try:
        one, other = known_on("one", otherwise=min(first, today())), known_on("other")
    except NoSuchDay as wrong:
        return ask_again(agreement, wrong, title, "one", "other")
    return respond.page(
        "agreements/compare.html",
        _about(agreement, title, "one", "other"),
        until=midnight(),
        agreement=agreement,
        one=one,
        other=other,
        today=today(),
        compared=comparison(agreement, seen, one, other),
    )


@bp.get("/agreements/<slug>/certificate")
@public()
def certified(slug: str) -> Response:
    """Show a certificate of the status of today, made to be printed."""
    agreement = opened(Agreement, slug)
    return respond.page(
        "agreements/certificate.html",
        _about(agreement, _("Certificate of status")),
        until=midnight(),
        agreement=agreement,
        today=today(),
        paper=certificate(agreement, visible(agreement.acts, viewer(), now()), today()),
    )


@bp.get("/agreements/<slug>/certificate.json")
@public()
def certified_facts(slug: str) -> Response:
    """Give the facts of the certificate, byte for byte as they are hashed."""
    agreement = opened(Agreement, slug)
    paper = certificate(agreement, visible(agreement.acts, viewer(), now()), today())
    return respond.plain(paper.text, "application/json", until=midnight())


def _about(agreement: Agreement, title: str, *queries: str) -> Page:
    return Page(
        title,
        agreement.title.best(language())[1],
        text=agreement.title,
        crumbs=crumbs(agreement, title),
        indexed=False,
        queries=queries,
    )
