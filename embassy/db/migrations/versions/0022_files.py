"""Files that records hold, and the texts of agreements."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_says_something")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("uid", name=op.f("uq_stored_file_uid")),
        sa.UniqueConstraint("digest", name=op.f("uq_stored_file_digest")),
    )
    op.create_index(op.f("ix_stored_file_kept_sent_at"), "stored_file", ["kept", "sent_at"])
    op.create_table(
        "record_file",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_record_file_record_id_record"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_record_file_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("record_id", "file_id", name=op.f("pk_record_file")),
    )
    op.create_index(op.f("ix_record_file_file_id"), "record_file", ["file_id"])
    op.create_table(
        "agreement_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.UnicodeText(), nullable=False),
        sa.CheckConstraint("file_id IS NOT NULL OR url <> ''", name=op.f("ck_agreement_text_is_somewhere")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_text_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_agreement_text_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_text")),
    )
    op.create_index(op.f("ix_agreement_text_agreement_id"), "agreement_text", ["agreement_id"])
    op.create_index(op.f("ix_agreement_text_file_id"), "agreement_text", ["file_id"])


def downgrade() -> None:
    for table in ("agreement_text", "record_file", "stored_file"):
        op.drop_table(table)
