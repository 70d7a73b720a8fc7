"""The shapes a single value comes in: text, dates, choices, numbers, times, references."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from embassy.core.facts import Wrong
from embassy.core.messages import Message, say
from embassy.core.partial import PartialDate, PartialDateError
from embassy.core.tzdb import names as zone_names

# Besides control characters: separators that end a line in scripts, and halves of surrogate pairs.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
# Far enough for treaties and their terms, and short of where calendars and clocks end.
YEARS = range(1000, 3000)
WHOLE = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)


class _OneCell:
    """What all shapes that fill a single column share."""

    def dump(self, value: Any) -> Any:
        return str(value)

    def suffixes(self) -> tuple[str, ...]:
        return ("",)

    def gather(self, cells: Mapping[str, str]) -> Any:
        return cells[""].strip() or None

    def spread(self, dumped: Any) -> Mapping[str, str]:
        return {"": "" if dumped is None else str(dumped)}


def plain(raw: Any) -> str:
    """Return text without control characters and outer white space; raises Wrong if it is no text."""
    if not isinstance(raw, str):
        raise Wrong(say("Text is expected here."))
    return CONTROL.sub("", raw.replace("\r\n", "\n")).strip()


@dataclass(frozen=True)
class Line(_OneCell):
    """Plain text of at most `most` characters, the same in every language."""

    most: int = 500
    pattern: str = ""
    form: Message | None = None

    @property
    def expects(self) -> Message:
        return self.form or say("Text of at most %(most)d characters.", most=self.most)

    def parse(self, raw: Any) -> str:
        text = plain(raw)
        if len(text) > self.most or (self.pattern and not re.fullmatch(self.pattern, text)):
            raise Wrong(self.expects)
        return text


SLUG = Line(
    120,
    r"[a-z0-9]+(-[a-z0-9]+)*",
    say("Small letters a to z, figures and single hyphens, such as “gala-concert-2012”."),
)
COUNTRY = Line(2, r"[A-Z]{2}", say("A two-letter ISO 3166-1 country code in capitals, such as BE."))
WEB = Line(2000, r"https?://[^\s]+", say("A web address that begins with https:// or http://."))
MAILBOX = Line(
    254,
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
    say("A mailbox such as consulate@example.org."),
)


@dataclass(frozen=True)
class Choice(_OneCell):
    """One word of a vocabulary; `labels` are what people call the words."""

    words: type[StrEnum]
    labels: Mapping[Any, Message] = field(compare=False)

    @property
    def expects(self) -> Message:
        return say("One of: %(words)s.", words=", ".join(self.words))

    def parse(self, raw: Any) -> StrEnum:
        try:
            return self.words(raw)
        except ValueError:
            raise Wrong(self.expects) from None


@dataclass(frozen=True)
class Flag(_OneCell):
    """Yes or no."""

    expects: Message = say("Write “yes” or “no”.")

    def parse(self, raw: Any) -> bool:
        known = {"yes": True, "no": False, True: True, False: False}
        if not isinstance(raw, str | bool) or raw not in known:
            raise Wrong(self.expects)
        return known[raw]

    def dump(self, value: bool) -> str:
        return "yes" if value else "no"


@dataclass(frozen=True)
class Number(_OneCell):
    """A whole or decimal number between `least` and `most`."""

    least: float
    most: float
    whole: bool = True

    @property
    def expects(self) -> Message:
        if self.whole:
            return say(
                "A whole number from %(least)d to %(most)d.", least=int(self.least), most=int(self.most)
            )
        return say("A number from %(least)s to %(most)s.", least=self.least, most=self.most)

    def parse(self, raw: Any) -> int | float:
        if not self._is_number(raw):
            raise Wrong(self.expects)
        try:
            number = int(raw) if self.whole else float(raw)
        except (ValueError, OverflowError):
            raise Wrong(self.expects) from None
        if not self.least <= number <= self.most:
            raise Wrong(self.expects)
        return number

    def _is_number(self, raw: Any) -> bool:
        if isinstance(raw, str):
            return (WHOLE if self.whole else DECIMAL).fullmatch(raw) is not None
        if isinstance(raw, float):
            return not self.whole or raw.is_integer()
        return isinstance(raw, int) and not isinstance(raw, bool)

    def dump(self, value: float) -> int | float:
        return value


@dataclass(frozen=True)
class Day(_OneCell):
    """One calendar day."""

    expects: Message = say("A day as year-month-day, such as 2013-12-09, from the year 1000 to 2999.")

    def parse(self, raw: Any) -> date:
        if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
            raise Wrong(self.expects)
        try:
            day = date.fromisoformat(raw)
        except ValueError:
            raise Wrong(self.expects) from None
        if day.year not in YEARS:
            raise Wrong(self.expects)
        return day


@dataclass(frozen=True)
class Partial(_OneCell):
    """A date as far as it is known."""

    expects: Message = say(
        "A date as far as it is known: 2013-12-09, 2013-12, 2013, "
        "../2013-12-09 (not after) or 2013-12-09/.. (not before)."
    )

    def parse(self, raw: Any) -> PartialDate:
        try:
            known = PartialDate.parse(raw)
        except (PartialDateError, TypeError, AttributeError):
            raise Wrong(self.expects) from None
        if any(day is not None and day.year not in YEARS for day in (known.earliest, known.latest)):
            raise Wrong(self.expects)
        return known


@dataclass(frozen=True)
class Instant(_OneCell):
    """A moment with its offset; kept in UTC."""

    expects: Message = say("A moment with its offset, such as 2014-05-14T09:00+02:00 or 2014-05-14T07:00Z.")

    def parse(self, raw: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(raw)
        except (ValueError, TypeError):
            raise Wrong(self.expects) from None
        if moment.tzinfo is None or moment.year not in YEARS:
            raise Wrong(self.expects)
        return moment.astimezone(UTC)

    def dump(self, value: datetime) -> str:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True)
class Clock(_OneCell):
    """A time of day on the wall of the place concerned."""

    expects: Message = say("A time on the 24-hour clock, such as 09:00; 24:00 is the end of the day.")

    def parse(self, raw: Any) -> time:
        if not isinstance(raw, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", raw):
            raise Wrong(self.expects)
        return time(0) if raw == "24:00" else time.fromisoformat(raw)

    def dump(self, value: time) -> str:
        return value.strftime("%H:%M")


@dataclass(frozen=True)
class Zone(_OneCell):
    """A time zone of the tz database."""

    expects: Message = say("A time zone by its IANA name, such as Europe/Brussels.")

    def parse(self, raw: Any) -> str:
        if not isinstance(raw, str) or raw not in zone_names():
            raise Wrong(self.expects)
        return raw


@dataclass(frozen=True)
class Uid(_OneCell):
    """The identity that never changes."""

    expects: Message = say("A UUID, such as 0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a.")

    def parse(self, raw: Any) -> uuid.UUID:
        try:
            return uuid.UUID(raw)
        except (ValueError, TypeError, AttributeError):
            raise Wrong(self.expects) from None


@dataclass(frozen=True)
class Phone(_OneCell):
    """A telephone number, kept as E.164; without a country code it is one of `country`."""

    country: str = ""
    expects: Message = say("A telephone number with its country code, such as +32 2 640 14 22.")

    def placed(self, country: str) -> "Phone":
        """Return the shape of numbers as people in a country write them down."""
        return replace(self, country=country)

    def parse(self, raw: Any) -> str:
        import phonenumbers

        try:
            number = phonenumbers.parse(plain(raw), self.country or None)
        except phonenumbers.NumberParseException:
            raise Wrong(self.expects) from None
        if number.extension:
            raise Wrong(say("A telephone number without an extension."))
        length = phonenumbers.is_possible_number_with_reason(number)
        if length == phonenumbers.ValidationResult.TOO_LONG:
            raise Wrong(
                say("Fewer figures: no number after +%(code)d has so many.", code=number.country_code)
            )
        if length != phonenumbers.ValidationResult.IS_POSSIBLE:
            raise Wrong(say("More figures: no number after +%(code)d has so few.", code=number.country_code))
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True)
class Reference(_OneCell):
    """Another record of a kind, by its slug."""

    kind: str

    @property
    def expects(self) -> Message:
        return say("The slug of a record of the kind “%(kind)s” that exists already.", kind=self.kind)

    def parse(self, raw: Any) -> str:
        return SLUG.parse(raw)


@dataclass(frozen=True)
class Document(_OneCell):
    """A PDF that the service holds, by the SHA-256 of its bytes in hexadecimal figures (FIPS 180-4)."""

    expects: Message = say(
        "The SHA-256 of a PDF held here, in 64 small hexadecimal figures; “embassy file add” takes one in."
    )

    def parse(self, raw: Any) -> str:
        if not isinstance(raw, str) or not re.fullmatch("[0-9a-f]{64}", raw):
            raise Wrong(self.expects)
        return raw
