"""The twinning room as the house knows it."""

from embassy.core.messages import say
from embassy.db.kinds import Cell, Kind
from embassy.twinning import commands, facts, queries, views
from embassy.twinning.models import Charter
from embassy.web.house import Room

CHARTER = Kind(
    name="charter",
    label=say("Charter between towns"),
    plural=say("Charters between towns"),
    model=Charter,
    own=facts.CHARTER,
    cells=(
        Cell(
            "title", say("Charter between towns"), lambda charter, language: charter.title.best(language)[1]
        ),
        Cell("kind", say("Kind"), lambda charter, _: charter.kind),
        Cell("status", say("Status"), lambda charter, _: charter.status),
        Cell("signed", say("Signed"), lambda charter, _: str(charter.signed)),
        Cell("announced_for", say("Announced for"), lambda charter, _: str(charter.announced_for)),
        Cell("fields", say("Fields of cooperation"), lambda charter, _: list(charter.fields)),
    ),
    listing=queries.listing,
    endpoint="twinning.show",
    schema_type="CreativeWork",
    check=commands.check,
    revise=commands.revise,
)

ROOM = Room("twinning", say("Twinned towns"), views.bp, (CHARTER,))
