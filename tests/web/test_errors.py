"""Errors are pages in the reader's language, whatever went wrong."""

from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text

from embassy.app import create_app
from embassy.config import Settings
from embassy.db.database import DatabaseAway
from embassy.web.errors import TITLES
from embassy.web.guard import public
from embassy.web.house import session
from tests.rooms import Reader


@pytest.fixture(scope="module")
def failing(shared: Settings) -> Iterator[FlaskClient]:
    """A client of a service with addresses that fail."""
    app: Flask = create_app(shared)

    @public()
    def fail(code: int) -> str:
        abort(code)

    @public()
    def divide() -> str:
        return str(1 / 0)

    @public()
    def away() -> str:
        raise DatabaseAway("gone")

    @public()
    def lost() -> str:
        return str(session().scalar(text("SELECT nothing FROM nowhere")))

    app.add_url_rule("/en/fail/<int:code>", "fail", fail)
    for view in (divide, away, lost):
        app.add_url_rule(f"/<language:lang>/{view.__name__}", view.__name__, view)
    app.test_client_class = Reader
    yield app.test_client()
    app.extensions["embassy"].database.dispose()


@pytest.mark.parametrize("code", sorted(TITLES))
def test_each_error_says_what_happened_and_what_to_do(failing: FlaskClient, code: int) -> None:
    answer = failing.get(f"/en/fail/{code}")

    title, told = TITLES[code]
    assert answer.status_code == code
    assert f"<h1>{title}</h1>" in answer.text
    assert all(words in answer.text for words in (str(told), "/en/search", f"give the number {code}."))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("code", "as_if"), [(418, 400), (502, 500)])
def test_an_error_without_words_of_its_own_has_those_of_its_family(
    failing: FlaskClient, code: int, as_if: int
) -> None:
    answer = failing.get(f"/en/fail/{code}")

    assert (answer.status_code, f"<h1>{TITLES[as_if][0]}</h1>" in answer.text) == (code, True)


@pytest.mark.parametrize(
    ("address", "status", "retry"), [("divide", 500, None), ("away", 503, "30"), ("lost", 503, "30")]
)
def test_a_failure_of_ours_tells_no_secrets(
    failing: FlaskClient, address: str, status: int, retry: str | None
) -> None:
    answer = failing.get(f"/sq/{address}")

    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, retry)
    assert '<html lang="sq"' in answer.text
    assert not {"Traceback", "ZeroDivision", "nowhere", "gone"} & set(answer.text.split())


def test_a_refused_method_names_those_that_work(reader: FlaskClient) -> None:
    answer = reader.post("/en/events")

    assert (answer.status_code, sorted(answer.headers["Allow"].split(", "))) == (
        405,
        ["GET", "HEAD", "OPTIONS"],
    )


@pytest.mark.parametrize(
    ("address", "wish", "language"),
    [
        ("/fr/nothing", "sq", "fr"),
        ("/fr/nothing/further", "sq", "fr"),
        ("/nothing", "sq", "sq"),
        ("/xx/nothing", "ar", "ar"),
        ("/nothing", "", "en"),
    ],
)
def test_an_error_is_told_in_the_language_of_the_address_or_the_browser(
    reader: FlaskClient, address: str, wish: str, language: str
) -> None:
    answer = reader.get(address, headers={"Accept-Language": wish})

    assert (answer.status_code, f'<html lang="{language}"' in answer.text) == (404, True)
