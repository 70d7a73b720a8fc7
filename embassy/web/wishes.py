"""What a reader asks for in the address, read strictly."""

from enum import StrEnum
from typing import TypeVar

from flask import abort, request

Word = TypeVar("Word", bound=StrEnum)


def chosen(name: str, words: type[Word]) -> Word | None:
    """Return the word of a vocabulary in a parameter, None if it is empty; 400 for any other."""
    given = request.args.get(name, "")
    if not given:
        return None
    try:
        return words(given)
    except ValueError:
        abort(400)


def typed(name: str, most: int = 100) -> str:
    """Return what was typed into a field, at most `most` characters; 400 for more."""
    given = request.args.get(name, "").strip()
    if len(given) > most or "\x00" in given:
        abort(400)
    return given
