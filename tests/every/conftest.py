"""The sample service for tests that only read, and everything in it that can be asked for."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
import time_machine
from flask import Flask

from embassy.app import create_app
from embassy.config import SAMPLE, Settings
from tests.events.facts import concert
from tests.every.crawl import Crawl
from tests.rooms import ADDRESS, LOADED, Door, Reader


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory, sample_template: Path) -> Iterator[Flask]:
    """A service with the sample, shared by tests that only read."""
    path = tmp_path_factory.mktemp("pages") / "embassy.db"
    copyfile(sample_template, path)
    service = create_app(
        Settings(
            path.parent, f"sqlite:///{path}", ADDRESS, SAMPLE / "deployment.toml", "0123456789abcdef" * 2
        )
    )
    service.testing = True
    service.test_client_class = Reader
    with time_machine.travel(LOADED, tick=False):
        # The sample is there in every language; this one is in two.
        Door(service.extensions["embassy"])("event", **concert())
    yield service
    service.extensions["embassy"].database.dispose()


@pytest.fixture(scope="session")
def pages(sampled: Flask) -> Crawl:
    """Every address in the default language, with each filter alone."""
    default = sampled.extensions["embassy"].deployment.default.tag
    with time_machine.travel(LOADED, tick=False):
        crawl = Crawl(sampled, sampled.test_client(), only=(f"/{default}/",))
        return crawl.follow(f"/{default}/search?q=concert").ask_every_route()
