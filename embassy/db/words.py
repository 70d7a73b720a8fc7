"""Finding records by the words of their title and summary, whatever their case, accents or script."""

from sqlalchemy import ColumnElement

from embassy.core.folding import fold
from embassy.db.record import RecordWords

MOST_WORDS = 10


def holding(text: str) -> list[ColumnElement[bool]]:
    """Return the conditions that a record's words hold each word of the text; beyond ten, none count."""
    words = list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]
    return [RecordWords.folded.contains(word) for word in words]
