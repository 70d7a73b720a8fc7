"""What an agreement's facts may say, what its log may never lose, and the rows that follow from them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from embassy.agreements import projection
from embassy.agreements.classification import Form
from embassy.agreements.clause import Clause
from embassy.agreements.entry import outlook, result
from embassy.agreements.log import Log, is_public, log_in
from embassy.agreements.models import Agreement
from embassy.agreements.refusals import EVER, Finding, refusals, warnings
from embassy.agreements.rules import ClauseError, parse_rule
from embassy.agreements.soundness import unsound, untimely
from embassy.agreements.status import status_on
from embassy.agreements.vocabulary import STATUS_LABELS
from embassy.core.facts import Refusal, Values
from embassy.core.messages import Message, say
from embassy.db.kinds import Remark

FIELDS = {"source": "citation"}
# Who may see an act and where its source is found may change; what it says may not.
NOT_THE_ACT = frozenset({"audience", "shown_from", "url"})
# A day begins on the line of date fourteen hours before it does in UTC.
EARLIEST_ZONE = timedelta(hours=14)


def check(values: Values) -> list[Refusal]:
    """Return what in an agreement's facts does not fit together, whenever it is asked."""
    found = [*_wrong_parties(values), *_doubles(values), *_strangers(values), *_wrong_clause(values)]
    found += unsound(values)
    return found or _found(values, _unreasonable(values, log_in(values)))


def judge(before: Values | None, after: Values, now: datetime) -> list[Refusal]:
    """Return what the record as it stood, or the day of writing, does not allow.

    The log is append-only: an act is never deleted or rewritten, it is corrected by a later one.
    """
    today = (now + EARLIEST_ZONE).date()
    findings = refusals(*log_in(after), today=today)
    ahead = [*_known_ahead(after, today), *untimely(before, after, today)]
    return [*_lost(before, after), *ahead, *_found(after, findings)]


def remarks(_session: Session, before: Values | None, after: Values, now: datetime) -> Iterator[Remark]:
    """Yield what will follow from the acts, and what is unusual about them."""
    today = now.date()
    log = log_in(after)
    status, entry = status_on(*log, as_of=today, known_at=today), result(*log, known_at=today)
    stands = status_on(*log_in(before), as_of=today, known_at=today) if before else None
    words = STATUS_LABELS[status]
    if stands is None or stands is status:
        yield Remark(say("Its status will be: %(status)s.", status=words), doubt=False)
    else:
        told = say("Its status will change: %(old)s → %(new)s.", old=STATUS_LABELS[stands], new=words)
        yield Remark(told, doubt=False)
    yield Remark(outlook(entry, today), doubt=False)
    yield Remark(entry.reason, doubt=False)
    for finding in warnings(*log, today=today):
        yield Remark(finding.message)


def public(values: Values, now: datetime) -> Values:
    """Return the facts without the acts that readers may not know of at a moment."""
    return {**values, "acts": [act for act in values["acts"] if is_public(SimpleNamespace(**act), now)]}


def rows(agreement: Agreement) -> dict[str, list[dict[str, Any]]]:
    """Return subjects, status and waits as the rows that lists filter and sort by."""
    periods, waits = projection.periods_and_waits(agreement, agreement.changed_at)
    topics = [{"subject": subject} for subject in dict.fromkeys(agreement.subjects)]
    return {"topics": topics, "periods": periods, "waits": waits}


def _wrong_parties(values: Values) -> Iterator[Refusal]:
    parties = values["parties"]
    if values["form"] is Form.BILATERAL and len(parties) != 2:
        yield Refusal(("parties",), len(parties), say("A bilateral agreement has exactly two parties."))
    for number, party in enumerate(parties):
        if not party["country"] and party["name"] is None:
            expected = say("A party that is no country needs a name.")
            yield Refusal(("parties", number, "name"), "", expected)


def _doubles(values: Values) -> Iterator[Refusal]:
    for fact, name in (("parties", "code"), ("steps", "uid"), ("acts", "uid")):
        seen: set[str] = set()
        for number, part in enumerate(values[fact]):
            if part[name] in seen:
                expected = say("Each of these once; this one stands here already.")
                yield Refusal((fact, number, name), part[name], expected)
            seen.add(part[name])


def _strangers(values: Values) -> Iterator[Refusal]:
    parties = {party["code"] for party in values["parties"]}
    steps = {step["uid"] for step in values["steps"]}
    for number, step in enumerate(values["steps"]):
        if step["party"] not in parties:
            expected = say("The code of a party of this agreement.")
            yield Refusal(("steps", number, "party"), step["party"], expected)
        if step["replaces"] is not None and step["replaces"] not in steps - {step["uid"]}:
            expected = say("The uid of another approval step of this agreement.")
            yield Refusal(("steps", number, "replaces"), step["replaces"], expected)


def _wrong_clause(values: Values) -> Iterator[Refusal]:
    if len(values["clause"]) > 1:
        yield Refusal(("clause",), len(values["clause"]), say("An agreement has one clause at most."))
        return
    for clause in values["clause"]:
        try:
            rule = parse_rule(clause["rule"])
        except ClauseError as error:
            yield Refusal(("clause", 0, "rule"), clause["rule"], error.message)
            continue
        counted = ("trigger", "deposits", "fixed", "month_end", "floor", "override")
        try:
            Clause(rule=rule, **{name: clause[name] for name in counted})
        except ClauseError as error:
            yield Refusal(("clause", 0, "trigger"), clause["trigger"], error.message)


def _unreasonable(values: Values, log: Log) -> Iterator[Finding]:
    """What can never stand, and what is so rare that it needs a reason and has none."""
    yield from refusals(*log, today=EVER)
    given = {act["uid"] for act in values["acts"] if act["reason"]}
    for finding in warnings(*log, today=EVER):
        if finding.needs_reason and finding.act not in given:
            yield Finding(finding.act, "reason", finding.message)


def _lost(before: Values | None, after: Values) -> Iterator[Refusal]:
    present = {act["uid"]: (number, act) for number, act in enumerate(after["acts"])}
    for act in before["acts"] if before else ():
        number, now = present.get(act["uid"], (None, None))
        if number is None or now is None:
            expected = say("Acts are never deleted; add one that corrects it.")
            yield Refusal(("acts",), act["uid"], expected)
        else:
            for name in _rewritten(act, now):
                expected = say("Acts are never rewritten; add one that corrects it.")
                yield Refusal(("acts", number, name), now[name], expected)


def _rewritten(act: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    def plain(value: Any) -> Any:
        return list(value) if isinstance(value, list | tuple) else value

    return [name for name in act if name not in NOT_THE_ACT and plain(act[name]) != plain(now[name])]


def _known_ahead(values: Values, today: date) -> Iterator[Refusal]:
    """A source may appear later only if the act is withheld until then."""
    for number, act in enumerate(values["acts"]):
        shown = act["shown_from"]
        latest = max(today, (shown + EARLIEST_ZONE).date()) if shown else today
        if act["known_from"] > latest:
            expected = say("The day a source made it public; that can lie ahead under an embargo only.")
            yield Refusal(("acts", number, "known_from"), act["known_from"], expected)


def _found(values: Values, findings: Iterable[Finding]) -> list[Refusal]:
    """Say the engine's findings where the facts have their fields."""
    numbers = {act["uid"]: number for number, act in enumerate(values["acts"])}
    return [_at(numbers[f.act], FIELDS.get(f.field, f.field), values, f.message) for f in findings]


def _at(number: int, name: str, values: Values, expected: Message) -> Refusal:
    return Refusal(("acts", number, name), values["acts"][number][name], expected)
