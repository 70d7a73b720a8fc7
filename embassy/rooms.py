"""THE list of rooms. A room joins the house by standing here and in the import contract."""

from embassy.agreements.room import ROOM as AGREEMENTS
from embassy.associations.room import ROOM as ASSOCIATIONS
from embassy.consular.room import ROOM as CONSULAR
from embassy.directory.room import ROOM as DIRECTORY
from embassy.events.room import ROOM as EVENTS
from embassy.twinning.room import ROOM as TWINNING
from embassy.visits.room import ROOM as VISITS
from embassy.web.house import Room

ROOMS: dict[str, Room] = {
    room.name: room for room in (CONSULAR, AGREEMENTS, EVENTS, VISITS, ASSOCIATIONS, TWINNING, DIRECTORY)
}
