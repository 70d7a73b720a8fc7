#!/usr/bin/env python3
"""Run the service on this machine, or every check of it: `dev.py run`, `dev.py test`."""

import argparse
import hashlib
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
HOST = "127.0.0.1"
ROLES = ("contributor", "editor", "approver", "administrator")
SETS = {"run": "# Needed to run.\n", "test": "# Needed to test.\n"}
GATES = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("djlint", "--quiet", "--lint", "templates"),
    ("lint-imports", "--no-logo"),
    ("mypy", "--no-error-summary"),
    ("pytest", "-n", "2", "--dist", "worksteal", "--cov", "--cov-report", "term-missing:skip-covered"),
)
MACHINE = {
    "chromium": "a browser for the journeys",
    "postgresql": "a second database",
    "default-jre-headless": "Java, for the HTML checker",
}


def main() -> None:
    """Do what the command line asks."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    start = commands.add_parser("run", help="install, prepare and serve the sample service")
    start.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: 8000)")
    start.add_argument("--data", type=Path, default=ROOT / ".data", help="where the database and files live")
    second = commands.add_parser("code", help="tell the second proof of one of the demo's accounts")
    second.add_argument("role", choices=ROLES, metavar="ROLE", help=f"whose: {', '.join(ROLES)}")
    second.add_argument("--data", type=Path, default=ROOT / ".data", help="where the database lies")
    commands.add_parser("test", help="install what the checks need, and run every one of them")
    commands.add_parser("catalogues", help="bring the message catalogues in step with the source")
    commands.add_parser("lock", help="choose the newest fitting packages and write requirements.lock")
    asked = parser.parse_args()
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        {"run": run, "code": code, "test": test, "catalogues": catalogues, "lock": lock}[asked.command](asked)
    except KeyboardInterrupt:
        tell("Stopped.")
        sys.exit(0 if asked.command == "run" else 130)


def run(asked: argparse.Namespace) -> None:
    """Install, prepare and serve the sample service until Ctrl-C."""
    address = f"http://{HOST}:{asked.port}"
    data = asked.data.resolve()
    with socket.socket() as probe:
        if probe.connect_ex((HOST, asked.port)) == 0:
            sys.exit(
                f"Port {asked.port} is taken. Choose another: python3 dev.py run --port {asked.port + 1}"
            )
    install("run")
    data.mkdir(parents=True, exist_ok=True)
    os.environ |= {"EMBASSY_DATA": str(data), "EMBASSY_DEMO": "1", "EMBASSY_PUBLIC_URL": address}
    tell("Compiling the catalogues")
    call(*inside("catalogues", "compile_all()"))
    tell(f"Bringing the database in {data} up to date")
    call(*embassy("migrate"))
    tell("Loading the sample service")
    call(*embassy("sample"))
    tell("Starting the web server and the worker")
    with started(*embassy("serve", "--port", str(asked.port))) as server, started(*embassy("work")) as worker:
        wait_for(server, asked.port)
        tell(f"Ready: open {address}/ in a browser. Ctrl-C stops it; the data stays in {data}.")
        while server.poll() is None and worker.poll() is None:
            time.sleep(0.5)
    sys.exit("The web server or the worker ended by itself; its last words are above.")


def code(asked: argparse.Namespace) -> None:
    """Tell what the authenticator app of one of the demo's accounts shows now."""
    data = asked.data.resolve()
    if not (data / "embassy.sqlite").is_file():
        sys.exit(f"There is no demo in {data}. Start it, or name its place: --data DIR")
    os.environ |= {"EMBASSY_DATA": str(data), "EMBASSY_DEMO": "1"}
    sys.exit(subprocess.run(embassy("user", "code", f"{asked.role}@embassy.example"), check=False).returncode)


def test(_asked: argparse.Namespace) -> None:
    """Run every gate, the quick ones first; the last line is pytest's."""
    furnish()
    install("test")
    call(*inside("catalogues", "compile_all()"))
    *quick, last = GATES
    failed = [gate for gate in quick if not passes(gate)]
    for gate in failed:
        print(f"FAILED: {gate[0]}. Alone: .venv/bin/{shlex.join(gate)}", flush=True)
    if failed:
        sys.exit(1)
    sys.exit(0 if passes(last) else 1)


def catalogues(_asked: argparse.Namespace) -> None:
    """Bring the template and every catalogue in step with the source."""
    install("run")
    call(*inside("catalogues", "print(*update(), 'The catalogues are in step.', sep='\\n')"))


