"""An act recorded in a short form: what is asked, and what the agreement itself offers to choose from."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain, count
from typing import Any

from embassy.agreements.account import plain_name
from embassy.agreements.models import Agreement
from embassy.agreements.vocabulary import ACT_LABELS
from embassy.core.messages import say
from embassy.db.kinds import Addition
from embassy.web.formats import partial
from embassy.web.house import language, today
from embassy.web.locale import translate

LONGEST = 56
Pairs = Sequence[tuple[str, str]]


def begins(_agreement: Agreement, _now: datetime) -> dict[str, Any]:
    """Return what stands in the form: a source is mostly read the day it comes out."""
    return {"known_from": today().isoformat()}


def choices(agreement: Agreement) -> Mapping[str, Pairs]:
    """Return the parties, their bodies and the acts that an act of an agreement may speak of."""
    called = {party.code: plain_name(party) for party in agreement.parties}
    return {
        "party": list(called.items()),
        "step": [
            (step.uid, f"{called.get(step.party, step.party)} · {step.body.best(language())[1]}")
            for step in agreement.steps
        ],
        "corrects": [
            (act.uid, f"{translate(ACT_LABELS[act.type])} · {partial(act.event_date)}")
            for act in agreement.acts
        ],
    }


def named(part: dict[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return an act with a name of its own within the agreement, and the party whose body it names."""
    held = {act["uid"] for act in facts.get("acts") or ()}
    parties = {step["uid"]: step["party"] for step in facts.get("steps") or ()}
    party = part.get("party") or parties.get(part.get("step", ""))
    said = " ".join(filter(None, (part.get("type", "act"), party, part.get("event_date"))))
    stem = "-".join(re.findall("[a-z0-9]+", said.lower()))[:LONGEST].strip("-")
    uid = next(one for one in chain([stem], (f"{stem}-{number}" for number in count(2))) if one not in held)
    return {**part, "uid": uid} | ({"party": party} if party else {})


ACT = Addition(
    label=say("Record an act"),
    asks=("type", "party", "step", "event_date", "source_kind", "citation", "url", "known_from"),
    begins=begins,
    skips=("uid",),
    choices=choices,
    named=named,
)
