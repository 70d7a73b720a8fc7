"""Who may make which move at which stage; above all that nobody decides on their own work."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embassy.core.access import Member, Role
from embassy.core.workflow import MOVES, Hand, Move, Stage, may, may_write

C, E, A, X = Role.contributor, Role.editor, Role.approver, Role.administrator
ROLES = st.frozensets(st.sampled_from(Role))
# Who may make a move: by role alone, and by role where the change is in part their own work.
TABLE: dict[tuple[Stage, Move], tuple[set[Role], set[Role]]] = {
    (Stage.draft, Move.save): ({E}, {C, E}),
    (Stage.draft, Move.submit): ({E}, {C, E}),
    (Stage.draft, Move.discard): ({E}, {C, E}),
    (Stage.draft, Move.publish): ({E}, {C, E}),
    (Stage.returned, Move.publish): ({E}, {C, E}),
    (Stage.applied, Move.review): ({A}, set()),
    (Stage.returned, Move.save): ({E}, {C, E}),
    (Stage.returned, Move.submit): ({E}, {C, E}),
    (Stage.returned, Move.discard): ({E}, {C, E}),
    (Stage.submitted, Move.recall): ({E}, {C, E}),
    (Stage.submitted, Move.give_back): ({A}, set()),
    (Stage.submitted, Move.approve): ({A}, set()),
    (Stage.approved, Move.recall): ({E, A}, {C, E, A}),
}


@pytest.mark.parametrize(("stage", "move"), list(product(Stage, Move)))
def test_each_move_is_for_those_in_the_table(stage: Stage, move: Move) -> None:
    others, authors = TABLE.get((stage, move), (set(), set()))

    found = [
        {role for role in Role if may(move, stage, Hand(frozenset({role}), wrote))} for wrote in (False, True)
    ]

    assert found == [others, authors]


@given(ROLES, st.sampled_from(Stage))
def test_nobody_decides_on_their_own_work_whatever_roles_they_hold(
    roles: frozenset[Role], stage: Stage
) -> None:
    assert not any(
        may(move, stage, Hand(roles, True)) for move in (Move.approve, Move.give_back, Move.review)
    )


@given(ROLES, ROLES, st.sampled_from(Stage), st.sampled_from(Move), st.booleans())
def test_a_further_role_takes_nothing_away(
    roles: frozenset[Role], more: frozenset[Role], stage: Stage, move: Move, wrote: bool
) -> None:
    assert may(move, stage, Hand(roles, wrote)) <= may(move, stage, Hand(roles | more, wrote))


def test_what_is_published_or_discarded_stays_so() -> None:
    for end in (Stage.applied, Stage.discarded):
        assert {after for (before, _move), after in MOVES.items() if before is end} <= {end}


def test_contributors_and_editors_write() -> None:
    assert [role for role in Role if may_write(frozenset({role}))] == [C, E]


def test_a_role_for_one_mission_counts_there_alone() -> None:
    member = Member("u", "Ana", frozenset({(C, None), (E, 7)}))

    assert [set(member.roles(mission)) for mission in (7, 8, None)] == [{C, E}, {C}, {C}]
    assert member.anywhere == {C, E}
    assert X not in member.anywhere
