"""Sentences for people, written where the rule is and translated where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """One English sentence with named placeholders, as its catalogue entry has it, and their values.

    A value may itself be a Message; it is translated before it is put in.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int = 1

    def __str__(self) -> str:
        template = self.plural if self.plural is not None and self.count != 1 else self.text
        return template % self.values if self.values else template


def say(text: str, /, **values: object) -> Message:
    """Mark a sentence for translation (`pybabel extract -k say`) and bind its values."""
    return Message(text, values)


def say_many(text: str, plural: str, count: int, /, **values: object) -> Message:
    """Mark a sentence with a plural (`pybabel extract -k say_many:1,2`); `num` is the count."""
    return Message(text, {"num": count, **values}, plural, count)
