"""For whom agreements wait, and when they were signed and entered into force, for lists to ask.

Both follow from the acts and are written with the agreement; of those written before, they stay empty
until the next write.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

DAYS = ("signed_earliest", "signed_latest", "entered_earliest", "entered_latest")


def upgrade() -> None:
    op.create_table(
        "agreement_wait",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("party", sa.String(2), nullable=False),
        sa.Column("shown_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_to", sa.Date(), nullable=False),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_agreement_wait_known_in_order")),
        sa.CheckConstraint("shown_from < shown_to", name=op.f("ck_agreement_wait_shown_in_order")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_wait_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "agreement_id", "audience", "shown_from", "known_from", "party", name=op.f("pk_agreement_wait")
        ),
    )
    op.create_index(op.f("ix_agreement_wait_audience_party"), "agreement_wait", ["audience", "party"])
    for name in DAYS:
        op.add_column("agreement_status", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("agreement_status") as table:
        for name in DAYS:
            table.drop_column(name)
    op.drop_table("agreement_wait")
