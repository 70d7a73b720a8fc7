"""What a record is made of, written once: facts drive imports, exports, revisions and answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from embassy.core.messages import Message, say


class Wrong(ValueError):
    """A value that does not fit its shape; carries what is expected, for people."""

    def __init__(self, expected: Message) -> None:
        super().__init__(str(expected))
        self.expected = expected


@dataclass(frozen=True)
class Refusal:
    """One thing wrong in what was handed in: where, what stood there, and what is expected."""

    path: tuple[str | int, ...]
    value: object
    expected: Message


class Refused(ValueError):
    """Nothing was saved; every refusal is named."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(f"{r.path}: {r.expected}" for r in self.refusals))


class Shape(Protocol):
    """How one fact is read from text or JSON, written to JSON and laid out in columns."""

    @property
    def expects(self) -> Message:
        """Say in one sentence what may stand here."""

    def parse(self, raw: Any) -> Any:
        """Return the value, or raise Wrong."""

    def dump(self, value: Any) -> Any:
        """Return the value as JSON has it; `parse(dump(value)) == value`."""

    def suffixes(self) -> tuple[str, ...]:
        """Return what is put behind the fact's name to name its columns; `("",)` for one column."""

    def gather(self, cells: Mapping[str, str]) -> Any:
        """Make the raw value from its cells, by suffix; None where all are empty."""

    def spread(self, dumped: Any) -> Mapping[str, str]:
        """Lay a dumped value out in cells, by suffix."""


@dataclass(frozen=True)
class Fact:
    """One named fact of a record: its shape, what it means, whether a record can do without it.

    `locates` marks the country whose way of writing the others follow, such as telephone numbers.
    """

    name: str
    shape: Shape
    about: Message
    required: bool = False
    default: Callable[[], Any] = lambda: None
    locates: bool = False

    def placed(self, country: object) -> "Fact":
        """Return the fact as it is written in a country; most are written the same everywhere."""
        placed = getattr(self.shape, "placed", None)
        return replace(self, shape=placed(country)) if placed and isinstance(country, str) else self


Values = Mapping[str, Any]
REQUIRED = say("This is needed and is missing.")
UNKNOWN = say("There is no such field. The names are listed by “embassy import KIND --describe”.")


def parse_all(facts: Iterable[Fact], raw: Values, path: tuple[str | int, ...] = ()) -> dict[str, Any]:
    """Return every fact's value from raw JSON or cells; raises Refused with all that is wrong."""
    facts = tuple(facts)
    country = next((raw.get(fact.name) for fact in facts if fact.locates), None)
    known = {fact.name: fact.placed(country) for fact in facts}
    refusals = [Refusal((*path, name), raw[name], UNKNOWN) for name in raw if name not in known]
    values: dict[str, Any] = {}
    for name, fact in known.items():
        given = raw.get(name)
        try:
            values[name] = _read(fact, given)
        except Wrong as wrong:
            refusals.append(Refusal((*path, name), given, wrong.expected))
        except Refused as refused:
            refusals += [Refusal((*path, name, *r.path), r.value, r.expected) for r in refused.refusals]
    if refusals:
        raise Refused(refusals)
    return values


def _read(fact: Fact, given: Any) -> Any:
    """Return the value of one fact; text that holds nothing but white space is nothing."""
    bare = given.strip() if isinstance(given, str) else given
    value = None if bare in (None, "", [], {}) else fact.shape.parse(bare)
    if value not in (None, "", (), []):
        return value
    if fact.required:
        raise Wrong(REQUIRED)
    return fact.default()


def dump_all(facts: Iterable[Fact], values: Values) -> dict[str, Any]:
    """Return the facts as JSON has them, in their order, leaving out what is empty."""
    dumped = {
        fact.name: fact.shape.dump(values[fact.name]) for fact in facts if values[fact.name] is not None
    }
    return {name: value for name, value in dumped.items() if value not in ("", [], {}, None)}
