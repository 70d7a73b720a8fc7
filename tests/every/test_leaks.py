"""What readers may not know stands in no answer: no page, list, count, feed, header or language."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from embassy.core.shapes import Document, Reference
from embassy.core.workflow import Stage
from embassy.db import files
from embassy.db.commands import Writer, check, propose
from embassy.db.kinds import Kind, shaped
from embassy.db.record import Record
from embassy.web.house import House
from tests.every.canaries import (
    canary,
    referring,
    samples,
    slug_of,
    with_hidden_parts,
)
from tests.every.crawl import Crawl, Seen, address_of, public_rules
from tests.pdfs import made

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENDS = NOON + timedelta(hours=6)
HIDDEN = {
    "wombatstaff": {"audience": "staff"},
    "wombatembargo": {"shown_from": ENDS.isoformat()},
    "wombatwithdrawn": {"publication": "withdrawn", "reason": ""},
}
DRAFT = "wombatdraft"
# How a record of a kind holds a file.
WITH_FILE: dict[str, Callable[[str], dict[str, Any]]] = {
    "agreement": lambda digest: {"texts": [{"language": "fr", "role": "authentic", "file": digest}]},
    "service": lambda digest: {"forms": [{"title": {"en": "Form"}, "file": digest}]},
}
COVER = "bandicoot"
# Where answers are compared whole, a language of each script and direction stands for all.
SCRIPTS = ("/en/", "/sr/", "/ar/")

Door = Callable[..., Record]
# These crawl every page again and again; what they run is run by other tests too.
pytestmark = pytest.mark.no_cover


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: both answer to the same predicate, which has its own tests."""
    return sqlite_url


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def filled(house: House, hand_in: Door, clock: time_machine.Traveller) -> House:  # noqa: ARG001
    """The sample service as readers know it, with one more record of each kind."""
    for mark in (*HIDDEN, DRAFT, COVER):
        files.store(house.database, house.settings.files, made(title=mark), NOON)
    for kind in house.kinds.values():
        for facts in samples(kind):
            hand_in(kind.name, **facts)
        hand_in(kind.name, **bearing(kind, COVER))
    return house


def bearing(kind: Kind, mark: str, **other: Any) -> dict[str, Any]:
    """Return a canary; where its kind holds files, one that says the mark too."""
    facts = canary(kind, mark, **other)
    if any(shaped(kind.own, Document)):
        digest = sha256(made(title=mark)).hexdigest()
        facts |= WITH_FILE[kind.name](digest)
    return facts


def hide(house: House, hand_in: Door) -> None:
    """Write down of each kind a record for staff, one under embargo, one taken away, and a draft."""
    for kind in house.kinds.values():
        for mark, facts in HIDDEN.items():
            hand_in(kind.name, **bearing(kind, mark, slug=f"former-{slug_of(kind, mark)}", **facts))
            uid = str(_uid(house, kind, f"former-{slug_of(kind, mark)}"))
            hand_in(kind.name, **bearing(kind, mark, uid=uid, **facts))
        parts = {mark: facts for mark, facts in HIDDEN.items() if mark != "wombatwithdrawn"}
        hand_in(kind.name, **with_hidden_parts(kind, bearing(kind, COVER), parts))
        _draft(house, kind)


def _uid(house: House, kind: Kind, slug: str) -> uuid.UUID:
    with house.database.reading() as session:
        return session.query(Record).filter_by(record_kind=kind.name, slug=slug).one().uid


def _draft(house: House, kind: Kind) -> None:
    writer = Writer("tests", NOON, house.deployment.languages)
    facts = bearing(kind, DRAFT, slug=slug_of(kind, COVER))
    with house.database.writing() as session:
        propose(session, kind, check(kind, facts), writer, uuid.uuid4()).stage = Stage.draft


def refer(house: House, hand_in: Door) -> list[str]:
    """Publish records that refer to each hidden one; return their slugs."""
    slugs = []
    for kind in house.kinds.values():
        if any(shaped(kind.own, Reference)):
            for mark in HIDDEN:
                named = {one.name: slug_of(one, mark) for one in house.kinds.values()}
                slugs.append(f"{kind.name}-beside-{mark[6:]}")
                hand_in(kind.name, **referring(kind, COVER, slugs[-1], named))
    return slugs


