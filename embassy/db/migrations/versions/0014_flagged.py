"""Which published changes a second person has not looked at yet."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("change") as change:
        change.add_column(sa.Column("flagged", sa.Boolean(), nullable=False, server_default=sa.false()))
        change.create_index(op.f("ix_change_flagged"), ["flagged"])
    with op.batch_alter_table("change") as change:
        change.alter_column(
            "flagged", existing_type=sa.Boolean(), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    with op.batch_alter_table("change") as change:
        change.drop_index(op.f("ix_change_flagged"))
        change.drop_column("flagged")
