"""What a reader asks for in the address, read strictly."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import BadRequest

from embassy.core.access import Audience
from embassy.web.wishes import chosen, typed
from tests.rooms import ADDRESS


@pytest.mark.parametrize(("query", "word"), [("", None), ("?for=", None), ("?for=staff", Audience.staff)])
def test_a_word_of_the_vocabulary_is_chosen_or_none(site: Flask, query: str, word: Audience | None) -> None:
    with site.test_request_context(f"/en/{query}", base_url=ADDRESS):
        assert chosen("for", Audience) is word


@pytest.mark.parametrize("query", ["?for=everybody", "?for=STAFF", "?for=%00", "?for=staff%20"])
def test_any_other_word_is_400(site: Flask, query: str) -> None:
    with site.test_request_context(f"/en/{query}", base_url=ADDRESS), pytest.raises(BadRequest):
        chosen("for", Audience)


def test_typed_words_lose_the_white_space_around_them(site: Flask) -> None:
    with site.test_request_context("/en/?q=%20two%20words%20", base_url=ADDRESS):
        assert (typed("q"), typed("other")) == ("two words", "")


@pytest.mark.parametrize("given", ["a" * 101, "a%00b"])
def test_too_much_and_what_no_database_takes_is_400(site: Flask, given: str) -> None:
    with site.test_request_context(f"/en/?q={given}", base_url=ADDRESS), pytest.raises(BadRequest):
        typed("q")


@pytest.mark.parametrize(
    "address",
    [
        "/en/events?q=" + "a" * 100_000,
        "/en/events?category=nothing",
        "/en/events?when=%ff%fe",
        "/en/search?q=%00",
        "/en/events?city=" + "%F0%9F%8E%BB" * 200,
    ],
)
def test_hostile_questions_are_refused_and_never_fail(reader: FlaskClient, address: str) -> None:
    assert reader.get(address).status_code == 400


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "/en/events?category=nothing",
            "“nothing” is none of the choices for “category”. Go back and choose one of them.",
        ),
        ("/en/search?q=" + "a" * 201, "What stands in “q” is too long. Go back and shorten it."),
        ("/en/agreements?year=soon", "“soon” is no year. Go back and choose one, such as 2015."),
        (
            "/sq/events?category=asgjë",
            "«asgjë» nuk është ndër zgjedhjet për «category». Kthehuni dhe zgjidhni njërën.",
        ),
    ],
)
def test_a_refused_question_says_what_was_wrong_and_what_to_do(
    reader: FlaskClient, address: str, told: str
) -> None:
    answer = reader.get(address)

    assert (answer.status_code, told in answer.text) == (400, True)
