"""The public pages and tables of agreements."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, url_for

from embassy.agreements import calendars, choices, classification, finding, queries, vocabulary, wording
from embassy.agreements.account import account, party_name, subjects
from embassy.agreements.asking import NoSuchDay, ask_again, crumbs, known_on
from embassy.agreements.citation import citation, identifier
from embassy.agreements.classification import AgreementKind, Collection, Subject
from embassy.agreements.finding import Listed
from embassy.agreements.log import visible
from embassy.agreements.models import Agreement, StatusPeriod
from embassy.agreements.particulars import particulars
from embassy.agreements.prospects import needed, prospects, supposed
from embassy.agreements.queries import Sort, Wanted
from embassy.agreements.schema import json_ld
from embassy.agreements.vocabulary import Status
from embassy.core.collation import sort_key
from embassy.core.messages import Message
from embassy.web import respond, tables
from embassy.web.formats import country
from embassy.web.guard import public
from embassy.web.house import (
    FRESH,
    Concern,
    Panel,
    language,
    midnight,
    moment,
    now,
    session,
    today,
    viewer,
)
from embassy.web.locale import _, translate
from embassy.web.page import FeedLink, Page, asked
from embassy.web.paging import paged
from embassy.web.records import opened, speaking_ahead
from embassy.web.wishes import chosen, day_chosen, typed, year_chosen

Word = TypeVar("Word", bound=StrEnum)
bp = Blueprint("agreements", __name__, url_prefix="/<language:lang>")
A_YEAR = timedelta(days=365)
FILTERS = (
    "q",
    "kind",
    "collection",
    "status",
    "on",
    "party",
    "partner",
    "waiting",
    "subject",
    "year",
    "sort",
)


def wanted() -> Wanted:
    """Return what the reader asks for."""
    return Wanted(
        words=typed("q"),
        kind=chosen("kind", AgreementKind),
        collection=chosen("collection", Collection),
        status=chosen("status", Status),
        party=typed("party", most=2),
        partner=typed("partner", most=2),
        subject=chosen("subject", Subject),
        year=year_chosen("year"),
        on=day_chosen("on"),
        waiting=typed("waiting", most=2),
        sort=chosen("sort", Sort),
    )


def standing(agreement: Agreement) -> StatusPeriod:
    """Return the period an agreement is in on the day asked for, today if none is, as the reader may know."""
    return queries.period_of(agreement.periods, viewer(), now(), today(), day_chosen("on") or today())


def _countries() -> list[tuple[str, str]]:
    """Return the countries to choose from, as the language sorts them."""
    codes = choices.countries(session(), viewer(), moment())
    return sorted(((code, country(code)) for code in codes), key=lambda one: sort_key(one[1], language().tag))


def _translated(labels: Mapping[Word, Message]) -> dict[Word, str]:
    return {word: translate(label) for word, label in labels.items()}


def panel() -> Panel:
    """Return the latest changes of status for the front page."""
    found = session().execute(finding.changed(viewer(), language().tag).limit(4), moment())
    lines = wording.lines([Listed(*row) for row in found], {})
    return Panel("agreements/panel.html", {"lines": lines}, until=midnight())


def concerns() -> Iterable[Concern]:
    """Return what in agreements should be looked after."""
    tag = language().tag
    waiting = session().scalars(queries.stuck(tag, viewer(), today() - A_YEAR), moment())
    yield Concern(_("Ratifications of which nothing became known for a year"), list(waiting))
    entered = session().scalars(queries.entered(tag, viewer(), today() - FRESH), moment())
    told = _("Agreements now in force whose texts still speak of the future")
    yield Concern(told, speaking_ahead(entered))


@bp.get("/agreements")
@public(*FILTERS, "page")
def index() -> Response:
    """List the agreements with their status of today."""
    asks = wanted()
    those = finding.matches(session(), asks, language().tag, viewer(), moment())
    found = paged(those.rows, Listed, those.total, those.given, finding.ROWS)
    parties = queries.parties(session(), [agreement.id for agreement in found.rows])
    feed = calendars.subscription(_("Agreements"), "agreements.calendar", **asked())
    about = Page(
        _("Agreements"),
        _("What was agreed with other countries, how far each agreement has come, and since when it holds."),
        crumbs=((_("Front page"), url_for("front.index")), (_("Agreements"), None)),
        feeds=(FeedLink(feed.title, feed.https),),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "agreements/index.html",
        about,
        until=midnight(),
        found=found,
        wanted=asks,
        headings=wording.headings(asks),
        lines=wording.lines(found.rows, parties),
        on_day=wording.on_day(asks, today()),
        countries=_countries(),
        years=[(year, year) for year in choices.years(session(), viewer(), moment())],
        codes=[party.country for several in parties.values() for party in several],
        statuses=_translated(vocabulary.STATUS_LABELS),
        subjects=_translated(classification.SUBJECT_LABELS),
        kinds=_translated(classification.KIND_LABELS),
        collections=_translated(classification.COLLECTION_LABELS),
        subscription=feed,
    )


@bp.get("/agreements/<slug>")
@public("known")
def show(slug: str) -> Response:
    """Show one agreement as known today, or on the day asked for."""
    agreement = opened(Agreement, slug)
    try:
        day = known_on("known")
    except NoSuchDay as wrong:
        return ask_again(agreement, wrong, _("What was known earlier?"))
    seen = visible(agreement.acts, viewer(), now())
    told = account(agreement, seen, day)
    kin = queries.kin(session(), agreement, viewer(), moment())
    title = agreement.title.best(language())[1]
    feed = calendars.subscription(title, "agreements.milestones", slug=slug)
    about = Page(
        title,
        agreement.summary.best(language())[1],
        text=agreement.title,
        crumbs=crumbs(agreement),
        schema=json_ld(agreement, told, kin, day) if day == today() else None,
        indexed=day == today() and agreement.collection is not Collection.SYNTHETIC,
        feeds=(FeedLink(feed.title, feed.https),),
        queries=("known",),
    )
    return respond.page(
        "agreements/show.html",
        about,
        until=midnight(),
        agreement=agreement,
        told=told,
        more=particulars(agreement, kin, day),
        ahead=prospects(agreement, seen, day),
        day=day,
        today=today(),
        parties=[party_name(party) for party in agreement.parties],
        subjects=subjects(agreement),
        classes=classification,
        citation=citation(agreement, told, day),
        identifier=identifier(agreement),
        subscription=feed,
    )


@bp.get("/agreements/<slug>/ahead")
@public("completed", "wanted")
def ahead(slug: str) -> Response:
    """Show what is waited for, and what would follow if the last step came on a day."""
    agreement = opened(Agreement, slug)
    seen = visible(agreement.acts, viewer(), now())
    title = agreement.title.best(language())[1]
    about = Page(
        _("The way ahead"),
        title,
        text=agreement.title,
        crumbs=crumbs(agreement, _("The way ahead")),
        queries=("completed", "wanted"),
        indexed=False,
    )
    completed, start = day_chosen("completed"), day_chosen("wanted")
    return respond.page(
        "agreements/ahead.html",
        about,
        until=midnight(),
        agreement=agreement,
        ahead=prospects(agreement, seen, today()),
        completed=completed,
        wanted=start,
        follows=supposed(agreement, completed) if completed else "",
        needed=needed(agreement, start) if start else "",
    )


@bp.get("/agreements.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def table(form: str) -> Response:
    """Give the list as a file for programs."""
    return tables.answer(
        "agreement", form, queries.whole(wanted(), language().tag, viewer()), until=midnight()
    )
