"""Accounts on the command line: embassy user list, invite, give, take, disable, forget-second-proof, code."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import select

from embassy.accounts import commands, store
from embassy.accounts.models import Account
from embassy.core.access import Role
from embassy.web.locale import translate

ROLE = click.Choice([str(role) for role in Role])
EVERYWHERE = "all missions"


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except commands.NotDone as error:
        raise click.ClickException(translate(error.said)) from None


@click.command("list")
def list_() -> None:
    """Tell who may sign in, and as what.

    \b
    Example:
        embassy user list
    """
    for account in store.reading().scalars(select(Account).order_by(Account.email)):
        roles = ", ".join(
            f"{grant.role} ({grant.mission.slug if grant.mission else EVERYWHERE})"
            for grant in account.grants
        )
        click.echo(f"{account.email} · {account.name} · {roles}{'' if account.active else ' · disabled'}")


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="The name colleagues know.")
@click.option("--role", type=ROLE, required=True)
@click.option("--mission", default="", help="The address (slug) of one mission; without it, all.")
def invite(email: str, name: str, role: str, mission: str) -> None:
    """Make an account; its owner gets a mail with a link that sets the password.

    \b
    Example:
        embassy user invite a.hoxha@example.org --name "Ana Hoxha" --role editor --mission embassy-brussels
    """
    with _in_words():
        account = commands.invite(email, name, Role(role), mission)
    click.echo(f"{account.email} was invited; the link in the mail is good for seven days.")


@click.command()
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--mission", default="", help="The address (slug) of one mission; without it, all.")
def give(email: str, role: str, mission: str) -> None:
    """Give a role.

    \b
    Example:
        embassy user give a.hoxha@example.org approver
    """
    with _in_words():
        commands.give(email, Role(role), mission)
    click.echo(f"{email} is {role} for {mission or EVERYWHERE}.")


@click.command()
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--mission", default="", help="The address (slug) of one mission; without it, all.")
def take(email: str, role: str, mission: str) -> None:
    """Take a role away; it counts at once.

    \b
    Example:
        embassy user take a.hoxha@example.org approver
    """
    with _in_words():
        commands.take(email, Role(role), mission)
    click.echo(f"{email} is no longer {role} for {mission or EVERYWHERE}.")


@click.command()
@click.argument("email")
def disable(email: str) -> None:
    """Let an account sign in no longer; its sessions end at once.

    \b
    Example:
        embassy user disable a.hoxha@example.org
    """
    with _in_words():
        commands.switch(email, False)
    click.echo(f"{email} can no longer sign in.")


@click.command()
@click.argument("email")
def enable(email: str) -> None:
    """Let a disabled account sign in again.

    \b
    Example:
        embassy user enable a.hoxha@example.org
    """
    with _in_words():
        commands.switch(email, True)
    click.echo(f"{email} can sign in again.")


@click.command("forget-second-proof")
@click.argument("email")
def forget_second_proof(email: str) -> None:
    """Forget a lost authenticator app, with recovery codes and passkeys; the next sign-in sets one up anew.

    \b
    Example:
        embassy user forget-second-proof a.hoxha@example.org
    """
    with _in_words():
        commands.forget_second_proof(email)
    click.echo(f"{email} sets up a second proof at the next sign-in, and is told so by mail.")


@click.command()
@click.argument("email")
def code(email: str) -> None:
    """Tell the code that a demo account's authenticator app would show now.

    \b
    Example:
        EMBASSY_DEMO=1 embassy user code editor@embassy.example
    """
    with _in_words():
        click.echo(commands.code(email))


COMMANDS = (list_, invite, give, take, disable, enable, forget_second_proof, code)
