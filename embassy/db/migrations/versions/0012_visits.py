"""Visits, their places, delegations and meetings."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def part(table: str, *columns: sa.Column[Any], refers: str = "") -> None:
    """Make the table of a visit's parts, with its index on the visit and on the record it refers to."""
    further = [
        sa.ForeignKeyConstraint(
            [f"{refers}_id"], [f"{refers}.id"], name=op.f(f"fk_{table}_{refers}_id_{refers}")
        )
    ]
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f(f"fk_{table}_visit_id_visit"), ondelete="CASCADE"
        ),
        *(further if refers else ()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_visit_id"), table, ["visit_id"])
    if refers:
        op.create_index(op.f(f"ix_{table}_{refers}_id"), table, [f"{refers}_id"])


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", FACTS, nullable=False),
        sa.Column("summary", FACTS, nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("format", sa.String(40), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("visitor", sa.String(2), nullable=False),
        sa.Column("host", sa.String(2), nullable=False),
        sa.Column("first_day_earliest", sa.Date(), nullable=True),
        sa.Column("first_day_latest", sa.Date(), nullable=True),
        sa.Column("last_day_earliest", sa.Date(), nullable=True),
        sa.Column("last_day_latest", sa.Date(), nullable=True),
        sa.Column("purpose", FACTS, nullable=True),
        sa.Column("outcome", FACTS, nullable=True),
        sa.Column("note", FACTS, nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_visit_sequence_never_negative")),
        sa.CheckConstraint("visitor <> host", name=op.f("ck_visit_two_countries")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_visit_id_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_first_day_earliest"), "visit", ["first_day_earliest"])
    op.create_index(op.f("ix_visit_visitor_host"), "visit", ["visitor", "host"])
    part("visit_stop", sa.Column("place_id", sa.Integer(), nullable=False), refers="place")
    part(
        "visit_participant",
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("post", FACTS, nullable=True),
        sa.Column("rank", sa.String(40), nullable=False),
        sa.Column("modifier", sa.String(40), nullable=True),
        refers="person",
    )
    part(
        "visit_meeting",
        sa.Column("day_earliest", sa.Date(), nullable=True),
        sa.Column("day_latest", sa.Date(), nullable=True),
        sa.Column("subject", FACTS, nullable=False),
    )


def downgrade() -> None:
    for table in ("visit_meeting", "visit_participant", "visit_stop", "visit"):
        op.drop_table(table)
