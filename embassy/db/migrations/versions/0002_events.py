"""Events and the days they take place on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", FACTS, nullable=False),
        sa.Column("summary", FACTS, nullable=False),
        sa.Column("description", FACTS, nullable=True),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("first_day_earliest", sa.Date(), nullable=True),
        sa.Column("first_day_latest", sa.Date(), nullable=True),
        sa.Column("last_day_earliest", sa.Date(), nullable=True),
        sa.Column("last_day_latest", sa.Date(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("recurrence", sa.String(200), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("city", sa.String(120), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("place_note", FACTS, nullable=True),
        sa.Column("online_link", sa.UnicodeText(), nullable=False),
        sa.Column("organisers", FACTS, nullable=False),
        sa.Column("performers", FACTS, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts IS NOT NULL OR ends IS NULL", name=op.f("ck_event_no_end_without_start")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_event_sequence_never_negative")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_event_id_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_category"), "event", ["category"])
    op.create_table(
        "event_occurrence",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_event_occurrence_in_order")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_occurrence_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "first_day", name=op.f("pk_event_occurrence")),
    )
    op.create_index(
        op.f("ix_event_occurrence_last_day_first_day"), "event_occurrence", ["last_day", "first_day"]
    )


def downgrade() -> None:
    op.drop_table("event_occurrence")
    op.drop_table("event")
