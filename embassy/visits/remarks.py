"""What is doubtful about a visit: a post the directory does not know, a visit recorded already."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from embassy.core.facts import Values
from embassy.core.folding import fold
from embassy.core.messages import say
from embassy.core.text import Localized
from embassy.db.kinds import Remark
from embassy.directory.models import Appointment
from embassy.visits import queries

NEAR = timedelta(days=2)


def remarks(session: Session, _before: Values | None, after: Values, _now: datetime) -> Iterator[Remark]:
    """Yield what whoever records a visit should look at."""
    yield from _posts(session, after)
    yield from _doubles(session, after)


def _posts(session: Session, values: Values) -> Iterator[Remark]:
    """A participant's post is the one held then; the directory knows which those were."""
    days = _days(values)
    people = queries.people(session, [one["person"] for one in values["delegations"] if one["person"]])
    for one in values["delegations"]:
        person, post = people.get(one["person"]), one["post"]
        if person is None or post is None or not person.appointments or days is None:
            continue
        then = [held for held in person.appointments if _may_overlap(held, *days)]
        if not any(_alike(post, held.post) for held in then):
            known = "; ".join(_original(held.post) for held in then) or "–"
            name = _original(person.title)
            told = say(
                "The directory knows another post of %(name)s at that time: %(posts)s", name=name, posts=known
            )
            yield Remark(told, about=person)


def _doubles(session: Session, values: Values) -> Iterator[Remark]:
    if (days := _days(values)) is None:
        return
    first, last = days
    mine = _people(values["delegations"])
    for other in queries.near(session, values["visitor"], values["host"], first - NEAR, last + NEAR):
        theirs = _people(
            {"person": one.person and one.person.slug, "name": one.name} for one in other.delegations
        )
        if (
            other.slug != values["slug"]
            and other.uid != values["uid"]
            and (mine & theirs or not (mine and theirs))
        ):
            yield Remark(say("This visit may be recorded already."), about=other)


def _days(values: Values) -> tuple[date, date] | None:
    """Return the first and last day a visit can have had, None where that is open."""
    first, last = values["first_day"], values["last_day"]
    end = first.latest if last.is_unknown else last.latest
    return None if first.earliest is None or end is None else (first.earliest, end)


def _may_overlap(held: Appointment, first: date, last: date) -> bool:
    begins, ends = held.begins, held.ends
    begun = begins.earliest is None or begins.earliest <= last
    return begun and (ends.latest is None or ends.latest >= first)


def _alike(post: Localized, held: Localized) -> bool:
    """Say whether two posts may be the same: in some language one has the words of the other."""
    pairs = [(fold(post.texts[tag]), fold(held.texts[tag])) for tag in post.texts if tag in held.texts]
    return not pairs or any(one in other or other in one for one, other in pairs)


def _people(delegations: Iterable[Any]) -> set[str]:
    return {one["person"] or fold(one["name"]) for one in delegations if one["person"] or one["name"]}


def _original(text: Localized) -> str:
    return text.texts[text.source]
