"""What a charter may say, and what follows from a change of it."""

from typing import Any

from embassy.core.calendar import counted
from embassy.core.facts import Refusal, Values
from embassy.core.messages import say
from embassy.twinning.models import CharterStatus

MOVES = ("signed", "status")


def check(values: Values) -> list[Refusal]:
    """Return what in a charter's facts does not fit together."""
    refusals = []
    places = [member["place"] for member in values["members"]]
    if len(set(places)) < 2 or len(set(places)) < len(places):
        refusals.append(Refusal(("members",), len(places), say("Two or more towns, each named once.")))
    if values["status"] is CharterStatus.in_preparation and not values["signed"].is_unknown:
        expected = say("What is in preparation is not signed yet; give the day it was announced for.")
        refusals.append(Refusal(("signed",), values["signed"], expected))
    return refusals


def revise(before: Values | None, after: dict[str, Any]) -> dict[str, Any]:
    """Raise the sequence when day or status changed."""
    return counted(before, after, MOVES)
