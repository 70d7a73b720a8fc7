"""What a visit may say, and what follows from a change of it."""

from collections.abc import Iterator
from typing import Any

from embassy.core.access import Audience
from embassy.core.calendar import counted
from embassy.core.facts import Refusal, Values
from embassy.core.messages import say
from embassy.visits.models import Level, Rank

MOVES = ("first_day", "last_day", "status")
DETAILS = ("places", "delegations", "meetings", "purpose", "outcome")


def check(values: Values) -> list[Refusal]:
    """Return what in a visit's facts does not fit together."""
    return [*_wrong_days(values), *_wrong_level(values), *_nobody(values)]


def _wrong_days(values: Values) -> Iterator[Refusal]:
    first, last = values["first_day"], values["last_day"]
    if values["visitor"] == values["host"]:
        yield Refusal(("host",), values["host"], say("A visit joins two different countries."))
    if last.is_before(first):
        yield Refusal(("last_day",), last, say("The last day cannot lie before the first."))
    if first.is_unknown and not last.is_unknown:
        yield Refusal(("last_day",), last, say("A last day needs a first one."))


def _wrong_level(values: Values) -> Iterator[Refusal]:
    if values["round"] and values["level"] is not Level.consultations:
        yield Refusal(("round",), values["round"], say("Only consultations are counted in rounds."))
    if values["level"] is Level.private and values["audience"] is Audience.public:
        hidden = say(
            "A private visit is told without details. Leave this empty, or keep the record to staff."
        )
        for name in DETAILS:
            if values[name]:
                yield Refusal((name,), values[name], hidden)


def _nobody(values: Values) -> Iterator[Refusal]:
    for number, one in enumerate(values["delegations"]):
        if not (one["person"] or one["name"] or one["post"] or one["rank"] is not Rank.other):
            expected = say("Whoever takes part has a person, a name, a post or a rank.")
            yield Refusal(("delegations", number), None, expected)


def revise(before: Values | None, after: dict[str, Any]) -> dict[str, Any]:
    """Raise the sequence when day or status changed."""
    return counted(before, after, MOVES)
