"""How a change comes to be published: its stages, the moves between them, and who may make each."""

from dataclasses import dataclass
from enum import StrEnum

from embassy.core.access import Role


class Stage(StrEnum):
    """How far a change has come."""

    draft = "draft"
    submitted = "submitted"
    returned = "returned"
    approved = "approved"
    applied = "applied"
    discarded = "discarded"


class Move(StrEnum):
    """What somebody does to a change.

    `publish` is for what cannot wait for a second person, who then makes the `review`. `apply` is the
    service's own, at the time an approval set; `erase` is no step of a change but what the chain calls it.
    """

    save = "save"
    submit = "submit"
    recall = "recall"
    give_back = "give_back"
    approve = "approve"
    publish = "publish"
    review = "review"
    apply = "apply"
    discard = "discard"
    erase = "erase"


MOVES: dict[tuple[Stage, Move], Stage] = {
    (Stage.draft, Move.save): Stage.draft,
    (Stage.draft, Move.submit): Stage.submitted,
    (Stage.draft, Move.discard): Stage.discarded,
    (Stage.returned, Move.save): Stage.draft,
    (Stage.returned, Move.submit): Stage.submitted,
    (Stage.returned, Move.discard): Stage.discarded,
    (Stage.draft, Move.publish): Stage.applied,
    (Stage.returned, Move.publish): Stage.applied,
    (Stage.submitted, Move.recall): Stage.draft,
    (Stage.submitted, Move.give_back): Stage.returned,
    (Stage.submitted, Move.approve): Stage.approved,
    (Stage.approved, Move.recall): Stage.draft,
    (Stage.approved, Move.apply): Stage.applied,
    (Stage.applied, Move.review): Stage.applied,
}
OPEN = (Stage.draft, Stage.submitted, Stage.returned, Stage.approved)
WRITING = frozenset({Move.save, Move.submit, Move.publish, Move.recall, Move.discard})
DECIDING = frozenset({Move.approve, Move.give_back, Move.review})


@dataclass(frozen=True)
class Hand:
    """Somebody before a change: the roles held where it belongs, and whether it is in part their work."""

    roles: frozenset[Role]
    wrote: bool


def may_write(roles: frozenset[Role]) -> bool:
    """Say whether somebody with these roles may begin a change."""
    return bool(roles & {Role.contributor, Role.editor})


def may(move: Move, stage: Stage, hand: Hand) -> bool:
    """Say whether somebody may make a move at a stage.

    A contributor writes their own changes, an editor everybody's. An approver decides, yet never on what
    they wrote in part, whatever other roles they hold (OWASP ASVS 2.3.5). Nobody applies by hand.
    """
    if (stage, move) not in MOVES:
        return False
    if move in DECIDING:
        return Role.approver in hand.roles and not hand.wrote
    if move in WRITING:
        own = Role.contributor in hand.roles and hand.wrote
        planned = stage is Stage.approved and Role.approver in hand.roles
        return own or planned or Role.editor in hand.roles
    return False
