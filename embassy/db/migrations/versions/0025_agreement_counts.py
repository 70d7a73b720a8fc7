"""From when lists may hold an agreement, beside each status, so that counting reads one index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

COUNTED = (
    *("audience", "status", "last_day", "first_day", "known_from", "known_to"),
    *("shown_from", "shown_to", "listed_from", "agreement_id"),
)
BEGUN = ("audience", "start_earliest", "known_from", "known_to", "shown_from", "shown_to", "agreement_id")
PARTS = (("agreement_party", "country"), ("agreement_topic", "subject"))


def upgrade() -> None:
    op.add_column("agreement_status", sa.Column("listed_from", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE agreement_status SET listed_from = record.shown_from FROM record"
        " WHERE record.id = agreement_id AND record.publication <> 'withdrawn' AND record.audience = 'public'"
        " AND agreement_status.audience = 'public'"
    )
    op.execute(
        "UPDATE agreement_status SET listed_from = agreement_status.shown_from FROM record"
        " WHERE record.id = agreement_id AND record.publication <> 'withdrawn'"
        " AND agreement_status.audience = 'staff'"
    )
    op.drop_index("ix_agreement_status_audience_status_first_day", "agreement_status")
    op.create_index("ix_agreement_status_counted", "agreement_status", COUNTED)
    op.drop_index("ix_agreement_status_audience_start_earliest", "agreement_status")
    op.create_index("ix_agreement_status_begun", "agreement_status", BEGUN)
    for table, column in PARTS:
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}_agreement_id", table, [column, "agreement_id"])
    op.drop_index("ix_record_record_kind_publication_shown_from", "record")
    op.create_index(
        "ix_record_record_kind_audience_publication_shown_from",
        "record",
        ["record_kind", "audience", "publication", "shown_from"],
    )


def downgrade() -> None:
    op.drop_index("ix_record_record_kind_audience_publication_shown_from", "record")
    op.create_index(
        "ix_record_record_kind_publication_shown_from", "record", ["record_kind", "publication", "shown_from"]
    )
    for table, column in PARTS:
        op.drop_index(f"ix_{table}_{column}_agreement_id", table)
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_index("ix_agreement_status_begun", "agreement_status")
    op.create_index(
        "ix_agreement_status_audience_start_earliest", "agreement_status", ["audience", "start_earliest"]
    )
    op.drop_index("ix_agreement_status_counted", "agreement_status")
    op.create_index(
        "ix_agreement_status_audience_status_first_day",
        "agreement_status",
        ["audience", "status", "first_day"],
    )
    with op.batch_alter_table("agreement_status") as status:
        status.drop_column("listed_from")
