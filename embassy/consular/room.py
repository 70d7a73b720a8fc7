"""The consular room as the house knows it."""

from embassy.consular import additions, commands, facts, naming, queries, views, world
from embassy.consular.models import Mission, Office
from embassy.consular.wording import envelope, town
from embassy.core.messages import say
from embassy.db.kinds import Cell, Kind
from embassy.web.house import Room

MISSION = Kind(
    name="mission",
    label=say("Mission"),
    plural=say("Missions"),
    model=Mission,
    own=facts.MISSION,
    cells=(
        Cell("title", say("Mission"), lambda mission, language: mission.title.best(language)[1]),
        Cell("kind", say("Kind"), lambda mission, _: mission.kind),
        Cell("sending", say("Sending state"), lambda mission, _: mission.sending),
        Cell("host", say("Host state"), lambda mission, _: mission.host),
        Cell("city", say("Town"), lambda mission, language: town(mission.city, language)),
        Cell("latitude", say("Latitude"), lambda mission, _: mission.latitude),
        Cell("longitude", say("Longitude"), lambda mission, _: mission.longitude),
        Cell("phones", say("Telephone"), lambda mission, _: list(mission.phones)),
        Cell(
            "accredited_to",
            say("Accredited to"),
            lambda mission, _: [one.country for one in mission.accreditations],
        ),
        Cell("opened", say("Date of opening"), lambda mission, _: str(mission.opened)),
        Cell("closed", say("Date of closing"), lambda mission, _: str(mission.closed)),
    ),
    listing=queries.missions,
    endpoint="consular.mission",
    schema_type="GovernmentOrganization",
    check=commands.check_mission,
    made=naming.MADE,
    complete=naming.completed,
)

OFFICE = Kind(
    name="office",
    label=say("Office"),
    plural=say("Offices"),
    model=Office,
    own=facts.OFFICE,
    cells=(
        Cell("title", say("Office"), lambda office, language: office.title.best(language)[1]),
        Cell("city", say("Town"), lambda office, language: office.city.best(language)[1]),
        Cell("country", say("Country"), lambda office, _: office.country),
        Cell("address", say("Address"), lambda office, _: envelope(office)),
        Cell("zone", say("Time zone"), lambda office, _: office.zone),
        Cell("phones", say("Telephone"), lambda office, _: [one.number for one in office.phones]),
        Cell("fax", say("Fax"), lambda office, _: office.fax),
        Cell("emergency", say("In an emergency"), lambda office, _: office.emergency),
        Cell("mailboxes", say("E-mail"), lambda office, _: list(office.mailboxes)),
    ),
    listing=queries.offices,
    endpoint="consular.show",
    belongs="mission",
    urgent=commands.urgent_office,
    additions={"closures": additions.CLOSURE},
    schema_type="Embassy",
    check=commands.check_office,
    revise=commands.revise_office,
)

ROOM = Room("consular", say("Consular services"), world.bp, (MISSION, OFFICE), views.panel, views.concerns)
