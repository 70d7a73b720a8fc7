"""What two writers wrote into one draft: whose is taken where one wrote, and where both must be seen."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask import request

from embassy.core.audit import digest
from embassy.web.forms import Control

SHORT = 12


class Met(NamedTuple):
    """What is written into a form after two wrote: its facts, and the names of those that both wrote."""

    facts: dict[str, Any]
    both: set[str]


def seen(controls: Iterable[Control]) -> str:
    """Return what a form showed in each control, short enough to be sent back with it."""
    return json.dumps({one.name: _stamp(one) for one in controls})


def met(
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    written: Iterable[Control],
    stands: Iterable[Control],
) -> Met:
    """Return the facts of a form that was sent late, together with those saved meanwhile.

    `written` and `stands` are the controls of both. What only they changed is theirs; what I changed is mine.
    """
    before, now = _sent(), {one.name: _stamp(one) for one in stands}
    both, facts = set(), dict(mine)
    for one in written:
        name, here = one.name, _stamp(one)
        if here == now.get(name):
            continue
        if here == before.get(name):
            facts.pop(name, None)
            facts |= {name: theirs[name]} if name in theirs else {}
        elif now.get(name) != before.get(name):
            both.add(name)
    return Met(facts, both)


def _stamp(control: Control) -> str:
    return digest("", repr(control))[:SHORT]


def _sent() -> Mapping[str, str]:
    """Return what the form showed when it was opened; nothing where its field tells none."""
    try:
        held = json.loads(request.form.get("was", "{}"))
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
