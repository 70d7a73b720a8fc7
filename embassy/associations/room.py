"""The associations room as the house knows it."""

from embassy.associations import commands, facts, queries, views
from embassy.associations.models import Association
from embassy.core.messages import say
from embassy.db.kinds import Cell, Kind
from embassy.web.house import Room

ASSOCIATION = Kind(
    name="association",
    label=say("Association"),
    plural=say("Associations"),
    model=Association,
    own=facts.ASSOCIATION,
    cells=(
        Cell("title", say("Association"), lambda one, language: one.title.best(language)[1]),
        Cell("country", say("Country"), lambda one, _: one.country),
        Cell("interests", say("Interests"), lambda one, _: list(one.interests)),
        Cell("founded", say("Founded"), lambda one, _: str(one.founded)),
        Cell("web", say("Website"), lambda one, _: one.web),
    ),
    listing=queries.listing,
    endpoint="associations.show",
    schema_type="NGO",
    project=commands.project,
)

ROOM = Room("associations", say("Associations"), views.bp, (ASSOCIATION,))
