"""An office closed in a short form: today, for the whole of it, with a reason that stands ready."""

from datetime import datetime
from typing import Any

from embassy.consular.models import Office
from embassy.consular.vocabulary import Cause, Confirmation
from embassy.core.messages import say
from embassy.core.tzdb import zone as zone_named
from embassy.db.kinds import Addition


def begins(office: Office, now: datetime) -> dict[str, Any]:
    """Return a closure of the whole office on the day it is there."""
    today = now.astimezone(zone_named(office.zone)).date().isoformat()
    return {"first": today, "last": today, "cause": Cause.ad_hoc, "status": Confirmation.confirmed}


CLOSURE = Addition(
    label=say("Close this office"),
    asks=("first", "last", "reason"),
    begins=begins,
    skips=("uid", "sequence"),
    phrases={
        "reason": (
            say("Technical fault"),
            say("Power cut"),
            say("Severe weather"),
            say("Illness among the staff"),
            say("Security reasons"),
            say("Official visit"),
        )
    },
)
