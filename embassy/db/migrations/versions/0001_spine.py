"""The spine: records, their words, changes, revisions and the ledger."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
BYTE_ORDERED = sa.UnicodeText().with_variant(sa.UnicodeText(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("record_kind", sa.String(40), nullable=False),
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("audience", sa.String(40), nullable=False),
        sa.Column("publication", sa.String(40), nullable=False),
        sa.Column("reason", sa.UnicodeText(), nullable=False),
        sa.Column("source", sa.UnicodeText(), nullable=False),
        sa.Column("source_url", sa.UnicodeText(), nullable=False),
        sa.Column("shown_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("slug <> ''", name=op.f("ck_record_slug_is_given")),
        sa.ForeignKeyConstraint(["owner_id"], ["record.id"], name=op.f("fk_record_owner_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("record_kind", "slug", name=op.f("uq_record_record_kind_slug")),
        sa.UniqueConstraint("uid", name=op.f("uq_record_uid")),
    )
    op.create_index(
        op.f("ix_record_record_kind_publication_shown_from"),
        "record",
        ["record_kind", "publication", "shown_from"],
    )
    op.create_index(op.f("ix_record_shown_from"), "record", ["shown_from"])
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=True),
        sa.Column("record_kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("facts", FACTS, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_change_record_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("uid", name=op.f("uq_change_uid")),
    )
    op.create_index(op.f("ix_change_stage_due_at"), "change", ["stage", "due_at"])
    op.create_table(
        "former_slug",
        sa.Column("record_kind", sa.String(40), nullable=False),
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_former_slug_record_id_record")),
        sa.PrimaryKeyConstraint("record_kind", "slug", name=op.f("pk_former_slug")),
    )
    op.create_table(
        "link",
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"], ["record.id"], name=op.f("fk_link_from_id_record"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["record.id"], name=op.f("fk_link_to_id_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("from_id", "to_id", "role", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_to_id"), "link", ["to_id"])
    op.create_table(
        "record_words",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("shown_language", sa.String(12), nullable=False),
        sa.Column("title", sa.UnicodeText(), nullable=False),
        sa.Column("summary", sa.UnicodeText(), nullable=False),
        sa.Column("sort_key", BYTE_ORDERED, nullable=False),
        sa.Column("folded", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_record_words_record_id_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("record_id", "language", name=op.f("pk_record_words")),
    )
    op.create_index(op.f("ix_record_words_language_sort_key"), "record_words", ["language", "sort_key"])
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts", FACTS, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_revision_change_id_change")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_revision_record_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("record_id", "number", name=op.f("uq_revision_record_id_number")),
    )
    op.execute("INSERT INTO ledger (id, version) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_table("revision")
    op.drop_table("record_words")
    op.drop_table("link")
    op.drop_table("former_slug")
    op.drop_table("change")
    op.drop_table("record")
    op.drop_table("ledger")
