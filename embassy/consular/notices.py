"""The public pages, tables and news feed of notices."""

from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import Any

from flask import Response, url_for

from embassy.consular import labels, notice_queries
from embassy.consular.banner import MARKS, turn
from embassy.consular.guide import GuideMission
from embassy.consular.notice import Notice, NoticeMission
from embassy.consular.notice_queries import Wanted, When
from embassy.consular.views import bp
from embassy.consular.vocabulary import Urgency
from embassy.core import atom
from embassy.web import respond, tables
from embassy.web.feeds import atom_feed
from embassy.web.guard import public
from embassy.web.house import house, language, moment, now, session, viewer
from embassy.web.locale import _, translate
from embassy.web.page import FeedLink, Page, absolute, address, asked
from embassy.web.paging import Paged, paged
from embassy.web.records import last_told, linked, opened
from embassy.web.wishes import chosen, typed

__all__ = ["bp"]

FILTERS = ("level", "when", "mission", "q")
LATEST = 50
LINE = 200


def _matching() -> tuple[Wanted, Any]:
    wanted = Wanted(chosen("level", Urgency), chosen("when", When), typed("mission", 120), typed("q"))
    return wanted, notice_queries.matching(wanted, language().tag, viewer())


def _crumbs(*title: str) -> tuple[tuple[str, str | None], ...]:
    above = (
        (_("Front page"), url_for("front.index")),
        (_("Offices and opening hours"), url_for("consular.index")),
    )
    listed = url_for("consular.notices") if title else None
    return (*above, (_("Notices"), listed), *((one, None) for one in title))


def _feed(**wanted: str) -> FeedLink:
    path = url_for("consular.notices_news", _external=False, **wanted)
    return FeedLink(_("Notices (Atom)"), absolute(path))


def when(notice: Notice) -> When:
    """Return where in time a notice lies."""
    if notice.begins > now():
        return When.ahead
    return When.past if notice.ends and notice.ends <= now() else When.current


def _shared() -> dict[str, Any]:
    return {
        "levels": labels.URGENCIES,
        "marks": MARKS,
        "zone": str(house().deployment.legal_zone),
    }


@bp.get("/consular/notices")
@public(*FILTERS, "page")
def notices() -> Response:
    """List the notices of now, of then and of what is to come."""
    wanted, matching = _matching()
    found: Paged[Notice] = paged(matching)
    about = Page(
        _("Notices"),
        _("What the missions tell their public now, what they have told, and what is to come."),
        crumbs=_crumbs(),
        feeds=(_feed(**asked()),),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "consular/notices.html",
        about,
        until=notice_queries.next_turn(session(), viewer(), moment()),
        found=found,
        rows=[(one, when(one), list(links_to(one.missions))) for one in found.rows],
        wanted=wanted,
        missions=notice_queries.named_missions(session(), language().tag, viewer(), moment()),
        urgencies=[(level, translate(label)) for level, label in reversed(labels.URGENCIES.items())],
        **_shared(),
    )


@bp.get("/consular/notices/<slug>")
@public()
def notice(slug: str) -> Response:
    """Show one notice: what to know and to do, of which missions, and what changed since."""
    found = opened(Notice, slug)
    title = found.headline.best(language())[1]
    about = Page(
        title,
        shorten(found.body.best(language())[1], LINE, placeholder="…"),
        text=found.headline,
        crumbs=_crumbs(title),
        feeds=(_feed(),),
        schema=_json_ld(found),
    )
    return respond.page(
        "consular/notice.html",
        about,
        until=turn(found),
        notice=found,
        when=when(found),
        missions=list(links_to(found.missions)),
        published=max(found.created_at, found.shown_from),
        changed=max(found.changed_at, found.shown_from),
        **_shared(),
    )


@bp.get("/consular/notices.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def notices_table(form: str) -> Response:
    """Give the list of notices as a file for programs."""
    return tables.answer(
        "notice", form, _matching()[1], until=notice_queries.next_turn(session(), viewer(), moment())
    )


@bp.get("/consular/notices.atom")
@public(*FILTERS)
def notices_news() -> Response:
    """Tell of the latest notices wanted."""
    changed = last_told("notice")
    page = url_for("consular.notices", _external=False, **asked())
    held = session().scalars(_matching()[1].limit(LATEST), moment()).unique()
    body = atom.write(atom_feed(_("Notices"), page, changed), map(_entry, held))
    until = notice_queries.next_turn(session(), viewer(), moment())
    return respond.as_atom(body, last_modified=changed, until=until)


def _entry(one: Notice) -> atom.Entry:
    (found, headline), (spoken, body) = one.headline.best(language()), one.body.best(language())
    return atom.Entry(
        uid=one.uid,
        title=(headline, found.tag),
        summary=(body, spoken.tag),
        url=absolute(address("consular.notice", one.slug)),
        published_at=max(one.created_at, one.shown_from),
        changed_at=max(one.changed_at, one.shown_from),
        categories=(translate(labels.URGENCIES[one.level]),),
    )


def links_to(parts: Iterable[NoticeMission | GuideMission]) -> Iterator[str]:
    """Yield links to the missions that a record names and the viewer may know of."""
    for part in parts:
        if link := linked(part.mission):
            yield link


def _json_ld(one: Notice) -> dict[str, Any]:
    """Return the description of a notice as schema.org has it."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "SpecialAnnouncement",
        "name": one.headline.best(language())[1],
        "text": one.body.best(language())[1],
        "inLanguage": language().tag,
        "datePosted": max(one.created_at, one.shown_from).isoformat(),
        "url": absolute(address("consular.notice", one.slug)),
    }
    return said | ({"expires": one.ends.isoformat()} if one.ends else {})
