"""The command line: what each command does, says and refuses."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from embassy import config
from embassy.cli import WORK_SECONDS, main
from embassy.config import SAMPLE, Settings
from embassy.core.workflow import Stage
from embassy.db.database import Database
from embassy.db.migrate import downgrade
from embassy.events.models import Category, Event
from tests.conftest import Run
from tests.db.writing import Pen
from tests.events.facts import concert, titled
from tests.pdfs import treaty

COMMANDS = ["check", "export", "file", "holidays", "import", "migrate", "sample", "serve", "user", "work"]


@pytest.fixture
def pen(settings: Settings) -> Iterator[Pen]:
    """What writes into that database."""
    database = Database(settings.database_url)
    yield Pen(database)
    database.dispose()


def test_the_help_lists_every_command() -> None:
    told = CliRunner().invoke(main, ["--help"]).output

    assert [line.split()[0] for line in told.partition("Commands:\n")[2].splitlines()] == COMMANDS
    assert "EMBASSY_DEMO=1 embassy migrate" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_an_example(command: str) -> None:
    told = CliRunner().invoke(main, [command, "--help"]).output

    examples = told[told.index("Example") :].splitlines()[1]
    assert examples.split("embassy ")[1].split()[0] == command


def test_a_database_is_made_filled_and_checked(embassy: Run, settings: Settings) -> None:
    downgrade(settings.database_url, "base")

    steps = [embassy(command) for command in ("check", "migrate", "sample", "sample", "check")]

    assert [step.exit_code for step in steps] == [1, 0, 0, 0, 0]
    assert steps[0].output == "Error: The database is missing or out of date. Next: embassy migrate\n"
    assert steps[1].output == "The database is ready. Next: embassy sample (for a trial) or embassy serve.\n"
    count = len(json.loads((SAMPLE / "event.json").read_text()))
    assert f"event: {count} created, 0 changed, 0 unchanged.\n" in steps[2].stdout
    assert f"event: 0 created, 0 changed, {count} unchanged.\n" in steps[3].stdout
    assert f"event: {count} records\n" in steps[4].stdout
    assert steps[4].stdout.endswith("All is well.\n")


def test_a_kind_without_a_sample_has_none_loaded(
    embassy: Run, pen: Pen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "event.json").write_text(json.dumps([concert()]))
    (tmp_path / "event-more.json").write_text(json.dumps([titled("ball"), titled("fair")]))
    monkeypatch.setattr(config, "SAMPLE", tmp_path)

    loaded = embassy("sample", EMBASSY_DEPLOYMENT=str(SAMPLE / "deployment.toml"))

    assert (
        loaded.stdout
        == "event: 1 created, 0 changed, 0 unchanged.\nevent: 2 created, 0 changed, 0 unchanged.\n"
        "The sample service is loaded. Next: embassy serve\n"
    )
    assert pen.counts()["record"] == 3


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_export_is_imported_again_unchanged(embassy: Run, pen: Pen, tmp_path: Path, form: str) -> None:
    pen(concert(place="=1+1"))
    file = tmp_path / f"events.{form}"

    written = embassy("export", "event", "--format", form, "--output", str(file))
    shown = embassy("export", "event", "--format", form)
    read = embassy("import", "event", str(file))

    assert written.output == f"1 records written to {file}.\n"
    assert shown.stdout_bytes == file.read_bytes()
    assert read.stdout == "event: 0 created, 0 changed, 1 unchanged.\n"


def test_a_bad_file_is_refused_by_line_and_column(embassy: Run, pen: Pen, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text("slug,title.en,summary.en,category,status,zone\na,A,A.,fair,confirmed,UTC\n")

    refused = embassy("import", "event", str(file))

    assert (refused.exit_code, pen.counts()) == (1, {"ledger": 1})
    assert refused.stderr.partition("records\n")[2] == (
        f"Error: {file} was not loaded; nothing has changed. Mend these and load it again:\n"
        f"  line 2, category: “fair”. One of: {', '.join(Category)}.\n"
    )


def test_a_kind_is_described_without_a_file(embassy: Run) -> None:
    described = embassy("import", "event", "--describe")

    assert described.stdout.startswith("event: JSON holds a list of records; CSV has one row a record,")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["import", "event"], "Error: Name the file to load, or add --describe to see its columns.\n"),
        (["export", "treaty"], "Error: There is no kind “treaty”. Known are: "),
        (
            ["import", "event", "none.csv"],
            "Error: Invalid value for '[FILE]': File 'none.csv' does not exist.\n",
        ),
    ],
)
def test_a_command_that_cannot_be_done_says_what_can(embassy: Run, words: list[str], told: str) -> None:
    refused = embassy(*words)

    assert refused.exit_code != 0
    assert told in refused.stderr


def test_a_record_that_breaks_the_rules_of_today_is_found(embassy: Run, pen: Pen) -> None:
    pen(concert())
    with pen.database.writing() as session:
        session.execute(update(Event).values(zone="Europe/Nowhere"))

    found = embassy("check")

    assert found.exit_code == 1
    assert found.stderr == (
        "event concert: zone: A time zone by its IANA name, such as Europe/Brussels.\n"
        "Error: 1 faults. Mend the records and run embassy check again.\n"
    )


def test_the_worker_does_what_is_due_and_ends_or_looks_again(
    embassy: Run, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = pen.propose(concert(), stage=Stage.approved, due_at=datetime.now(UTC))
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", wait)
    worked, idle, long = embassy("work", "--once"), embassy("work", "--once"), embassy("work")

    assert (worked.stdout, idle.stdout, pen.stage(change)) == ("Applied 1 changes.\n", "", Stage.applied)
    assert (waits, long.exit_code) == ([WORK_SECONDS] * 2, 1)


def test_serving_becomes_gunicorn(embassy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[Any] = []
    monkeypatch.setattr(os, "execv", lambda program, words: became.extend([program, *words]))

    served = embassy("serve", "--port", "8080", EMBASSY_WORKERS="3")

    assert (served.exit_code, became[0]) == (0, became[1])
    assert became[2:] == [
        "-m", "gunicorn", "--config", "python:embassy.serving", "--workers", "3", "--bind", "127.0.0.1:8080",
        "embassy.app:create_app()",
    ]  # fmt: skip


@pytest.mark.parametrize("command", [[name] for name in ("migrate", "serve", "work", "sample", "check")])
def test_a_wrong_setting_is_told_in_words(command: list[str], tmp_path: Path) -> None:
    told = CliRunner().invoke(main, command, env={"EMBASSY_DATA": str(tmp_path), "EMBASSY_DEMO": "yes"})

    assert (told.exit_code, told.output) == (
        1,
        "Error: EMBASSY_DEMO is “yes”. Write 1 for yes or 0 for no.\n",
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "sqlite:////proc/none/embassy.sqlite",
            "The database is missing or out of date. Next: embassy migrate",
        ),
        (
            "postgresql+psycopg://embassy@/none?host=/proc/none",
            "The database cannot be used: connection is bad: connection to server on socket "
            '"/proc/none/.s.PGSQL.5432" failed: No such file or directory. '
            "Check EMBASSY_DATABASE_URL, then run: embassy migrate",
        ),
        (
            "postgres://embassy",
            "The database cannot be used: Can't load plugin: sqlalchemy.dialects:postgres. "
            "Check EMBASSY_DATABASE_URL, then run: embassy migrate",
        ),
        (
            "mysql://embassy/none",
            "The database cannot be used: No module named 'MySQLdb'. "
            "Check EMBASSY_DATABASE_URL, then run: embassy migrate",
        ),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_with_the_next_step(
    url: str, told: str, tmp_path: Path
) -> None:
    demo = {"EMBASSY_DEMO": "1", "EMBASSY_DATA": str(tmp_path), "EMBASSY_DATABASE_URL": url}

    refused = CliRunner().invoke(main, ["check"], env=demo)

    assert (refused.exit_code, refused.output) == (1, f"Error: {told}\n")


def test_a_deployment_file_with_an_unknown_room_is_told_in_words(tmp_path: Path) -> None:
    sample = (SAMPLE / "deployment.toml").read_text()
    rooms = next(line for line in sample.splitlines() if line.startswith("rooms ="))
    file = tmp_path / "deployment.toml"
    file.write_text(sample.replace(rooms, 'rooms = ["events", "kitchen"]'))
    demo = {"EMBASSY_DEMO": "1", "EMBASSY_DATA": str(tmp_path), "EMBASSY_DEPLOYMENT": str(file)}

    refused = CliRunner().invoke(main, ["check"], env=demo)

    assert refused.output == f"Error: {file}, key service.rooms: no room “kitchen”.\n"


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    demo = {"EMBASSY_DEMO": "1", "EMBASSY_DATA": str(tmp_path / "file")}

    refused = CliRunner().invoke(main, ["migrate"], env=demo)

    assert refused.output == f"Error: [Errno 17] File exists: '{tmp_path}/file'\n"


def test_pdf_files_are_taken_in_and_told_by_their_digest(
    embassy: Run, settings: Settings, tmp_path: Path
) -> None:
    embassy("migrate")
    (tmp_path / "treaty.pdf").write_bytes(treaty())
    (tmp_path / "notes.txt").write_text("Rivers", encoding="utf-8")

    told = embassy("file", "add", str(tmp_path / "treaty.pdf"))
    refused = embassy("file", "add", str(tmp_path / "notes.txt"))

    assert told.output == f"{sha256(treaty()).hexdigest()}  {tmp_path / 'treaty.pdf'}\n"
    assert [one.read_bytes() for one in settings.files.iterdir()] == [treaty()]
    assert (refused.exit_code, f"{tmp_path / 'notes.txt'}: A PDF file." in refused.output) == (1, True)
