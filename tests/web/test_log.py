"""The request log names nobody."""

import json
import logging

import pytest
from flask.testing import FlaskClient


def test_a_line_tells_method_path_status_and_time_and_nothing_of_the_reader(
    reader: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "embassy.requests")

    reader.get(
        "/en/search?q=my+name",
        headers={
            "User-Agent": "My Browser",
            "Referer": "https://my.example/",
            "X-Forwarded-For": "192.0.2.7",
        },
        environ_overrides={"REMOTE_ADDR": "192.0.2.9", "REMOTE_USER": "me"},
    )

    (line,) = [json.loads(message) for message in caplog.messages]
    assert {name: value for name, value in line.items() if name != "ms"} == {
        "method": "GET",
        "path": "/en/search",
        "status": 200,
    }
    assert list(line) == ["method", "path", "status", "ms"]


def test_a_hostile_path_stays_on_its_line(reader: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "embassy.requests")

    reader.get("/en/%0d%0a%1b[31m%e2%80%a8forged")

    (message,) = caplog.messages
    assert (message.isascii(), message.splitlines()) == (True, [message])
    assert json.loads(message)["status"] == 404


def test_nothing_is_written_where_nobody_reads_it(
    reader: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "embassy.requests")

    reader.get("/health/live")

    assert caplog.messages == []
