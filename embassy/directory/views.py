"""The public pages and tables of the directory."""

from typing import Any

from flask import Blueprint, Response, url_for

from embassy.db.record import Record, RecordWords
from embassy.directory import labels, queries, schema
from embassy.directory.models import Organisation, Person, Place
from embassy.directory.queries import Entry
from embassy.web import respond, tables
from embassy.web.formats import country
from embassy.web.guard import public
from embassy.web.house import house, language, moment, session, viewer
from embassy.web.locale import _, translate
from embassy.web.page import Page
from embassy.web.paging import Paged, paged
from embassy.web.records import opened
from embassy.web.wishes import chosen, typed

bp = Blueprint("directory", __name__, url_prefix="/<language:lang>/directory")


@bp.get("")
@public("q", "kind", "page")
def index() -> Response:
    """List places, organisations and people."""
    words, entry, kinds = typed("q"), chosen("kind", Entry), house().kinds
    found: Paged[RecordWords] = paged(queries.matching(words, entry, language().tag, viewer()))
    about = Page(
        _("Who is who"),
        _("Places, organisations and people that agreements, visits and events speak of."),
        crumbs=((_("Front page"), url_for("front.index")), (_("Who is who"), None)),
        queries=("q", "kind", "page"),
    )
    return respond.page(
        "directory/index.html",
        about,
        found=found,
        words=words,
        entry=entry,
        entries=[(one, translate(kinds[one].plural)) for one in Entry],
        kinds=kinds,
    )


@bp.get("/places/<slug>")
@public()
def place(slug: str) -> Response:
    """Show a place under all its names, and what happened there."""
    found = opened(Place, slug)
    line = _("Place in %(country)s", country=country(found.country))
    return _page("directory/place.html", found, line, schema.place_json_ld(found))


@bp.get("/organisations/<slug>")
@public()
def organisation(slug: str) -> Response:
    """Show an organisation, and the records that speak of it."""
    found = opened(Organisation, slug)
    line = translate(labels.ORGANISATIONS[found.kind])
    return _page("directory/organisation.html", found, line, schema.organisation_json_ld(found))


@bp.get("/people/<slug>")
@public()
def person(slug: str) -> Response:
    """Show a person: the posts held, and the records that speak of them."""
    found = opened(Person, slug)
    line = _("Posts held, and where they appear")
    return _page("directory/person.html", found, line, schema.person_json_ld(found))


@bp.get("/<any(place, organisation, person):kind>.<any(csv, xlsx, json):form>")
@public()
def table(kind: str, form: str) -> Response:
    """Give all records of one kind as a file for programs."""
    return tables.answer(kind, form, house().kinds[kind].listing(viewer()))


def _page(
    template: str, found: Place | Organisation | Person, line: str, description: dict[str, Any]
) -> Response:
    title = found.title.best(language())[1]
    about = Page(
        title,
        found.summary.best(language())[1] if found.summary else f"{title} · {line}",
        text=found.title,
        crumbs=(
            (_("Front page"), url_for("front.index")),
            (_("Who is who"), url_for("directory.index")),
            (title, None),
        ),
        schema=description,
    )
    return respond.page(template, about, record=found, line=line, groups=_groups(found), kinds=house().kinds)


def _groups(found: Record) -> dict[str, list[RecordWords]]:
    """Return what refers to a record, by kind."""
    kinds = house().kinds
    groups: dict[str, list[RecordWords]] = {name: [] for name in kinds}
    for words in session().scalars(queries.referring(found, kinds, language().tag, viewer()), moment()):
        groups[words.record.record_kind].append(words)
    return {name: held for name, held in groups.items() if held}
