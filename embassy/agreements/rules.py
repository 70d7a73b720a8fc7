"""The rules that turn a trigger into a treaty's day of entry into force, and their text form."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from embassy.core.messages import Message, say, say_many
from embassy.core.partial import PartialDate, PartialDateError

# No treaty makes its parties wait longer than ten years; more is a slip of the pen.
LONGEST_DAYS, LONGEST_MONTHS = 3_660, 120

WRITTEN = re.compile(
    r"(?P<plain>on|agreed|manual)"
    r"|retroactive (?P<day>\d{4}-\d{2}-\d{2})"
    r"|first_of_nth_month (?P<nth>\d{1,4})"
    r"|(?P<after>first_of_month_after\()?(?P<period>plus_days|plus_months) (?P<count>\d{1,4})(?(after)\))",
    re.ASCII,
)
SPARE = re.compile(r" (?=[()])|(?<=[()]) ")


class ClauseError(ValueError):
    """A rule or clause that cannot stand; `message` says what is expected."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class On:
    """On the day of the trigger itself."""

    def days(self, trigger: date) -> tuple[date, ...]:
        return (trigger,)

    @property
    def words(self) -> Message:
        return say("on the same day")

    def __str__(self) -> str:
        return "on"


@dataclass(frozen=True, slots=True)
class PlusDays:
    """So many days later; the day of the trigger does not count (ETS 76 art. 3(1))."""

    count: int

    def __post_init__(self) -> None:
        _within(self.count, LONGEST_DAYS)

    def days(self, trigger: date) -> tuple[date, ...]:
        return (trigger + timedelta(days=self.count),)

    @property
    def words(self) -> Message:
        return say_many("%(num)s day later", "%(num)s days later", self.count)

    def __str__(self) -> str:
        return f"plus_days {self.count}"


@dataclass(frozen=True, slots=True)
class PlusMonths:
    """So many months later, on the day of the same number.

    Where that month has no such day both readings are given: first its last day, as the European
    Convention on the Calculation of Time-Limits has it (ETS 76 art. 4(2)), then the 1st of the next month.
    """

    count: int

    def __post_init__(self) -> None:
        _within(self.count, LONGEST_MONTHS)

    def days(self, trigger: date) -> tuple[date, ...]:
        first = _month_after(trigger, self.count)
        last = monthrange(first.year, first.month)[1]
        if trigger.day <= last:
            return (first.replace(day=trigger.day),)
        return (first.replace(day=last), _month_after(first, 1))

    @property
    def words(self) -> Message:
        return say_many("%(num)s month later", "%(num)s months later", self.count)

    def __str__(self) -> str:
        return f"plus_months {self.count}"


@dataclass(frozen=True, slots=True)
class FirstOfNthMonth:
    """On the first day of the n-th month following the month of the trigger.

    The trigger's own month is never counted: a trigger on the 1st earns no shortcut.
    """

    count: int

    def __post_init__(self) -> None:
        _within(self.count, LONGEST_MONTHS)

    def days(self, trigger: date) -> tuple[date, ...]:
        return (_month_after(trigger, self.count),)

    @property
    def words(self) -> Message:
        return say_many(
            "on the first day of a month, %(num)s month after that of the event",
            "on the first day of a month, %(num)s months after that of the event",
            self.count,
        )

    def __str__(self) -> str:
        return f"first_of_nth_month {self.count}"


@dataclass(frozen=True, slots=True)
class FirstOfMonthAfter:
    """On the first day of the month after that in which a period ends, even where it ends on a 1st."""

    period: PlusDays | PlusMonths

    def days(self, trigger: date) -> tuple[date, ...]:
        return tuple(dict.fromkeys(_month_after(day, 1) for day in self.period.days(trigger)))

    @property
    def words(self) -> Message:
        return say("%(period)s, then on the first day of the month that follows", period=self.period.words)

    def __str__(self) -> str:
        return f"first_of_month_after({self.period})"


@dataclass(frozen=True, slots=True)
class Agreed:
    """On a day the parties agree upon separately (VCLT 24(1))."""

    @property
    def words(self) -> Message:
        return say("on a day the parties agree upon")

    def __str__(self) -> str:
        return "agreed"


@dataclass(frozen=True, slots=True)
class Retroactive:
    """From a named day once the trigger is there, even a past one (VCLT 28 allows such an intention)."""

    day: date

    @property
    def words(self) -> Message:
        return say("with effect from %(day)s", day=self.day)

    def __str__(self) -> str:
        return f"retroactive {self.day}"


@dataclass(frozen=True, slots=True)
class Manual:
    """By a clause that no rule here describes; only an assertion tells the day."""

    @property
    def words(self) -> Message:
        return say("as the clause describes")

    def __str__(self) -> str:
        return "manual"


TimedRule = On | PlusDays | PlusMonths | FirstOfNthMonth | FirstOfMonthAfter
Rule = TimedRule | Agreed | Retroactive | Manual
UNTIMED = (Agreed, Manual)

ON = On()
PLAIN: dict[str, Rule] = {str(rule): rule for rule in (ON, Agreed(), Manual())}
PERIODS: dict[str, Callable[[int], PlusDays | PlusMonths]] = {
    "plus_days": PlusDays,
    "plus_months": PlusMonths,
}


def parse_rule(text: str) -> Rule:
    """Read the text form, as `str(rule)` writes it; case and spare white space do not matter.

    `on` · `plus_days 30` · `plus_months 3` · `first_of_nth_month 3` · `first_of_month_after(plus_months 3)` ·
    `agreed` · `retroactive 1982-07-01` · `manual`. Raises ClauseError.
    """
    written = SPARE.sub("", " ".join(text.lower().split()))
    found = WRITTEN.fullmatch(written)
    if found is None:
        raise ClauseError(
            say(
                "“%(text)s” is not a rule; write on, plus_days 30, plus_months 3, first_of_nth_month 3, "
                "first_of_month_after(plus_months 3), agreed, retroactive 1982-07-01 or manual.",
                text=text,
            )
        )
    if found["plain"]:
        return PLAIN[found["plain"]]
    if found["day"]:
        return Retroactive(_day(found["day"]))
    if found["nth"]:
        return FirstOfNthMonth(int(found["nth"]))
    period = PERIODS[found["period"]](int(found["count"]))
    return FirstOfMonthAfter(period) if found["after"] else period


def _day(text: str) -> date:
    try:
        return PartialDate.parse(text).earliest or date.min
    except PartialDateError as error:
        raise ClauseError(error.message) from error


def _within(count: int, longest: int) -> None:
    if not 1 <= count <= longest:
        raise ClauseError(
            say("A period of %(count)s is not possible; give 1 to %(longest)s.", count=count, longest=longest)
        )


def _month_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
