"""Forms made from the facts of a kind: what is asked, what stands there, and what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any

from embassy.core.composed import Parts, Path, Several, Words
from embassy.core.facts import Fact, Refused, Wrong
from embassy.core.languages import Language
from embassy.core.messages import Message, say
from embassy.core.personal import Personal
from embassy.core.shapes import COUNTRY, Choice, Day, Document, Flag, Instant, Line, Partial, Reference, Uid
from embassy.web.formats import countries
from embassy.web.house import house, language
from embassy.web.locale import _, translate

Pairs = Sequence[tuple[str, str]]
# Lines that may be longer than this get a box of several lines.
LONG = 250
# What the service counts by itself.
COUNTED = ("sequence",)
AS_KNOWN = say(
    "Such as 9.12.2013, or 12.2013 or 2013 if no more is known; ../2013-12-09 means not after that day, "
    "2013-12-09/.. not before it."
)
# As many parts of a list are all shown unfolded.
FEW = 2


@dataclass(frozen=True)
class Wording:
    """One language's entry of a text; the original, or else the page's language, stands first."""

    name: str
    language: Language
    value: str
    first: bool
    state: str


@dataclass(frozen=True)
class Found:
    """A record that a field may refer to: its address, its title, and what tells it from its namesakes."""

    slug: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Referred:
    """What a field that refers to a record of a kind shows.

    `slug` is what is chosen, `title` its title; `words` stand in the field and differ from the title where
    they were typed and nothing is chosen yet. `note` says that, or that what is chosen is a draft, to which
    `draft` leads. `found` are the records to choose from; `new` is what another would be called.
    """

    kind: str
    slug: str = ""
    title: str = ""
    words: str = ""
    note: str = ""
    draft: str = ""
    found: tuple[Found, ...] | None = None
    new: str = ""


@dataclass(frozen=True)
class Part:
    """One of the parts in a list: its controls, what it is known by, and whether it is shown unfolded.

    One that stands in the record of a list that lasts is never taken out.
    """

    controls: tuple["Control", ...]
    told: str
    unfolded: bool
    stands: bool


@dataclass(frozen=True)
class Control:
    """One thing a form asks for. `kind` names the macro that draws it; `theirs` is what somebody else
    wrote there meanwhile.
    """

    kind: str
    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = False
    error: str = ""
    theirs: str = ""
    options: Pairs = ()
    chosen: frozenset[str] = frozenset()
    wordings: tuple[Wording, ...] = ()
    confided: tuple["Control", ...] = ()
    parts: tuple[Part, ...] = ()
    referred: Referred | None = None


@dataclass(frozen=True)
class Form:
    """What a form is made from: facts, what they are called, what records they refer to.

    `records(kind, raw, path)` says what a field shows that refers to a record of a kind; `labels` are the
    names of facts that lists call by one; `refusals` what was wrong, by path; `theirs` the facts that
    somebody else wrote meanwhile; `confided` gives what is kept apart by its identity, as it is typed.
    `told(facts, part)` says in a few words what a part of a list says; `lasting` are the identities of parts
    that are never taken out.
    """

    facts: Sequence[Fact]
    labels: Mapping[str, Message]
    records: Callable[[str, str, Path], Referred]
    refusals: Mapping[Path, Message]
    theirs: Mapping[str, str]
    confided: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    told: Callable[[Sequence[Fact], Mapping[str, Any]], str] = field(default=lambda _facts, _part: "")
    lasting: frozenset[str] = frozenset()

    def controls(self, raw: Mapping[str, Any]) -> list[Control]:
        """Return the controls with what stands in them."""
        return [self._control(fact, raw.get(fact.name), (fact.name,)) for fact in self.facts]

    def _control(self, fact: Fact, raw: Any, path: Path) -> Control:
        label = self.labels.get(fact.name) if len(path) == 1 else None
        control = Control(
            kind="line",
            name=".".join(map(str, path)),
            label=translate(label or fact.about).rstrip("."),
            hint=translate(fact.about) if label else "",
            required=fact.required,
            error=self._error(path, whole=not isinstance(fact.shape, Parts | Personal)),
            theirs=self.theirs.get(fact.name, "") if len(path) == 1 else "",
        )
        return self._shaped(fact.shape, raw, path, control)

    def _shaped(self, shape: Any, raw: Any, path: Path, control: Control) -> Control:
        more: dict[str, Any] = {}
        match shape:
            case Uid() | Document():
                kind = "hidden" if isinstance(shape, Uid) else "document"
                more = {"kind": kind, "value": _cell(shape, raw)}
            case Words():
                kind = "texts" if shape.most > LONG else "words"
                more = {"kind": kind, "value": _source(raw), "wordings": _wordings(shape, raw, path)}
            case Parts():
                few = len(raw or ()) <= FEW
                parts = tuple(self._part(shape, one, (*path, n), few=few) for n, one in enumerate(raw or ()))
                more = {"kind": "parts", "parts": parts}
            case Personal():
                more = {"kind": "personal", "confided": tuple(self._confided(shape, raw, path))}
            case Several(each=Choice() as choice):
                more = {"kind": "several", "chosen": frozenset(map(str, raw or ()))}
                # What is chosen stands first, so that its order is sent back as it was.
                more["options"] = sorted(_named(choice), key=lambda one: _place(one[0], raw or ()))
            case Choice():
                more = {"kind": "choice", "options": _named(shape), "value": _cell(shape, raw)}
            case Flag():
                options = (("yes", _("Yes")), ("no", _("No")))
                more = {"kind": "choice", "options": options, "value": _cell(shape, raw)}
            case Reference():
                more = {"kind": "record", "referred": self.records(shape.kind, raw or "", path)}
            case Line() if shape == COUNTRY:
                more = {"kind": "choice", "options": _nearest_first(), "value": _cell(shape, raw)}
            case Line(form=None):
                more = {"kind": "text" if shape.most > LONG else "line", "value": _cell(shape, raw)}
            case _:
                more = _plain(shape, raw, control.hint)
        if path[-1] in COUNTED:
            more["kind"] = "hidden"
        return replace(control, **more)

    def _part(self, shape: Parts, raw: Mapping[str, Any], path: Path, *, few: bool) -> Part:
        """Return a part; it is unfolded where there are few, while it is empty, or if something is wrong."""
        wrong = any(at[: len(path)] == path for at in self.refusals)
        controls = tuple(self._control(fact, raw.get(fact.name), (*path, fact.name)) for fact in shape.facts)
        stands = raw.get("uid") in self.lasting
        return Part(controls, self.told(shape.facts, raw), few or not raw or wrong, stands)

    def _confided(self, shape: Personal, raw: Any, path: Path) -> Iterator[Control]:
        """Yield what is asked of a value about a person: the value itself, then the consent to show it."""
        typed = self.confided.get(raw, {}) if isinstance(raw, str) else raw or {}
        asked = {
            "value": Fact("value", shape.each, say("The value")),
            "given": Fact("given", Day(), say("Day of the consent")),
            "words": Fact("words", Line(1000), say("What was agreed to, as it was put")),
            "language": Fact("language", Line(12), say("In which language")),
        }
        spoken = tuple((one.tag, one.name) for one in house().deployment.languages)
        for name, fact in asked.items():
            control = self._control(fact, typed.get(name), (*path, name))
            yield replace(control, kind="choice", options=spoken) if name == "language" else control

    def _error(self, path: Path, *, whole: bool) -> str:
        """Return what is wrong at a path; with what lies within it, where that has no control of its own."""
        wrong = (
            said for at, said in self.refusals.items() if (at[: len(path)] == path if whole else at == path)
        )
        return " ".join(translate(said) for said in wrong)


def wrong(refused: Refused) -> dict[Path, Message]:
    """Return what was refused, by where it stands."""
    return {refusal.path: refusal.expected for refusal in refused.refusals}


def _cell(shape: Any, raw: Any) -> str:
    return str(shape.spread(raw)[""])


def _nearest_first() -> Pairs:
    """Return every country by the alphabet, after those that the ministry deals with by its settings."""
    near = {house().deployment.sending_state, *house().deployment.parties}
    return sorted(countries(), key=lambda one: one[0] not in near)


def _plain(shape: Any, raw: Any, hint: str) -> dict[str, Any]:
    """Return what a control of one line shows: a day or a moment, or else what is written."""
    if isinstance(shape, Day) and _reads(shape, raw):
        return {"kind": "day", "value": _cell(shape, raw)}
    if isinstance(shape, Instant) and (wall := _wall(shape, raw)) is not None:
        clocks = _("On the clocks of %(zone)s.", zone=str(house().deployment.legal_zone))
        return {"kind": "moment", "value": wall, "hint": f"{hint} {clocks}".strip()}
    expects = AS_KNOWN if isinstance(shape, Partial) else shape.expects
    return {"value": _cell(shape, raw), "hint": f"{hint} {translate(expects)}".strip()}


def _reads(shape: Any, raw: Any) -> bool:
    """Say whether a value is empty or of its shape, so that a control of its own can hold it."""
    try:
        return raw in (None, "") or bool(shape.parse(raw))
    except Wrong:
        return False


def _wall(shape: Instant, raw: Any) -> str | None:
    """Return a moment as the clocks of the ministry show it; None where they do not tell it apart."""
    if not _reads(shape, raw):
        return None
    if raw in (None, ""):
        return ""
    moment, zone = shape.parse(raw), house().deployment.legal_zone
    wall = moment.astimezone(zone).replace(tzinfo=None, fold=0)
    whole = not wall.microsecond and wall.replace(tzinfo=zone).astimezone(UTC) == moment
    return wall.isoformat(timespec="seconds" if wall.second else "minutes") if whole else None


def _named(choice: Choice) -> Pairs:
    return [(str(word), translate(choice.labels[word])) for word in choice.words]


def _place(word: str, chosen: Sequence[Any]) -> int:
    held = [str(one) for one in chosen]
    return held.index(word) if word in held else len(held)


def _source(raw: Any) -> str:
    return str((raw or {}).get("source") or "")


def _wordings(shape: Words, raw: Any, path: Path) -> tuple[Wording, ...]:
    name, cells = ".".join(map(str, path)), shape.spread(raw)
    first, states = _source(raw) or language().tag, (raw or {}).get("states") or {}
    asked = sorted(_asked(cells), key=lambda one: one.tag != first)
    return tuple(
        Wording(
            f"{name}.{one.tag}",
            one,
            cells.get(f".{one.tag}", ""),
            one.tag == first,
            str(states.get(one.tag, "")),
        )
        for one in asked
    )


def _asked(cells: Mapping[str, str]) -> Iterator[Language]:
    """Yield the languages a text is asked for in; Serbian Latin is derived, unless it was written by hand."""
    for offered in house().deployment.languages:
        if offered.tag != "sr-Latn" or cells.get(".sr-Latn"):
            yield offered
