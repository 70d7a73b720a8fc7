"""The Atom writer: one feed and its entries as bytes (RFC 4287)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, tostring

from embassy.core.shapes import CONTROL

ATOM = "http://www.w3.org/2005/Atom"
XML = "{http://www.w3.org/XML/1998/namespace}lang"

# A text and the BCP 47 tag of the language it is really in.
Phrase = tuple[str, str]


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself. `source_url` is its address and identity, `page_url` its page."""

    title: str
    language: str
    author: str
    source_url: str
    page_url: str
    changed_at: datetime


@dataclass(frozen=True)
class Entry:
    """One entry; `uid` never changes, `changed_at` (aware) is its last public change."""

    uid: UUID
    title: Phrase
    summary: Phrase
    url: str
    published_at: datetime
    changed_at: datetime
    categories: tuple[str, ...] = ()


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as UTF-8 XML, the latest change first; the same feed and entries give the same bytes."""
    root = Element("feed", {"xmlns": ATOM, XML: feed.language})
    _text(root, "id", feed.source_url)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.changed_at))
    _text(SubElement(root, "author"), "name", feed.author)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.source_url})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    for entry in sorted(entries, key=lambda one: (one.changed_at, one.uid), reverse=True):
        _entry(SubElement(root, "entry"), entry)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(element: Element, entry: Entry) -> None:
    _text(element, "id", entry.uid.urn)
    _text(element, "title", *entry.title)
    _text(element, "summary", *entry.summary)
    _text(element, "published", _moment(entry.published_at))
    _text(element, "updated", _moment(entry.changed_at))
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    for category in entry.categories:
        SubElement(element, "category", {"term": category})


def _text(parent: Element, name: str, words: str, language: str = "") -> None:
    SubElement(parent, name, {XML: language} if language else {}).text = CONTROL.sub("", words)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
