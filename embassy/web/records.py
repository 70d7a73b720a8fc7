"""Opening a record's page: found, moved, withdrawn, or not there."""

from typing import Any, NoReturn, TypeVar

from flask import abort, redirect, request, url_for
from sqlalchemy import select

from embassy.db.record import FormerSlug, Record
from embassy.db.visibility import readable
from embassy.web.house import moment, session, viewer

Found = TypeVar("Found", bound=Record)


def opened(model: type[Found], slug: str) -> Found:
    """Return the record at an address; a former address leads to the present one, any other is 404."""
    if "\x00" in slug:
        abort(404)
    wanted = select(model).where(model.slug == slug, readable(viewer()))
    return session().scalar(wanted, moment()) or _moved(model, slug)


def _moved(model: type[Record], slug: str) -> NoReturn:
    kind: Any = model.__mapper__.polymorphic_identity
    former = select(Record).join(FormerSlug, FormerSlug.record_id == Record.id)
    former = former.where(FormerSlug.record_kind == kind, FormerSlug.slug == slug, readable(viewer()))
    record = session().scalar(former, moment())
    if record is None:
        abort(404)
    values = {**(request.view_args or {}), "slug": record.slug}
    abort(redirect(url_for(request.endpoint or "front.index", **values), 301))
