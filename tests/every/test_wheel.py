"""The wheel is the whole service: installed alone, it migrates, fills and serves as the checkout does."""

import json
import os
import subprocess
import sys
import venv
from datetime import UTC, datetime
from pathlib import Path
from sysconfig import get_path
from zipfile import ZipFile

import pytest

from embassy.resources import HOUSE, TEMPLATES

ROOT = HOUSE.parent
ASKED = [
    "/en/",
    "/ar/",
    "/sr-Latn/events",
    "/sq/none",
    "/fr/events.ics",
    "/static/css/embassy.css",
    "/sitemap.xml",
]
ASK = """
import json, sys, time_machine
from hashlib import sha256
from embassy import app, resources
with time_machine.travel(sys.argv[1], tick=False):
    client = app.create_app().test_client()
    answers = {path: client.get(path, base_url="http://127.0.0.1:8000") for path in sys.argv[2:]}
told = {path: [answer.status_code, sha256(answer.data).hexdigest()] for path, answer in answers.items()}
print(json.dumps({"from": str(resources.HOUSE), "told": told}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel and what it needs, but without the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    uv = Path(sys.executable).with_name("uv")
    install = ("pip", "install", "--offline", "--no-index", "--no-deps", "--python")
    subprocess.run([uv, *install, python, wheel], check=True, capture_output=True)
    (site,) = folder.glob("lib/python3*/site-packages")
    # A folder named in such a file is searched, but the files like this one inside it are not read.
    (site / "needed.pth").write_text(f"{get_path('purelib')}\n", encoding="utf-8")
    return python


def run(python: Path | str, data: Path, *words: str, cwd: Path) -> str:
    """Run Python with the demo's settings; return what it printed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("EMBASSY_", "PYTHON"))}
    own |= {"EMBASSY_DATA": str(data), "EMBASSY_DEMO": "1"}
    return subprocess.run(
        [str(python), *words], env=own, cwd=cwd, check=True, capture_output=True, text=True
    ).stdout


def test_the_wheel_holds_every_template_and_sample_and_no_build_tool(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        names = set(packed.namelist())

    templates = {f"embassy/_data/{path.relative_to(ROOT)}" for path in TEMPLATES.rglob("*") if path.is_file()}
    catalogues = {
        f"embassy/_data/{path.relative_to(ROOT).with_suffix('.mo')}"
        for path in ROOT.glob("translations/*/*/*.po")
    }
    code = {str(path.relative_to(ROOT)) for path in HOUSE.rglob("*.py")} - {"embassy/buildhook.py"}
    rest = {
        str(path.relative_to(ROOT))
        for folder in ("static", "sample", "db/migrations")
        for path in (HOUSE / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packaged = {name for name in names if ".dist-info/" not in name}
    assert packaged == templates | catalogues | code | rest
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_an_installed_wheel_migrates_fills_and_serves_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    embassy = str(installed.with_name("embassy"))
    data = tmp_path / "data"
    for word in ("migrate", "sample", "check"):
        run(installed, data, embassy, word, cwd=tmp_path)
    now = datetime.now(UTC).isoformat()

    alone = json.loads(run(installed, data, "-c", ASK, now, *ASKED, cwd=tmp_path))
    checkout = json.loads(run(sys.executable, data, "-c", ASK, now, *ASKED, cwd=ROOT))

    assert alone["told"] == checkout["told"]
    assert [status for status, _ in alone["told"].values()] == [200, 200, 200, 404, 200, 200, 200]
    assert Path(alone["from"]).is_relative_to(installed.parent.parent)
    assert Path(checkout["from"]) == HOUSE
