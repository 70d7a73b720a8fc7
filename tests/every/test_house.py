"""The house keeps its own rules: who imports whom, every address marked, every door named."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from embassy.resources import HOUSE
from embassy.web.guard import UnmarkedEndpoint, check_marks

ROOT = HOUSE.parent
# What each line would break, and the sentence of the contract that says so.
DOWN = "Imports point down only, and rooms never import each other BROKEN"
PURE = "Pure modules know neither the web nor the database BROKEN"
OFFENCES = {
    ("events/queries.py", "import embassy.consular"): DOWN,
    ("web/page.py", "import embassy.events.models"): DOWN,
    ("core/text.py", "import embassy.db.base"): DOWN,
    ("db/record.py", "import embassy.web.house"): DOWN,
    ("config.py", "import embassy.core.text"): DOWN,
    ("search/queries.py", "import embassy.front.views"): DOWN,
    ("core/folding.py", "import sqlalchemy"): PURE,
    ("core/calendar.py", "from flask import g"): PURE,
    ("agreements/status.py", "import sqlalchemy"): PURE,
    ("consular/hours.py", "from flask_babel import gettext"): PURE,
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: no rule here asks for it."""
    return sqlite_url


def linted(folder: Path) -> str:
    """Return what the import linter says of the house in a folder, in one line a contract."""
    lint = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [lint, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert told.stderr == ""
    return told.stdout


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house that a test may spoil."""
    folder = tmp_path_factory.mktemp("house")
    unneeded = shutil.ignore_patterns("static", "sample", "__pycache__", "_data")
    shutil.copytree(HOUSE, folder / "embassy", ignore=unneeded)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(("module", "line"), OFFENCES)
def test_an_import_against_the_order_is_found(module: str, line: str, copied: Path) -> None:
    spoiled = copied / "embassy" / module
    before = spoiled.read_text(encoding="utf-8")
    spoiled.write_text(f"{before}\n{line}\n", encoding="utf-8")

    told = linted(copied)

    spoiled.write_text(before, encoding="utf-8")
    assert OFFENCES[module, line] in told


def test_the_house_itself_imports_in_order(copied: Path) -> None:
    assert "Contracts: 2 kept, 0 broken." in linted(copied)


def test_a_part_of_the_house_that_no_contract_knows_is_found(copied: Path) -> None:
    unknown = copied / "embassy" / "utils.py"
    unknown.write_text('"""Odds and ends."""\n', encoding="utf-8")

    told = linted(copied)

    unknown.unlink()
    assert DOWN in told


def test_an_address_that_nobody_decided_about_stops_the_start(own_app: Flask) -> None:
    def forgotten() -> str:
        return "everybody may read this"

    check_marks(own_app)
    own_app.add_url_rule("/forgotten", "front.forgotten", forgotten)

    with pytest.raises(UnmarkedEndpoint, match=r"front\.forgotten"):
        check_marks(own_app)


def test_every_address_says_to_whom_it_is_open(app: Flask) -> None:
    marks: dict[str, Any] = {
        endpoint: view.__dict__.get("open_to") for endpoint, view in app.view_functions.items()
    }

    assert set(marks.values()) == {"public", "door", "staff"}
    assert {endpoint.partition(".")[0] for endpoint, mark in marks.items() if mark != "public"} == {
        "accounts",
        "additions",
        "administration",
        "desk",
        "preview",
        "privacy",
        "security",
        "sheets",
    }


def test_every_module_says_in_a_sentence_what_it_is() -> None:
    silent = [
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        if not path.read_text(encoding="utf-8").startswith('"""')
    ]

    assert silent == []
