"""What every page says about itself: title, address in each language, feeds, the way back."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from flask import current_app, request, url_for

from embassy.core.languages import Language
from embassy.core.text import Localized
from embassy.db.kinds import Kind
from embassy.web.house import house, language, service_name
from embassy.web.locale import _, translate


@dataclass(frozen=True)
class Alternate:
    """The same page in another language; `translated` says whether its main text exists in it."""

    language: Language
    url: str
    current: bool
    translated: bool


@dataclass(frozen=True)
class FeedLink:
    """A calendar feed that belongs to a page."""

    title: str
    url: str


@dataclass(frozen=True)
class Page:
    """Title and description in words; `text` is the record's title, if the page is a record's.

    `crumbs` are (label, address) pairs from the front page down; the last has no address.
    """

    title: str
    description: str
    text: Localized | None = None
    crumbs: tuple[tuple[str, str | None], ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    schema: dict[str, Any] | None = None
    indexed: bool = True
    queries: tuple[str, ...] = field(default=())

    @cached_property
    def _rest(self) -> str:
        """Return what follows the language in this page's address."""
        kept = [(name, one) for name in self.queries for one in request.args.getlist(name) if one]
        return quote(request.path[1:].partition("/")[2]) + (f"?{urlencode(kept)}" if kept else "")

    def _address(self, tag: str) -> str:
        """Return this page's address in a language: only the first part of the path differs."""
        return absolute(f"/{tag}/{self._rest}")

    @cached_property
    def canonical(self) -> str:
        """Return the address of this page, or of the original where this language only falls back."""
        if self.text is None or self.text.in_language(language().tag):
            return self._address(language().tag)
        return self._address(self.text.best(language())[0].tag)

    @cached_property
    def languages(self) -> list[Alternate]:
        """Return the page in every offered language, for the switch."""
        return [
            Alternate(
                one,
                self._address(one.tag),
                one.tag == language().tag,
                self.text is None or self.text.in_language(one.tag) is not None,
            )
            for one in house().deployment.languages
        ]

    @property
    def alternates(self) -> list[Alternate]:
        """Return the real translations, for hreflang."""
        return [alternate for alternate in self.languages if alternate.translated]


def desk_page(title: str, lede: str, *crumbs: tuple[str, str]) -> Page:
    """Return what a page of the desk says of itself; `crumbs` stand between the desk and the page."""
    above = ((_("Front page"), url_for("front.index")), (_("Desk"), url_for("desk.today")), *crumbs)
    return Page(title, lede, crumbs=(*above, (title, None)), indexed=False)


def crumb(kind: Kind) -> tuple[str, str]:
    """Return the step of the trail that leads to the records of a kind on the desk."""
    return translate(kind.plural), url_for("desk.records", kind=kind.name)


def address(endpoint: str, slug: str) -> str:
    """Return the path of a record's page in the reader's language; worked out once for each kind of page."""
    prefixes = house().prefixes
    key = endpoint, language().tag
    if key not in prefixes:
        prefixes[key] = url_for(endpoint, slug="-").removesuffix("-")
    return prefixes[key] + slug


def absolute(path: str) -> str:
    """Return a path of this service as an address others can follow."""
    return house().settings.public_url + path


def asked() -> dict[str, str]:
    """Return what the reader asked of a list, its page left out: a file of it holds the same."""
    known = current_app.view_functions[request.endpoint or ""].__dict__["queries"] - {"page"}
    return {name: value for name, value in request.args.items() if name in known and value}


def furniture() -> dict[str, Any]:
    """Return what base.html needs beside the page: the site, its rooms and addresses."""
    home, here = house(), language()
    deployment = home.deployment
    in_room = (request.endpoint or "").partition(".")[0]
    return {
        "language": here,
        "site": {
            "name": service_name(),
            "tagline": deployment.tagline.best(here)[1],
            "host_line": deployment.tagline.best(here)[1],
            "sample_notice": deployment.sample_notice.best(here)[1] if deployment.sample_notice else None,
            "contact": deployment.contact,
        },
        "rooms": [
            {"label": translate(room.label), "url": url_for(f"{name}.index"), "current": name == in_room}
            for name, room in home.rooms.items()
        ],
        "urls": {
            "search": url_for("search.index"),
            "front": url_for("front.index"),
            "desk": url_for("desk.today"),
        },
    }
