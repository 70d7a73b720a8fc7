"""Agreements as tests hand them in."""

import json
from typing import Any

from embassy.agreements.log import Log, log_in
from embassy.agreements.room import AGREEMENT
from embassy.config import sample_files
from embassy.db.commands import check


def agreement(*acts: dict[str, Any], **other: Any) -> dict[str, Any]:
    """Return the facts of an agreement between Albania and Belgium with these acts."""
    facts: dict[str, Any] = {
        "slug": "pact",
        "title": {"en": "Pact on rivers", "sq": "Pakti i lumenjve"},
        "summary": {"en": "Rivers flow both ways."},
        "kind": "agreement",
        "form": "bilateral",
        "subjects": ["environment"],
        "parties": [{"code": "AL", "country": "AL"}, {"code": "BE", "country": "BE"}],
        "acts": list(acts),
    }
    return facts | other


def act(uid: str, kind: str, done: str, **other: Any) -> dict[str, Any]:
    """Return the facts of an act, made public on its exact day unless told otherwise."""
    facts: dict[str, Any] = {
        "uid": uid,
        "type": kind,
        "event_date": done,
        "source_kind": "gazette",
        "citation": {"en": f"Official gazette of {done}"},
        "known_from": done,
    }
    return facts | other


SIGNED = act("signed", "signed", "2020-05-04")
IN_FORCE = act("in-force", "entry_into_force_asserted", "2021-03-01")


def samples() -> list[dict[str, Any]]:
    """Return the agreements of the sample service."""
    return [
        facts for file in sample_files("agreement") for facts in json.loads(file.read_text(encoding="utf-8"))
    ]


def sample(slug: str) -> dict[str, Any]:
    """Return one agreement of the sample service."""
    return next(facts for facts in samples() if facts["slug"] == slug)


def sampled_log(slug: str) -> Log:
    """Return the log of an agreement of the sample service, as the engine reads it."""
    return log_in(check(AGREEMENT, sample(slug)))
