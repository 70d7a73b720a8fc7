"""A feed, two entries, and how to look into the bytes they become."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from embassy.core import tzdb
from embassy.core.calendar import Entry, Feed, Status

BRUSSELS = tzdb.zone("Europe/Brussels")
PUBLISHED = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
FEED = Feed(
    name="Ngjarje, takime; vizita",
    description="Të gjitha ngjarjet\npublike",
    language="sq",
    source_url="https://embassy.example/sq/events.ics",
    page_url="https://embassy.example/sq/events",
    refresh=timedelta(hours=6),
    color="firebrick",
    changed_at=PUBLISHED,
    zone="Europe/Tirane",
)
RECEPTION = Entry(
    uid=UUID(int=7),
    changed_at=PUBLISHED,
    created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    sequence=2,
    status=Status.confirmed,
    transparent=False,
    start=datetime(2026, 11, 27, 18, 0, tzinfo=BRUSSELS),
    end=datetime(2026, 11, 27, 20, 30, tzinfo=BRUSSELS),
    zone="Europe/Brussels",
    summary=("Pritje", "sq"),
    description=("Reception at the residence.", "en"),
    location=("Rue Tenbosch 30, 1000 Bruxelles", "fr"),
    geo=(50.826, 4.36),
    url="https://embassy.example/sq/events/pritje",
    categories=("Zyrtare", "Kulturë, art"),
    conference_url="https://meet.example/a b?x=1,2",
    image_url="https://embassy.example/files/1.png",
)
FLAG_DAY = replace(
    RECEPTION,
    uid=UUID(int=8),
    start=date(1912, 11, 28),
    end=date(1912, 11, 28),
    zone=None,
    rrule="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=28",
)


def lines(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def section(content: bytes, name: str) -> list[str]:
    found = lines(content)
    return found[found.index(f"BEGIN:{name}") : found.index(f"END:{name}") + 1]


def values(content: bytes, name: str) -> list[str]:
    """The values of a property of events, parameters included, as they stand in the file."""
    event = section(content, "VEVENT")
    return [line.removeprefix(name) for line in event if re.match(rf"{name}[:;]", line)]
