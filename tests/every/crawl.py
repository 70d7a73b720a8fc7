"""An anonymous reader who follows every link, fills in every form and asks for every route."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule
from werkzeug.routing.converters import AnyConverter

from tests.rooms import ADDRESS

TYPED = "quokka"
MOST = 6000
CHOICES = 20
ABSOLUTE = re.compile(rf"{re.escape(ADDRESS)}(/[^\s,\"'<>\\]*)")


@dataclass(frozen=True)
class Seen:
    """What one address answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """Return the media type."""
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def everything(self) -> str:
        """Return status, headers and body as one text to look through."""
        headers = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{self.status}\n{headers}\n\n{self.body.decode('utf-8', 'replace')}"


class Links(HTMLParser):
    """The addresses a page leads to: links, pictures, sheets, and its forms with each choice made.

    Of a long list of choices, such as all countries, the first CHOICES are enough.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.form: str | None = None
        self.hidden: dict[str, str] = {}
        self.name, self.choices = "", 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where an element leads."""
        named = {name: value or "" for name, value in attrs}
        self.found += [named[name] for name in ("href", "src") if name in named]
        if tag == "form" and named.get("method", "get") == "get":
            self.form, self.hidden = named.get("action", ""), {}
            self.found.append(self.form)
        elif tag == "input" and named.get("type") == "hidden":
            self.hidden[named["name"]] = named.get("value", "")
        elif tag == "select":
            self.name, self.choices = named.get("name", ""), 0
        elif self.form is not None and tag == "option" and named.get("value"):
            self.choices += 1
            if self.choices <= CHOICES:
                self._send(self.name, named["value"])
        elif self.form is not None and tag == "input" and named.get("name"):
            self._send(named["name"], named.get("value") or TYPED)

    def _send(self, name: str, value: str) -> None:
        self.found.append(f"{self.form}?{urlencode({**self.hidden, name: value})}")


def unpacked(workbook: bytes) -> bytes:
    """Return all that a workbook says, one part after another."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


@dataclass
class Crawl:
    """Everything that was asked, by address, in the order of asking; `only` bounds the languages."""

    app: Flask
    client: FlaskClient
    only: tuple[str, ...] = ("/",)
    seen: dict[str, Seen] = field(default_factory=dict)

    def ask(self, address: str) -> Seen:
        """Ask for an address, once."""
        if address not in self.seen:
            if len(self.seen) == MOST:
                raise RuntimeError(f"The links never end; the last is {address}")
            answer = self.client.get(address, buffered=True)
            body = unpacked(answer.data) if str(answer.mimetype).endswith(".sheet") else answer.data
            self.seen[address] = Seen(answer.status_code, dict(answer.headers), body)
        return self.seen[address]

    def follow(self, *starts: str) -> "Crawl":
        """Follow every link of this service from the addresses given."""
        waiting = list(starts)
        while waiting:
            address = waiting.pop()
            if address not in self.seen:
                waiting += filter(self._is_new_ground, _leads(address, self.ask(address)))
        return self

    def _is_new_ground(self, address: str) -> bool:
        """Say whether to go on: filters are tried in the default language, plain addresses in all.

        Orders are tried on the whole list: with every filter they would be thousands of addresses.
        The desk is for staff; an anonymous reader learns no more there than that they must sign in.
        """
        if "desk" in address.split("/"):
            return False
        deployment = self.app.extensions["embassy"].deployment
        if deployment.language(address.split("/")[1]) and not address.startswith(self.only):
            return False
        asked = parse_qs(urlsplit(address).query)
        if "sort" in asked and len(asked) > 1:
            return False
        return not asked or address.startswith(f"/{deployment.default.tag}/")

    def ask_every_route(self) -> "Crawl":
        """Follow the front page, the site map, and every route that no link led to; returns itself."""
        self.follow("/", "/sitemap.xml")
        for rule in public_rules(self.app):
            slugs = self._slugs(rule.endpoint.partition(".")[0])
            self.follow(*filter(self._is_new_ground, self.addresses(rule, slugs)))
        return self

    def addresses(self, rule: Rule, slugs: Iterable[str]) -> Iterator[str]:
        """Yield a route's addresses in each language and format, for these slugs; none if it needs more."""
        languages = self.app.extensions["embassy"].deployment.languages
        choices: dict[str, Iterable[str]] = {"slug": slugs, "lang": [one.tag for one in languages]}
        for name, converter in rule._converters.items():
            if isinstance(converter, AnyConverter):
                choices[name] = sorted(converter.items)
        if all(name in choices for name in rule.arguments):
            names = sorted(rule.arguments)
            for values in product(*(choices[name] for name in names)):
                yield address_of(self.app, rule.endpoint, **dict(zip(names, values, strict=True)))

    def _slugs(self, room: str) -> list[str]:
        """Return the slugs of a room's records that an address was seen of."""
        return sorted(
            {
                str(values["slug"])
                for endpoint, values in self.reached()
                if "slug" in values and endpoint.startswith(f"{room}.")
            }
        )

    def reached(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Return endpoint and arguments of every address that was answered without an error."""
        answered = (address for address, seen in self.seen.items() if seen.status < 400)
        matched = (endpoint_of(self.app, address) for address in answered)
        return [match for match in matched if match is not None]

    def unreached(self) -> set[str]:
        """Return the endpoints that were never answered without an error."""
        return {rule.endpoint for rule in public_rules(self.app)} - {
            endpoint for endpoint, _ in self.reached()
        }


def public_rules(app: Flask) -> list[Rule]:
    """Return the routes that everybody can read."""
    readable = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [rule for rule in readable if app.view_functions[rule.endpoint].__dict__["open_to"] == "public"]


def address_of(app: Flask, endpoint: str, **values: str) -> str:
    """Return the path of an endpoint."""
    return app.url_map.bind("").build(endpoint, values)


def endpoint_of(app: Flask, address: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the endpoint and the arguments an address leads to, None where it leads nowhere."""
    try:
        return app.url_map.bind("").match(urlsplit(address).path, method="GET")
    except (HTTPException, RequestRedirect):
        return None


def _leads(address: str, seen: Seen) -> Iterator[str]:
    text = seen.body.decode("utf-8", "replace")
    found = [path for path in ABSOLUTE.findall(unescape(text)) if seen.kind != "text/calendar"]
    if seen.kind == "text/html":
        found += Links(text).found
    if "Location" in seen.headers:
        found.append(seen.headers["Location"])
    for link in dict.fromkeys(found):
        parts = urlsplit(urljoin(f"{ADDRESS}{address}", link))
        if f"{parts.scheme}://{parts.netloc}" == ADDRESS and not parts.path.startswith("/static/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
