"""What the page of an agreement tells beside its log, in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from embassy.agreements import queries
from embassy.agreements.account import party_named
from embassy.agreements.ladder import Twig, twigs
from embassy.agreements.models import Agreement
from embassy.agreements.parts import AgreementText, Assessment, Guide, Statement
from embassy.agreements.queries import Kin
from embassy.agreements.rungs import BodyLine, PartyLine
from embassy.agreements.terms import (
    INVERSE_LABELS,
    READER_LABELS,
    RELATION_LABELS,
    STATEMENT_LABELS,
    TEXT_ROLE_LABELS,
    VERDICT_LABELS,
    Reader,
    RelationKind,
    Renewal,
    Verdict,
)
from embassy.core.messages import Message, say, say_many
from embassy.core.text import Localized
from embassy.db.record import Record
from embassy.web.formats import day as written
from embassy.web.formats import filesize, language_named, marked, partial, said
from embassy.web.house import file_address, house, language, session, today
from embassy.web.locale import _, translate
from embassy.web.records import linked

MARKS = {
    Verdict.NOT_STARTED: "open",
    Verdict.BEGUN: "soon",
    Verdict.PARTLY: "soon",
    Verdict.IMPLEMENTED: "good",
    Verdict.STALLED: "stop",
    Verdict.DISPUTED: "asked",
}
GOOD_FOR = timedelta(days=730)


class Relative(NamedTuple):
    """Another agreement: a link to it, and how it hangs on its branch."""

    link: str
    twig: Twig


class Branch(NamedTuple):
    """The agreements to which one stands in the same relation: the words for it, and where it sits."""

    words: str
    twig: Twig
    relatives: list[Relative]


class Family(NamedTuple):
    """The tree of related agreements, from this one at its root."""

    root: Twig
    branches: list[Branch]


class Signed(NamedTuple):
    """Somebody who signed: the name, linked where there is a page, the post held then, and the party."""

    name: str
    post: str
    party: str


class Stated(NamedTuple):
    """A statement of a party: who, what, in answer to whom, its text, when, and the source."""

    party: str
    kind: str
    answers: str
    text: Localized
    day: str
    source: str


class Advice(NamedTuple):
    """One part of the guide: its text, what is to be done, and whether the last review is long ago."""

    text: Localized
    begins: str
    form: str
    office: str
    reviewed: date | None
    stale: bool


class Copy(NamedTuple):
    """A text of the agreement: its language, what it is worth, a link to it with its size, its SHA-256."""

    language: str
    role: str
    links: Sequence[str]
    digest: str


class Guidance(NamedTuple):
    """What the agreement means for one kind of reader."""

    reader: str
    advice: list[Advice]


@dataclass(frozen=True)
class Particulars:
    """What stands beside the log of an agreement; `term` are sentences on how long it lasts."""

    family: Family | None
    signatories: list[Signed]
    term: list[str]
    statements: list[Stated]
    guides: list[Guidance]
    texts: list[Copy]
    assessments: list[PartyLine]


def particulars(agreement: Agreement, kin: Kin, day: date) -> Particulars:
    """Return what readers may know of an agreement beside its acts, as publicly known on a day.

    Relations, guides and texts have no such day: they are told as they are known today, and on no other day.
    """
    known = [one for one in agreement.assessments if one.known_from <= day]
    stated = [one for one in agreement.statements if one.day.earliest is None or one.day.earliest <= day]
    now = day == today()
    return Particulars(
        _family(kin) if now else None,
        list(_signed(agreement)),
        [str(said(sentence)) for sentence in term(agreement)],
        [_stated(one, agreement) for one in stated],
        list(_guidance(agreement.guides)) if now else [],
        [_copy(one) for one in agreement.texts] if now else [],
        list(_judged(known, agreement)),
    )


def term(agreement: Agreement) -> Iterator[Message]:
    """Yield how long an agreement lasts, how it goes on, and how it is ended."""
    if agreement.term_until is not None:
        yield say("It lasts until %(day)s.", day=agreement.term_until)
    elif agreement.term_years is not None:
        yield say_many("It lasts for %(num)d year.", "It lasts for %(num)d years.", agreement.term_years)
    elif agreement.term is not None:
        yield say("It is concluded for an unlimited period.")
    if agreement.renewal is Renewal.TACIT:
        yield say("After that it is renewed by itself, unless a party objects.")
    elif agreement.renewal is Renewal.EXPRESS:
        yield say("After that it goes on only if the parties agree to renew it.")
    if agreement.notice_months is not None:
        yield say_many(
            "A party can end it by giving notice %(num)d month ahead.",
            "A party can end it by giving notice %(num)d months ahead.",
            agreement.notice_months,
        )


def _family(kin: Kin) -> Family | None:
    found = list(_relations(kin))
    depths = [0, *(depth for _words, links in found for depth in (1, *(2 for _link in links)))]
    drawn = iter(twigs(depths, mirrored=language().direction == "rtl"))
    root = next(drawn)
    branches = [
        Branch(words, next(drawn), [Relative(link, next(drawn)) for link in links]) for words, links in found
    ]
    return Family(root, branches) if branches else None


def _relations(kin: Kin) -> Iterator[tuple[str, list[str]]]:
    for labels, relatives in ((RELATION_LABELS, kin.named), (INVERSE_LABELS, kin.naming)):
        for kind in RelationKind:
            if links := [linked(other) for one, other in relatives if one is kind]:
                yield translate(labels[kind]), links


def _signed(agreement: Agreement) -> Iterator[Signed]:
    """Yield who signed; whom the viewer may not find is told by the printed name, or else by the post."""
    for one in agreement.signatories:
        name, post = linked(one.person) or one.name, marked(one.post) if one.post else ""
        if name or post:
            yield Signed(name or post, post if name else "", party_named(one.party, agreement))


def _stated(one: Statement, agreement: Agreement) -> Stated:
    return Stated(
        party_named(one.party, agreement),
        translate(STATEMENT_LABELS[one.kind]),
        party_named(one.answers, agreement) if one.answers else "",
        one.text,
        "" if one.day.is_unknown else partial(one.day),
        _outside(one.url, one.citation),
    )


def _guidance(guides: Iterable[Guide]) -> Iterator[Guidance]:
    offices = _offices(guide.office_id for guide in guides)
    for reader in Reader:
        if advice := [_advice(one, offices) for one in guides if one.reader is reader]:
            yield Guidance(translate(READER_LABELS[reader]), advice)


def _offices(ids: Iterable[int | None]) -> dict[int, Record]:
    """Return the offices with some ids; none where the room that keeps them is off."""
    wanted, kind = {one for one in ids if one is not None}, house().kinds.get("office")
    if not wanted or kind is None:
        return {}
    return {office.id: office for office in session().scalars(queries.with_ids(kind.model, wanted))}


def _advice(one: Guide, offices: dict[int, Record]) -> Advice:
    return Advice(
        one.text,
        "" if one.begins.is_unknown else partial(one.begins),
        _outside(one.form_url, one.form_name) if one.form_name else "",
        linked(offices.get(one.office_id)) if one.office_id else "",
        one.reviewed,
        one.reviewed is not None and today() - one.reviewed > GOOD_FOR,
    )


def _copy(one: AgreementText) -> Copy:
    links = []
    if one.file:
        words = _("PDF, %(size)s", size=filesize(one.file.size))
        links.append(Markup('<a href="{}">{}</a>').format(file_address(one.file.uid), words))
    if one.url:
        words = _("As published at %(host)s", host=urlsplit(one.url).hostname)
        links.append(Markup('<a href="{}" rel="noopener">{}</a>').format(one.url, words))
    role = translate(TEXT_ROLE_LABELS[one.role])
    return Copy(language_named(one.language), role, links, one.file.digest if one.file else "")


def _judged(known: list[Assessment], agreement: Agreement) -> Iterator[PartyLine]:
    """Yield each party with every source's verdict, the latest first; none is weighed against another."""
    codes = [*(party.code for party in agreement.parties), *(one.party for one in known)]
    for code in dict.fromkeys(codes):
        own = sorted((one for one in known if one.party == code), key=_latest, reverse=True)
        if own:
            yield PartyLine(party_named(code, agreement), tuple(map(_verdict, own)))


def _latest(one: Assessment) -> tuple[date, date]:
    return one.day.latest or one.day.earliest or one.known_from, one.known_from


def _verdict(one: Assessment) -> BodyLine:
    spoken = "" if one.day.is_unknown else partial(one.day)
    known = _("public since %(day)s", day=written(one.known_from))
    notes = " · ".join(filter(None, (spoken, known)))
    source = _outside(one.url, one.citation)
    return BodyLine(MARKS[one.verdict], translate(VERDICT_LABELS[one.verdict]), source, notes)


def _outside(url: str, text: Localized) -> str:
    """Return a text as a link to an address elsewhere, where there is one."""
    words = marked(text)
    return Markup('<a href="{}" rel="noopener">{}</a>').format(url, words) if url else words
