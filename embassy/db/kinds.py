"""A kind of record described once: what it is made of, how it is listed and where its page is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from embassy.core.access import AUDIENCES, PUBLICATIONS, Audience, Publication, Viewer
from embassy.core.composed import Parts
from embassy.core.facts import Fact, Refusal, Values
from embassy.core.languages import Language
from embassy.core.messages import Message, say
from embassy.core.shapes import SLUG, WEB, Choice, Instant, Line, Reference, Uid
from embassy.db.record import Record

Shaped = TypeVar("Shaped")
# What a country is called in a language here.
Designation = Callable[[str, Language], str]
SPINE = (
    Fact("uid", Uid(), say("The identity, a UUID; made for you if you leave it out.")),
    Fact("slug", SLUG, say("The last part of the page's address; it never changes."), required=True),
    Fact(
        "audience",
        Choice(Audience, AUDIENCES),
        say("Who may read it: “public” or “staff”."),
        default=lambda: Audience.public,
    ),
    Fact(
        "publication",
        Choice(Publication, PUBLICATIONS),
        say("What became of it: “published”, “withdrawn” or “archived”."),
        default=lambda: Publication.published,
    ),
    Fact("reason", Line(500), say("Why it was withdrawn, as readers may know it."), default=str),
    Fact("shown_from", Instant(), say("From when readers see it; now, if you leave it out.")),
    Fact("source", Line(1000), say("Where the facts come from: a citation."), default=str),
    Fact("source_url", WEB, say("The address of the source."), default=str),
)


@dataclass(frozen=True)
class Cell:
    """One column of a kind's lists and tables: its name in files, its heading and its value.

    `value(record, language)` returns what JSON can hold.
    """

    name: str
    label: Message
    value: Callable[[Any, Language], Any]


@dataclass(frozen=True)
class Remark:
    """What whoever writes or approves should see before: a doubt, or what will follow; nothing is refused.

    `about` is the other record it speaks of.
    """

    said: Message
    doubt: bool = True
    about: Record | None = None


@dataclass(frozen=True)
class Addition:
    """A part that is often added to a list of a record, in a short form of its own.

    `label` says what is done; `asks` are the facts of the part that come first, `skips` those never asked.
    `begins(record, now)` gives what stands in the form; `choices(record)` the values of facts that the record
    itself bounds, with their words; `phrases` the sentences that stand ready for a text. `named(part, facts)`
    completes what was written, given what the record says.
    """

    label: Message
    asks: tuple[str, ...]
    begins: Callable[[Any, datetime], Mapping[str, Any]]
    skips: tuple[str, ...] = ()
    choices: Callable[[Any], Mapping[str, Sequence[tuple[str, str]]]] = lambda _record: {}
    phrases: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    named: Callable[[dict[str, Any], Mapping[str, Any]], dict[str, Any]] = lambda part, _facts: part


@dataclass(frozen=True)
class Leaf:
    """What lies before whoever fills in a sheet: a record's values, what was asked or sent, and the moment.

    `wrong` is what was wrong with what was sent, in words, by the name of the field.
    """

    values: Values
    asked: Mapping[str, str]
    now: datetime
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A page of the desk on which one matter of a record is written as a whole, such as its week.

    `label` says what is done, `about` how. `shows(leaf, after)` gives what `template` draws, with what would
    follow from the values `after`, once somebody looked. `written(leaf)` returns the record's values with
    what was sent; it raises Refused with the names of the fields as paths.
    """

    label: Message
    about: Message
    template: str
    shows: Callable[[Leaf, Values | None], Mapping[str, Any]]
    written: Callable[[Leaf], dict[str, Any]]


def _no_remarks(
    _session: Session, _before: Values | None, _after: Values, _now: datetime
) -> Iterable[Remark]:
    return ()


def _no_refusals(_values: Values) -> Sequence[Refusal]:
    return ()


def _no_judgement(_before: Values | None, _after: Values, _now: datetime) -> Sequence[Refusal]:
    return ()


def _unrevised(_before: Values | None, after: dict[str, Any]) -> dict[str, Any]:
    return after


def _nothing_made(
    raw: Mapping[str, Any], _languages: Sequence[Language], _designation: Designation
) -> Mapping[str, Any]:
    return raw


