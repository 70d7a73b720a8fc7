"""Who writes a change for which mission and why, the steps it takes, and whose each office is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("change") as change:
        change.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        change.add_column(sa.Column("why", sa.UnicodeText(), nullable=False, server_default=""))
        change.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        change.create_foreign_key(op.f("fk_change_owner_id_record"), "record", ["owner_id"], ["id"])
        change.create_index(op.f("ix_change_record_id"), ["record_id"])
    with op.batch_alter_table("change") as change:
        for name, kind in (("why", sa.UnicodeText()), ("version", sa.Integer())):
            change.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
    op.create_table(
        "change_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(40), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment", sa.UnicodeText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_step_change_id_change"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_step")),
    )
    op.create_index(op.f("ix_change_step_change_id"), "change_step", ["change_id"])
    record, office = (
        sa.table("record", sa.column("id"), sa.column("owner_id")),
        sa.table("office", sa.column("id"), sa.column("mission_id")),
    )
    mission = sa.select(office.c.mission_id).where(office.c.id == record.c.id).scalar_subquery()
    op.execute(sa.update(record).where(record.c.id.in_(sa.select(office.c.id))).values(owner_id=mission))


def downgrade() -> None:
    op.drop_table("change_step")
    with op.batch_alter_table("change") as change:
        change.drop_index(op.f("ix_change_record_id"))
        change.drop_constraint(op.f("fk_change_owner_id_record"), type_="foreignkey")
        for column in ("version", "why", "owner_id"):
            change.drop_column(column)
