"""A change as readers will see it, in any language, by a signed address that expires."""

from typing import cast
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, g, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from embassy.core.access import ANONYMOUS
from embassy.core.facts import Refused
from embassy.core.languages import Language
from embassy.core.workflow import OPEN
from embassy.db.commands import Writer, apply
from embassy.db.record import Change, Record
from embassy.desk import companions, queries
from embassy.web.guard import door
from embassy.web.house import house, now

bp = Blueprint("preview", __name__, url_prefix="/<language:lang>/desk/preview")
SECONDS = 7 * 24 * 3600


def addresses(change: Change) -> list[tuple[Language, str]]:
    """Return where a change can be seen, in each language; nowhere once it is published or discarded."""
    if change.stage not in OPEN:
        return []
    token = _serializer().dumps(str(change.uid))
    return [
        (language, url_for("preview.show", lang=language.tag, token=token))
        for language in house().deployment.languages
    ]


@bp.get("/<token>")
@door
def show(token: str) -> Response:
    """Show a change as if it had been published with the drafts it refers to: applied, drawn, taken back.

    Nothing of it is ever committed.
    """
    try:
        uid = UUID(_serializer().loads(token, max_age=SECONDS))
    except BadSignature:
        abort(404)
    with Session(house().database.writing_engine) as session:
        change = queries.change(session, uid)
        if change is None or change.stage not in OPEN or change.record_kind not in house().kinds:
            abort(404)
        kind = house().kinds[change.record_kind]
        try:
            for one in (*companions.begun_with(session, change), change):
                record = _shown(session, one)
        except Refused:
            abort(409)
        g.session, g.viewer = session, ANONYMOUS
        response = cast(Response, current_app.view_functions[kind.endpoint](slug=record.slug))
        g.pop("session")
        session.rollback()
    return response


def _shown(session: Session, change: Change) -> Record:
    """Apply a change as if readers saw it now; the clock stands for all others, whose embargoes hold."""
    kind = house().kinds[change.record_kind]
    record = apply(session, kind, change, Writer(change.author, now(), house().deployment.languages))
    record.shown_from = min(record.shown_from, now())
    session.flush()
    return record


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(house().settings.secret_key, salt="preview")
