"""Associations, their contact points and topics."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "association",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", FACTS, nullable=False),
        sa.Column("summary", FACTS, nullable=False),
        sa.Column("description", FACTS, nullable=True),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("interests", FACTS, nullable=False),
        sa.Column("founded_earliest", sa.Date(), nullable=True),
        sa.Column("founded_latest", sa.Date(), nullable=True),
        sa.Column("web", sa.UnicodeText(), nullable=False),
        sa.Column("last_confirmed", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["record.id"], name=op.f("fk_association_id_record"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_association_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association")),
    )
    op.create_index(op.f("ix_association_country"), "association", ["country"])
    op.create_index(op.f("ix_association_place_id"), "association", ["place_id"])
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", FACTS, nullable=True),
        sa.Column("mailbox", sa.String(254), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["association.id"],
            name=op.f("fk_contact_point_association_id_association"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
    )
    op.create_index(op.f("ix_contact_point_association_id"), "contact_point", ["association_id"])
    op.create_table(
        "association_topic",
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("interest", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"],
            ["association.id"],
            name=op.f("fk_association_topic_association_id_association"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("association_id", "interest", name=op.f("pk_association_topic")),
    )
    op.create_index(op.f("ix_association_topic_interest"), "association_topic", ["interest"])


def downgrade() -> None:
    for table in ("association_topic", "contact_point", "association"):
        op.drop_table(table)