def _all_of_it(values: Values, _now: datetime) -> Values:
    return values


def _nothing_more(_record: Any) -> Iterable[str]:
    return ()


def _no_projection(_record: Any) -> None:
    return None


def _no_rows(_record: Any) -> Mapping[str, list[dict[str, Any]]]:
    return {}


@dataclass(frozen=True)
class Kind:
    """What a room registers. Lists, exports, imports, search, feeds and tests read it.

    `own` are the facts beyond the spine; `title` and `summary` name the localized ones that lists
    and search show. `listing(viewer)` selects what may be found. `check` refuses values that do
    not fit together; `judge(before, after, now)` refuses what the record as it stood, or the time of
    writing, does not allow. `remarks(session, before, after, now)` gives what should be seen before.
    `revise` derives facts that follow from a change, such as a calendar's sequence; `project` renews what
    lists filter by, which follows from the facts alone, and `rows` gives what there are many of, by the
    relationship that reads them; `also` gives further words that the record is found by.
    `embargoes` are the columns of parts that readers see from a moment on only; `public(values, now)`
    leaves such parts out until then, so that writing them down moves no public date.
    `belongs` names the fact that refers to the mission a record belongs to, where there is one.
    `names` gives what the person is called whom a record is about, where its records are about people.
    `urgent(before, after, now)` says whether a change cannot wait for a second person.
    `made` names the facts that `complete(raw, languages, designation)` makes, where a record of a file leaves
    them out, of what it says.
    `lasting` names the lists whose parts are never taken out once they stand; `additions` those to which a
    part is added in a short form; `sheets` are the pages on which one matter is written as a whole, by the
    last part of their addresses.
    """

    name: str
    label: Message
    plural: Message
    model: type[Record]
    own: tuple[Fact, ...]
    cells: tuple[Cell, ...]
    listing: Callable[[Viewer], Select[Any]]
    endpoint: str
    schema_type: str
    title: str = "title"
    summary: str = "summary"
    check: Callable[[Values], Sequence[Refusal]] = _no_refusals
    judge: Callable[[Values | None, Values, datetime], Sequence[Refusal]] = _no_judgement
    remarks: Callable[[Session, Values | None, Values, datetime], Iterable[Remark]] = _no_remarks
    revise: Callable[[Values | None, dict[str, Any]], dict[str, Any]] = _unrevised
    project: Callable[[Any], None] = _no_projection
    rows: Callable[[Any], Mapping[str, list[dict[str, Any]]]] = _no_rows
    also: Callable[[Any], Iterable[str]] = _nothing_more
    public: Callable[[Values, datetime], Values] = _all_of_it
    embargoes: tuple[InstrumentedAttribute[Any], ...] = ()
    belongs: str = ""
    names: Callable[[Any], Iterable[str]] | None = None
    urgent: Callable[[Values, Values, datetime], bool] | None = None
    made: tuple[str, ...] = ()
    complete: Callable[[Mapping[str, Any], Sequence[Language], Designation], Mapping[str, Any]] = (
        _nothing_made
    )
    lasting: tuple[str, ...] = ()
    additions: Mapping[str, Addition] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the spine's facts and the kind's own."""
        return SPINE + self.own


class Kinds(dict[str, Kind]):
    """The registered kinds by name, each behind those that its records refer to."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        registered = {kind.name: kind for kind in kinds}
        ordered: dict[str, Kind] = {}
        for kind in registered.values():
            _place(kind, registered, ordered)
        super().__init__(ordered)

    def of(self, record: Record) -> Kind:
        """Return the kind of a record."""
        return self[record.record_kind]


def shaped(facts: Iterable[Fact], shape: type[Shaped]) -> Iterator[Shaped]:
    """Yield the shapes of one type that facts, and those of their parts, come in."""
    for fact in facts:
        if isinstance(fact.shape, Parts):
            yield from shaped(fact.shape.facts, shape)
        elif isinstance(fact.shape, shape):
            yield fact.shape


def _place(kind: Kind, registered: Mapping[str, Kind], ordered: dict[str, Kind]) -> None:
    for needed in shaped(kind.own, Reference):
        if needed.kind in registered.keys() - {kind.name}:
            _place(registered[needed.kind], registered, ordered)
    ordered[kind.name] = kind
