"""The command line: serve, work, migrate, sample, import, export, check, holidays, user."""

import os
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click
from sqlalchemy.exc import SQLAlchemyError

from embassy import config
from embassy.accounts import command_line, commands
from embassy.consular.command_line import holidays
from embassy.core.facts import Wrong
from embassy.db import audit, erasure, files, held, personal
from embassy.db.commands import COMMAND_LINE, Outcome, Writer
from embassy.db.kinds import Kind
from embassy.db.migrate import is_current, upgrade
from embassy.db.worker import apply_due
from embassy.deployment import DeploymentError
from embassy.web import post
from embassy.web.house import House
from embassy.web.importing import FileRefused, completed, described, dump, faults, load, read, refusal
from embassy.web.tabular import write_csv, write_json

WORK_SECONDS = 5


@contextmanager
def named_errors() -> Iterator[None]:
    """Tell what is set wrongly, or a database that does not answer, in words and without a traceback."""
    try:
        yield
    except (config.SettingsError, DeploymentError, OSError) as error:
        raise click.ClickException(str(error)) from None
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        told = str(getattr(error, "orig", error)).splitlines()[0]
        raise click.ClickException(
            f"The database cannot be used: {told}. Check EMBASSY_DATABASE_URL, then run: embassy migrate"
        ) from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The information service of a foreign ministry.

    \b
    A first look, on this computer:
        EMBASSY_DEMO=1 embassy migrate
        EMBASSY_DEMO=1 embassy sample
        EMBASSY_DEMO=1 embassy serve
    """


def _house() -> House:
    """Return the house without the web; a database that is not ready is told in words."""
    from embassy.app import build

    with named_errors():
        house = build(config.read())
        _stand_on(house.settings.database_url)
    click.get_current_context().call_on_close(house.database.dispose)
    return house


def _stand_on(database_url: str) -> None:
    """Go on only with a database of the present shape."""
    if not is_current(database_url):
        raise click.ClickException("The database is missing or out of date. Next: embassy migrate")


@main.command()
@click.option("--port", default=8000, show_default=True, help="The port on 127.0.0.1.")
def serve(port: int) -> None:
    """Serve the pages with gunicorn.

    \b
    Examples:
        embassy serve
        embassy serve --port 8080
    """
    house = _house()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:embassy.serving"]
    command += ["--workers", str(house.settings.workers), "--bind", f"127.0.0.1:{port}"]
    house.database.dispose()
    os.execv(sys.executable, [*command, "embassy.app:create_app()"])  # noqa: S606 - no shell, fixed program


@main.command()
@click.option("--once", is_flag=True, help="Do what is due and end.")
def work(once: bool) -> None:
    """Apply approved changes when their time comes and send mails; runs beside serve.

    \b
    Examples:
        embassy work
        embassy work --once
    """
    house = _house()
    postbox = post.postbox(house.settings)
    if postbox is None:
        click.echo("Mails wait: EMBASSY_SMTP_URL names no mail server.", err=True)
    files.tidy(house.database, house.settings.files, datetime.now(UTC))
    while True:
        for done, count in _turn(house, postbox, datetime.now(UTC)):
            if count:
                click.echo(done % count)
        if once:
            return
        time.sleep(WORK_SECONDS)


def _turn(house: House, postbox: post.Postbox | None, now: datetime) -> Iterator[tuple[str, int]]:
    """Do what is due; yield what it is and how often it was done."""
    home, settings, languages = house.database, house.settings, house.deployment.languages
    if postbox:
        yield "Sent %d mails.", post.send_due(home, settings, postbox, now)
    yield "Applied %d changes.", apply_due(home, house.kinds, languages, now)
    key = settings.key("erasure")
    yield "Erased %d times again.", erasure.finish(home, house.kinds, settings.erasures, key, languages, now)
    held.sweep(home, now)
    yield "Let go of %d files that nothing holds.", files.sweep(home, house.kinds, settings.files, now)
    with home.quietly_writing() as writing:
        yield "Let go of %d values about people.", personal.sweep(writing, house.kinds)


@main.command()
def migrate() -> None:
    """Bring the database to the present shape; run it after every update.

    \b
    Example:
        embassy migrate
    """
    with named_errors():
        settings = config.read()
        settings.data.mkdir(parents=True, exist_ok=True)
        upgrade(settings.database_url)
    click.echo("The database is ready. Next: embassy sample (for a trial) or embassy serve.")


@main.command()
def sample() -> None:
    """Load the sample service, from files you can read; what is there already stays as it is.

    \b
    Example:
        EMBASSY_DEMO=1 embassy sample
    """
    house = _house()
    for kind in house.kinds.values():
        for file in config.sample_files(kind.name):
            _load(house, kind, file)
    click.echo("The sample service is loaded. Next: embassy serve")
    if house.settings.demo:
        _try_out(house.settings)


def _try_out(settings: config.Settings) -> None:
    """Make the accounts of the local demo, and tell how to sign in as each and where its mails go."""
    with _at_home():
        for role, email in commands.try_out():
            click.echo(f"Sign in as {role}: {email}")
    click.echo(f"Their password is: {commands.TRIAL_PASSWORD}")
    usual = settings.data == Path(".data").resolve()
    place = "" if usual else f" --data {shlex.quote(str(settings.data))}"
    click.echo(f"The second proof: python3 dev.py code ROLE{place}")
    click.echo("Without a checkout, it is: embassy user code EMAIL")
    if not settings.smtp_url:
        click.echo(f"Mails become files in {settings.data / 'mail'}")


@main.command("import")
@click.argument("kind_name", metavar="KIND")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--describe", is_flag=True, help="Show the columns of the kind, and load nothing.")
def import_(kind_name: str, file: Path | None, describe: bool) -> None:
    """Load a .csv or .json FILE of records of a KIND: all of it, or nothing.

    \b
    Examples:
        embassy import event --describe
        embassy import event events.csv
    """
    house = _house()
    kind = _kind(house, kind_name)
    if describe:
        click.echo(described(kind))
    elif file is None:
        raise click.UsageError("Name the file to load, or add --describe to see its columns.")
    else:
        _load(house, kind, file)


@main.command()
@click.argument("kind_name", metavar="KIND")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the screen."
)
def export(kind_name: str, form: str, output: Path | None) -> None:
    """Write every record of a KIND as it can be imported again.

    \b
    Examples:
        embassy export event > events.json
        embassy export event --format csv --output events.csv
    """
    house = _house()
    kind = _kind(house, kind_name)
    with house.database.reading() as session:
        records = dump(session, kind)
    text = write_json(records) if form == "json" else write_csv(records, kind.facts)
    if output is None:
        sys.stdout.buffer.write(text.encode())
    else:
        output.write_bytes(text.encode())
        click.echo(f"{len(records)} records written to {output}.")


@main.group("file")
def file_() -> None:
    """Take in the PDF files that records hold.

    \b
    Example:
        embassy file add treaty-fr.pdf treaty-sq.pdf
    """


@file_.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def add(paths: tuple[Path, ...]) -> None:
    """Check each PDF, keep it, and tell the SHA-256 by which records name it.

    \b
    Example:
        embassy file add treaty-fr.pdf treaty-sq.pdf
    """
    house = _house()
    for path in paths:
        try:
            digest = files.store(house.database, house.settings.files, path.read_bytes(), datetime.now(UTC))
        except Wrong as wrong:
            raise click.ClickException(f"{path}: {wrong}") from None
        click.echo(f"{digest}  {path}")


@main.command()
def check() -> None:
    """Check settings, deployment file, database and every record in it.

    \b
    Example:
        embassy check
    """
    house = _house()
    wrong = 0
    with house.database.reading() as session:
        for kind in house.kinds.values():
            records = dump(session, kind)
            for record in records:
                for line in faults(kind, record):
                    wrong += 1
                    click.echo(f"{kind.name} {record['slug']}: {line}", err=True)
            click.echo(f"{kind.name}: {len(records)} records")
        if (number := audit.broken(session)) is not None:
            wrong += 1
            click.echo(f"audit chain: entry {number} does not follow from those before it.", err=True)
        for slug, version in audit.altered(session):
            wrong += 1
            click.echo(f"audit chain: version {version} of {slug} is not what was published.", err=True)
    if wrong:
        raise click.ClickException(f"{wrong} faults. Mend the records and run embassy check again.")
    click.echo("All is well.")


@contextmanager
def _at_home() -> Iterator[None]:
    """Stand inside the web service, as a request would, without serving anybody."""
    from embassy.app import create_app

    with named_errors():
        _stand_on(config.read().database_url)
        app = create_app()
    home = app.extensions["embassy"]
    try:
        with app.test_request_context(base_url=home.settings.public_url):
            yield
    finally:
        home.database.dispose()


@main.group()
def user() -> None:
    """Invite staff, let them go, give and take their roles.

    \b
    Examples:
        embassy user list
        embassy user invite --help
    """


main.add_command(holidays)
for command in command_line.COMMANDS:
    command.callback = _at_home()(cast(Callable[..., None], command.callback))
    user.add_command(command)


def _kind(house: House, name: str) -> Kind:
    if name not in house.kinds:
        raise click.ClickException(f"There is no kind “{name}”. Known are: {', '.join(house.kinds)}.")
    return house.kinds[name]


def _load(house: House, kind: Kind, file: Path) -> None:
    writer = Writer(COMMAND_LINE, datetime.now(UTC), house.deployment.languages)
    try:
        rows = completed(kind, read(kind, file), house.deployment)
        with click.progressbar(
            length=len(rows), label=f"{kind.name}: {len(rows)} records", file=sys.stderr
        ) as bar:
            outcomes = load(house.database, kind, rows, writer, lambda _number, _of: bar.update(1))
    except FileRefused as refused:
        raise click.ClickException(refusal(refused, file)) from None
    told = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome)
    click.echo(f"{kind.name}: {told}.")
