"""What the running service is made of, and how a request reaches it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, current_app, g, url_for
from sqlalchemy.orm import Session

from embassy.config import Settings
from embassy.core.access import ANONYMOUS, Member, Viewer
from embassy.core.languages import Language
from embassy.core.messages import Message
from embassy.db.database import Database
from embassy.db.kinds import Kind, Kinds
from embassy.db.record import Record
from embassy.db.visibility import Moment
from embassy.deployment import Deployment


@dataclass(frozen=True)
class Panel:
    """What a room puts on the front page: a template, what it needs, and until when it is true.

    `lead` stands at the top, above the lists; `aside` is a template for the column of facts.
    """

    template: str
    context: Mapping[str, Any]
    until: datetime | None = None
    lead: bool = False
    aside: str | None = None


# For how long after its day a record's texts are looked through for words that speak of it as still to come.
FRESH = timedelta(days=90)


@dataclass(frozen=True)
class Concern:
    """What a room wants looked after: a sentence, the records it is about, and the sheet that helps."""

    told: str
    records: Sequence[Record]
    sheet: str = ""


@dataclass(frozen=True)
class Room:
    """A part of the service with pages of its own: name in addresses, label, kinds, front-page panel, and
    what in it should be looked after.

    `banner` gives what it puts above any public page, by what `concerned` says of that page; `lists` are the
    endpoints of lists beside `index`.
    """

    name: str
    label: Message
    blueprint: Blueprint
    kinds: tuple[Kind, ...] = ()
    panel: Callable[[], Panel] | None = None
    concerns: Callable[[], Iterable[Concern]] = tuple
    banner: Callable[[], Panel] | None = None
    lists: tuple[str, ...] = ()


@dataclass
class House:
    """The service: its settings, deployment, database and the rooms that are on.

    `identify` tells which member of staff asks, `named` what the members with some identities are called.
    """

    settings: Settings
    deployment: Deployment
    database: Database
    rooms: Mapping[str, Room]
    kinds: Kinds
    assets: Mapping[str, str] = field(default_factory=dict)
    prefixes: dict[tuple[str, str], str] = field(default_factory=dict)
    identify: Callable[[], Member | None] = lambda: None
    named: Callable[[Iterable[str]], Mapping[str, str]] = lambda _uids: {}


def house() -> House:
    """Return the house this request came to."""
    return cast(House, current_app.extensions["embassy"])


def session() -> Session:
    """Return the request's reading session: one snapshot, nothing can be changed through it."""
    if "session" not in g:
        g.reading = house().database.reading()
        g.session = g.reading.__enter__()
    return cast(Session, g.session)


def close_session(_error: BaseException | None = None) -> None:
    """Give the request's reading session back."""
    if reading := g.pop("reading", None):
        g.pop("session", None)
        reading.__exit__(None, None, None)


def now() -> datetime:
    """Return the moment of the request, the same for all of it."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    return cast(datetime, g.now)


def today() -> date:
    """Return the day it is in the deployment's legal zone."""
    return now().astimezone(house().deployment.legal_zone).date()


def moment() -> Moment:
    """Return what a question to the database is asked with."""
    return {"now": now(), "today": today()}


def beginning(day: date) -> datetime:
    """Return the moment at which a day begins in the deployment's legal zone."""
    return datetime.combine(day, time(0), house().deployment.legal_zone).astimezone(UTC)


def midnight() -> datetime:
    """Return the moment at which `today` changes."""
    return beginning(today() + timedelta(days=1))


def new_year() -> datetime:
    """Return the moment at which the year of `today` began."""
    return beginning(today().replace(month=1, day=1))


def language() -> Language:
    """Return the language of the page; outside `/<language>/…` the deployment's default."""
    return cast(Language, g.get("language") or house().deployment.default)


def concerned() -> set[int]:
    """Return the missions, by number, that the page being made is about; whoever makes it adds to them."""
    return cast(set[int], g.setdefault("concerned", set()))


def service_name() -> str:
    """Return what the service is called in the language of the page."""
    return house().deployment.name.best(language())[1]


def viewer() -> Viewer:
    """Return who asks."""
    return cast(Viewer, g.get("viewer", ANONYMOUS))


def member() -> Member:
    """Return the member of staff who asks; only addresses open to staff have one."""
    return cast(Member, g.member)


def file_address(uid: UUID) -> str:
    """Return the address of a file that a record holds; in a preview, one that works while it lasts."""
    if token := g.get("preview"):
        return url_for("preview.file", token=token, uid=uid)
    return url_for("front.file", uid=uid)
