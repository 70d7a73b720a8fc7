"""The visits room as the house knows it."""

from embassy.core.messages import say
from embassy.db.kinds import Cell, Kind
from embassy.visits import commands, facts, queries, views
from embassy.visits.models import Visit
from embassy.visits.remarks import remarks
from embassy.web.house import Room

VISIT = Kind(
    name="visit",
    label=say("Visit"),
    plural=say("Visits"),
    model=Visit,
    own=facts.VISIT,
    cells=(
        Cell("title", say("Visit"), lambda visit, language: visit.title.best(language)[1]),
        Cell("level", say("Level"), lambda visit, _: visit.level),
        Cell("format", say("Format"), lambda visit, _: visit.format),
        Cell("status", say("Status"), lambda visit, _: visit.status),
        Cell("visitor", say("Visitor"), lambda visit, _: visit.visitor),
        Cell("host", say("Host"), lambda visit, _: visit.host),
        Cell("first_day", say("First day"), lambda visit, _: str(visit.first_day)),
        Cell("last_day", say("Last day"), lambda visit, _: str(visit.last_day)),
    ),
    listing=queries.listing,
    endpoint="visits.show",
    schema_type="Event",
    check=commands.check,
    remarks=remarks,
    revise=commands.revise,
    also=lambda visit: [one.name for one in visit.delegations],
)

ROOM = Room("visits", say("Visits"), views.bp, (VISIT,), views.panel, views.concerns)
