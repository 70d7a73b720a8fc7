"""Opening a record's page: found, moved, withdrawn, or not there; and leading to one."""

from typing import Any, NoReturn, TypeVar

from flask import abort, redirect, request, url_for
from markupsafe import Markup
from sqlalchemy import select

from embassy.core.access import may_find
from embassy.core.text import Localized
from embassy.db.record import FormerSlug, Record
from embassy.db.visibility import readable
from embassy.web.house import house, language, moment, now, session, viewer
from embassy.web.page import address

Found = TypeVar("Found", bound=Record)


def opened(model: type[Found], slug: str) -> Found:
    """Return the record at an address; a former address leads to the present one, any other is 404."""
    if "\x00" in slug:
        abort(404)
    wanted = select(model).where(model.slug == slug, readable(viewer()))
    return session().scalar(wanted, moment()) or _moved(model, slug)


def linked(record: Record | None) -> str:
    """Return a link to a record by its title, or nothing if the viewer may not find it."""
    if record is None or not may_find(viewer(), now(), record):
        return ""
    kind = house().kinds.of(record)
    title: Localized = getattr(record, kind.title)
    found, words = title.best(language())
    foreign = found.tag != language().tag
    marked = Markup(' lang="{}" dir="{}"').format(found.tag, found.direction) if foreign else ""
    return Markup('<a href="{}"{}>{}</a>').format(address(kind.endpoint, record.slug), marked, words)


def _moved(model: type[Record], slug: str) -> NoReturn:
    kind: Any = model.__mapper__.polymorphic_identity
    former = select(Record).join(FormerSlug, FormerSlug.record_id == Record.id)
    former = former.where(FormerSlug.record_kind == kind, FormerSlug.slug == slug, readable(viewer()))
    record = session().scalar(former, moment())
    if record is None:
        abort(404)
    values = {**(request.view_args or {}), "slug": record.slug}
    abort(redirect(url_for(request.endpoint or "front.index", **values), 301))
