"""The status of an agreement in plain sentences, the word's mark, and the act that proves it."""

from collections.abc import Iterable, Iterator
from datetime import date

from embassy.agreements.acts import Act
from embassy.agreements.entry import EntryIntoForce, outlook
from embassy.agreements.progress import PartyProgress
from embassy.agreements.status import NOTHING_KNOWN, Period
from embassy.agreements.vocabulary import ActType, PartyStatus, Status
from embassy.core.messages import Message, say
from embassy.core.partial import PartialDate

# For each status: the sentence with an exact day, and the one where the day is known in part or not at all.
SENTENCES: dict[Status, tuple[str, Message, Message]] = {
    Status.DRAFT: ("open", say("Under negotiation since %(day)s."), say("Under negotiation (%(day)s).")),
    Status.INITIALLED: ("open", say("Initialled on %(day)s."), say("Initialled (%(day)s).")),
    Status.SIGNED: ("open", say("Signed on %(day)s."), say("Signed (%(day)s).")),
    Status.PROVISIONALLY_APPLIED: (
        "soon",
        say("Provisionally applied since %(day)s."),
        say("Provisionally applied (%(day)s)."),
    ),
    Status.PARTIALLY_SUSPENDED: (
        "asked",
        say("Suspended in part since %(day)s."),
        say("Suspended in part (%(day)s)."),
    ),
    Status.SUSPENDED: ("stop", say("Suspended since %(day)s."), say("Suspended (%(day)s).")),
    Status.NOTICE_GIVEN: (
        "asked",
        say("In force; notice of termination was given on %(day)s."),
        say("In force; notice of termination was given (%(day)s)."),
    ),
    Status.TERMINATED: ("over", say("Terminated on %(day)s."), say("Terminated (%(day)s).")),
    Status.EXPIRED: ("over", say("Expired on %(day)s."), say("Expired (%(day)s).")),
    Status.SUPERSEDED: (
        "over",
        say("Replaced by a later agreement on %(day)s."),
        say("Replaced by a later agreement (%(day)s)."),
    ),
    Status.ABANDONED: ("over", say("Given up on %(day)s."), say("Given up (%(day)s).")),
}
MARKS: dict[Status, str] = {
    Status.UNKNOWN: "unknown",
    Status.IN_FORCE: "good",
    Status.ENTRY_INTO_FORCE_FIXED: "soon",
} | {status: mark for status, (mark, _, _) in SENTENCES.items()}
PARTY_MARKS: dict[PartyStatus, str] = {
    PartyStatus.NOT_SIGNED: "unknown",
    PartyStatus.SIGNED: "open",
    PartyStatus.ASSENT_UNDER_WAY: "open",
    PartyStatus.ASSENTED: "good",
    PartyStatus.CONSENT_EXPRESSED: "good",
    PartyStatus.BOUND: "good",
    PartyStatus.RELEASED: "over",
}
WAITING = frozenset({Status.DRAFT, Status.INITIALLED, Status.SIGNED, Status.PROVISIONALLY_APPLIED})
ENTRY = frozenset({Status.IN_FORCE, Status.ENTRY_INTO_FORCE_FIXED})
PROVING: dict[Status, frozenset[ActType]] = {
    Status.DRAFT: frozenset({ActType.NEGOTIATION_OPENED}),
    Status.INITIALLED: frozenset({ActType.INITIALLED}),
    Status.SIGNED: frozenset({ActType.SIGNED}),
    Status.PROVISIONALLY_APPLIED: frozenset({ActType.PROVISIONAL_APPLICATION_STARTED}),
    Status.PARTIALLY_SUSPENDED: frozenset({ActType.PARTIALLY_SUSPENDED, ActType.SUSPENDED}),
    Status.SUSPENDED: frozenset({ActType.SUSPENDED}),
    Status.NOTICE_GIVEN: frozenset({ActType.DENOUNCED}),
    Status.TERMINATED: frozenset({ActType.TERMINATED, ActType.DENOUNCED}),
    Status.EXPIRED: frozenset({ActType.EXPIRED}),
    Status.SUPERSEDED: frozenset({ActType.SUPERSEDED}),
    Status.ABANDONED: frozenset({ActType.DENOUNCED}),
}


def period_on(periods: Iterable[Period], day: date) -> Period:
    """Return the period a day lies in."""
    found = [period for period in periods if period.first_day <= day]
    return found[-1] if found else NOTHING_KNOWN[0]


def sentences(
    period: Period, entry: EntryIntoForce, parties: Iterable[PartyProgress], day: date, *, enters: bool = True
) -> Iterator[Message]:
    """Yield the status of that day and, where an entry into force is ahead (`enters`), what it waits for."""
    if period.status is Status.UNKNOWN:
        yield say("Its status is not known: no source here tells what was done and when.")
        return
    if period.status in ENTRY:
        yield outlook(entry, day)
        return
    _, exact, vague = SENTENCES[period.status]
    yield say((exact if period.start.is_exact else vague).text, day=period.start)
    if period.status in WAITING and enters:
        yield outlook(entry, day)
        if open_parties := [progress.party for progress in parties if progress.undetermined]:
            codes = ", ".join(open_parties)
            yield say(
                "The bodies whose assent is needed are still to be determined: %(parties)s.", parties=codes
            )


def reckoning(entry: EntryIntoForce, known: Iterable[Act]) -> Iterator[Message]:
    """Yield how the day of entry into force follows, what a source says of it, and what is odd about it."""
    yield entry.reason
    if entry.asserted is not None:
        yield _compared(entry, entry.asserted)
    signed = min((act for act in known if act.type is ActType.SIGNED), key=_chronology, default=None)
    if signed is not None and entry.day is not None and entry.day.is_before(signed.event_date):
        yield say("It has had effect since before it was signed.")


def _compared(entry: EntryIntoForce, asserted: PartialDate) -> Message:
    if entry.agree is None:
        return say("A source states the day: %(day)s.", day=asserted)
    if entry.agree:
        return say("A source states the same day.")
    if entry.day == asserted:
        return say("An official source states another day, which holds: %(day)s.", day=asserted)
    return say("The press states another day: %(day)s.", day=asserted)


def _chronology(act: Act) -> tuple[date, str]:
    return act.happened_by, act.uid


def proof(period: Period, entry: EntryIntoForce, known: Iterable[Act]) -> str | None:
    """Return the uid of the act that the status rests on, the last of its kind by the day it began."""
    if period.status in ENTRY:
        return entry.asserted_by or next(iter(entry.inputs[-1:]), None)
    types = PROVING.get(period.status, frozenset())
    proving = [act for act in known if act.type in types and act.happened_by <= period.first_day]
    return max(proving, key=lambda act: (act.happened_by, act.uid)).uid if proving else None
