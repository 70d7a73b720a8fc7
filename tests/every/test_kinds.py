"""Every kind of record is whole: words, facts, cells, page, table, sample, and the way out and in again."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, inspect, select

from embassy.app import create_app
from embassy.config import Settings, sample_files
from embassy.core.composed import Parts, Several
from embassy.core.facts import Fact
from embassy.core.shapes import Choice
from embassy.db.commands import Writer
from embassy.db.kinds import Kind
from embassy.db.record import Record
from embassy.resources import TEMPLATES
from embassy.rooms import ROOMS
from embassy.web.house import House, session
from embassy.web.importing import dump, load, read
from embassy.web.tabular import write_csv, write_json
from tests.every.canaries import canary, samples, slug_of
from tests.every.crawl import address_of, public_rules
from tests.rooms import ADDRESS, LOADED, Door

KINDS = {kind.name: kind for room in ROOMS.values() for kind in room.kinds}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what a kind is made of does not depend on it."""
    return sqlite_url


def lacking(kind: Kind, app: Flask, tables: Iterable[str]) -> list[str]:
    """Return the parts that a kind has forgotten, by name."""
    room = kind.endpoint.partition(".")[0]
    names = [fact.name for fact in kind.facts]
    cells = [cell.name for cell in kind.cells]
    shows = [rule for rule in public_rules(app) if rule.endpoint == kind.endpoint]
    held = {
        "labels": bool(kind.label.text and kind.plural.text) and kind.label != kind.plural,
        "facts: each name once": len(names) == len(set(names)) and bool(kind.own),
        "facts: a column or relation for each": all(hasattr(kind.model, name) for name in names),
        "facts: a sentence about each": all(fact.about.text.endswith(".") for fact in every_fact(kind.facts)),
        "facts: title and summary": {kind.title, kind.summary} <= set(names),
        "words: labels for whole vocabularies": unlabelled(kind) == [],
        "cells": bool(cells)
        and len(cells) == len(set(cells))
        and all(cell.label.text for cell in kind.cells),
        "endpoint": [rule.arguments for rule in shows] == [{"lang", "slug"}],
        "template": any(TEMPLATES.joinpath(room).glob("*.html")),
        "migration": kind.model.__tablename__ in tables,
        "sample": bool(sample_files(kind.name)),
        "schema.org type": kind.schema_type[:1].isupper(),
    }
    return [name for name, there in held.items() if not there]


def every_fact(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts and those of their parts."""
    found = []
    for fact in facts:
        found += [fact, *(every_fact(fact.shape.facts) if isinstance(fact.shape, Parts) else ())]
    return found


def unlabelled(kind: Kind) -> list[str]:
    """Return the words of vocabularies that have no label."""
    shapes = [
        fact.shape.each if isinstance(fact.shape, Several) else fact.shape for fact in every_fact(kind.facts)
    ]
    choices = [shape for shape in shapes if isinstance(shape, Choice)]
    return sorted(str(word) for choice in choices for word in set(choice.words) - set(choice.labels))


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_whole(name: str, app: Flask, house: House, sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    tables = inspect(engine).get_table_names()
    engine.dispose()

    assert name in house.kinds
    assert lacking(KINDS[name], app, tables) == []


def test_a_kind_that_forgets_a_part_is_told_which(app: Flask) -> None:
    broken = replace(
        KINDS["event"],
        name="fair",
        plural=KINDS["event"].label,
        own=KINDS["event"].own[1:],
        cells=(),
        endpoint="fairs.show",
        schema_type="",
    )

    assert lacking(broken, app, ["record"]) == [
        "labels",
        "facts: title and summary",
        "cells",
        "endpoint",
        "template",
        "migration",
        "sample",
        "schema.org type",
    ]


@pytest.mark.parametrize("name", KINDS)
def test_a_record_of_each_kind_has_a_page_and_stands_in_every_table(
    name: str, house: House, app: Flask, client: FlaskClient, hand_in: Door
) -> None:
    for kind in house.kinds.values():
        hand_in.all(kind.name, samples(kind))
    kind, slug = house.kinds[name], slug_of(house.kinds[name], "wombat")
    hand_in(name, **canary(kind, "wombat"))

    page = client.get(address_of(app, kind.endpoint, lang="sq", slug=slug))
    found = client.get("/sq/search?q=quokka").text

    assert page.status_code == 200
    assert "quokka" in page.text
    assert address_of(app, kind.endpoint, lang="sq", slug=slug) in found
    for language in house.deployment.languages:
        with app.test_request_context(f"/{language.tag}/", base_url=ADDRESS):
            app.preprocess_request()
            wanted = select(Record).where(Record.record_kind == name, Record.slug == slug)
            record = session().scalars(wanted).unique().one()
            cells = {cell.name: cell.value(record, language) for cell in kind.cells}
        assert json.loads(json.dumps(cells)).keys() == cells.keys()


@pytest.mark.parametrize(
    ("suffix", "write"),
    [
        (".json", lambda records, _: write_json(records)),
        (".csv", lambda records, kind: write_csv(records, kind.facts)),
    ],
    ids=["json", "csv"],
)
def test_what_is_exported_is_imported_again_whole(
    suffix: str, write: Callable[[Any, Kind], str], sample_url: str, settings: Settings, tmp_path: Path
) -> None:
    origin: House = create_app(replace(settings, database_url=sample_url)).extensions["embassy"]
    copy: House = create_app(settings).extensions["embassy"]
    exported = _everything(origin)

    for kind in copy.kinds.values():
        file = tmp_path / f"{kind.name}{suffix}"
        file.write_bytes(write(exported[kind.name], kind).encode())
        writer = Writer("tests", LOADED, copy.deployment.languages)
        load(copy.database, kind, read(kind, file), writer, lambda _number, _of: None)

    assert _everything(copy) == exported
    assert {name for name, records in exported.items() if not records} == set()
    origin.database.dispose()
    copy.database.dispose()


def _everything(house: House) -> dict[str, list[dict[str, Any]]]:
    with house.database.reading() as session:
        return {kind.name: dump(session, kind) for kind in house.kinds.values()}


def test_the_sample_is_what_was_loaded(sample_url: str, settings: Settings) -> None:
    house: House = create_app(replace(settings, database_url=sample_url)).extensions["embassy"]

    held = {name: [record["slug"] for record in records] for name, records in _everything(house).items()}
    house.database.dispose()

    assert held == {
        name: sorted(record["slug"] for file in sample_files(name) for record in json.loads(file.read_text()))
        for name in KINDS
    }
