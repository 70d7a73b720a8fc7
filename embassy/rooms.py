"""THE list of rooms. A room joins the house by standing here and in the import contract."""

from embassy.events.room import ROOM as EVENTS
from embassy.web.house import Room

ROOMS: dict[str, Room] = {room.name: room for room in (EVENTS,)}
