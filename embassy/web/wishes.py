"""What a reader asks for in the address, read strictly."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request
from werkzeug.exceptions import BadRequest

from embassy.core.facts import Wrong
from embassy.core.messages import Message, say
from embassy.core.shapes import Day

Word = TypeVar("Word", bound=StrEnum)
LONGEST_SHOWN = 60


class Misread(BadRequest):
    """A wish we cannot follow; `said` tells the reader what was wrong with it and what to do."""

    def __init__(self, said: Message) -> None:
        super().__init__()
        self.said = said


def chosen(name: str, words: type[Word]) -> Word | None:
    """Return the word of a vocabulary in a parameter, None if it is empty; Misread for any other."""
    given = request.args.get(name, "")
    if not given:
        return None
    try:
        return words(given)
    except ValueError:
        wrong = say(
            "“%(value)s” is none of the choices for “%(field)s”. Go back and choose one of them.",
            value=given[:LONGEST_SHOWN],
            field=name,
        )
        raise Misread(wrong) from None


def year_chosen(name: str) -> int | None:
    """Return the year in a parameter, None if it is empty; Misread for what is none."""
    given = typed(name)
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) == 4 and int(given)):
        raise Misread(say("“%(value)s” is no year. Go back and choose one, such as 2015.", value=given))
    return int(given)


def day_chosen(name: str) -> date | None:
    """Return the day in a parameter, None if it is empty; Misread for what is none."""
    given = typed(name)
    if not given:
        return None
    try:
        return Day().parse(given)
    except Wrong:
        raise Misread(
            say("“%(value)s” is no day. Go back and choose one, such as 2013-12-09.", value=given)
        ) from None


def month_chosen(name: str) -> date | None:
    """Return the first day of the month in a parameter, None if it is empty; Misread for what is none."""
    given = typed(name)
    if not given:
        return None
    try:
        return Day().parse(f"{given}-01")
    except Wrong:
        wrong = say("“%(value)s” is no month. Go back and choose one, such as 2026-12.", value=given)
        raise Misread(wrong) from None


def typed(name: str, most: int = 100) -> str:
    """Return what was typed into a field, at most `most` characters; Misread for more."""
    given = request.args.get(name, "").strip()
    if len(given) > most or "\x00" in given:
        raise Misread(say("What stands in “%(field)s” is too long. Go back and shorten it.", field=name))
    return given
