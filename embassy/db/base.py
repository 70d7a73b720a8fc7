"""The declarative base, the naming of constraints, and the column types said once."""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Date, DateTime, Dialect, MetaData, String, Time, UnicodeText
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Composite, DeclarativeBase, Mapped, composite, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from embassy.core.facts import Values
from embassy.core.partial import PartialDate
from embassy.core.text import Localized, Translation

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Word = TypeVar("Word", bound=StrEnum)
Facts = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
ByteOrdered = UnicodeText().with_variant(UnicodeText(collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its offset.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


class LocalizedText(TypeDecorator[Localized]):
    """A text in several languages as one JSON value; no query reads inside it."""

    impl = Facts
    cache_ok = True

    def process_bind_param(self, value: Localized | None, dialect: Dialect) -> Any:  # noqa: ARG002
        if value is None:
            return None
        return {"source": value.source, "texts": dict(value.texts), "states": dict(value.states)}

    def process_result_value(self, value: Any, dialect: Dialect) -> Localized | None:  # noqa: ARG002
        if value is None:
            return None
        states = {tag: Translation(state) for tag, state in value["states"].items()}
        return Localized(value["source"], value["texts"], states)


class Vocabulary(TypeDecorator[Word], Generic[Word]):
    """A word of a StrEnum, kept as itself."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Word | None:  # noqa: ARG002
        return None if value is None else self.words(value)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime(),
        date: Date(),
        time: Time(),
        str: UnicodeText(),
        Localized: LocalizedText(),
        Values: Facts,
    }


def vocabulary(words: type[Word], **options: Any) -> Mapped[Any]:
    """Return a column that holds one word of a vocabulary."""
    return cast(Mapped[Any], mapped_column(Vocabulary(words), **options))


def partial_date(earliest: str, latest: str) -> Composite[PartialDate]:
    """Return a date known in part over two columns, its earliest and its latest day."""
    return composite(PartialDate, earliest, latest, return_none_on=None)
