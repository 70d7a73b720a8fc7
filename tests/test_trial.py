"""A trial on one machine tells how to sign in, wherever its data lie."""

import subprocess
import sys
from pathlib import Path
from shutil import copyfile

import pytest

import dev
from tests.conftest import Run


def asked(*words: str) -> "subprocess.CompletedProcess[str]":
    """Ask for a second proof as somebody at a terminal does."""
    command = [sys.executable, str(dev.ROOT / "dev.py"), "code", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: a trial has no other."""
    return sqlite_url


def test_the_command_that_the_trial_prints_tells_the_second_proof(
    embassy: Run, tmp_path: Path, sqlite_template: Path
) -> None:
    place = tmp_path / "a trial"
    place.mkdir()
    copyfile(sqlite_template, place / "embassy.sqlite")
    here = {"EMBASSY_DATA": str(place), "EMBASSY_DATABASE_URL": None, "EMBASSY_DEMO": "1"}

    printed = embassy("sample", **here, EMBASSY_SECRET_KEY=None).stdout.splitlines()

    assert f"The second proof: python3 dev.py code ROLE --data '{place}'" in printed
    assert f"Mails become files in {place}/mail" in printed
    told = asked("editor", "--data", str(place))
    assert (told.returncode, told.stdout.strip().isdecimal(), told.stderr) == (0, True, "")


def test_the_usual_place_needs_no_naming_and_a_mail_server_gets_the_mails(
    embassy: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = {"EMBASSY_DATA": None, "EMBASSY_SMTP_URL": "smtp://mail.example.org:25"}

    printed = embassy("sample", EMBASSY_DEMO="1", **elsewhere).stdout.splitlines()

    assert "The second proof: python3 dev.py code ROLE" in printed
    assert [line for line in printed if line.startswith("Mails")] == []


def test_a_place_without_a_trial_is_told(tmp_path: Path) -> None:
    told = asked("editor", "--data", str(tmp_path))

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == f"There is no demo in {tmp_path}. Start it, or name its place: --data DIR\n"
    assert list(tmp_path.iterdir()) == []


def test_a_trial_without_the_account_is_told(tmp_path: Path, sqlite_template: Path) -> None:
    copyfile(sqlite_template, tmp_path / "embassy.sqlite")

    told = asked("editor", "--data", str(tmp_path))

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "Error: There is no account with the address editor@embassy.example.\n"


def test_a_role_that_does_not_exist_is_told() -> None:
    told = asked("ambassador")

    assert told.returncode == 2
    assert "choose from 'contributor', 'editor', 'approver', 'administrator'" in told.stderr


def test_accounts_are_asked_for_only_where_a_database_is_ready(embassy: Run, tmp_path: Path) -> None:
    told = embassy("user", "list", EMBASSY_DATABASE_URL=f"sqlite:///{tmp_path}/none.sqlite")

    assert told.output == "Error: The database is missing or out of date. Next: embassy migrate\n"
    assert not (tmp_path / "none.sqlite").exists()
