"""Errors as pages in the reader's language: what happened, what to do."""

from dataclasses import dataclass

from flask import Flask, Response, g, render_template, request, url_for
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import Conflict, HTTPException, SecurityError, ServiceUnavailable

from embassy.core.messages import Message, say
from embassy.db.database import DatabaseAway
from embassy.web.house import house
from embassy.web.locale import _, negotiate, translate
from embassy.web.page import Page
from embassy.web.wishes import Misread


@dataclass(frozen=True)
class ErrorPage:
    """One error: its number, what happened, what the reader can do, and where to go."""

    code: int
    title: str
    text: str
    next_steps: tuple[tuple[str, str], ...]


TITLES: dict[int, tuple[Message, Message]] = {
    400: (
        say("We could not understand this request"),
        say("The address or the form was not complete. Go back, check it and try again."),
    ),
    403: (
        say("You may not open this page"),
        say("It is meant for other readers. If you think it is a mistake, write to us."),
    ),
    404: (
        say("There is no such page"),
        say(
            "The address may be mistyped or out of date. "
            "Search for what you need, or begin at the front page."
        ),
    ),
    405: (
        say("This address does not take such a request"),
        say("Open the page from the menu and try again there."),
    ),
    409: (
        say("Somebody was faster"),
        say(
            "This changed while you were at it, so nothing was saved. Go back, reload the page and try again."
        ),
    ),
    410: (
        say("This page is no longer here"),
        say("It was taken away on purpose. Search for what replaced it."),
    ),
    413: (say("What you sent is too large"), say("Send a smaller file or a shorter text.")),
    429: (say("Too many requests"), say("Please wait a minute, then try again.")),
    500: (
        say("Something went wrong on our side"),
        say("Nothing was changed. Please try again in a few minutes."),
    ),
    503: (
        say("The service is out of reach for a moment"),
        say("We are working on it. Please try again in a minute; nothing you entered elsewhere is lost."),
    ),
}


def init(app: Flask) -> None:
    """Answer every error with a page of its own."""
    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(SecurityError, _not_our_name)
    app.register_error_handler(DBAPIError, _database_away)
    app.register_error_handler(DatabaseAway, _database_away)
    app.register_error_handler(StaleDataError, _overtaken)


def _database_away(_error: Exception) -> Response:
    return answer(ServiceUnavailable(retry_after=30))


def _overtaken(_error: StaleDataError) -> Response:
    return answer(Conflict())


def _not_our_name(_error: SecurityError) -> Response:
    """Refuse a request for another host; no page can be made, for no address is ours there."""
    told = "This service does not answer to that name.\n"
    return Response(told, 400, {"Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")


def answer(error: HTTPException) -> Response:
    """Answer an error with its page in the reader's language."""
    code = error.code or 500
    if g.get("language") is None:
        first = request.path.split("/")[1]
        g.language = house().deployment.language(first) or negotiate()
    title, text = (translate(sentence) for sentence in TITLES.get(code, TITLES[400 if code < 500 else 500]))
    if isinstance(error, Misread):
        text = translate(error.said)
    steps = ((_("Front page"), url_for("front.index")), (_("Search"), url_for("search.index")))
    about = Page(
        title, text, crumbs=((_("Front page"), url_for("front.index")), (title, None)), indexed=False
    )
    body = render_template("error.html", page=about, error=ErrorPage(code, title, text, steps))
    response = Response(body, status=code, headers={"Cache-Control": "no-store"})
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response
