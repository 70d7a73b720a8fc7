"""Where the marks and lines of a ladder and of a family tree stand, whatever is drawn."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from embassy.agreements.ladder import LINE, Point, Rung, Stretch, Track, Twig, columns, tracks, twigs

SIGNATURE, ASSENT, CONSENT, IN_FORCE = Rung
NARROWEST = 274
"""The pixels a track is wide on a phone of 320."""
MARK = 14
"""The pixels a mark takes with its line."""


@st.composite
def ladders(draw: st.DrawFn) -> list[list[Rung]]:
    """Parties with any number of bodies, each rung at most once."""
    ends = st.lists(st.sampled_from([SIGNATURE, CONSENT, IN_FORCE]), unique=True)
    bodies = st.one_of(st.integers(0, 3), st.integers(0, 40))
    party = st.tuples(ends, bodies).map(
        lambda one: [rung for rung in Rung for _ in range(one[1] if rung is ASSENT else rung in one[0])]
    )
    return draw(st.lists(party, max_size=6))


def drawn(parties: list[list[Rung]], *, mirrored: bool = False) -> tuple[Track, ...]:
    return tracks(parties, [[True] * len(rungs) for rungs in parties], mirrored=mirrored)


@given(ladders())
def test_every_rung_has_one_mark_in_the_order_of_the_list(parties: list[list[Rung]]) -> None:
    found = drawn(parties)

    assert [len(track.points) for track in found] == [len(rungs) for rungs in parties]
    for track in found:
        places = [(point.y, point.x) for point in track.points]
        assert places == sorted(places)


@given(ladders())
def test_nothing_touches_on_the_narrowest_phone(parties: list[list[Rung]]) -> None:
    for track in drawn(parties):
        for one, other in pairwise(track.points):
            assert other.y - one.y >= MARK or (other.x - one.x) / 100 * NARROWEST >= MARK


@given(ladders())
def test_all_lies_within_the_drawing(parties: list[list[Rung]]) -> None:
    for track in drawn(parties):
        across = [point.x for point in track.points]
        across += [end for line in track.stretches for end in (line.start, line.end)]
        heights = [point.y for point in track.points] + [line.y for line in track.stretches]
        assert all(0 <= x <= 100 for x in across)
        assert all(MARK / 2 <= y <= track.height - MARK / 2 for y in heights)


@given(ladders())
def test_the_same_rung_of_all_parties_stands_in_one_column(parties: list[list[Rung]]) -> None:
    found = drawn(parties)

    for rung in (SIGNATURE, CONSENT, IN_FORCE):
        places = {
            track.points[rungs.index(rung)].x
            for track, rungs in zip(found, parties, strict=True)
            if rung in rungs
        }
        assert len(places) <= 1


@given(ladders())
def test_from_right_to_left_it_is_the_same_seen_in_a_mirror(parties: list[list[Rung]]) -> None:
    plain, mirrored = drawn(parties), drawn(parties, mirrored=True)

    for one, other in zip(plain, mirrored, strict=True):
        assert [(round(100 - point.x, 2), point.y) for point in one.points] == [
            (point.x, point.y) for point in other.points
        ]
        assert [(round(100 - line.start, 2), round(100 - line.end, 2)) for line in one.stretches] == [
            (line.start, line.end) for line in other.stretches
        ]


def test_bodies_stand_between_signature_and_consent() -> None:
    (found,) = tracks([[SIGNATURE, ASSENT, CONSENT, IN_FORCE]], [[True, True, False, False]])

    assert found == Track(
        (Point(0, 12), Point(40, 12), Point(80, 12), Point(100, 12)),
        (Stretch(0, 40, 12, True), Stretch(40, 80, 12, False), Stretch(80, 100, 12, False)),
        LINE,
    )


def test_without_bodies_the_rungs_stand_evenly() -> None:
    found = tracks([[SIGNATURE, CONSENT], [CONSENT, IN_FORCE]], [[True, True], [True, False]])

    assert [[point.x for point in track.points] for track in found] == [[0, 50], [50, 100]]
    assert [track.stretches for track in found] == [
        (Stretch(0, 50, 12, True),),
        (Stretch(50, 100, 12, False),),
    ]


def test_what_never_enters_into_force_ends_with_its_last_body_or_consent() -> None:
    bodies, consent = tracks([[SIGNATURE, ASSENT]], [[True, False]]) + tracks(
        [[SIGNATURE, ASSENT, CONSENT]], [[True, False, False]]
    )

    assert [point.x for point in bodies.points] == [0, 50]
    assert [point.x for point in consent.points] == [0, 50, 100]


def test_many_bodies_go_on_in_another_line() -> None:
    (found,) = tracks([[SIGNATURE, *[ASSENT] * 13, IN_FORCE]], [[True] * 15])

    assert [point.y for point in found.points] == [12] * 8 + [36] * 7
    assert found.points[-1] == Point(100, 36)
    assert found.stretches[7:9] == (Stretch(70, 100, 12, True), Stretch(0, 11.43, 36, True))
    assert found.height == 2 * LINE


def test_columns_are_the_rungs_that_any_party_has() -> None:
    assert columns([[SIGNATURE], [CONSENT, IN_FORCE]]) == [SIGNATURE, CONSENT, IN_FORCE]
    assert (columns([]), tracks([], [])) == ([], ())


def test_a_party_without_rungs_is_an_empty_line() -> None:
    assert tracks([[]], [[]]) == (Track((), (), LINE // 2),)


FAMILY = [0, 1, 2, 2, 1, 2]


def test_rails_lead_to_each_row_and_end_at_the_last() -> None:
    root, first, one, other, second, last = twigs(FAMILY)

    assert root == Twig(20, (), None, True, 10, 10)
    assert first == Twig(40, (), 10, False, 30, 30)
    assert one == Twig(60, (10,), 30, False, 50, None)
    assert other == Twig(60, (10,), 30, True, 50, None)
    assert second == Twig(40, (), 10, True, 30, 30)
    assert last == Twig(60, (), 30, True, 50, None)


def test_a_tree_from_right_to_left_is_the_same_seen_in_a_mirror() -> None:
    for plain, mirrored in zip(twigs(FAMILY), twigs(FAMILY, mirrored=True), strict=True):
        assert mirrored == Twig(
            plain.width,
            tuple(plain.width - rail for rail in plain.rails),
            None if plain.rail is None else plain.width - plain.rail,
            plain.is_last,
            plain.width - plain.mark,
            None if plain.shoot is None else plain.width - plain.shoot,
        )


@given(st.lists(st.integers(1, 4), max_size=5))
def test_every_line_of_a_tree_goes_on_from_the_row_above(branches: list[int]) -> None:
    depths = [0, *(depth for leaves in branches for depth in (1, *[2] * leaves))]

    found = twigs(depths)

    assert len(found) == len(depths)
    for above, row in pairwise(found):
        going_down = {*above.rails, above.shoot, None if above.is_last else above.rail}
        assert {*row.rails, row.rail} <= going_down
