"""When readers could last notice a change of a record."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("record", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE record SET told_at = changed_at WHERE audience = 'public' AND shown_from <= changed_at "
        "AND NOT (publication = 'withdrawn' AND reason = '')"
    )


def downgrade() -> None:
    op.drop_column("record", "told_at")
