"""Days whose knowledge a reader asks for, and the question put again where there is no such day."""

from datetime import date

from flask import Response, render_template, url_for

from embassy.agreements.models import Agreement
from embassy.core.facts import Wrong
from embassy.core.messages import Message, say
from embassy.core.shapes import Day
from embassy.web.house import language, today
from embassy.web.locale import _, translate
from embassy.web.page import Page, address
from embassy.web.wishes import typed

LABELS = {"known": say("As known on"), "one": say("As known on"), "other": say("Compared with")}


class NoSuchDay(ValueError):
    """A day that lies ahead or is none: in which field, and what is expected there."""

    def __init__(self, name: str, expected: Message) -> None:
        super().__init__(str(expected))
        self.name, self.expected = name, expected


def known_on(name: str, otherwise: date | None = None) -> date:
    """Return the day that a parameter asks for, today where it is empty; raises NoSuchDay."""
    try:
        asked: date = Day().parse(typed(name) or str(otherwise or today()))
    except Wrong as wrong:
        raise NoSuchDay(name, wrong.expected) from None
    if asked > today():
        raise NoSuchDay(name, say("Today or an earlier day."))
    return asked


def ask_again(agreement: Agreement, wrong: NoSuchDay, question: str, *names: str) -> Response:
    """Return the question for days once more, with what was typed and what is expected."""
    fields = names or (wrong.name,)
    about = Page(
        question, agreement.title.best(language())[1], crumbs=crumbs(agreement), indexed=False, queries=fields
    )
    error = _(
        "“%(given)s” does not fit the field “%(field)s”.",
        given=typed(wrong.name),
        field=translate(LABELS[wrong.name]),
    )
    context = {
        "error": error,
        "fields": [(name, translate(LABELS[name]), typed(name)) for name in fields],
        "wrong": wrong.name,
        "expected": translate(wrong.expected),
        "agreement": agreement,
    }
    body = render_template("agreements/asked.html", page=about, **context)
    return Response(body, 400, {"Cache-Control": "no-store"})


def crumbs(agreement: Agreement, below: str = "") -> tuple[tuple[str, str | None], ...]:
    """Return the way from the front page to an agreement, or to a page below its own."""
    title, own = agreement.title.best(language())[1], address("agreements.show", agreement.slug)
    above = ((_("Front page"), url_for("front.index")), (_("Agreements"), url_for("agreements.index")))
    return (*above, (title, own), (below, None)) if below else (*above, (title, None))
