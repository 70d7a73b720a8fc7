"""The milestones of agreements as a calendar, and their news as an Atom feed, in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import uuid5

from flask import request, url_for

from embassy.agreements.account import account, party_named, plain_name
from embassy.agreements.acts import Act, announcements, known_acts
from embassy.agreements.entry import result
from embassy.agreements.log import log_of, visible
from embassy.agreements.models import Agreement, RecordedAct
from embassy.agreements.trigger import CONSENTS
from embassy.agreements.vocabulary import ACT_LABELS, STATUS_LABELS, ActType, Status
from embassy.core import atom
from embassy.core import calendar as ical
from embassy.web.feeds import Subscription
from embassy.web.house import house, language, now, today, viewer
from embassy.web.locale import translate
from embassy.web.page import absolute, address

ENTRY = "entry-into-force"
BEARING = CONSENTS | {ActType.ENTRY_INTO_FORCE_ASSERTED}


class Milestone(NamedTuple):
    """A day in the life of an agreement: its lasting name, what happened, by whom, and how sure that is."""

    name: str
    label: str
    party: str
    day: date
    sequence: int
    certain: bool


def milestones(agreement: Agreement, seen: Iterable[RecordedAct]) -> Iterator[Milestone]:
    """Yield what is known to the day, as the viewer may know it today.

    The entry into force stands once, uncertain until a source asserts it; an act keeps the name of the one
    that it corrects.
    """
    log, day = log_of(agreement, seen), today()
    announced = announcements(log.acts, day)
    every = {act.uid: act for act in log.acts}
    for act in (*known_acts(log.acts, day), *announced):
        happened = act.takes_effect
        if (
            act.type is ActType.ENTRY_INTO_FORCE_ASSERTED
            or happened.earliest is None
            or not happened.is_exact
        ):
            continue
        root, corrections = _root(act, every)
        party = party_named(act.party, agreement, plain_name) if act.party else ""
        label = translate(ACT_LABELS[act.type])
        yield Milestone(root, label, party, happened.earliest, corrections, act not in announced)
    entry = result(*log, known_at=day)
    if entry.day is not None and entry.day.is_exact and entry.day.earliest:
        bearing = sum(
            act.type in CONSENTS or act.type is ActType.ENTRY_INTO_FORCE_ASSERTED for act in log.acts
        )
        label = translate(STATUS_LABELS[Status.IN_FORCE])
        yield Milestone(ENTRY, label, "", entry.day.earliest, bearing, entry.asserted is not None)


def _root(act: Act, every: dict[str, Act]) -> tuple[str, int]:
    corrections = 0
    while act.corrects in every and corrections < len(every):
        act, corrections = every[act.corrects], corrections + 1
    return act.uid, corrections


def told_at(agreement: Agreement) -> datetime:
    """Return when the viewer could last notice a change of an agreement, the end of an embargo too."""
    seen = visible(agreement.acts, viewer(), now())
    reveals = [act.shown_from for act in seen if act.shown_from and act.shown_from <= now()]
    last: datetime = max([agreement.changed_at, agreement.shown_from, *reveals])
    return last


def entries(agreements: Iterable[Agreement], since: date) -> Iterator[ical.Entry]:
    """Yield an entry of a whole day for each milestone from a day on."""
    for agreement in agreements:
        seen = visible(agreement.acts, viewer(), now())
        found, title = agreement.title.best(language())
        for one in milestones(agreement, seen):
            if one.day >= since:
                who = f"{one.party}: " if one.party else ""
                yield ical.Entry(
                    uid=uuid5(agreement.uid, one.name),
                    changed_at=told_at(agreement),
                    created_at=max(agreement.created_at, agreement.shown_from),
                    sequence=one.sequence,
                    status=ical.Status.confirmed if one.certain else ical.Status.tentative,
                    transparent=True,
                    start=one.day,
                    end=one.day,
                    summary=(f"{who}{one.label} · {title}", found.tag),
                    url=absolute(address("agreements.show", agreement.slug)),
                    categories=(one.label,),
                )


def news(agreements: Iterable[Agreement]) -> Iterator[atom.Entry]:
    """Yield an entry for each agreement: what it is called and where it stands today."""
    for agreement in agreements:
        seen = visible(agreement.acts, viewer(), now())
        found, title = agreement.title.best(language())
        told = account(agreement, seen, today())
        yield atom.Entry(
            uid=agreement.uid,
            title=(title, found.tag),
            summary=(" ".join(told.sentences), language().tag),
            url=absolute(address("agreements.show", agreement.slug)),
            published_at=max(agreement.created_at, agreement.shown_from),
            changed_at=told_at(agreement),
            categories=(translate(STATUS_LABELS[told.status]),),
        )


def steps(agreement: Agreement) -> Iterator[atom.Entry]:
    """Yield an entry for each milestone of one agreement."""
    seen = visible(agreement.acts, viewer(), now())
    found, title = agreement.title.best(language())
    for one in milestones(agreement, seen):
        who = f"{one.party}: " if one.party else ""
        day = datetime.combine(one.day, time(0), UTC)
        yield atom.Entry(
            uid=uuid5(agreement.uid, one.name),
            title=(f"{who}{one.label}", language().tag),
            summary=(title, found.tag),
            url=absolute(address("agreements.show", agreement.slug)),
            published_at=day,
            changed_at=told_at(agreement),
        )


def subscription(title: str, endpoint: str, **asked: str) -> Subscription:
    """Return a calendar of milestones for the subscribe box."""
    name = house().deployment.name.best(language())[1]
    return Subscription(f"{title} · {name}", url_for(endpoint, _external=False, **asked))


def atom_feed(title: str, page: str, changed: datetime) -> atom.Feed:
    """Return what an Atom feed says of itself: the one at the address asked for."""
    name = house().deployment.name.best(language())[1]
    source = absolute(request.full_path.rstrip("?"))
    return atom.Feed(f"{title} · {name}", language().tag, name, source, absolute(page), changed)
