"""Agreements, their parties, steps, acts and clause, and the status that follows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", FACTS, nullable=False),
        sa.Column("summary", FACTS, nullable=False),
        sa.Column("guide", FACTS, nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("binding", sa.String(40), nullable=True),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("subjects", FACTS, nullable=False),
        sa.Column("place", FACTS, nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_agreement_id_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_kind"), "agreement", ["kind"])
    op.create_table(
        "agreement_act",
        sa.Column("uid", sa.String(60), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("party", sa.String(12), nullable=True),
        sa.Column("step", sa.String(60), nullable=True),
        sa.Column("event_earliest", sa.Date(), nullable=True),
        sa.Column("event_latest", sa.Date(), nullable=True),
        sa.Column("received_earliest", sa.Date(), nullable=True),
        sa.Column("received_latest", sa.Date(), nullable=True),
        sa.Column("effective_earliest", sa.Date(), nullable=True),
        sa.Column("effective_latest", sa.Date(), nullable=True),
        sa.Column("scope", FACTS, nullable=False),
        sa.Column("consent", sa.String(40), nullable=True),
        sa.Column("source_kind", sa.String(40), nullable=False),
        sa.Column("citation", FACTS, nullable=False),
        sa.Column("url", sa.UnicodeText(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("corrects", sa.String(60), nullable=True),
        sa.Column("reason", sa.UnicodeText(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_act_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_act")),
        sa.UniqueConstraint("agreement_id", "uid", name=op.f("uq_agreement_act_agreement_id_uid")),
    )
    op.create_index(op.f("ix_agreement_act_agreement_id"), "agreement_act", ["agreement_id"])
    op.create_index(op.f("ix_agreement_act_shown_from"), "agreement_act", ["shown_from"])
    op.create_table(
        "agreement_clause",
        sa.Column("text", FACTS, nullable=True),
        sa.Column("article", sa.String(60), nullable=False),
        sa.Column("trigger", sa.String(40), nullable=False),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("deposits", sa.Integer(), nullable=True),
        sa.Column("fixed", sa.Date(), nullable=True),
        sa.Column("month_end", sa.String(40), nullable=True),
        sa.Column("floor", sa.Date(), nullable=True),
        sa.Column("override", sa.UnicodeText(), nullable=False),
        sa.Column("verified_by", sa.UnicodeText(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("position = 0", name=op.f("ck_agreement_clause_at_most_one")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_clause_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_clause")),
    )
    op.create_index(op.f("ix_agreement_clause_agreement_id"), "agreement_clause", ["agreement_id"])
    op.create_table(
        "agreement_party",
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("name", FACTS, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("country <> '' OR name IS NOT NULL", name=op.f("ck_agreement_party_is_named")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_party_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
    )
    op.create_index(op.f("ix_agreement_party_agreement_id"), "agreement_party", ["agreement_id"])
    op.create_index(op.f("ix_agreement_party_country"), "agreement_party", ["country"])
    op.create_table(
        "agreement_status",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("shown_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_to", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("start_earliest", sa.Date(), nullable=True),
        sa.Column("start_latest", sa.Date(), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_agreement_status_days_in_order")),
        sa.CheckConstraint("known_from < known_to", name=op.f("ck_agreement_status_known_in_order")),
        sa.CheckConstraint("shown_from < shown_to", name=op.f("ck_agreement_status_shown_in_order")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_status_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "agreement_id",
            "audience",
            "shown_from",
            "known_from",
            "first_day",
            name=op.f("pk_agreement_status"),
        ),
    )
    op.create_index(
        op.f("ix_agreement_status_audience_first_day"), "agreement_status", ["audience", "first_day"]
    )
    op.create_index(
        op.f("ix_agreement_status_audience_start_earliest"),
        "agreement_status",
        ["audience", "start_earliest"],
    )
    op.create_index(
        op.f("ix_agreement_status_audience_status_first_day"),
        "agreement_status",
        ["audience", "status", "first_day"],
    )
    op.create_table(
        "agreement_step",
        sa.Column("uid", sa.String(60), nullable=False),
        sa.Column("party", sa.String(12), nullable=False),
        sa.Column("body", FACTS, nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("instrument", sa.String(40), nullable=True),
        sa.Column("required", sa.String(40), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("legal_basis", sa.UnicodeText(), nullable=False),
        sa.Column("known_from", sa.Date(), nullable=True),
        sa.Column("replaces", sa.String(60), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_step_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_step")),
        sa.UniqueConstraint("agreement_id", "uid", name=op.f("uq_agreement_step_agreement_id_uid")),
    )
    op.create_index(op.f("ix_agreement_step_agreement_id"), "agreement_step", ["agreement_id"])
    op.create_table(
        "agreement_topic",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_topic_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("agreement_id", "subject", name=op.f("pk_agreement_topic")),
    )
    op.create_index(op.f("ix_agreement_topic_subject"), "agreement_topic", ["subject"])


def downgrade() -> None:
    op.drop_table("agreement_topic")
    op.drop_table("agreement_step")
    op.drop_table("agreement_status")
    op.drop_table("agreement_party")
    op.drop_table("agreement_clause")
    op.drop_table("agreement_act")
    op.drop_table("agreement")
