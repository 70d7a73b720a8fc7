"""The front page, and the answers that browsers, crawlers and watchers ask for."""

import io
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import segno
from flask import Blueprint, Response, abort, current_app, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from embassy.db import files
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import findable
from embassy.web import respond
from embassy.web.answer import soonest
from embassy.web.guard import public
from embassy.web.house import house, language, moment, now, session, viewer
from embassy.web.locale import negotiate
from embassy.web.page import Page, absolute

bp = Blueprint("front", __name__)
LONGEST_FEED = 300


@bp.get("/")
@public()
def choose() -> Any:
    """Lead the reader to the language their browser wishes."""
    response = redirect(url_for("front.index", lang=negotiate().tag), 302)
    response.headers.update({"Vary": "Accept-Language", "Cache-Control": "private, max-age=0"})
    return response


@bp.get("/<language:lang>/")
@public()
def index() -> Response:
    """Show what people come for: hours now, what changed, what is next."""
    panels = [room.panel() for room in house().rooms.values() if room.panel]
    site = house().deployment
    about = Page(site.name.best(language())[1], site.tagline.best(language())[1])
    return respond.page(
        "front/index.html", about, until=soonest(*(panel.until for panel in panels)), panels=panels
    )


@bp.get("/accent.css")
@public()
def accent() -> Response:
    """Give the deployment's accent colour; the stylesheet derives its tints."""
    return respond.plain(f":root{{--accent:{house().deployment.accent}}}\n", "text/css; charset=utf-8")


@bp.get("/qr/<path:feed>")
@public()
def qr(feed: str) -> Response:
    """Draw the address of one of our calendars, or of a record's page, as a QR code."""
    if len(feed) > LONGEST_FEED:
        abort(404)
    try:
        endpoint, _values = current_app.url_map.bind("").match(f"/{feed}", method="GET")
    except HTTPException:
        abort(404)
    if not endpoint.endswith("calendar") and endpoint not in {
        kind.endpoint for kind in house().kinds.values()
    }:
        abort(404)
    drawing = io.BytesIO()
    code = segno.make(absolute(f"/{feed}"), micro=False)
    code.save(drawing, kind="svg", scale=4, border=4, light="#ffffff")
    return respond.plain(drawing.getvalue().decode(), "image/svg+xml")


@bp.get("/files/<uuid:uid>")
@public()
def file(uid: UUID) -> Response:
    """Hand out a file that a record holds, to whoever may read the record."""
    stored = files.shown(session(), uid, viewer(), moment())
    return respond.file(stored, f"{uid}.pdf") if stored else abort(404)


@bp.get("/robots.txt")
@public()
def robots() -> Response:
    """Welcome crawlers and show them the site map."""
    lines = (
        "User-agent: *",
        "Disallow: /*/search",
        "Disallow: /*/desk",
        f"Sitemap: {absolute('/sitemap.xml')}",
        "",
    )
    return respond.plain("\n".join(lines), "text/plain; charset=utf-8")


@bp.get("/.well-known/security.txt")
@public()
def security() -> Response:
    """Say where to report a weakness (RFC 9116, which wants an expiry within a year)."""
    year = now().year
    moves, expires = datetime(year, 7, 1, tzinfo=UTC), datetime(year, 12, 31, tzinfo=UTC)
    if now() >= moves:
        moves, expires = datetime(year + 1, 1, 1, tzinfo=UTC), datetime(year + 1, 6, 30, tzinfo=UTC)
    languages = ", ".join(one.tag for one in house().deployment.languages)
    lines = (
        f"Contact: {house().deployment.contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {languages}",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    )
    return respond.plain("\n".join(lines), "text/plain; charset=utf-8", until=moves)


@bp.get("/sitemap.xml")
@public()
def sitemap() -> Response:
    """List every page a reader may find, in each language it really exists in."""
    home = house()
    found = session().execute(
        select(Record.record_kind, Record.slug, Record.changed_at, Record.shown_from, RecordWords.language)
        .join(RecordWords, RecordWords.record_id == Record.id)
        .where(findable(viewer()), RecordWords.shown_language == RecordWords.language)
        .order_by(Record.record_kind, Record.slug, RecordWords.language),
        moment(),
    )
    pages: list[tuple[str, datetime | None]] = [
        (absolute(url_for(home.kinds[kind].endpoint, lang=tag, slug=slug)), max(changed, shown))
        for kind, slug, changed, shown, tag in found
        if kind in home.kinds
    ]
    endpoints = ["front.index", *(f"{name}.index" for name in home.rooms)]
    endpoints += [endpoint for room in home.rooms.values() for endpoint in room.lists]
    for one in home.deployment.languages:
        pages += [(absolute(url_for(endpoint, lang=one.tag)), None) for endpoint in endpoints]
    return respond.plain(render_template("front/sitemap.xml", pages=pages), "application/xml")


@bp.get("/health/live")
@public()
def live() -> Response:
    """Say that the process answers."""
    return Response("live\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


@bp.get("/health/ready")
@public()
def ready() -> Response:
    """Say that the database answers too; it is 503 while it does not."""
    house().database.content_version()
    return Response(
        "ready\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
