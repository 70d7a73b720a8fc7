"""What was known of an agreement on two days, side by side, in the reader's language."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from embassy.agreements.account import Account, ActLine, account
from embassy.agreements.models import Agreement, RecordedAct
from embassy.agreements.vocabulary import STATUS_LABELS
from embassy.web.formats import marked, partial
from embassy.web.locale import _, translate


class Told(NamedTuple):
    """A line of what was known; `mark` is its shape, empty for a plain sentence."""

    mark: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """What two days tell of one thing; `notes` say which thing it is."""

    label: str
    notes: tuple[str, ...]
    one: tuple[Told, ...]
    other: tuple[Told, ...]

    @property
    def differs(self) -> bool:
        """Say whether the two days tell different things."""
        return self.one != self.other


@dataclass(frozen=True)
class Comparison:
    """All that two days tell: where the agreement and its parties stood, and which acts were known."""

    standing: tuple[Pair, ...]
    acts: tuple[Pair, ...]

    @property
    def differs(self) -> bool:
        """Say whether anything differs at all."""
        return any(pair.differs for pair in (*self.standing, *self.acts))


def comparison(agreement: Agreement, seen: list[RecordedAct], one: date, other: date) -> Comparison:
    """Return what the acts that the viewer may see told on each of two days, as known on that day."""
    first, second = (account(agreement, seen, day) for day in (one, other))
    return Comparison(tuple(_standing(first, second)), tuple(_acts(first, second)))


def _standing(one: Account, other: Account) -> Iterator[Pair]:
    aspects: tuple[tuple[str, Callable[[Account], list[Told]]], ...] = (
        (_("Status"), lambda told: [Told(told.mark, translate(STATUS_LABELS[told.status]))]),
        (_("In words"), lambda told: [Told("", sentence) for sentence in told.sentences]),
        (_("Stages"), lambda told: [Told(stage.kind, stage.words, stage.note) for stage in told.stages]),
    )
    for label, lines in aspects:
        yield Pair(label, (), tuple(lines(one)), tuple(lines(other)))
    first, second = _parties(one), _parties(other)
    for name in first | second:
        yield Pair(name, (), first.get(name, ()), second.get(name, ()))


def _parties(told: Account) -> dict[str, tuple[Told, ...]]:
    return {
        party.name: tuple(
            Told(body.kind, body.name, " · ".join(filter(None, (body.word, body.note))))
            for body in (*party.bodies, party.standing)
        )
        for party in told.ladder.parties
    }


def _acts(one: Account, other: Account) -> Iterator[Pair]:
    """Yield the acts of either day; what was known once stays known, so the later day has them all."""
    first, second = (_known(told.acts) for told in (one, other))
    for line in max(one.acts, other.acts, key=len):
        notes = (partial(line.act.event_date), line.party or _("all parties"), marked(line.act.citation))
        sides = ((side.get(line.act.uid) or Told("open", _("Not known yet")),) for side in (first, second))
        yield Pair(line.label, (*notes, *line.notes), *sides)


def _known(acts: Iterable[ActLine]) -> dict[str, Told]:
    return {
        line.act.uid: Told("unknown", line.doubt) if line.doubt else Told("good", _("Known")) for line in acts
    }
