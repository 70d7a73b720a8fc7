"""Pages that ask once more before what cannot be taken back."""

import uuid

from flask import Response, url_for

from embassy.core.workflow import Move
from embassy.db.record import Change, Record
from embassy.desk import differing
from embassy.web import respond
from embassy.web.house import house, language
from embassy.web.locale import _
from embassy.web.page import Page, crumb, desk_page


def discarding(change: Change) -> Response:
    """Ask whether a draft shall be discarded."""
    kind = house().kinds[change.record_kind]
    back = url_for("desk.change", uid=change.uid)
    page = desk_page(
        _("Discard this draft?"),
        _("What was written in it is lost. The record itself, if there is one, stays as it is."),
        crumb(kind),
        (differing.title(kind.name, change.facts), back),
    )
    held = {"version": str(change.version), "do": Move.discard.value}
    return _ask(page, url_for("desk.save", uid=change.uid), held, _("Discard"), back)


def erasing(record: Record, uid: uuid.UUID) -> Response:
    """Ask whether a value about a person, which a record holds, shall be erased."""
    kind = house().kinds[record.record_kind]
    back = url_for("desk.record", kind=kind.name, slug=record.slug)
    page = desk_page(
        _("Erase this for ever?"),
        _("Nobody can bring it back: it goes out of every version and draft at once."),
        crumb(kind),
        (getattr(record, kind.title).best(language())[1], back),
    )
    action = url_for("privacy.settle", uid=uid)
    return _ask(page, action, {"do": "erase"}, _("Erase it for ever"), back)


def _ask(page: Page, action: str, held: dict[str, str], label: str, back: str) -> Response:
    return respond.private("desk/sure.html", page, action=action, held=held, label=label, back=back)
