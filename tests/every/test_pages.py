"""Every page in every language: valid, named, described, in its language, with its true translations."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.parsers.expat import ParserCreate

import pytest
import time_machine
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from embassy.core.languages import SPOKEN
from embassy.db.kinds import Kind
from embassy.db.record import Record
from embassy.web.guard import public
from tests.every.crawl import Crawl, Seen, endpoint_of
from tests.every.markup import Markup
from tests.rooms import ADDRESS, LOADED, Reader
from tests.servers import NuChecker

ERRORS = (400, 403, 404, 405, 409, 410, 413, 429, 500, 503)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@pytest.fixture
def database_url(sample_url: str) -> str:
    """The sample service, on one kind of database: a page does not know which."""
    return sample_url


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The moment the sample was loaded."""
    with time_machine.travel(LOADED, tick=False) as traveller:
        yield traveller


def examples(pages: Crawl, tag: str) -> dict[str, Seen]:
    """Return the fullest and the emptiest page of each kind, filtered or not, and a half translated one."""
    chosen: dict[str, list[str]] = defaultdict(list)
    for address, seen in sorted(pages.seen.items(), key=lambda pair: (-len(pair[1].body), pair[0])):
        if seen.status == 200 and seen.kind == "text/html" and (found := endpoint_of(pages.app, address)):
            chosen[f"{found[0]} {'?' in address}"].append(address)
    ends = {address for found in chosen.values() for address in (found[0], found[-1])}
    partly = {address for address in pages.seen if address.endswith("/events/concert")}
    client = pages.app.test_client()
    answers = (
        (address, client.get(address)) for address in (in_language(end, tag) for end in sorted(ends | partly))
    )
    return {address: Seen(got.status_code, dict(got.headers), got.data) for address, got in answers}


def in_language(address: str, tag: str) -> str:
    """Return the same page's address in another language."""
    return "/".join(["", tag, *address.split("/")[2:]])


def record_of(app: Flask, address: str) -> Record | None:
    """Return the record whose page an address is."""
    endpoint, values = endpoint_of(app, address) or ("", {})
    house = app.extensions["embassy"]
    kinds: list[Kind] = [kind for kind in house.kinds.values() if kind.endpoint == endpoint]
    if not kinds:
        return None
    with house.database.reading() as session:
        wanted = select(kinds[0].model).where(kinds[0].model.slug == values["slug"])
        found: Record = session.scalars(wanted).unique().one()
        session.expunge_all()
    return found


def complaints_about(page: Markup, tag: str, site: str) -> list[str]:
    """Return what a page lacks of what every page says of itself."""
    language = SPOKEN[tag]
    html = page.all("html")[0]
    title = page.words("title")[0]
    held = {
        "lang": html.get("lang") == language.tag,
        "dir": html.get("dir") == language.direction,
        "one h1 with words": len(page.words("h1")) == 1 and bool(page.words("h1")[0]),
        "title with the site's name": title.endswith(site) and len(page.words("title")) == 1,
        "description": len(page.meta("description")) > 10,
        "og:title": bool(page.meta("og:title")),
        "og:description": page.meta("og:description") == page.meta("description"),
        "og:type": page.meta("og:type") == "website",
        "og:locale": page.meta("og:locale") == language.locale,
        "og:site_name": page.meta("og:site_name") == site,
        "viewport": "width=device-width" in page.meta("viewport"),
        "unique ids": page.doubled_ids() == [],
        "nothing inline": page.inline() == [],
        "main": len(page.all("main", id="main")) == 1,
        "words for pictures": all("alt" in picture for picture in page.all("img")),
        "schema.org": all(one["@context"] == "https://schema.org" for one in page.schema()),
    }
    return [name for name, there in held.items() if not there]


def addresses_agree(
    page: Markup, address: str, record: Record | None, kind_title: str, tags: list[str]
) -> bool:
    """Say whether canonical and alternates name the page, and the languages it really exists in."""
    tag = address.split("/")[1]
    rest = address[len(tag) + 1 :]
    text = getattr(record, kind_title) if record else None
    real = [one for one in tags if text is None or text.in_language(one)]
    origin = tag if tag in real else text.best(SPOKEN[tag])[0].tag if text else tag
    named = {one["hreflang"]: one["href"] for one in page.linked("alternate") if "hreflang" in one}
    return (
        [one["href"] for one in page.linked("canonical")] == [f"{ADDRESS}/{origin}{rest}"]
        and page.meta("og:url") == f"{ADDRESS}/{origin}{rest}"
        and named == {one: f"{ADDRESS}/{one}{rest}" for one in real}
    )


def complaints(checker: NuChecker, page: str) -> list[str]:
    """Return what is wrong with a page; a guess at its language is no use where texts fall back."""
    return [told for told in checker.complaints(page) if "appears to be written in" not in told]


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_page_says_what_it_is(tag: str, pages: Crawl) -> None:
    house = pages.app.extensions["embassy"]
    site = house.deployment.name.best(house.deployment.language(tag))[1]
    tags = [one.tag for one in house.deployment.languages]
    lacking: dict[str, object] = {}

    for address, seen in examples(pages, tag).items():
        page = Markup(seen.body.decode())
        record = record_of(pages.app, address)
        title = house.kinds.of(record).title if record else ""
        lacking[address] = complaints_about(page, tag, site)
        lacking[f"{address} addresses"] = (
            []
            if "search" in address or addresses_agree(page, address, record, title, tags)
            else ["addresses"]
        )

    assert {address: found for address, found in lacking.items() if found} == {}


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_page_is_valid_html(tag: str, pages: Crawl, nu_checker: NuChecker) -> None:
    found = examples(pages, tag)

    wrong = {address: complaints(nu_checker, seen.body.decode()) for address, seen in found.items()}

    assert {seen.status for seen in found.values()} == {200}
    assert {address: told for address, told in wrong.items() if told} == {}


