"""Nothing in the chain is altered, left out, doubled, moved or cut off unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from embassy.core.audit import BEGINNING, Entry, canonical, chained, digest, first_break

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LENGTHS = st.integers(1, 12)


def chain(length: int) -> list[tuple[Entry, str]]:
    """Return a whole chain."""
    held: list[tuple[Entry, str]] = []
    head = BEGINNING
    for number in range(1, length + 1):
        entry = Entry(number, NOW + timedelta(minutes=number), "ana", "apply", "event", f"uid{number}", "d")
        head = chained(head, entry)
        held.append((entry, head))
    return held


@given(LENGTHS)
def test_a_whole_chain_is_whole(length: int) -> None:
    held = chain(length)

    assert first_break(held, held[-1][1]) is None


def test_an_empty_chain_is_whole_and_one_that_lost_all_is_not() -> None:
    assert first_break([], BEGINNING) is None
    assert first_break([], chain(1)[-1][1]) == 1


@given(st.data(), LENGTHS, st.sampled_from(["at", "who", "what", "kind", "about", "digest"]))
def test_an_altered_entry_is_found(data: st.DataObject, length: int, field: str) -> None:
    held = chain(length)
    place = data.draw(st.integers(0, length - 1))
    entry, kept = held[place]
    other: dict[str, Any] = {field: NOW if field == "at" else "other"}

    altered = [*held[:place], (replace(entry, **other), kept), *held[place + 1 :]]

    assert first_break(altered, held[-1][1]) == place + 1


@given(st.data(), LENGTHS)
def test_a_missing_or_doubled_entry_is_found(data: st.DataObject, length: int) -> None:
    held = chain(length)
    place = data.draw(st.integers(0, length - 1))

    assert first_break([*held[:place], *held[place + 1 :]], held[-1][1]) == place + 1
    assert first_break([*held[: place + 1], *held[place:]], held[-1][1]) == place + 2


@given(st.integers(2, 12))
def test_a_chain_written_anew_from_some_entry_on_does_not_meet_its_head(length: int) -> None:
    held = chain(length)
    forged, head = [], BEGINNING
    for entry, _kept in held:
        head = chained(head, replace(entry, who="besa"))
        forged.append((replace(entry, who="besa"), head))

    assert first_break(forged, held[-1][1]) == length + 1


def test_a_moment_is_the_same_on_every_clock() -> None:
    entry = Entry(1, NOW, "ana", "apply", "event", "uid")
    there = replace(entry, at=NOW.astimezone(datetime.fromisoformat("2026-01-01T00:00+02:00").tzinfo))

    assert chained(BEGINNING, entry) == chained(BEGINNING, there)


def test_a_digest_depends_on_its_salt_and_on_nothing_but_what_is_said() -> None:
    assert (
        digest("a", {"x": 1, "y": "é"}) == digest("a", {"y": "é", "x": 1}) != digest("b", {"x": 1, "y": "é"})
    )
    assert canonical({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'
