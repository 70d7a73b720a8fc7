"""The examples of the README are what a treaty office may bring in, and both say the same."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from embassy.core.partial import PartialDate
from embassy.db.commands import Outcome, Writer
from embassy.web.house import House
from embassy.web.importing import dump, load, read

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database is enough: what is asked of it here is asked of both elsewhere."""
    return sqlite_url


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
