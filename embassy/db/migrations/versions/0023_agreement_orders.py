"""The days of signature and of entry into force, in order, for lists to begin with."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

DAYS = ("signed_earliest", "entered_earliest")


def upgrade() -> None:
    for day in DAYS:
        op.create_index(op.f(f"ix_agreement_status_audience_{day}"), "agreement_status", ["audience", day])


def downgrade() -> None:
    for day in DAYS:
        op.drop_index(op.f(f"ix_agreement_status_audience_{day}"), "agreement_status")
