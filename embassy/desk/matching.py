"""Which column of somebody's table says which fact: what each may be, good guesses, and what is wrong."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from embassy.core.composed import Parts, Words
from embassy.core.facts import Fact
from embassy.core.folding import fold
from embassy.core.languages import SPOKEN, Language
from embassy.core.messages import Message, say
from embassy.db.kinds import Kind
from embassy.desk import differing
from embassy.web.house import house, language
from embassy.web.locale import translate
from embassy.web.tabular import columns

# Of a whole text, what says how it stands and not what it says.
ABOUT_TEXT = ("source", "states")
LIKE = 0.84
LONGEST = 80


class Table(NamedTuple):
    """A table's own names for its columns, and ours for each, "" for one that is left out."""

    heading: list[str]
    names: list[str]

    def called(self, kind: Kind, column: str) -> str:
        """Return the table's own name for the place at which something is wrong, or what forms call it."""
        within = column if self.heading else ""
        while within:
            found = [
                told
                for told, name in zip(self.heading, self.names, strict=True)
                if f"{name}.".startswith(f"{within}.")
            ]
            if found:
                return ", ".join(found)
            within = within.rpartition(".")[0]
        return human(kind, column) if self.heading and column else column


def human(kind: Kind, column: str) -> str:
    """Return what forms call a column of a kind, such as “Event · Français”."""
    name, *inner = column.split(".")
    facts = {fact.name: fact for fact in kind.facts}
    if name not in facts:
        return column
    return " · ".join([differing.called(kind, name), *differing.where(facts[name], tuple(inner))])


def choices(kind: Kind) -> list[tuple[str, str]]:
    """Return each column of a kind with what forms call it."""
    return [(column, human(kind, column)) for column in columns(kind.facts)]


def known(kind: Kind, heading: Sequence[str]) -> list[str]:
    """Return our names for the columns that are named as we or our lists name them, "" for all others."""
    ours = {column.casefold(): column for column in columns(kind.facts)}
    shapes = {fact.name: fact.shape for fact in kind.facts}
    for cell in kind.cells:
        if cell.name in shapes:
            suffix = f".{language().tag}" if isinstance(shapes[cell.name], Words) else ""
            ours.setdefault(translate(cell.label).casefold(), cell.name + suffix)
    return [ours.get(name.casefold(), "") for name in heading]


def guessed(kind: Kind, heading: Sequence[str]) -> list[str]:
    """Return our names for the columns of a table as far as their names tell; each is taken once."""
    spellings: dict[str, str] = {}
    for spelling, column in _spellings(kind):
        spellings.setdefault(spelling, column)
    names, sure = [""] * len(heading), known(kind, heading)
    folded = [fold(told[:LONGEST]) for told in heading]
    finders: tuple[Callable[[int], str], ...] = (
        lambda number: sure[number],
        lambda number: spellings.get(folded[number], ""),
        lambda number: _likest(folded[number], spellings),
        lambda number: _within(folded[number], spellings),
    )
    for find in finders:
        for number in range(len(heading)):
            if not names[number] and (found := find(number)) not in names:
                names[number] = found
    return names


def _likest(told: str, spellings: Mapping[str, str]) -> str:
    near = get_close_matches(told, spellings, 1, LIKE)
    return spellings[near[0]] if near else ""


def _within(told: str, spellings: Mapping[str, str]) -> str:
    """Return the one column whose spelling holds the words of a name, "" where there are more."""
    found = {column for spelling, column in spellings.items() if told and f" {told} " in f" {spelling} "}
    return found.pop() if len(found) == 1 else ""


def faults(kind: Kind, table: Table) -> tuple[dict[int, Message], list[str]]:
    """Return what is wrong with a choice of names, by the number of its column, and what is needed still."""
    twice = {}
    for number, name in enumerate(table.names):
        first = table.names.index(name)
        if name and first != number:
            twice[number] = say(
                "“%(column)s” stands for this already. Choose another for one of them, or leave it out.",
                column=table.heading[first],
            )
    # What gives its title to a record gives it an address too.
    facts = [fact for fact in kind.facts if fact.name not in ("slug", *kind.made)]
    return twice, [human(kind, column) for column in _lacking(facts, table.names)]


def _lacking(facts: Iterable[Fact], names: Sequence[str], before: str = "") -> Iterator[str]:
    for fact in facts:
        column = before + fact.name
        given = {name.removeprefix(column) for name in names if f"{name}.".startswith(f"{column}.")}
        if isinstance(fact.shape, Words):
            given -= {f".{word}" for word in ABOUT_TEXT}
        if fact.required and not given:
            yield column
        elif isinstance(fact.shape, Parts) and given:
            yield from _lacking(fact.shape.facts, names, f"{column}.")


def _spellings(kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield how a column may be called, folded, with our name; what is likelier stands first."""
    for column in columns(kind.facts):
        yield fold(column), column
    labels = {cell.name: cell.label for cell in kind.cells}
    for into in sorted(house().deployment.languages, key=lambda one: one != language()):
        for fact in kind.facts:
            yield from _called(fact, fact.name, fact.name, into)
            for label in filter(None, (labels.get(fact.name), fact.about)):
                yield from _called(fact, fact.name, translate(label, into), into)


def _called(fact: Fact, column: str, told: str, into: Language) -> Iterator[tuple[str, str]]:
    """Yield the spellings of a fact that is called so in a language: a text of that name is in it too."""
    match fact.shape:
        case Words():
            yield fold(told), f"{column}.{into.tag}"
            for tag, one in SPOKEN.items():
                yield fold(f"{told} {one.name}"), f"{column}.{tag}"
                yield fold(f"{told} {tag}"), f"{column}.{tag}"
        case Parts() as shape:
            for inner in shape.facts:
                yield from _called(
                    inner, f"{column}.{inner.name}", f"{told} {translate(inner.about, into)}", into
                )
        case _:
            yield fold(told), column
