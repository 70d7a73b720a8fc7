"""Finding records of every kind by the words of their title and summary."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from embassy.core.access import Viewer
from embassy.db.record import Record, RecordWords
from embassy.db.visibility import findable
from embassy.db.words import holding


def matching(text: str, language: str, viewer: Viewer) -> Select[Any]:
    """Select the words rows, with their records, that hold every word of the text, folded."""
    found = (
        select(RecordWords)
        .join(RecordWords.record)
        .options(contains_eager(RecordWords.record.of_type(Record)))
        .where(RecordWords.language == language, findable(viewer))
        .order_by(RecordWords.sort_key, RecordWords.record_id)
    )
    return found.where(*holding(text))
