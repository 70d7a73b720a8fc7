"""When readers last noticed a change of what is hidden from them now, as the revisions tell it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
RECORD = sa.table("record", sa.column("id"), sa.column("told_at", sa.DateTime(timezone=True)))
REVISION = sa.table(
    "revision",
    sa.column("record_id"),
    sa.column("number"),
    sa.column("facts", FACTS),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    untold = sa.select(RECORD.c.id).where(RECORD.c.told_at.is_(None))
    written = sa.select(REVISION.c.record_id, REVISION.c.facts, REVISION.c.recorded_at)
    written = written.where(REVISION.c.record_id.in_(untold))
    connection = op.get_bind()
    before: dict[int, Mapping[str, Any]] = {}
    told: dict[int, datetime] = {}
    for record, facts, recorded_at in connection.execute(written.order_by(REVISION.c.number)):
        if _is_read(facts, recorded_at) or (record in before and _is_read(before[record], recorded_at)):
            told[record] = recorded_at
        before[record] = facts
    for record, told_at in told.items():
        connection.execute(sa.update(RECORD).where(RECORD.c.id == record).values(told_at=told_at))


def downgrade() -> None:
    """Leave what is true before this step as well."""


def _is_read(facts: Mapping[str, Any], now: datetime) -> bool:
    """Say whether readers saw a record with these facts, of which empty ones are left out."""
    withheld = facts["publication"] == "withdrawn" and "reason" not in facts
    moment = now if now.tzinfo else now.replace(tzinfo=UTC)  # SQLite gives UTC without saying so.
    began = datetime.fromisoformat(facts["shown_from"]) <= moment
    return facts["audience"] == "public" and began and not withheld
