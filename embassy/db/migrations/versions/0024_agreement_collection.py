"""For what an agreement is kept; those there already are the service's own."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agreement") as agreement:
        agreement.add_column(sa.Column("collection", sa.String(40), nullable=False, server_default="own"))
        agreement.create_index(op.f("ix_agreement_collection"), ["collection"])
    with op.batch_alter_table("agreement") as agreement:
        agreement.alter_column(
            "collection", existing_type=sa.String(40), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    with op.batch_alter_table("agreement") as agreement:
        agreement.drop_index(op.f("ix_agreement_collection"))
        agreement.drop_column("collection")
