"""How far each record has come in each language, as its latest revision tells it."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
WORDS = sa.table("record_words", sa.column("record_id"), sa.column("language"), sa.column("standing"))
REVISION = sa.table("revision", sa.column("record_id"), sa.column("number"), sa.column("facts", FACTS))
ORDER = ("current", "draft", "outdated", "missing")


def upgrade() -> None:
    with op.batch_alter_table("record_words") as words:
        words.add_column(sa.Column("standing", sa.String(40), nullable=False, server_default="missing"))
        words.create_index(op.f("ix_record_words_language_standing"), ["language", "standing"])
    connection = op.get_bind()
    languages = connection.scalars(sa.select(WORDS.c.language).distinct()).all()
    told = sa.select(REVISION.c.record_id, REVISION.c.facts).order_by(REVISION.c.record_id, REVISION.c.number)
    latest = {row.record_id: row.facts for row in connection.execute(told)}
    for record, facts in latest.items():
        texts = list(_texts(facts))
        for tag in languages:
            standing = max((_standing(text, tag) for text in texts), key=ORDER.index, default="current")
            held = (WORDS.c.record_id == record, WORDS.c.language == tag)
            connection.execute(sa.update(WORDS).where(*held).values(standing=standing))
    with op.batch_alter_table("record_words") as words:
        words.alter_column(
            "standing", existing_type=sa.String(40), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    with op.batch_alter_table("record_words") as words:
        words.drop_index(op.f("ix_record_words_language_standing"))
        words.drop_column("standing")


def _texts(facts: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every text in several languages; each names its source."""
    if isinstance(facts, Mapping) and isinstance(facts.get("source"), str) and facts["source"] in facts:
        yield facts
    inner = facts.values() if isinstance(facts, Mapping) else facts if isinstance(facts, list) else ()
    for value in inner:
        yield from _texts(value)


def _standing(text: Mapping[str, Any], tag: str) -> str:
    if tag == "sr-Latn" and not text.get(tag):
        return _standing(text, "sr")
    if tag == text["source"]:
        return "current"
    return text.get("states", {}).get(tag, "current") if text.get(tag) else "missing"
