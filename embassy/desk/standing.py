"""How a change stands in one word, and for which mission it is written."""

from embassy.core.access import Publication
from embassy.core.shapes import Instant
from embassy.core.workflow import Stage
from embassy.db.changes import mission_of
from embassy.db.record import Change
from embassy.desk import labels, queries
from embassy.web import formats
from embassy.web.house import house, language, now, session
from embassy.web.locale import _, translate


def of(change: Change) -> tuple[str, str]:
    """Return the shape and the word of how far a change has come, and what it made of its record."""
    if change.stage is Stage.applied:
        publication = change.facts.get("publication")
        if publication == Publication.withdrawn:
            return "stop", _("Withdrawn")
        if publication == Publication.archived:
            return "over", _("Archived")
        if (given := change.facts.get("shown_from")) and (shown_from := Instant().parse(given)) > now():
            zone = str(house().deployment.legal_zone)
            return "soon", _(
                "Approved; readers see it from %(moment)s", moment=formats.moment(shown_from, zone)
            )
    return labels.SHAPES[change.stage], translate(labels.STAGES[change.stage])


def mission(change: Change) -> str:
    """Return the name of the mission that a change is written for, "" for the whole ministry."""
    return mission_named(mission_of(change.record) if change.record else change.owner_id)


def mission_named(number: int | None) -> str:
    """Return the name of a mission, "" for the whole ministry."""
    return queries.title_of(session(), number, language().tag) if number else ""
