"""Who may read what: the one rule for every channel, in plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from embassy.core.messages import Message, say


class Audience(StrEnum):
    """For whom a record is meant once it is published."""

    public = "public"
    staff = "staff"


class Publication(StrEnum):
    """What has become of a published record. Nothing published is deleted."""

    published = "published"
    withdrawn = "withdrawn"
    archived = "archived"


AUDIENCES: dict[Audience, Message] = {
    Audience.public: say("Everybody"),
    Audience.staff: say("Staff alone"),
}

PUBLICATIONS: dict[Publication, Message] = {
    Publication.published: say("Published"),
    Publication.withdrawn: say("Withdrawn"),
    Publication.archived: say("Archived"),
}


class Role(StrEnum):
    """What a member of staff may do: each role may do its own part, and none implies another."""

    contributor = "contributor"
    editor = "editor"
    approver = "approver"
    administrator = "administrator"


@dataclass(frozen=True)
class Member:
    """A member of staff at work: identity, name, and each role with the mission it is held for or None."""

    uid: str
    name: str
    grants: frozenset[tuple[Role, int | None]] = frozenset()

    def roles(self, mission: int | None) -> frozenset[Role]:
        """Return the roles held for a mission, or for what belongs to the whole ministry."""
        return frozenset(role for role, at in self.grants if at is None or at == mission)

    @property
    def anywhere(self) -> frozenset[Role]:
        """Return the roles held for any mission at all."""
        return frozenset(role for role, _mission in self.grants)


@dataclass(frozen=True)
class Viewer:
    """The person, or program, that asks. An anonymous reader is no staff."""

    staff: bool = False


ANONYMOUS = Viewer()


class Stands(Protocol):
    """What the rule asks of a record."""

    @property
    def audience(self) -> Audience: ...
    @property
    def publication(self) -> Publication: ...
    @property
    def shown_from(self) -> datetime: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class Standing:
    """Where a record stands: its audience, what became of it, since when (aware UTC) and why."""

    audience: Audience
    publication: Publication
    shown_from: datetime
    reason: str = ""


def may_read(viewer: Viewer, now: datetime, record: Stands) -> bool:
    """Say whether the viewer may open the record's page.

    Readers see public records from `shown_from` on; a withdrawn one stays readable only if the
    readers are given a reason.
    """
    if viewer.staff:
        return True
    withheld = record.publication is Publication.withdrawn and not record.reason
    return record.audience is Audience.public and record.shown_from <= now and not withheld


def may_find(viewer: Viewer, now: datetime, record: Stands) -> bool:
    """Say whether lists, counts, feeds and search hold the record: withdrawn ones never do."""
    return record.publication is not Publication.withdrawn and may_read(viewer, now, record)
