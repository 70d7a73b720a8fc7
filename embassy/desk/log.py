"""The log of who did what, for administrators: listed, narrowed, and exported with its hashes."""

import csv
import io
from typing import Any
from uuid import UUID

from flask import Response, abort, url_for
from sqlalchemy import select

from embassy.core.access import Role
from embassy.db.audit import AuditEntry, broken
from embassy.db.record import Change, Record
from embassy.desk import labels
from embassy.web import respond
from embassy.web.house import house, member, session
from embassy.web.locale import _, translate
from embassy.web.page import desk_page
from embassy.web.paging import Paged, paged
from embassy.web.wishes import typed

COLUMNS = ("number", "at", "who", "what", "kind", "about", "digest", "hash")


def show() -> Response:
    """Show the log, the latest first."""
    _only_for_all()
    what, thing = typed("what"), typed("about")
    wanted = select(AuditEntry).order_by(AuditEntry.number.desc())
    wanted = wanted.where(AuditEntry.what == what) if what else wanted
    found: Paged[AuditEntry] = paged(wanted.where(AuditEntry.about == thing) if thing else wanted)
    names = house().named({entry.who for entry in found.rows})
    places = _places(found.rows)
    return respond.private(
        "desk/log.html",
        desk_page(_("Log"), _("Who did what and when. Each entry vouches for those before it.")),
        found=found,
        rows=[
            (entry, _called(entry.what), names.get(entry.who, entry.who), places.get(entry.about))
            for entry in found.rows
        ],
        wanted={"what": what, "about": thing},
        choices=[(one, _called(one)) for one in labels.DEEDS],
        kinds=house().kinds,
        broken=broken(session()),
        zone=str(house().deployment.legal_zone),
    )


def export() -> Response:
    """Give the whole chain as a table, so that others can check it."""
    _only_for_all()
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    chain = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)
    for row in session().scalars(chain):
        table.writerow([row.at.isoformat() if name == "at" else getattr(row, name) for name in COLUMNS])
    disposition = {"Content-Disposition": 'attachment; filename="log.csv"'}
    return Response(text.getvalue(), content_type="text/csv; charset=utf-8", headers=disposition)


def _only_for_all() -> None:
    """Let administrators of the whole service alone see what happens in all missions."""
    if Role.administrator not in member().roles(None):
        abort(403)


def _called(what: str) -> str:
    return translate(labels.DEEDS[what]) if what in labels.DEEDS else what


def _places(entries: list[AuditEntry]) -> dict[str, str]:
    """Return where the things that entries are about can be seen, by identity."""
    uids = [UUID(entry.about) for entry in entries]
    kinds = house().kinds
    found: dict[str, Any] = {
        str(uid): url_for("desk.record", kind=kind, slug=slug)
        for uid, kind, slug in session().execute(
            select(Record.uid, Record.record_kind, Record.slug).where(Record.uid.in_(uids))
        )
        if kind in kinds
    }
    changes = session().execute(select(Change.uid, Change.record_kind).where(Change.uid.in_(uids)))
    return found | {str(uid): url_for("desk.change", uid=uid) for uid, kind in changes if kind in kinds}
