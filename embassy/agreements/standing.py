"""How one change after another alters the standing of an agreement: a small machine without dates."""

from dataclasses import dataclass, field
from enum import IntEnum

from embassy.agreements.acts import Act
from embassy.agreements.vocabulary import ActType, Status


class Effect(IntEnum):
    """What an act does to an agreement, in the order in which the effects of one day are taken.

    A notice may be revoked only before it takes effect (VCLT 68), so its running out comes first; a later
    treaty tells more about an end (VCLT 59) than the bare word that there was one.
    """

    NEGOTIATED = 1
    INITIALLED = 2
    SIGNED = 3
    APPLIED = 4
    APPLICATION_ENDED = 5
    FIXED = 6
    ENTERED = 7
    SUSPENDED = 8
    RESUMED = 9
    NOTICE_GIVEN = 10
    SUPERSEDED = 11
    EXPIRED = 12
    TERMINATED = 13
    NOTICE_RUN_OUT = 14
    NOTICE_REVOKED = 15


STAGES = {Effect.NEGOTIATED: Status.DRAFT, Effect.INITIALLED: Status.INITIALLED, Effect.SIGNED: Status.SIGNED}
ENDS = {
    Effect.SUPERSEDED: Status.SUPERSEDED,
    Effect.EXPIRED: Status.EXPIRED,
    Effect.TERMINATED: Status.TERMINATED,
}


@dataclass(frozen=True, slots=True)
class Suspension:
    """Who suspended what: no party is all together; no articles the whole or, if partial, unnamed ones."""

    party: str | None
    partial: bool
    articles: frozenset[str]

    def answers(self, party: str | None) -> bool:
        """Whether that party can end it: its author, or anyone where all acted together (VCLT 57, 65, 72)."""
        return party is None or self.party in (None, party)


@dataclass(slots=True)
class Standing:
    """Everything that has taken effect so far."""

    stage: int = 0
    applied: bool = False
    fixed: bool = False
    entered: bool = False
    suspensions: set[Suspension] = field(default_factory=set)
    notices: dict[str, str | None] = field(default_factory=dict)
    ended: Status | None = None

    def follow(self, effect: Effect) -> None:
        """Let happen what no act states and the clause alone gives: the fixing of the day, or the entry."""
        self.fixed = True
        if effect is Effect.ENTERED:
            # A party that withdrew before has shown that it will not be bound (VCLT 18(a)).
            self.entered = not self.notices

    def take(self, effect: Effect, act: Act) -> None:
        """Let one effect of an act happen."""
        if effect in STAGES:
            self.stage = max(self.stage, effect)
        elif effect in ENDS:
            self.ended = self.ended or ENDS[effect]
        elif effect is Effect.APPLIED:
            self.applied = True
        elif effect is Effect.APPLICATION_ENDED:
            self.applied = False
        elif effect is Effect.ENTERED:
            self.entered = True
        elif effect in (Effect.SUSPENDED, Effect.RESUMED):
            self._suspend_or_resume(effect, act)
        else:
            self._heed_notice(effect, act)

    def _suspend_or_resume(self, effect: Effect, act: Act) -> None:
        if effect is Effect.SUSPENDED:
            partial = act.type is ActType.PARTIALLY_SUSPENDED or bool(act.scope)
            self.suspensions.add(Suspension(act.party, partial, frozenset(act.scope)))
        else:
            self._resume(act)

    def _heed_notice(self, effect: Effect, act: Act) -> None:
        if effect is Effect.NOTICE_GIVEN:
            self.notices[act.uid] = act.party
        elif effect is Effect.NOTICE_REVOKED:
            self.notices = {
                uid: party
                for uid, party in self.notices.items()
                if act.party is not None and party != act.party
            }
        elif self.entered and act.uid in self.notices:
            self.ended = self.ended or Status.TERMINATED

    def _resume(self, act: Act) -> None:
        """Suspensions nest: what resumes ends its like, the whole before the parts suspended within."""
        mine = {s for s in self.suspensions if s.answers(act.party)}
        if not act.scope:
            self.suspensions -= {s for s in mine if not s.partial} or mine
            return
        for suspension in (s for s in mine if s.partial):
            self.suspensions.remove(suspension)
            left = suspension.articles.difference(act.scope)
            if left:
                self.suspensions.add(Suspension(suspension.party, True, left))

    @property
    def status(self) -> Status:
        if self.ended is not None:
            return self.ended
        if self.entered:
            return self._in_force
        if self.notices:
            return Status.ABANDONED
        if self.fixed:
            return Status.ENTRY_INTO_FORCE_FIXED
        if self.applied:
            return Status.PROVISIONALLY_APPLIED
        return STAGES[Effect(self.stage)] if self.stage else Status.UNKNOWN

    @property
    def _in_force(self) -> Status:
        if any(not suspension.partial for suspension in self.suspensions):
            return Status.SUSPENDED
        if self.notices:
            return Status.NOTICE_GIVEN
        return Status.PARTIALLY_SUSPENDED if self.suspensions else Status.IN_FORCE
