"""The rows of a list of agreements in the language of the page."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from flask import url_for
from markupsafe import Markup, escape

from embassy.agreements import sentence
from embassy.agreements.classification import COLLECTION_LABELS, KIND_LABELS, Collection
from embassy.agreements.finding import Listed
from embassy.agreements.queries import Named, Sort, Wanted
from embassy.agreements.vocabulary import ACT_LABELS, STATUS_LABELS, ActType, Status
from embassy.core.messages import Message, say
from embassy.core.partial import PartialDate
from embassy.web.formats import country, day, marked, partial
from embassy.web.house import language
from embassy.web.locale import _, translate
from embassy.web.page import address, asked

# The columns of the list, each with its two orders, the one that is offered first before the other.
COLUMNS: tuple[tuple[Message, tuple[Sort, ...]], ...] = (
    (say("Agreement"), (Sort.BY_TITLE, Sort.BY_TITLE_BACK)),
    (say("Status"), ()),
    (say("Since"), (Sort.NEWEST, Sort.OLDEST)),
    (ACT_LABELS[ActType.SIGNED], (Sort.SIGNED_LAST, Sort.SIGNED_FIRST)),
    (say("Entry into force"), (Sort.ENTERED_LAST, Sort.ENTERED_FIRST)),
    (say("Parties"), ()),
)
RISING = frozenset({Sort.BY_TITLE, Sort.OLDEST, Sort.SIGNED_FIRST, Sort.ENTERED_FIRST})


class Heading(NamedTuple):
    """The heading of a column: where its link orders the list by it, and how it is ordered by it now."""

    label: str
    url: str
    order: str


class Line(NamedTuple):
    """A row of a list in words.

    `foreign` is the tag of the title's language where that is not the page's; `mark` is the shape of
    the status. Nothing is said of the start of a status that is not known, of days that are not, and of
    the collection of the service's own agreements.
    """

    url: str
    title: str
    foreign: str
    mark: str
    status: str
    since: Markup
    signed: Markup
    entered: Markup
    parties: Markup
    kind: str
    collection: str


def lines(rows: Iterable[Listed], parties: Mapping[int, list[Named]]) -> list[Line]:
    """Put the rows of a list into words, each with its parties; what many rows share is worded once."""
    here, pages = language().tag, address("agreements.show", "")
    status = cache(lambda word: translate(STATUS_LABELS[word]))
    kind = cache(lambda word: translate(KIND_LABELS[word]))
    named = cache(country)
    return [
        Line(
            pages + row.slug,
            row.title,
            "" if row.shown_language == here else row.shown_language,
            sentence.MARKS[row.status],
            status(row.status),
            Markup() if row.status is Status.UNKNOWN else _dated(row.start, here),
            Markup() if row.signed.is_unknown else _dated(row.signed, here),
            Markup() if row.entered.is_unknown else _dated(row.entered, here),
            Markup(" · ").join(
                named(party.country) if party.name is None else marked(party.name)
                for party in parties.get(row.id, ())
            ),
            kind(row.kind),
            collection(row.collection),
        )
        for row in rows
    ]


def collection(kept: Collection) -> str:
    """Return for what an agreement is kept; nothing is said of the service's own."""
    return "" if kept is Collection.OWN else translate(COLLECTION_LABELS[kept])


def headings(wanted: Wanted) -> list[Heading]:
    """Return the headings of the list that is wanted; what it is ordered by offers the other direction."""
    return [_heading(label, orders, wanted) for label, orders in COLUMNS]


def _heading(label: Message, orders: tuple[Sort, ...], wanted: Wanted) -> Heading:
    words, now = translate(label), wanted.sort or Sort.BY_TITLE
    if not orders:
        return Heading(words, "", "")
    offered = orders[1] if now is orders[0] else orders[0]
    order = "" if now not in orders else "ascending" if now in RISING else "descending"
    kept = {name: value for name, value in asked().items() if name != "sort"}
    return Heading(words, url_for("agreements.index", **kept, sort=str(offered), _external=False), order)


def on_day(wanted: Wanted, today: date) -> str:
    """Return of which day the list tells the status, where that is not today."""
    if wanted.on is None or wanted.on == today:
        return ""
    if wanted.on > today:
        return _(
            "Status on %(day)s. That day lies ahead: this is what follows from what is known today.",
            day=day(wanted.on),
        )
    return _("Status on %(day)s, as it is known today.", day=day(wanted.on))


@lru_cache(10_000)
def _dated(known: PartialDate, _tag: str) -> Markup:
    """Return a day in the words of the page's language, with its figures for programs where it is exact."""
    words = escape(partial(known))
    return Markup('<time datetime="%s">%s</time>') % (known, words) if known.is_exact else words
