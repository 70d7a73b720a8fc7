"""A contact card, vCard 4.0 (RFC 6350): folded, escaped, in UTF-8."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from icalendar.parser import Contentline, Parameters
from icalendar.prop import vInline

from embassy.core.ical_values import ESCAPES, clean


@dataclass(frozen=True)
class Property:
    """One line of a card; `value` stands as it is written, `parameters` are quoted where they need it."""

    name: str
    value: str
    parameters: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def text(words: str) -> str:
    """Return a text as a value: commas, semicolons, backslashes and line breaks escaped (RFC 6350, 3.4)."""
    return clean(words).translate(ESCAPES)


def texts(*fields: str | Iterable[str]) -> str:
    """Return a compound value: fields between semicolons, several values of one between commas."""
    several = ((one,) if isinstance(one, str) else one for one in fields)
    return ";".join(",".join(map(text, values)) for values in several)


def write(properties: Iterable[Property]) -> bytes:
    """Return a card of these properties, the version before all of them (RFC 6350, 6.7.9)."""
    lines = [Property("BEGIN", "VCARD"), Property("VERSION", "4.0"), *properties, Property("END", "VCARD")]
    written = (Contentline.from_parts(one.name, _parameters(one), vInline(one.value)) for one in lines)
    return b"".join(line.to_ical() + b"\r\n" for line in written)


def _parameters(one: Property) -> Parameters:
    """Return a line's parameters, where neither line breaks nor quotation marks have a place."""
    cleaned = {
        name: clean(value).replace("\n", ", ").replace('"', "'") if isinstance(value, str) else list(value)
        for name, value in one.parameters.items()
    }
    return Parameters(cleaned)
