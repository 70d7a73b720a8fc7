"""The entry-into-force clause of an agreement: what triggers it, by which rule, and not before which day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from embassy.agreements.rules import ON, UNTIMED, ClauseError, Retroactive, Rule
from embassy.core.messages import say


class Trigger(StrEnum):
    """The event from which a clause counts (VCLT 24(1), 12-16, 78)."""

    SIGNATURE = "signature"
    EXCHANGE = "exchange"
    LAST_NOTIFICATION_RECEIVED = "last_notification_received"
    LAST_NOTIFICATION_SENT = "last_notification_sent"
    NTH_DEPOSIT = "nth_deposit"
    ALL_PARTIES = "all_parties"
    FIXED_DATE = "fixed_date"


TRIGGER_LABELS = {
    Trigger.SIGNATURE: say("signature"),
    Trigger.EXCHANGE: say("exchange of instruments"),
    Trigger.LAST_NOTIFICATION_RECEIVED: say("receipt of the last notification"),
    Trigger.LAST_NOTIFICATION_SENT: say("dispatch of the last notification"),
    Trigger.NTH_DEPOSIT: say("deposit of the required number of instruments"),
    Trigger.ALL_PARTIES: say("consent of all parties"),
    Trigger.FIXED_DATE: say("a fixed date"),
}


class MonthEnd(StrEnum):
    """What a period in months does where the month it ends in lacks the day of the trigger."""

    CLAMP = "clamp"
    ROLL_FORWARD = "roll_forward"


MONTH_END_LABELS = {
    MonthEnd.CLAMP: say("last day of the month"),
    MonthEnd.ROLL_FORWARD: say("first day of the next month"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """When an agreement enters into force: max(floor, RULE(trigger)) (VCLT 24(1)).

    The trigger is by default the last notification *received*: for the State it is meant for, a notification
    counts only upon receipt (VCLT 78(b)). `deposits` goes with the n-th deposit, `fixed` with the fixed date;
    a treaty that awaits consent and a date has the consent as its trigger and the date as its floor.
    `override` is the reason why a date is computed although some competent bodies are to be determined.
    """

    trigger: Trigger = Trigger.LAST_NOTIFICATION_RECEIVED
    rule: Rule = ON
    deposits: int | None = None
    fixed: date | None = None
    month_end: MonthEnd | None = None
    floor: date | None = None
    override: str = ""

    def __post_init__(self) -> None:
        if (self.trigger is Trigger.NTH_DEPOSIT) != (self.deposits is not None):
            raise ClauseError(
                say("Give a number of deposits where the trigger is the n-th deposit, only there.")
            )
        if self.deposits is not None and self.deposits < 1:
            raise ClauseError(say("At least one deposit is needed."))
        if (self.trigger is Trigger.FIXED_DATE) != (self.fixed is not None):
            raise ClauseError(say("Give a day where the trigger is a fixed date, and only there."))
        if self.fixed is not None and self.rule != ON:
            raise ClauseError(say("A fixed date is the day itself; its rule is “on”."))

    @property
    def counts(self) -> bool:
        """Whether the day follows from one that is still to come: no fixed day, and a rule that reckons."""
        return self.fixed is None and not isinstance(self.rule, (*UNTIMED, Retroactive))

    def days_for(self, trigger: date) -> tuple[date, ...]:
        """The day of entry into force; two where the month's end leaves it open; none if no rule tells."""
        days = self._unfloored(trigger)
        if self.month_end is not None:
            days = days[:1] if self.month_end is MonthEnd.CLAMP else days[-1:]
        if self.floor is None:
            return days
        return tuple(dict.fromkeys(max(self.floor, day) for day in days))

    def _unfloored(self, trigger: date) -> tuple[date, ...]:
        if isinstance(self.rule, Retroactive):
            return (self.rule.day,)
        if isinstance(self.rule, UNTIMED):
            return ()
        return self.rule.days(trigger)


BY_CONSENT = Clause(Trigger.ALL_PARTIES)
"""What holds where the treaty says nothing: consent of all negotiating States (VCLT 24(2))."""
