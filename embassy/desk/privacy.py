"""Values about people on the desk: a consent withdrawn, a value erased, a person erased everywhere."""

import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.access import Role
from embassy.core.erasing import Unfit, marks
from embassy.core.facts import Refused
from embassy.core.folding import fold
from embassy.core.messages import Message, say
from embassy.core.shapes import plain
from embassy.core.workflow import may_write
from embassy.db.changes import mission_of
from embassy.db.erasure import Order, Report, erase
from embassy.db.kinds import Kind
from embassy.db.personal import PersonalValue
from embassy.db.record import Record
from embassy.desk import queries, sure, work
from embassy.web import respond
from embassy.web.guard import requires
from embassy.web.house import house, language, member, session
from embassy.web.locale import _, translate
from embassy.web.page import crumb, desk_page

bp = Blueprint("privacy", __name__, url_prefix="/<language:lang>/desk")
MOST_NAMES = 50
LONG_PART = 4


def typed(row: PersonalValue) -> Mapping[str, str]:
    """Return a kept value as a form has it; a consent that was withdrawn is not written down again."""
    held = row.confided
    if held.consent is None:
        return {"value": held.value}
    consent = held.consent
    about = {"given": consent.given.isoformat(), "words": consent.words, "language": consent.language}
    return {"value": held.value} | about


@bp.post("/personal/<uuid:uid>")
@requires(*work.WRITERS)
def settle(uid: uuid.UUID) -> AnyResponse:
    """Withdraw the consent to show a value, or erase it; either needs nobody else."""
    if request.form.get("do") == "erase" and "sure" not in request.form:
        return sure.erasing(_settled(session(), uid), uid)
    orders = {"withdraw": Order(consents=frozenset({uid})), "erase": Order(personal=frozenset({uid}))}
    with house().database.writing() as writing:
        record = _settled(writing, uid)
        if (order := orders.get(request.form.get("do", ""))) is None:
            raise BadRequest
        _erased(writing, order)
        kind, slug = record.record_kind, record.slug
    flash(_("It is done."), "success")
    return redirect(url_for("desk.record", kind=kind, slug=slug), 303)


def _settled(reading: Session, uid: uuid.UUID) -> Record:
    """Return the record that holds a value; 404 where there is none, 403 for whoever does not write it."""
    record = queries.holder(reading, uid) or abort(404)
    return record if may_write(member().roles(mission_of(record))) else abort(403)


@bp.get("/records/<kind>/<slug>/erasure")
@requires(Role.administrator)
def erasure(kind: str, slug: str) -> Response:
    """Ask by which names a person is to be erased."""
    wanted, record = _person(kind, slug)
    names = wanted.names(record) if wanted.names else ()
    return _page(wanted, record, "\n".join(names))


@bp.post("/records/<kind>/<slug>/erasure")
@requires(Role.administrator)
def carry_out(kind: str, slug: str) -> AnyResponse:
    """Show what erasing the person would alter, or do it."""
    wanted, record = _person(kind, slug)
    written = "\n".join(map(plain, request.form.get("names", "").splitlines()[:MOST_NAMES]))
    try:
        names = marks(filter(None, written.splitlines()), house().settings.key("erasure"))
    except Unfit as unfit:
        told = say("“%(name)s” is one short word and stands for many. Write the whole name.", name=str(unfit))
        return _page(wanted, record, written, error=told)
    order = Order(marks=names, records=frozenset({record.uid}))
    try:
        if request.form.get("do") != "erase":
            return _page(wanted, record, written, tried=_tried(order, written))
        with house().database.writing() as writing:
            _erased(writing, order)
    except Refused as refused:
        return _page(wanted, record, written, error=refused.refusals[0].expected)
    flash(
        _("The person is erased. Backups made from now on hold nothing of it once the worker is done."),
        "success",
    )
    return redirect(url_for("desk.records", kind=wanted.name), 303)


def _erased(writing: Session, order: Order) -> Report:
    home = house()
    return erase(writing, home.kinds, order, home.settings.key("erasure"), work.writer())


class Tried(NamedTuple):
    """What an erasure would come to, and what would still hold a part of a name, each with its place."""

    report: Report
    records: list[tuple[str, str, str]]
    left: list[tuple[str, str, str]]


def _tried(order: Order, names: str) -> Tried:
    """Carry an order out, look at what is left, and take it all back."""
    parts = {word for word in fold(names).split() if len(word) >= LONG_PART}
    with Session(house().database.writing_engine) as trying:
        report = _erased(trying, order)
        trying.flush()
        left = queries.saying(trying, parts, language().tag)
        trying.rollback()
    return Tried(report, queries.titled(session(), report.records, language().tag), left)


def _person(name: str, slug: str) -> tuple[Kind, Record]:
    """Return the record of a person; 404 for other records, 403 for whoever does not administer all."""
    if Role.administrator not in member().roles(None):
        abort(403)
    kind = work.kind_named(name)
    record = queries.record(session(), kind, slug) if kind.names else None
    return kind, record or abort(404)


def _page(
    kind: Kind, record: Record, names: str, *, tried: Tried | None = None, error: Message | None = None
) -> Response:
    title: Any = getattr(record, kind.title)
    crumbs = (
        crumb(kind),
        (title.best(language())[1], url_for("desk.record", kind=kind.name, slug=record.slug)),
    )
    return respond.private(
        "desk/erasure.html",
        desk_page(_("Erase a person"), _("Out of every record, version, draft and mail, for ever."), *crumbs),
        kind=kind,
        record=record,
        names=names,
        report=tried.report if tried else None,
        records=tried.records if tried else [],
        left=tried.left if tried else [],
        error=translate(error) if error else "",
        status=422 if error else 200,
    )
