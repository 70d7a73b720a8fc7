"""Files held for a day while their sender says which column is which."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("record_kind", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(120), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_file")),
        sa.UniqueConstraint("uid", name=op.f("uq_held_file_uid")),
        sa.UniqueConstraint("holder", "record_kind", name=op.f("uq_held_file_holder_record_kind")),
    )
    op.create_index(op.f("ix_held_file_held_at"), "held_file", ["held_at"])


def downgrade() -> None:
    op.drop_table("held_file")
