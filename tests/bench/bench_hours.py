"""How many states of a realistic schedule are found in a second, and what a fresh schedule costs."""

import random
import sys
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

from embassy.consular.hours import Closure, Schedule, WeeklyHours, next_change, state
from embassy.consular.vocabulary import Cause, Confirmation

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = 365 * 24 * 60
ASKED = 200_000


def counter() -> Schedule:
    """A counter in Brussels, mornings and afternoons, with forty holidays and a summer of its own."""
    weekly = [
        WeeklyHours(day, *hours)
        for day in range(5)
        for hours in ((time(9), time(12)), (time(13), time(16, 30), True))
    ]
    holidays = [date(2026, 1, 1) + timedelta(days=9 * number) for number in range(40)]
    closures = [Closure(day, day, Cause.host_holiday, Confirmation.confirmed) for day in holidays]
    summer = Closure(
        date(2026, 8, 3), date(2026, 8, 14), Cause.ad_hoc, Confirmation.confirmed, ((time(9), time(11)),)
    )
    return Schedule("Europe/Brussels", tuple(weekly), (*closures, summer))


def per_second(times: int, seconds: float) -> str:
    return f"{times / seconds:,.0f} a second"


def main() -> None:
    chance = random.Random(2026)  # noqa: S311 - not a secret
    instants = [BEGINNING + timedelta(minutes=chance.randrange(MINUTES)) for _ in range(ASKED)]
    schedule = counter()
    begun = perf_counter()
    for at in instants:
        state(schedule, at)
    stated = perf_counter()
    for at in instants[: ASKED // 10]:
        next_change(schedule, at)
    changed = perf_counter()
    for at in instants[:500]:
        state(counter(), at)
    fresh = perf_counter()
    sys.stdout.write(
        f"state: {per_second(ASKED, stated - begun)}\n"
        f"next_change: {per_second(ASKED // 10, changed - stated)}\n"
        f"state of a schedule never asked before: {per_second(500, fresh - changed)}\n"
    )


if __name__ == "__main__":
    main()
