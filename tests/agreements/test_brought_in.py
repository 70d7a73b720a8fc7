"""The examples of the README are what a treaty office may bring in, and both say the same."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from embassy.core.partial import PartialDate
from embassy.db.commands import Outcome, Writer
from embassy.web.house import House
from embassy.web.importing import FileRefused, dump, load, read
from tests.agreements.facts import SIGNED, agreement

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


def _bring(house: House, tmp_path: Path, *records: dict[str, Any]) -> Counter[Outcome]:
    file = tmp_path / "agreements.json"
    file.write_text(json.dumps(records), encoding="utf-8")
    kind = house.kinds["agreement"]
    writer = Writer("tests", datetime.now(UTC), house.deployment.languages)
    return load(house.database, kind, read(kind, file), writer, lambda _number, _of: None)


def _example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def stands(house: House, tmp_path: Path) -> dict[str, Any]:
    """Bring the example in JSON in, then the one in CSV; return what stands after the first."""
    kind = house.kinds["agreement"]
    writer = Writer("tests", datetime.now(UTC), house.deployment.languages)
    outcomes, stood = [], []
    for language in ("json", "csv"):
        file = tmp_path / f"agreements.{language}"
        file.write_text(_example(language), encoding="utf-8")
        outcomes.append(load(house.database, kind, read(kind, file), writer, lambda _number, _of: None))
        with house.database.reading() as session:
            stood += dump(session, kind)
    assert outcomes == [{Outcome.created: 1}, {Outcome.unchanged: 1}]
    assert stood[0] == stood[1]
    return stood[0]


def test_the_examples_say_the_same_with_dates_as_exact_as_the_sources(stands: dict[str, Any]) -> None:
    days = {act["uid"]: PartialDate.parse(act["event_date"]).is_exact for act in stands["acts"]}

    assert days == {"signed": False, "assented": False}
    assert [party["code"] for party in stands["parties"]] == ["AL", "BE"]


def test_agreements_of_one_file_may_name_each_other_in_any_order(house: House, tmp_path: Path) -> None:
    amended = {"relations": [{"kind": "amends", "other": "pact"}]}

    assert _bring(house, tmp_path, agreement(SIGNED, slug="protocol", **amended), agreement(SIGNED)) == {
        Outcome.created: 2
    }


def test_two_new_agreements_that_name_each_other_are_refused_by_line(house: House, tmp_path: Path) -> None:
    one = agreement(SIGNED, relations=[{"kind": "amends", "other": "protocol"}])
    other = agreement(SIGNED, slug="protocol", relations=[{"kind": "amends", "other": "pact"}])

    with pytest.raises(FileRefused) as refused:
        _bring(house, tmp_path, one, other)

    assert [(bad.column, bad.value) for bad in refused.value.rows] == [
        ("relations.other", "protocol"),
        ("relations.other", "pact"),
    ]
