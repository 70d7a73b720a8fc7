"""The milestones of agreements as a calendar, and their news as an Atom feed, in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import uuid5

from flask import url_for

from embassy.agreements.account import account, party_named, plain_name
from embassy.agreements.acts import Act, announcements, known_acts
from embassy.agreements.citation import permalink
from embassy.agreements.entry import result
from embassy.agreements.log import log_of, visible
from embassy.agreements.models import Agreement, RecordedAct
from embassy.agreements.trigger import CONSENTS
from embassy.agreements.vocabulary import ACT_LABELS, STATUS_LABELS, ActType, Status
from embassy.core import atom
from embassy.core import calendar as ical
from embassy.core.partial import PartialDate
from embassy.web.feeds import Subscription
from embassy.web.house import language, now, service_name, today, viewer
from embassy.web.locale import translate

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

    @property
    def words(self) -> str:
        """Return what happened, with whose doing it was."""
        return f"{self.party}: {self.label}" if self.party else self.label


def milestones(agreement: Agreement) -> Iterator[Milestone]:
    """Yield what is known to the day, as the viewer may know it today.

    The entry into force stands once, uncertain until a source asserts it; an act keeps the name of the one
    that it corrects.
    """
    log, day = log_of(agreement, _seen(agreement)), today()
    announced = announcements(log.acts, day)
    every = {act.uid: act for act in log.acts}
    for act in (*known_acts(log.acts, day), *announced):
        happened = _exact(act.takes_effect)
        if happened is not None and act.type is not ActType.ENTRY_INTO_FORCE_ASSERTED:
            root, corrections = _root(act, every)
            party = party_named(act.party, agreement, plain_name) if act.party else ""
            label = translate(ACT_LABELS[act.type])
            yield Milestone(root, label, party, happened, corrections, act not in announced)
    entry = result(*log, known_at=day)
    enters = _exact(entry.day) if entry.day is not None else None
    if enters is not None:
        bearing = sum(act.type in BEARING for act in log.acts)
        label = translate(STATUS_LABELS[Status.IN_FORCE])
        yield Milestone(ENTRY, label, "", enters, bearing, entry.asserted is not None)


def _exact(day: PartialDate) -> date | None:
    return day.earliest if day.is_exact else None


def _root(act: Act, every: dict[str, Act]) -> tuple[str, int]:
    corrections = 0
    while act.corrects in every and corrections < len(every):
        act, corrections = every[act.corrects], corrections + 1
    return act.uid, corrections


def _seen(agreement: Agreement) -> list[RecordedAct]:
    return visible(agreement.acts, viewer(), now())


def told_at(agreement: Agreement) -> datetime:
    """Return when the viewer could last notice a change of an agreement, the end of an embargo too."""
    reveals = [act.shown_from for act in _seen(agreement) if act.shown_from and act.shown_from <= now()]
    last: datetime = max([agreement.changed_at, agreement.shown_from, *reveals])
    return last


def entries(agreements: Iterable[Agreement], since: date) -> Iterator[ical.Entry]:
    """Yield an entry of a whole day for each milestone from a day on."""
    for agreement in agreements:
        changed, (found, title) = told_at(agreement), agreement.title.best(language())
        for one in milestones(agreement):
            if one.day >= since:
                yield ical.Entry(
                    uid=uuid5(agreement.uid, one.name),
                    changed_at=changed,
                    created_at=max(agreement.created_at, agreement.shown_from),
                    sequence=one.sequence,
                    status=ical.Status.confirmed if one.certain else ical.Status.tentative,
                    transparent=True,
                    start=one.day,
                    end=one.day,
                    summary=(f"{one.words} · {title}", found.tag),
                    url=permalink(agreement),
                    categories=(one.label,),
                )


def news(agreements: Iterable[Agreement]) -> Iterator[atom.Entry]:
    """Yield an entry for each agreement: what it is called and where it stands today."""
    for agreement in agreements:
        found, title = agreement.title.best(language())
        told = account(agreement, _seen(agreement), today())
        yield atom.Entry(
            uid=agreement.uid,
            title=(title, found.tag),
            summary=(" ".join(told.sentences), language().tag),
            url=permalink(agreement),
            published_at=max(agreement.created_at, agreement.shown_from),
            changed_at=told_at(agreement),
            categories=(translate(STATUS_LABELS[told.status]),),
        )


def steps(agreement: Agreement) -> Iterator[atom.Entry]:
    """Yield an entry for each milestone of one agreement."""
    changed, (found, title) = told_at(agreement), agreement.title.best(language())
    for one in milestones(agreement):
        day = datetime.combine(one.day, time(0), UTC)
        yield atom.Entry(
            uid=uuid5(agreement.uid, one.name),
            title=(one.words, language().tag),
            summary=(title, found.tag),
            url=permalink(agreement),
            published_at=day,
            changed_at=changed,
        )


def subscription(title: str, endpoint: str, **asked: str) -> Subscription:
    """Return a calendar of milestones for the subscribe box."""
    return Subscription(f"{title} · {service_name()}", url_for(endpoint, _external=False, **asked))
