"""The audit chain, its head beside the content version, and the salt of each revision's digest."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BEGINNING = "0" * 64
ADDED = {
    "ledger": (
        ("audit_count", sa.Integer(), "0"),
        ("audit_head", sa.String(64), BEGINNING),
    ),
    "revision": (("salt", sa.String(32), ""),),
}


def upgrade() -> None:
    for name, columns in ADDED.items():
        with op.batch_alter_table(name) as table:
            for column, kind, first in columns:
                table.add_column(sa.Column(column, kind, nullable=False, server_default=first))
        with op.batch_alter_table(name) as table:
            for column, kind, _first in columns:
                table.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_about"), "audit_entry", ["about"])
    op.create_index(op.f("ix_audit_entry_who"), "audit_entry", ["who"])


def downgrade() -> None:
    op.drop_table("audit_entry")
    for name, columns in ADDED.items():
        with op.batch_alter_table(name) as table:
            for column, _kind, _first in columns:
                table.drop_column(column)
