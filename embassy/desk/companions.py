"""Which drafts belong together: a record that a draft refers to may itself be a draft as yet."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from embassy.core.composed import Path
from embassy.core.shapes import Reference
from embassy.db.kinds import shaped
from embassy.db.record import Change
from embassy.desk import differing, queries
from embassy.web.house import house, language, now


class Awaited(NamedTuple):
    """What a change refers to that is no record: where, the address, and the draft that has it, if any."""

    path: Path
    slug: str
    draft: Change | None


def of(change: Change) -> list[tuple[Path, str, str]]:
    """Return what a change refers to: path, kind and address."""
    return list(differing.referring(house().kinds[change.record_kind].facts, change.facts))


def drafted(session: Session, change: Change, wanted: Iterable[tuple[str, str]]) -> dict[Any, Change]:
    """Return the drafts that have these kinds and addresses; of several, one by the author of the change."""
    found = [one for one in queries.begun(session, wanted) if one.id != change.id]
    found.sort(key=lambda one: one.author == change.author)
    return {(one.record_kind, one.facts["slug"]): one for one in found if one.record_kind in house().kinds}


def awaited(session: Session, change: Change) -> list[Awaited]:
    """Return what a change refers to that is no record yet."""
    wanted = of(change)
    stands = queries.titles(session, [one[1:] for one in wanted], language().tag)
    open_ones = [one for one in wanted if one[1:] not in stands]
    drafts = drafted(session, change, [one[1:] for one in open_ones])
    return [Awaited(path, slug, drafts.get((kind, slug))) for path, kind, slug in open_ones]


def begun_with(session: Session, change: Change, above: tuple[Change, ...] = ()) -> list[Change]:
    """Return the drafts that a change refers to, each behind those that it refers to itself."""
    found: list[Change] = []
    for one in awaited(session, change):
        if one.draft is not None and one.draft not in (*above, change, *found):
            deeper = begun_with(session, one.draft, (*above, change, *found))
            found += [*deeper, one.draft]
    return found


def begun_for(session: Session, change: Change) -> list[Change]:
    """Return the drafts that refer to a draft of a new record."""
    slug = change.facts.get("slug")
    if change.record_id is not None or not slug:
        return []
    kinds = [
        kind.name
        for kind in house().kinds.values()
        if any(one.kind == change.record_kind for one in shaped(kind.own, Reference))
    ]
    wanted = change.record_kind, slug
    return [one for one in queries.naming(session, kinds, slug) if wanted in (held[1:] for held in of(one))]


def seen(drafts: Iterable[Change]) -> str:
    """Return a mark of the drafts that a decision takes along, as they stand now."""
    return " ".join(f"{one.uid}.{one.version}" for one in drafts)


def staying(session: Session, change: Change) -> list[str]:
    """Return what a change leaves behind that goes back: drafts begun with it, records not shown yet."""
    titles = queries.titles(session, [one[1:] for one in of(change)], language().tag).values()
    drafts = [differing.title(one.record_kind, one.facts) for one in begun_with(session, change)]
    return [*drafts, *(title for title, shown_from in titles if shown_from > now())]
