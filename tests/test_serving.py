"""How gunicorn serves the house."""

import gc
import logging
from types import SimpleNamespace

import pytest
from flask import Flask

from embassy import serving


def test_each_process_opens_connections_of_its_own(app: Flask) -> None:
    database = app.extensions["embassy"].database
    database.content_version()
    before = database.watching_engine.pool

    serving.post_fork(None, SimpleNamespace(app=SimpleNamespace(wsgi=lambda: app)))

    assert database.watching_engine.pool is not before


def test_what_is_loaded_before_the_fork_stays_shared() -> None:
    before = gc.get_freeze_count()

    serving.pre_fork(None, None)

    frozen = gc.get_freeze_count()
    gc.unfreeze()
    assert (before, frozen > 10_000, gc.get_freeze_count()) == (0, True, 0)


def test_the_request_log_is_on_while_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.Logger("root of its own")
    monkeypatch.setattr(logging, "root", root)

    serving.when_ready(None)

    assert (root.level, [handler.format(_line()) for handler in root.handlers]) == (
        logging.INFO,
        ['{"path": "/"}'],
    )


def _line() -> logging.LogRecord:
    return logging.LogRecord("embassy.requests", logging.INFO, __file__, 1, '{"path": "/"}', None, None)
