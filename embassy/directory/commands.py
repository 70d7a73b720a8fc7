"""What the facts of a place, an organisation and a person may not say together."""

from collections.abc import Iterable, Iterator
from typing import Any

from embassy.core.facts import Refusal, Values
from embassy.core.folding import fold
from embassy.core.messages import say
from embassy.directory.models import Person, Place


def check_place(values: Values) -> list[Refusal]:
    """Return what in a place's facts does not fit together."""
    if (values["latitude"] is None) == (values["longitude"] is None):
        return []
    return [Refusal(("longitude",), None, say("Latitude and longitude stand together."))]


def place_rows(place: Place) -> dict[str, list[dict[str, Any]]]:
    """Return the names by which a place is found, each once."""
    names = {fold(name) for name in (*place.title.forms().values(), *place.other_names)} - {""}
    return {"found_by": [{"folded": name} for name in sorted(names)]}


def check_organisation(values: Values) -> list[Refusal]:
    """Return what in an organisation's facts does not fit together."""
    if values["parent"] != values["slug"]:
        return []
    return [Refusal(("parent",), values["parent"], say("A body cannot be a part of itself."))]


def check_person(values: Values) -> list[Refusal]:
    """Return what in a person's facts does not fit together."""
    return list(_backward(values))


def names_of(person: Person) -> Iterable[str]:
    """Return what a person is called, in every language and form."""
    texts = filter(None, (person.title, person.protocol_name))
    return dict.fromkeys(name for text in texts for name in text.forms().values())


def _backward(values: Values) -> Iterator[Refusal]:
    for number, one in enumerate(values["appointments"]):
        if one["ends"].is_before(one["begins"]):
            yield Refusal(
                ("appointments", number, "ends"), one["ends"], say("The end cannot lie before the beginning.")
            )