def test_every_endpoint_of_pages_is_among_the_examples(pages: Crawl) -> None:
    html = {
        found[0]
        for address, seen in pages.seen.items()
        if seen.kind == "text/html" and seen.status == 200 and (found := endpoint_of(pages.app, address))
    }

    shown = {(endpoint_of(pages.app, address) or ("",))[0] for address in examples(pages, "ar")}

    assert shown == html
    assert html >= {"front.index", "search.index"}


def add_errors(app: Flask) -> None:
    """Give the service an address for each error, and one that finds no database."""

    @public()
    def fail(code: int) -> str:
        if code == 503:
            raise OperationalError("SELECT 1", {}, RuntimeError("away"))
        if code == 409:
            raise StaleDataError("somebody else wrote this row")
        if code == 500:
            raise RuntimeError("broken")
        abort(code)

    app.testing = False
    app.add_url_rule("/<language:lang>/fails/<int:code>", "front.fail", fail)


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_error_is_a_page_in_the_readers_language(
    tag: str, own_app: Flask, nu_checker: NuChecker
) -> None:
    add_errors(own_app)
    own_app.test_client_class = Reader
    client = own_app.test_client()
    site = own_app.extensions["embassy"].deployment.name.best(SPOKEN[tag])[1]

    found = {code: client.get(f"/{tag}/fails/{code}") for code in ERRORS}

    assert {code: answer.status_code for code, answer in found.items()} == {code: code for code in ERRORS}
    markup = {code: Markup(answer.text) for code, answer in found.items()}
    assert {code: complaints_about(page, tag, site) for code, page in markup.items()} == {
        code: [] for code in ERRORS
    }
    assert {code: complaints(nu_checker, answer.text) for code, answer in found.items()} == {
        code: [] for code in ERRORS
    }
    assert {answer.headers["Cache-Control"] for answer in found.values()} == {"no-store"}
    assert {page.meta("robots") for page in markup.values()} == {"noindex"}
    assert len({page.words("h1")[0] for page in markup.values()}) == len(ERRORS)
    assert found[503].headers["Retry-After"] == "30"


def test_real_mistakes_are_told_as_what_they_are(client: FlaskClient) -> None:
    asked = {
        "/en/events?when=someday": 400,
        "/en/nothing": 404,
        "/xx/": 404,
        "/en/events?page=2000000": 404,
        "/en/events?page=none": 404,
    }

    found = {address: client.get(address).status_code for address in asked}

    assert found == asked
    refused = client.post("/fr/events")
    assert refused.status_code == 405
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert Markup(refused.text).all("html")[0]["lang"] == "fr"


def listed(site_map: bytes) -> tuple[set[str], list[str]]:
    """Return the elements of a site map, which must be well-formed, and the addresses it names."""
    elements: list[str] = []
    addresses: list[str] = []

    def say(words: str) -> None:
        if words.strip() and elements[-1].endswith(" loc"):
            addresses.append(words.strip())

    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _attributes: elements.append(name)
    parser.CharacterDataHandler = say
    parser.buffer_text = True
    parser.Parse(site_map, True)
    return set(elements), addresses


def test_the_site_map_names_pages_that_exist_once_and_in_their_own_words(
    app: Flask, client: FlaskClient
) -> None:
    elements, addresses = listed(client.get("/sitemap.xml").data)

    answers = {address: client.get(urlsplit(address).path) for address in addresses}

    assert elements == {f"{SITEMAP} {name}" for name in ("urlset", "url", "loc", "lastmod")}
    assert len(set(addresses)) == len(addresses)
    assert [address for address, answer in answers.items() if answer.status_code != 200] == []
    canonical = {
        address: Markup(answer.text).linked("canonical")[0]["href"] for address, answer in answers.items()
    }
    assert canonical == {address: address for address in addresses}
    assert {f"{ADDRESS}/{tag}/" for tag in SPOKEN} <= set(addresses)
    records = {address for address in addresses if record_of(app, urlsplit(address).path) is not None}
    assert len(records) > 8


def test_robots_are_welcome_and_find_the_site_map(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")

    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /*/search",
        "Disallow: /*/desk",
        f"Sitemap: {ADDRESS}/sitemap.xml",
    ]


@pytest.mark.parametrize("year_day", ["2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31"])
def test_a_weakness_can_be_reported_at_an_address_that_has_not_expired(
    year_day: str, client: FlaskClient
) -> None:
    now = datetime.fromisoformat(year_day).replace(tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        answer = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert list(fields) == ["Contact", "Expires", "Preferred-Languages", "Canonical"]
    left = datetime.fromisoformat(fields["Expires"]) - now
    assert timedelta(days=30) < left < timedelta(days=366)
    assert fields["Canonical"] == f"{ADDRESS}/.well-known/security.txt"


def test_the_entrance_leads_to_the_language_the_browser_wishes(client: FlaskClient) -> None:
    wishes: Mapping[str, str] = {
        "": "en",
        "sq": "sq",
        "sr": "sr",
        "sr-Latn-ME": "sr-Latn",
        "bs, en;q=0.5": "sr-Latn",
        "pt, fr;q=0.8, nl;q=0.9": "nl",
        "ar-MA": "ar",
        "*": "en",
    }

    led = {
        wish: client.get("/", headers={"Accept-Language": wish}).headers["Location"].strip("/")
        for wish in wishes
    }

    assert led == wishes
