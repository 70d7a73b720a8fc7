"""The rows of a list of agreements in the language of the page."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup

from embassy.agreements import sentence
from embassy.agreements.account import party_name
from embassy.agreements.classification import KIND_LABELS
from embassy.agreements.models import Party
from embassy.agreements.queries import Listed
from embassy.agreements.vocabulary import STATUS_LABELS, Status
from embassy.web.formats import partial
from embassy.web.house import language
from embassy.web.locale import translate
from embassy.web.page import address


class Line(NamedTuple):
    """A row of a list in words.

    `foreign` is the tag of the title's language where that is not the page's; `mark` is the shape of
    the status. `iso` is the first day of the status where that is known exactly, else empty; nothing
    is said of the start of a status that is not known.
    """

    url: str
    title: str
    foreign: str
    mark: str
    status: str
    iso: str
    since: str
    parties: Markup
    kind: str


def lines(rows: Iterable[Listed], parties: Mapping[int, list[Party]]) -> list[Line]:
    """Put the rows of a list into words, each with its parties."""
    here, pages = language().tag, address("agreements.show", "")
    return [
        Line(
            pages + row.slug,
            row.title,
            "" if row.shown_language == here else row.shown_language,
            sentence.MARKS[row.status],
            translate(STATUS_LABELS[row.status]),
            *_since(row),
            Markup(" · ").join(map(party_name, parties.get(row.id, ()))),
            translate(KIND_LABELS[row.kind]),
        )
        for row in rows
    ]


def _since(row: Listed) -> tuple[str, str]:
    if row.status is Status.UNKNOWN:
        return "", ""
    return str(row.start) if row.start.is_exact else "", partial(row.start)