def where(crawl: Crawl, word: str) -> list[str]:
    """Return the addresses whose answer says a word, in its headers or its body."""
    return sorted(address for address, seen in crawl.seen.items() if word in seen.everything)


def crawled(app: Flask, client: FlaskClient, only: tuple[str, ...] = ("/",)) -> Crawl:
    """Return everything an anonymous reader can come to."""
    return Crawl(app, client, only).ask_every_route()


def told_of(seen: Seen) -> tuple[int, dict[str, str], bytes]:
    """Return what a reader can tell one answer from another by."""
    return seen.status, dict(seen.headers), seen.body


def test_hidden_records_change_no_answer(
    filled: House, app: Flask, client: FlaskClient, hand_in: Door
) -> None:
    before = crawled(app, client, SCRIPTS)

    hide(filled, hand_in)
    after = crawled(app, client, SCRIPTS)

    assert {address: told_of(seen) for address, seen in after.seen.items()} == {
        address: told_of(seen) for address, seen in before.seen.items()
    }
    assert before.unreached() == set()


def test_a_hidden_record_is_named_by_nothing_that_refers_to_it(
    filled: House, app: Flask, client: FlaskClient, hand_in: Door
) -> None:
    hide(filled, hand_in)
    beside = refer(filled, hand_in)

    found = Crawl(app, client)
    for rule in public_rules(app):
        for address in found.addresses(rule, beside):
            found.ask(address)

    shown = {address.rpartition("/")[2] for address, seen in found.seen.items() if seen.status == 200}
    slugs = {slug_of(kind, mark) for kind in filled.kinds.values() for mark in HIDDEN}
    assert {word: where(found, word) for word in (*HIDDEN, DRAFT)} == {word: [] for word in (*HIDDEN, DRAFT)}
    assert {slug: where(found, slug) for slug in slugs} == {slug: [] for slug in slugs}
    assert shown >= set(beside)


def test_an_embargoed_record_is_everywhere_once_its_time_has_come(
    filled: House, app: Flask, client: FlaskClient, hand_in: Door, clock: time_machine.Traveller
) -> None:
    hide(filled, hand_in)
    clock.move_to(ENDS)

    found = crawled(app, client)

    for kind in filled.kinds.values():
        slug = slug_of(kind, "wombatembargo")
        said = {found.seen[address].kind for address in where(found, slug)}
        assert said >= {"text/html", "application/xml"}, kind.name
        assert "/en/search?q=quokka" in where(found, slug), kind.name
        own = [path for path in where(found, "wombatembargo") if slug in path]
        assert len(own) >= len(filled.deployment.languages), kind.name
    calendars = [path for path in where(found, "wombatembargo") if path.endswith(".ics")]
    assert {found.seen[path].kind for path in calendars} == {"text/calendar"}
    assert {word: where(found, word) for word in (*HIDDEN, DRAFT) if word != "wombatembargo"} == {
        "wombatstaff": [],
        "wombatwithdrawn": [],
        DRAFT: [],
    }


def test_asking_for_a_hidden_record_answers_as_for_none(
    filled: House, app: Flask, client: FlaskClient, hand_in: Door
) -> None:
    hide(filled, hand_in)

    for endpoint, slug in _asked(filled, app):
        path = address_of(app, endpoint, lang="sq", slug=slug)
        nobody = address_of(app, endpoint, lang="sq", slug="never-was")
        for method in ("GET", "HEAD"):
            hidden, none = client.open(path, method=method), client.open(nobody, method=method)
            assert hidden.status_code == none.status_code == 404, path
            assert hidden.text.replace(slug, "never-was") == none.text, path
            assert "wombat" not in f"{hidden.headers}{hidden.text}", path


def _asked(house: House, app: Flask) -> Iterator[tuple[str, str]]:
    """Yield each endpoint that shows a record, with each present and former slug of hidden ones."""
    for kind in house.kinds.values():
        room = kind.endpoint.partition(".")[0]
        for rule in public_rules(app):
            if rule.endpoint.startswith(f"{room}.") and rule.arguments == {"lang", "slug"}:
                for mark in HIDDEN:
                    yield rule.endpoint, slug_of(kind, mark)
                    yield rule.endpoint, f"former-{slug_of(kind, mark)}"
