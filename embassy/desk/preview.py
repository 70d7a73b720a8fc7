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
from embassy.db import files
from embassy.db.commands import Writer, apply
from embassy.db.record import Change, Record
from embassy.desk import companions, queries
from embassy.web import respond
from embassy.web.guard import door
from embassy.web.house import house, now, session

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
    with Session(house().database.writing_engine) as writing:
        change = _meant(writing, token)
        kind = house().kinds[change.record_kind]
        try:
            for one in (*companions.begun_with(writing, change), change):
                record = _shown(writing, one)
        except Refused:
            abort(409)
        g.session, g.viewer, g.preview = writing, ANONYMOUS, token
        response = cast(Response, current_app.view_functions[kind.endpoint](slug=record.slug))
        g.pop("session")
        writing.rollback()
    return response


@bp.get("/<token>/files/<uuid:uid>")
@door
def file(token: str, uid: UUID) -> Response:
    """Hand out a file that a change holds."""
    change, stored = _meant(session(), token), files.with_uid(session(), uid)
    named = files.digests(house().kinds[change.record_kind].facts, change.facts)
    return respond.file(stored, f"{uid}.pdf") if stored and stored.digest in named else abort(404)


def _meant(reading: Session, token: str) -> Change:
    """Return the open change that a signed address shows; 404 for any other."""
    try:
        uid = UUID(_serializer().loads(token, max_age=SECONDS))
    except BadSignature:
        abort(404)
    change = queries.change(reading, uid)
    if change is None or change.stage not in OPEN or change.record_kind not in house().kinds:
        abort(404)
    return change


def _shown(session: Session, change: Change) -> Record:
    """Apply a change as if readers saw it now; the clock stands for all others, whose embargoes hold."""
    kind = house().kinds[change.record_kind]
    record = apply(session, kind, change, Writer(change.author, now(), house().deployment.languages))
    record.shown_from = min(record.shown_from, now())
    session.flush()
    return record


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(house().settings.secret_key, salt="preview")
