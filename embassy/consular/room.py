"""The consular room as the house knows it."""

from embassy.consular import (
    additions,
    banner,
    commands,
    confirming,
    facts,
    guide_queries,
    naming,
    notice_queries,
    queries,
    views,
    weekly,
    world,
)
from embassy.consular.guide import Guide
from embassy.consular.models import Mission, Office
from embassy.consular.notice import Notice
from embassy.consular.wording import envelope, town
from embassy.core.languages import Language
from embassy.core.messages import say
from embassy.db.kinds import Cell, Kind
from embassy.web.house import Room
from embassy.web.records import seen

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
    sheets={views.WEEK: weekly.SHEET, views.HOLIDAYS: confirming.SHEET},
    schema_type="Embassy",
    check=commands.check_office,
    revise=commands.revise_office,
    rows=commands.office_rows,
)


def _missions(record: Notice | Guide, _language: Language) -> list[str]:
    """Return the slugs of the missions that a record names and the viewer may know of."""
    return [one.mission.slug for one in record.missions if seen(one.mission)]


NOTICE = Kind(
    name="notice",
    label=say("Notice"),
    plural=say("Notices"),
    model=Notice,
    own=facts.NOTICE,
    cells=(
        Cell("headline", say("Notice"), lambda notice, language: notice.headline.best(language)[1]),
        Cell("body", say("Text"), lambda notice, language: notice.body.best(language)[1]),
        Cell("level", say("How urgent"), lambda notice, _: notice.level),
        Cell("begins", say("From"), lambda notice, _: notice.begins.isoformat()),
        Cell("ends", say("Until"), lambda notice, _: notice.ends and notice.ends.isoformat()),
        Cell("missions", say("Missions"), _missions),
    ),
    listing=notice_queries.listing,
    endpoint="consular.notice",
    schema_type="SpecialAnnouncement",
    title="headline",
    summary="body",
    check=commands.check_notice,
)

SERVICE = Kind(
    name="service",
    label=say("Guide to a service"),
    plural=say("Guides to services"),
    model=Guide,
    own=facts.SERVICE,
    cells=(
        Cell("title", say("Guide to a service"), lambda guide, language: guide.title.best(language)[1]),
        Cell("service", say("Service"), lambda guide, _: guide.service),
        Cell("fees", say("Fees"), lambda guide, _: [f"{one.amount} {one.currency}" for one in guide.fees]),
        Cell("appointment", say("Appointment"), lambda guide, _: guide.appointment),
        Cell(
            "reviewed_on", say("Reviewed on"), lambda guide, _: guide.reviewed_on and str(guide.reviewed_on)
        ),
        Cell("missions", say("Missions"), _missions),
    ),
    listing=guide_queries.listing,
    endpoint="consular.service",
    schema_type="GovernmentService",
    check=commands.check_service,
)

ROOM = Room(
    "consular",
    say("Consular services"),
    world.bp,
    (MISSION, OFFICE, NOTICE, SERVICE),
    views.panel,
    views.concerns,
    banner.banner,
    ("consular.notices", "consular.services", "consular.post"),
)
