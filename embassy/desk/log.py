"""The log of who did what, for administrators: listed, narrowed, and exported with its hashes."""

import csv
import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, abort, url_for
from sqlalchemy import Select, select

from embassy.core.access import Role
from embassy.core.collation import sort_key
from embassy.core.folding import fold
from embassy.core.workflow import Move
from embassy.db.audit import AuditEntry, broken
from embassy.db.record import Change, Record
from embassy.desk import labels, queries
from embassy.web import respond
from embassy.web.house import house, language, member, session
from embassy.web.locale import _, translate
from embassy.web.page import desk_page
from embassy.web.paging import Paged, paged
from embassy.web.wishes import typed

COLUMNS = ("number", "at", "who", "what", "kind", "about", "digest", "hash")


def show() -> Response:
    """Show the log, the latest first."""
    _only_for_all()
    wanted = {name: typed(name) for name in ("what", "who", "about")}
    found: Paged[AuditEntry] = paged(_entries(**wanted))
    people = house().named(set(session().scalars(select(AuditEntry.who).distinct())))
    places = _places(found.rows)
    return respond.private(
        "desk/log.html",
        desk_page(_("Log"), _("Who did what and when. Each entry vouches for those before it.")),
        found=found,
        rows=[
            (entry, _called(entry.what), _by(entry, people), places.get(entry.about)) for entry in found.rows
        ],
        wanted=wanted,
        choices=[(one, _called(one)) for one in labels.DEEDS],
        people=sorted(people.items(), key=lambda one: sort_key(one[1], language().tag)),
        kinds=house().kinds,
        broken=broken(session()),
        zone=str(house().deployment.legal_zone),
    )


def _entries(what: str, who: str, about: str) -> Select[Any]:
    """Select entries of a kind, of somebody, about a thing: by its identity, or by words of its title."""
    wanted = select(AuditEntry).order_by(AuditEntry.number.desc())
    wanted = wanted.where(AuditEntry.what == what) if what else wanted
    wanted = wanted.where(AuditEntry.who == who) if who else wanted
    if not about:
        return wanted
    of_accounts = select(AuditEntry.about).where(AuditEntry.kind.not_in(house().kinds)).distinct()
    accounts = house().named(session().scalars(of_accounts))
    called = [uid for uid, name in accounts.items() if (words := fold(about)) and words in fold(name)]
    return wanted.where(AuditEntry.about.in_({about, *called, *queries.about(session(), about)}))


def _by(entry: AuditEntry, people: Mapping[str, str]) -> str:
    """Return who did something; what was published is told by whose work it is, since others approved it."""
    name = people.get(entry.who, entry.who) or _("The service")
    return _("written by %(name)s", name=name) if entry.what == Move.apply else name


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
