"""Values about people, kept apart from records and their history; what was erased, to be erased again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ADDED = ("person", "own_mailbox", "phone")


def upgrade() -> None:
    op.create_table(
        "personal_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.UnicodeText(), nullable=False),
        sa.Column("given", sa.Date(), nullable=True),
        sa.Column("words", sa.UnicodeText(), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(given IS NULL) = (words = '')", name=op.f("ck_personal_value_consent_is_whole")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_personal_value_record_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_value")),
        sa.UniqueConstraint("uid", name=op.f("uq_personal_value_uid")),
    )
    op.create_index(op.f("ix_personal_value_record_id"), "personal_value", ["record_id"])
    facts = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("marks", facts, nullable=False),
        sa.Column("records", facts, nullable=False),
        sa.Column("personal", facts, nullable=False),
        sa.Column("consents", facts, nullable=False),
        sa.Column("compacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("uid", name=op.f("uq_erasure_uid")),
    )
    with op.batch_alter_table("contact_point") as table:
        for name in ADDED:
            table.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_contact_point_{name}_personal_value"),
                "personal_value",
                [name],
                ["uid"],
                ondelete="SET NULL",
            )
            table.create_index(op.f(f"ix_contact_point_{name}"), [name])


def downgrade() -> None:
    with op.batch_alter_table("contact_point") as table:
        for name in ADDED:
            table.drop_index(op.f(f"ix_contact_point_{name}"))
            table.drop_constraint(op.f(f"fk_contact_point_{name}_personal_value"), type_="foreignkey")
            table.drop_column(name)
    op.drop_table("erasure")
    op.drop_table("personal_value")
