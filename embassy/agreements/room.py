"""The agreements room as the house knows it."""

from embassy.agreements import additions, commands, papers, queries, views
from embassy.agreements.account import plain_name
from embassy.agreements.facts import FACTS
from embassy.agreements.models import Agreement, RecordedAct
from embassy.core.messages import say
from embassy.db.kinds import Cell, Kind
from embassy.web.house import Room

CELLS = (
    Cell("title", say("Agreement"), lambda agreement, language: agreement.title.best(language)[1]),
    Cell("status", say("Status"), lambda agreement, _: views.standing(agreement).status),
    Cell("since", say("Since"), lambda agreement, _: str(views.standing(agreement).start)),
    Cell("kind", say("Kind"), lambda agreement, _: agreement.kind),
    Cell("collection", say("Collection"), lambda agreement, _: agreement.collection),
    Cell("form", say("Form"), lambda agreement, _: agreement.form),
    Cell("binding", say("Binding"), lambda agreement, _: agreement.binding),
    Cell("subjects", say("Subjects"), lambda agreement, _: list(agreement.subjects)),
    Cell("parties", say("Parties"), lambda agreement, _: [plain_name(party) for party in agreement.parties]),
)

AGREEMENT = Kind(
    name="agreement",
    label=say("Agreement"),
    plural=say("Agreements"),
    model=Agreement,
    own=FACTS,
    cells=CELLS,
    listing=queries.listing,
    endpoint="agreements.show",
    schema_type="Legislation",
    check=commands.check,
    judge=commands.judge,
    lasting=("acts",),
    additions={"acts": additions.ACT},
    remarks=commands.remarks,
    rows=commands.rows,
    public=commands.public,
    embargoes=(RecordedAct.shown_from,),
)

ROOM = Room("agreements", say("Agreements"), papers.bp, (AGREEMENT,), views.panel, views.concerns)
