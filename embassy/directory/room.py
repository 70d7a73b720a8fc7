"""The directory as the house knows it."""

from embassy.core.messages import say
from embassy.db.kinds import Cell, Kind
from embassy.directory import commands, facts, queries, views
from embassy.directory.models import Organisation, Person, Place
from embassy.web.house import Room

PLACE = Kind(
    name="place",
    label=say("Place"),
    plural=say("Places"),
    model=Place,
    own=facts.PLACE,
    cells=(
        Cell("title", say("Place"), lambda place, language: place.title.best(language)[1]),
        Cell("names", say("All names"), lambda place, _: [*place.title.forms().values(), *place.other_names]),
        Cell("country", say("Country"), lambda place, _: place.country),
        Cell("latitude", say("Latitude"), lambda place, _: place.latitude),
        Cell("longitude", say("Longitude"), lambda place, _: place.longitude),
    ),
    listing=queries.places,
    endpoint="directory.place",
    schema_type="Place",
    check=commands.check_place,
    rows=commands.place_rows,
    also=lambda place: place.other_names,
)

ORGANISATION = Kind(
    name="organisation",
    label=say("Organisation"),
    plural=say("Organisations"),
    model=Organisation,
    own=facts.ORGANISATION,
    cells=(
        Cell("title", say("Organisation"), lambda body, language: body.title.best(language)[1]),
        Cell("kind", say("Kind"), lambda body, _: body.kind),
        Cell("acronyms", say("Acronyms"), lambda body, _: body.acronyms),
        Cell("country", say("Country"), lambda body, _: body.country),
        Cell("web", say("Website"), lambda body, _: body.web),
    ),
    listing=queries.organisations,
    endpoint="directory.organisation",
    schema_type="Organization",
    check=commands.check_organisation,
    also=lambda body: [*body.acronyms, *body.former_names],
)

PERSON = Kind(
    name="person",
    label=say("Person"),
    plural=say("People"),
    model=Person,
    own=facts.PERSON,
    cells=(
        Cell("title", say("Person"), lambda person, language: person.title.best(language)[1]),
        Cell(
            "posts",
            say("Posts"),
            lambda person, language: [one.post.best(language)[1] for one in person.appointments],
        ),
    ),
    listing=queries.people,
    endpoint="directory.person",
    schema_type="Person",
    check=commands.check_person,
    names=commands.names_of,
)

ROOM = Room("directory", say("Who is who"), views.bp, (PLACE, ORGANISATION, PERSON))
