"""How a visit's days, certainty and people are said in the language of the page."""

from datetime import date
from typing import NamedTuple

from embassy.visits.labels import LEVELS, MODIFIERS, RANKS
from embassy.visits.models import Participant, Rank, Side, Visit, VisitStatus
from embassy.web.formats import days, marked, partial
from embassy.web.locale import _, translate
from embassy.web.records import linked


class Present(NamedTuple):
    """Somebody who took part: the name, linked where there is a page, and the post held then."""

    name: str
    post: str


def when(visit: Visit) -> str:
    """Say the days of a visit as far as they are known."""
    first, last = visit.first_day, visit.last_day
    if first.is_exact and first.earliest and last.is_exact and last.earliest:
        return days(first.earliest, last.earliest)
    if last.is_unknown:
        return days(first.earliest, first.earliest) if first.is_exact and first.earliest else partial(first)
    return _("%(first)s to %(last)s", first=partial(first), last=partial(last))


def certainty(visit: Visit, today: date) -> tuple[str, str] | None:
    """Return the shape and the sentence of what is not certain of a visit.

    An announced day that has passed tells no more than the announcement did.
    """
    ends = visit.last_day.latest or visit.first_day.latest
    match visit.status:
        case VisitStatus.cancelled:
            return "stop", _("Visit cancelled")
        case VisitStatus.postponed:
            return "asked", _("Visit postponed")
        case VisitStatus.announced if ends is not None and ends < today:
            return "unknown", _("Visit announced; outcome not recorded")
        case VisitStatus.announced:
            return "open", _("Visit announced")
        case _:
            return None


def level(visit: Visit) -> str:
    """Say what protocol calls a visit, and which round of consultations it was."""
    said = translate(LEVELS[visit.level])
    return _("%(level)s, round %(number)d", level=said, number=visit.round) if visit.round else said


def present(visit: Visit, side: Side) -> list[Present]:
    """Return who took part on one side, in the order of protocol; whom the viewer may not find is a post."""
    return [
        Present(name or post, post if name else "")
        for one in visit.delegations
        if one.side is side
        and (name := linked(one.person) or one.name, post := _post(one))
        and (name or post)
    ]


def _post(one: Participant) -> str:
    rank = "" if one.rank is Rank.other else translate(RANKS[one.rank])
    post = marked(one.post) if one.post else rank
    if one.modifier is None or not post:
        return post
    return _("%(post)s (%(modifier)s)", post=post, modifier=translate(MODIFIERS[one.modifier]))
