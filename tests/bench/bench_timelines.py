"""How many timelines of statuses are worked out in a second, for agreements with six acts and a clause.

Run it by hand: `PYTHONPATH=. .venv/bin/python tests/bench/bench_timelines.py`. The rate is by processor time.
"""

from datetime import date, timedelta
from random import Random
from time import process_time

from embassy.agreements.acts import Act
from embassy.agreements.clause import Clause, Trigger
from embassy.agreements.rules import parse_rule
from embassy.agreements.status import timeline
from embassy.agreements.vocabulary import ActType
from tests.agreements.logs import PAIR, act

LOGS = 2_000
ROUNDS = 10
LAST_NOTE = Clause(rule=parse_rule("first_of_nth_month 3"), trigger=Trigger.LAST_NOTIFICATION_RECEIVED)


def log(chance: Random) -> tuple[Act, ...]:
    """Return the acts of an agreement from its negotiation to the second note."""
    signed = date(2000, 1, 1) + timedelta(days=chance.randrange(8000))
    done: list[tuple[ActType, int, str | None]] = [
        (ActType.NEGOTIATION_OPENED, -300, None),
        (ActType.INITIALLED, -60, None),
        (ActType.SIGNED, 0, None),
        (ActType.BODY_ASSENTED, 120, "AL"),
        (ActType.INTERNAL_PROCEDURES_NOTIFIED, 150, "AL"),
        (ActType.INTERNAL_PROCEDURES_NOTIFIED, 400, "BE"),
    ]
    return tuple(
        act(kind, str(day := signed + timedelta(after)), party, received=str(day))
        for kind, after, party in done
    )


def main() -> None:
    """Measure, and print the rate."""
    chance = Random(2026)  # noqa: S311 - not a secret
    logs = [log(chance) for _number in range(LOGS)]
    best = 0.0
    for _round in range(ROUNDS):
        began = process_time()
        for acts in logs:
            timeline(acts, (), PAIR, LAST_NOTE, known_at=date(2026, 11, 28))
        best = max(best, LOGS / (process_time() - began))
    print(f"{best:,.0f} timelines a second")


if __name__ == "__main__":
    main()
