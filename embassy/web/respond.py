"""One query, several voices: a page, JSON, CSV or a calendar, each with how long it is true."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask import Response, current_app, g, render_template, request, send_file

from embassy.db.files import StoredFile, place
from embassy.db.visibility import validity
from embassy.web.answer import Answer, soonest
from embassy.web.house import house, language, moment, now, session
from embassy.web.page import Page

PAGE_SECONDS, FEED_SECONDS = 30, 300
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_TO_ALL = (("Access-Control-Allow-Origin", "*"),)
FORMULA = re.compile(r"(^|[;\n]\s*)(?=[=+\-@＝＋－＠\t\r])")


def page(
    template: str,
    about: Page,
    *,
    until: datetime | None = None,
    hidden_until: datetime | None = None,
    **context: Any,
) -> Response:
    """Render a page that stays true until `until`; `hidden_until` bounds the store without telling.

    What rooms put above it, such as a notice of an emergency, bounds it too.
    """
    banners = [room.banner() for room in house().rooms.values() if room.banner]
    body = render_template(template, page=about, banners=banners, **context)
    return _answer(
        body.encode(),
        "text/html; charset=utf-8",
        soonest(until, *(banner.until for banner in banners)),
        hidden_until,
        notice=_notice(language().tag),
    )


def private(template: str, about: Page, *, status: int = 200, **context: Any) -> Response:
    """Render a page for one person's eyes, which is not kept."""
    return Response(render_template(template, page=about, **context), status)


def ical(body: bytes, *, last_modified: datetime | None, until: datetime | None = None) -> Response:
    """Answer with a calendar as core.calendar writes it (RFC 5545), readable from any site."""
    return _answer(
        body,
        "text/calendar; charset=utf-8",
        until,
        longest=FEED_SECONDS,
        last_modified=last_modified,
        headers=(*OPEN_TO_ALL, ("Content-Disposition", "inline")),
    )


def as_atom(body: bytes, *, last_modified: datetime, until: datetime | None = None) -> Response:
    """Answer with an Atom feed as core.atom writes it (RFC 4287), readable from any site."""
    return _answer(
        body,
        "application/atom+xml; charset=utf-8",
        until,
        longest=FEED_SECONDS,
        last_modified=last_modified,
        headers=OPEN_TO_ALL,
    )


def as_json(value: Any, *, until: datetime | None = None) -> Response:
    """Answer with JSON, readable from any site."""
    body = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return _answer(body.encode(), "application/json", until, headers=OPEN_TO_ALL)


def as_csv(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, until: datetime | None = None
) -> Response:
    """Answer with a CSV table (RFC 4180) whose cells no spreadsheet takes for a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([neutral(row[column]) for column in columns] for row in rows)
    return _answer(file.getvalue().encode(), "text/csv; charset=utf-8", until, headers=OPEN_TO_ALL)


def as_workbook(body: bytes, *, until: datetime | None = None) -> Response:
    """Answer with a workbook (ISO/IEC 29500)."""
    return _answer(body, WORKBOOK, until, headers=OPEN_TO_ALL)


def neutral(value: Any) -> str:
    """Return a cell's text with an apostrophe before whatever a spreadsheet would run.

    Some part cells at semicolons, tabs or new lines too, and read full-width signs.
    """
    text = (
        "; ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    )
    return FORMULA.sub(r"\1'", text)


def plain(
    body: str, content_type: str, *, until: datetime | None = None, longest: int = PAGE_SECONDS
) -> Response:
    """Answer with a small text for programs, such as robots.txt."""
    return _answer(body.encode(), content_type, until, longest=longest)


def card(body: bytes, name: str, *, until: datetime | None = None) -> Response:
    """Answer with a contact card as core.vcard writes it (RFC 6350), to be kept under a name."""
    kept = (("Content-Disposition", f'attachment; filename="{name}"'),)
    return _answer(body, "text/vcard; charset=utf-8", until, headers=(*OPEN_TO_ALL, *kept))


def file(stored: StoredFile, name: str) -> Response:
    """Hand out a PDF to be kept, not shown: a browser neither runs nor guesses anything (OWASP ASVS 5.4)."""
    response = send_file(
        place(house().settings.files, stored),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=name,
        etag=stored.digest,
        last_modified=stored.sent_at,
        max_age=PAGE_SECONDS,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@cache
def _notice(_tag: str) -> bytes:
    """Return what a kept page says while the database is away, in the language of the page."""
    return render_template("parts/away.html").encode()


def _answer(
    body: bytes,
    content_type: str,
    until: datetime | None,
    hidden_until: datetime | None = None,
    longest: int = PAGE_SECONDS,
    **rest: Any,
) -> Response:
    embargoes = tuple(column for kind in house().kinds.values() for column in kind.embargoes)
    version, *reveals = session().execute(validity(embargoes), moment()).one()
    answer = Answer(
        body,
        content_type,
        version,
        since=now(),
        until=soonest(until, hidden_until, *reveals),
        known_until=until,
        longest=longest,
        **rest,
    )
    asked: frozenset[str] | None = current_app.view_functions[request.endpoint or ""].__dict__.get("queries")
    # A page drawn for another purpose, such as a preview, is nobody else's answer.
    if asked is not None:
        request.environ.setdefault("embassy.slot", {}).update(
            answer=answer, now=now(), keep=set(request.args) <= asked and "viewer" not in g
        )
    return Response(body, content_type=content_type)
