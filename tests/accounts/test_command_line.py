"""Accounts from the command line: who is invited, let go, given and taken roles."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from embassy.accounts.commands import TRIAL_PASSWORD
from embassy.accounts.models import Account
from embassy.cli import main
from embassy.config import Settings
from embassy.core.access import Role
from embassy.web.house import House
from tests.accounts.desk import EMAIL, Desk
from tests.conftest import Run
from tests.consular.facts import mission

OPEN = "/en/desk/account"


@pytest.fixture
def invited(embassy: Run) -> Result:
    """Ana, editor for all missions."""
    return embassy("user", "invite", " Ana@Example.ORG ", "--name", "Ana Hoxha", "--role", "editor")


def test_an_invitation_makes_an_account_and_a_mail(embassy: Run, invited: Result, settings: Settings) -> None:
    assert invited.output == f"{EMAIL} was invited; the link in the mail is good for seven days.\n"
    assert embassy("user", "list").output == f"{EMAIL} · Ana Hoxha · editor (all missions)\n"

    told = embassy("work", "--once", EMBASSY_DEMO="1")
    (file,) = (settings.data / "mail").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)

    assert told.output == "Sent 1 mails.\n"
    assert (mail["To"], mail["From"]) == (EMAIL, "no-reply@embassy.example")
    assert "https://embassy.example/en/desk/account/invitation/" in mail.get_content()
    assert embassy("work", "--once", EMBASSY_DEMO="1").output == ""


def test_roles_are_given_and_taken_for_one_mission_or_all(
    embassy: Run, invited: Result, hand_in: Callable[..., object]
) -> None:
    hand_in("mission", **mission())
    steps = [
        embassy("user", "give", EMAIL, "approver", "--mission", mission()["slug"]),
        embassy("user", "give", EMAIL, "approver", "--mission", mission()["slug"]),
        embassy("user", "take", EMAIL, "editor"),
    ]
    listed = embassy("user", "list").output
    taken = embassy("user", "take", EMAIL, "approver")

    slug = mission()["slug"]
    assert invited.exit_code == 0, invited.output
    assert [step.output for step in steps] == [
        *[f"{EMAIL} is approver for {slug}.\n"] * 2,
        f"{EMAIL} is no longer editor for all missions.\n",
    ]
    assert listed == f"{EMAIL} · Ana Hoxha · approver ({slug})\n"
    assert taken.output == f"Error: {EMAIL} does not have this role.\n"


def test_an_account_is_disabled_and_enabled(embassy: Run, invited: Result) -> None:
    gone = embassy("user", "disable", EMAIL)
    listed = embassy("user", "list").output
    back = embassy("user", "enable", EMAIL)

    assert invited.exit_code == 0, invited.output
    assert gone.output == f"{EMAIL} can no longer sign in.\n"
    assert listed == f"{EMAIL} · Ana Hoxha · editor (all missions) · disabled\n"
    assert back.output == f"{EMAIL} can sign in again.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["invite", "ana", "--name", "Ana", "--role", "editor"], "“ana” is no e-mail address."),
        (
            ["invite", EMAIL.upper(), "--name", "Ana", "--role", "editor"],
            f"There is an account with the address {EMAIL} already.",
        ),
        (["disable", "besa@example.org"], "There is no account with the address besa@example.org."),
        (
            ["give", EMAIL, "editor", "--mission", "moon"],
            "There is no mission with the address “moon”.",
        ),
        (["code", EMAIL], "Only accounts of the local demo have their codes told."),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    embassy: Run, invited: Result, words: list[str], told: str
) -> None:
    before = embassy("user", "list").output
    refused = embassy("user", *words)

    assert invited.exit_code == 0, invited.output
    assert (refused.exit_code, refused.stderr) == (1, f"Error: {told}\n")
    assert embassy("user", "list").output == before


def test_the_demo_has_an_account_of_each_role_that_can_sign_in(embassy: Run, app: Flask) -> None:
    loaded = embassy("sample", EMBASSY_DEMO="1")
    again = embassy("sample", EMBASSY_DEMO="1")
    told = embassy("user", "code", "approver@embassy.example", EMBASSY_DEMO="1")

    home: House = app.extensions["embassy"]
    with home.database.reading() as reading:
        accounts = list(reading.scalars(select(Account)))
        held = sorted((account.email, *(str(grant.role) for grant in account.grants)) for account in accounts)
    assert held == sorted((f"{role}@embassy.example", str(role)) for role in Role)
    for role in Role:
        assert f"Sign in as {role}: {role}@embassy.example\n" in loaded.stdout
    assert again.exit_code == 0
    assert f"Their password is: {TRIAL_PASSWORD}\n" in loaded.stdout

    browser = Desk(app)
    asked = browser.password("approver@embassy.example", TRIAL_PASSWORD)
    assert browser.send(asked.location, code=told.output.strip()).location == OPEN


def test_no_account_is_made_outside_the_demo(embassy: Run) -> None:
    loaded = embassy("sample")

    assert "password" not in loaded.stdout
    assert embassy("user", "list").output == ""


def test_mails_wait_where_no_server_is_named(embassy: Run, invited: Result, tmp_path: Path) -> None:
    told = embassy("work", "--once")

    assert invited.exit_code == 0, invited.output
    assert told.stderr == "Mails wait: EMBASSY_SMTP_URL names no mail server.\n"
    assert not (tmp_path / "mail").exists()


def test_every_command_shows_an_example() -> None:
    for name in ("list", "invite", "give", "take", "disable", "enable", "forget-second-proof", "code"):
        assert "Example:\n      " in CliRunner().invoke(main, ["user", name, "--help"]).output