def lock(_asked: argparse.Namespace) -> None:
    """Choose packages for every platform, with their hashes: what runs first, then what only tests need."""
    install("test")
    resolve = [f"{VENV}/bin/uv", "pip", "compile", "pyproject.toml", "--universal", "--upgrade", "--quiet"]
    resolve += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    resolve += ["--no-emit-index-url", "--no-emit-find-links"]
    everything = said(*resolve, "--extra", "postgresql", "--group", "test")
    needed = {package.split("==")[0] for package in packages(said(*resolve))}
    # One resolution serves both sets: a version never differs between running and testing.
    runs = [package for package in packages(everything) if package.split("==")[0] in needed]
    tests = [package for package in packages(everything) if package.split("==")[0] not in needed]
    LOCK.write_text(SETS["run"] + "".join(runs) + "\n" + SETS["test"] + "".join(tests), encoding="utf-8")
    tell(f"{LOCK.name}: {len(runs)} packages to run, {len(tests)} more to test")


def pinned(wanted: str) -> str:
    """Return the locked requirements to run, or those to test (which include the former)."""
    held = LOCK.read_text(encoding="utf-8")
    return held.split(SETS["test"])[0] if wanted == "run" else held


def packages(requirements: str) -> list[str]:
    """Return each package with its hashes."""
    return re.findall(r"^\S+==(?:.*\\\n)*.*\n", requirements, re.MULTILINE)


def install(wanted: str) -> None:
    """Put exactly the locked packages into .venv; nothing happens if they are there already."""
    requirements = pinned(wanted)
    stamp, digest = VENV / f"installed-{wanted}", hashlib.sha256(requirements.encode()).hexdigest()
    if PYTHON.is_file() and stamp.is_file() and stamp.read_text() == digest:
        return
    if not PYTHON.is_file():
        tell("Making a virtual environment in .venv")
        try:
            venv.create(VENV, clear=True, with_pip=True, symlinks=True)
        except subprocess.CalledProcessError:
            sys.exit("Python's venv module is incomplete. On Debian: apt-get install python3-venv")
    chosen = VENV / "requirements.txt"
    chosen.write_text(requirements, encoding="utf-8")
    total = len(packages(requirements))
    tell(f"Installing {total} packages, each checked by its hash (once; a minute or two)")
    pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile", "--no-deps")
    # Flask-Principal was never released as a wheel.
    built = ("--only-binary=:all:", "--no-binary=flask-principal")
    fetch(*pip, *built, "--require-hashes", "--requirement", chosen, total=total)
    site = next((VENV / "lib").glob("python3*")) / "site-packages"
    (site / "embassy-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    stamp.write_text(digest)


def fetch(*command: str | Path, total: int) -> None:
    """Run pip, counting the packages on a terminal; all it said is shown if it fails."""
    spoken, count = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            spoken.append(line)
            count += line.startswith(("Collecting ", "Requirement already satisfied"))
            if sys.stdout.isatty():
                print(f"\r   {count} of {total}", end="\r", flush=True)
    if pip.returncode:
        sys.exit("".join(spoken) + "The packages could not be installed; pip says why above.")


def furnish() -> None:
    """Install what the machine itself lacks for the tests, or say how to."""
    there = {
        "chromium": shutil.which("chromium"),
        "postgresql": shutil.which("postgres") or list(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        "default-jre-headless": shutil.which("java"),
    }
    lacking = [name for name in MACHINE if not there[name]]
    if not lacking:
        return
    reasons = ", ".join(f"{name} ({MACHINE[name]})" for name in lacking)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            f"The tests need: {reasons}.\nOn Debian: sudo apt-get install {' '.join(lacking)}\n"
            "Elsewhere, install them so that chromium, postgres and java are on the PATH."
        )
    tell(f"Installing with apt-get: {reasons} (once; about a minute)")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    call("apt-get", "update", "-qq")
    call("apt-get", "install", "-qq", "--yes", "--no-install-recommends", *lacking, quiet=True)


def passes(gate: tuple[str, ...]) -> bool:
    """Run one gate, saying its name before it."""
    tell(shlex.join(gate))
    return subprocess.run([VENV / "bin" / gate[0], *gate[1:]], check=False).returncode == 0


def call(*command: str | Path, quiet: bool = False) -> None:
    """Run a step that must succeed."""
    output = subprocess.DEVNULL if quiet else None
    code = subprocess.run(command, check=False, stdout=output).returncode
    if code:
        sys.exit(f"This step failed ({code}): {shlex.join(map(str, command))}")


def said(*command: str | Path) -> str:
    """Run a step that must succeed and return what it printed."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    return done.stdout if done.returncode == 0 else sys.exit("This step failed; it says why above.")


def inside(module: str, expression: str) -> tuple[str | Path, ...]:
    """Return the command that evaluates an expression in one of our modules."""
    return (PYTHON, "-c", f"from embassy.{module} import *; {expression}")


def embassy(*words: str) -> tuple[str | Path, ...]:
    """Return the command line of the service's own command."""
    return (PYTHON, "-c", "from embassy.cli import main; raise SystemExit(main())", *words)


@contextmanager
def started(*command: str | Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a process that Ctrl-C reaches only through us, and end it at the end."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=40)


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the server answers, or has ended."""
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)


def tell(step: str) -> None:
    """Say what comes next."""
    print(f"── {step}", flush=True)


if __name__ == "__main__":
    main()
