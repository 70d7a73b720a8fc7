"""Column types: what goes in comes out, and what does not belong is refused."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import literal, null, select, type_coerce
from sqlalchemy.exc import StatementError
from sqlalchemy.types import TypeEngine

from embassy.core.access import Audience
from embassy.core.text import Localized, Translation
from embassy.db.base import LocalizedText, UtcDateTime, Vocabulary
from embassy.db.database import Database

TIRANA = timezone(timedelta(hours=2))
TEXT = Localized("en", {"en": "four", "sq": "katër"}, {"sq": Translation.draft})


@pytest.mark.parametrize(
    ("kept_as", "value", "found"),
    [
        (UtcDateTime(), datetime(2026, 7, 1, 9, tzinfo=TIRANA), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (LocalizedText(), TEXT, TEXT),
        (Vocabulary(Audience), Audience.staff, Audience.staff),
        (Vocabulary(Audience), "staff", Audience.staff),
    ],
)
def test_a_value_comes_back_as_it_was(
    filled: Database, kept_as: TypeEngine[Any], value: object, found: object
) -> None:
    with filled.reading() as session:
        assert session.scalar(select(type_coerce(literal(value, kept_as), kept_as))) == found


@pytest.mark.parametrize("kept_as", [UtcDateTime(), LocalizedText(), Vocabulary(Audience)])
def test_nothing_stays_nothing(filled: Database, kept_as: TypeEngine[Any]) -> None:
    with filled.reading() as session:
        assert session.scalar(select(type_coerce(null(), kept_as))) is None
        assert session.scalar(select(literal(None, kept_as))) is None


@pytest.mark.parametrize(
    ("kept_as", "value", "told"),
    [
        (UtcDateTime(), datetime(2026, 7, 1, 9), "A moment needs its offset."),  # noqa: DTZ001 - refused
        (Vocabulary(Audience), "everybody", "'everybody' is not a valid Audience"),
    ],
)
def test_what_does_not_belong_is_refused(
    filled: Database, kept_as: TypeEngine[Any], value: object, told: str
) -> None:
    with filled.reading() as session, pytest.raises(StatementError) as refused:
        session.scalar(select(literal(value, kept_as)))

    assert str(refused.value.orig) == told
