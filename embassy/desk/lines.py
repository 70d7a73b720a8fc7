"""Changes as lists show them, and what was done with each by whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from flask import url_for

from embassy.core.messages import say_many
from embassy.core.workflow import Move, Stage
from embassy.db.record import Change, Revision
from embassy.desk import differing, labels, standing
from embassy.web.house import house
from embassy.web.locale import _, translate


class Line(NamedTuple):
    """A change in a list: what it is called, its kind, where it stands, whose it is, since when.

    `pick` is the identity by which it is chosen, that of its batch where it stands for all of it.
    """

    url: str
    title: str
    kind: str
    shape: str
    stage: str
    author: str
    since: datetime
    due_at: datetime | None
    pick: str


def together(changes: Iterable[Change], names: Mapping[str, str]) -> list[Line]:
    """Return changes as lists show them; those of one batch that wait for a decision stand in one line."""
    batches: dict[Any, list[Change]] = defaultdict(list)
    for change in changes:
        together = change.batch if change.stage is Stage.submitted and change.batch else change.uid
        batches[together].append(change)
    return [_batch(batch, names) if len(batch) > 1 else line(batch[0], names) for batch in batches.values()]


def _batch(batch: Sequence[Change], names: Mapping[str, str]) -> Line:
    told, uid = counted(len(batch)), batch[0].batch
    return line(batch[0], names)._replace(title=told, url=url_for("desk.batch", uid=uid), pick=str(uid))


def counted(count: int) -> str:
    """Return what a batch of changes is called."""
    return translate(say_many("%(num)d change", "%(num)d changes", count))


def line(change: Change, names: Mapping[str, str]) -> Line:
    """Return a change as lists show it."""
    since = change.steps[-1].at if change.steps else change.created_at
    return Line(
        url_for("desk.change", uid=change.uid),
        differing.title(change.record_kind, change.facts),
        translate(house().kinds[change.record_kind].label),
        *standing.of(change),
        names.get(change.author, change.author),
        since,
        change.due_at,
        str(change.uid),
    )


def names_in(changes: Iterable[Change]) -> Mapping[str, str]:
    """Return what the people are called who had a hand in some changes."""
    people = {uid for change in changes for uid in (change.author, *(step.by for step in change.steps))}
    return house().named(people)


def steps(change: Change) -> list[tuple[str, str, Any]]:
    """Return what was done with a change; of saves in a row by one person the last stands for all."""
    names = names_in([change])
    return [
        (translate(labels.MOVES[step.move]), names.get(step.by, _("The service")), step)
        for step, after in zip_longest(change.steps, change.steps[1:])
        if not (after and step.move is after.move is Move.save and step.by == after.by)
    ]


def who(revision: Revision, change: Change | None, names: Mapping[str, str]) -> tuple[str, str]:
    """Return who wrote a revision, and who approved it."""
    approvals = [step for step in change.steps if step.move is Move.approve] if change else []
    approver = names.get(approvals[-1].by, "") if approvals else ""
    return names.get(revision.author, revision.author), approver
