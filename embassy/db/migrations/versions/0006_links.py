"""Offices refer to missions in the table of links too."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("INSERT INTO link (from_id, to_id, role) SELECT id, mission_id, 'mission' FROM office")
    op.execute(
        "INSERT INTO link (from_id, to_id, role) SELECT id, hours_confirmed_by_id, 'hours_confirmed_by' "
        "FROM office WHERE hours_confirmed_by_id IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE role IN ('mission', 'hours_confirmed_by')")
