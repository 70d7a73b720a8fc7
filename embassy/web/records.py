"""Opening a record's page: found, moved, withdrawn, or not there; and leading to one."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeVar

from flask import abort, redirect, request, url_for
from markupsafe import Markup
from sqlalchemy import func, select

from embassy.core.access import ANONYMOUS, may_find
from embassy.core.tense import speaks_ahead
from embassy.core.text import Localized
from embassy.db.derived import texts_of
from embassy.db.record import FormerSlug, Record
from embassy.db.visibility import readable
from embassy.web.answer import latest
from embassy.web.house import concerned, house, language, moment, now, session, viewer
from embassy.web.page import address

Found = TypeVar("Found", bound=Record)


def opened(model: type[Found], slug: str) -> Found:
    """Return the record at an address; a former address leads to the present one, any other is 404."""
    if "\x00" in slug:
        abort(404)
    wanted = select(model).where(model.slug == slug, readable(viewer()))
    found = session().scalar(wanted, moment()) or _moved(model, slug)
    if found.owner_id is not None:
        concerned().add(found.owner_id)
    return found


def seen(record: Record) -> bool:
    """Say whether the viewer may find a record that another one refers to."""
    return may_find(viewer(), now(), record)


def linked(record: Record | None) -> str:
    """Return a link to a record by its title, or nothing if the viewer may not find it."""
    if record is None or not seen(record):
        return ""
    kind = house().kinds.of(record)
    title: Localized = getattr(record, kind.title)
    found, words = title.best(language())
    foreign = found.tag != language().tag
    marked = Markup(' lang="{}" dir="{}"').format(found.tag, found.direction) if foreign else ""
    return Markup('<a href="{}"{}>{}</a>').format(address(kind.endpoint, record.slug), marked, words)


def speaking_ahead(records: Iterable[Record]) -> list[Record]:
    """Return those of some records that have a text which still speaks of the future."""
    return [
        record
        for record in records
        if any(
            speaks_ahead(words, tag)
            for text in texts_of(house().kinds.of(record).facts, record)
            for tag, words in text.texts.items()
        )
    ]


def last_told(kind: str) -> datetime:
    """Return when readers could last notice a change of a kind's records (RFC 9110, 8.8.2).

    Withdrawals and ended embargoes count. Where there never was a record, it is the beginning of Unix time.
    """
    its = Record.record_kind == kind
    changed = session().scalar(select(func.max(Record.told_at)).where(its))
    shown = session().scalar(select(func.max(Record.shown_from)).where(its, readable(ANONYMOUS)), moment())
    return latest(changed, shown) or datetime.fromtimestamp(0, UTC)


def _moved(model: type[Record], slug: str) -> NoReturn:
    kind: Any = model.__mapper__.polymorphic_identity
    former = select(Record).join(FormerSlug, FormerSlug.record_id == Record.id)
    former = former.where(FormerSlug.record_kind == kind, FormerSlug.slug == slug, readable(viewer()))
    record = session().scalar(former, moment())
    if record is None:
        abort(404)
    values = {**(request.view_args or {}), "slug": record.slug}
    abort(redirect(url_for(request.endpoint or "front.index", **values), 301))
