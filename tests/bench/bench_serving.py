"""What serving costs: import time, memory of the workers, processor time of an answer.

Run it by hand: `.venv/bin/python tests/bench/bench_serving.py`. The times are those of the worker
processes, user and system, from /proc; beside each stands its ratio to a bare WSGI answer under the same
gunicorn. Machines differ and are shared, so both are served at once and measured in turn, ROUNDS times;
the medians are shown.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
BARE = """
def app(environ, start):
    start('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '2')])
    return [b'ok']
"""
TICK = os.sysconf("SC_CLK_TCK")
PORT, BARE_PORT = 8971, 8972
ROUNDS = 7


@contextmanager
def served(target: str, environment: dict[str, str], workers: int, port: int = PORT) -> Iterator[list[int]]:
    """Serve an application with the house's gunicorn settings; yield the workers' process ids."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:embassy.serving",
        "--workers",
        str(workers),
    ]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", target]
    if target.startswith("bare"):
        command[4] = f"{environment['EMBASSY_DATA']}/bare_conf.py"
    with subprocess.Popen(
        command, env=environment, cwd=environment["EMBASSY_DATA"], stderr=subprocess.DEVNULL
    ) as master:
        try:
            yield started(master.pid, workers, port)
        finally:
            master.terminate()


def started(master: int, workers: int, port: int) -> list[int]:
    """Wait until the workers answer; return their process ids."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        try:
            if len(children) == workers:
                ask(HTTPConnection("127.0.0.1", port), "/health/live")
                return [int(child) for child in children]
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def ask(connection: HTTPConnection, path: str) -> bytes:
    """Fetch one answer on a kept connection."""
    connection.request("GET", path, headers={"Host": f"127.0.0.1:{PORT}", "Accept-Encoding": "gzip"})
    return connection.getresponse().read()


def seconds(worker: int) -> float:
    """Return the processor time a process has used."""
    fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cost(worker: int, paths: list[str], port: int = PORT) -> float:
    """Return the milliseconds of processor time one answer takes the worker."""
    connection = HTTPConnection("127.0.0.1", port)
    for path in paths[:5]:
        ask(connection, path)
    before = seconds(worker)
    for path in paths:
        ask(connection, path)
    return (seconds(worker) - before) * 1000 / len(paths)


def memory(worker: int) -> tuple[float, float]:
    """Return a process's resident and proportional memory in megabytes."""
    rollup = dict(
        line.split(":", 1) for line in Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()[1:]
    )
    return int(rollup["Rss"].split()[0]) / 1024, int(rollup["Pss"].split()[0]) / 1024


def fill(environment: dict[str, str]) -> None:
    """Make a database of the sample service and sixty events ahead."""
    event = {
        "summary": {"en": "A talk."},
        "category": "academic",
        "status": "confirmed",
        "zone": "Europe/Brussels",
    }
    events = [
        event
        | {"slug": f"talk-{n}", "title": {"en": f"Talk {n}"}, "first_day": "2090-01-01", "starts": "18:00"}
        for n in range(60)
    ]
    file = Path(environment["EMBASSY_DATA"]) / "events.json"
    file.write_text(json.dumps(events))
    for words in (["migrate"], ["sample"], ["import", "event", str(file)]):
        call = [sys.executable, "-c", "from embassy.cli import main; main()", *words]
        subprocess.run(call, env=environment, check=True, capture_output=True)


def compare(bare: int, worker: int) -> None:
    """Print what each answer costs, and how many bare ones that is."""
    taken: dict[str, list[tuple[float, float]]] = {}
    for turn in range(ROUNDS):
        nothing = cost(bare, ["/"] * 2000, BARE_PORT)
        uncached = [f"?uncached={turn}-{number}" for number in range(60)]
        for name, paths in {
            "stored list page": ["/en/events"] * 1000,
            "stored feed": ["/en/events.ics"] * 1000,
            "uncached list page of fifty events": ["/en/events" + query for query in uncached],
            "uncached front page": ["/en/" + query for query in uncached],
            "uncached list of agreements": ["/en/agreements" + query for query in uncached],
        }.items():
            spent = cost(worker, paths)
            taken.setdefault(name, []).append((spent, spent / nothing))
    for name, rounds in taken.items():
        spent, ratio = (median(figures) for figures in zip(*rounds, strict=True))
        print(f"{name}: {spent:.3f} ms, {ratio:.1f} times a bare answer")


def main() -> None:
    """Measure, and print a line for each figure."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bare.py").write_text(BARE)
        Path(folder, "bare_conf.py").write_text(
            "worker_class = 'gthread'\nthreads = 4\ncontrol_socket_disable = True\n"
        )
        environment = os.environ | {
            "PYTHONPATH": f"{ROOT}:{folder}",
            "EMBASSY_DATA": folder,
            "EMBASSY_DEMO": "1",
            "EMBASSY_PUBLIC_URL": f"http://127.0.0.1:{PORT}",
        }
        fill(environment)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import embassy.app"], env=environment, check=True)
        print(f"import of the app, interpreter included: {time.perf_counter() - began:.2f} s")
        with (
            served("bare:app", environment, 1, BARE_PORT) as (bare,),
            served("embassy.app:create_app()", environment, 1) as (worker,),
        ):
            compare(bare, worker)
            print(f"one worker: {memory(worker)[0]:.0f} MB resident")
        with served("embassy.app:create_app()", environment, 2) as workers:
            for worker in workers:
                cost(worker, ["/en/events", "/sq/", "/ar/events"] * 30)
            for worker in workers:
                print(
                    "one of two workers: {:.0f} MB resident, {:.0f} MB proportional".format(*memory(worker))
                )


if __name__ == "__main__":
    main()
