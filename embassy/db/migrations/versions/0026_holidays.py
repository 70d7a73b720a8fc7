"""The part of the country whose holidays an office keeps; none for those that are there already."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("office") as office:
        office.add_column(sa.Column("region", sa.String(20), nullable=False, server_default=""))
    with op.batch_alter_table("office") as office:
        office.alter_column(
            "region", existing_type=sa.String(20), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    with op.batch_alter_table("office") as office:
        office.drop_column("region")
