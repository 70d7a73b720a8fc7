"""Notices of missions, guides to services, and the names by which towns lead to offices."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from embassy.core.folding import fold

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
GUIDE_PARTS = ("service_mission", "service_form", "service_law", "service_fee", "service_need")
TABLES = ("place_name", "office_place", "notice_update", "notice_mission", "notice", *GUIDE_PARTS, "service")


def upgrade() -> None:
    _notices()
    _guides()
    op.create_index(op.f("ix_service_hours_service"), "service_hours", ["service"])
    _names("office", "office_place", "city", "districts")
    _names("place", "place_name", "title", "other_names")


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("headline", FACTS, nullable=False),
        sa.Column("body", FACTS, nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("begins", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("begins < ends", name=op.f("ck_notice_in_order")),
        _of("notice", "id", "record", cascades=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_begins"), "notice", ["begins"])
    op.create_index(op.f("ix_notice_ends"), "notice", ["ends"])
    _missions_of("notice")
    _part("notice_update", "notice", sa.Column("at", sa.DateTime(timezone=True), nullable=False), "told")


def _guides() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, FACTS, nullable=False) for name in ("title", "summary")),
        sa.Column("service", sa.String(40), nullable=False),
        *(sa.Column(name, FACTS, nullable=True) for name in ("eligible", "duration")),
        sa.Column("appointment", sa.UnicodeText(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("reviewed_on", "valid_from", "valid_to")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_service_validity_in_order")),
        _of("service", "id", "record", cascades=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_service"), "service", ["service"])
    _part("service_need", "service", "what")
    _part(
        "service_fee",
        "service",
        sa.Column("what", FACTS, nullable=True),
        sa.Column("amount", sa.String(13), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
    )
    _part("service_law", "service", "citation", sa.Column("url", sa.UnicodeText(), nullable=False))
    _part(
        "service_form",
        "service",
        "title",
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.UnicodeText(), nullable=False),
        sa.CheckConstraint("file_id IS NOT NULL OR url <> ''", name=op.f("ck_service_form_is_somewhere")),
        _of("service_form", "file_id", "stored_file"),
    )
    op.create_index(op.f("ix_service_form_file_id"), "service_form", ["file_id"])
    _missions_of("service")


def _of(table: str, column: str, other: str, *, cascades: bool = False) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=name, ondelete="CASCADE" if cascades else None
    )


def _part(table: str, of: str, *columns: sa.Column[Any] | sa.Constraint | str) -> None:
    """Make the table of a record's parts; a column that is named alone holds texts by language."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(f"{of}_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(one, FACTS, nullable=False) if isinstance(one, str) else one for one in columns),
        _of(table, f"{of}_id", of, cascades=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{of}_id"), table, [f"{of}_id"])


def _missions_of(of: str) -> None:
    table = f"{of}_mission"
    mission = sa.Column("mission_id", sa.Integer(), nullable=False)
    _part(table, of, mission, _of(table, "mission_id", "mission"))
    op.create_index(op.f(f"ix_{table}_mission_id"), table, ["mission_id"])


def _names(of: str, table: str, text: str, others: str) -> None:
    """Make the table of folded names, and write down those of the records there are."""
    op.create_table(
        table,
        sa.Column(f"{of}_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.UnicodeText(), nullable=False),
        _of(table, f"{of}_id", of, cascades=True),
        sa.PrimaryKeyConstraint(f"{of}_id", "folded", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_folded"), table, ["folded"])
    held = sa.table(of, sa.column("id"), sa.column(text, FACTS), sa.column(others, FACTS))
    names = sa.table(table, sa.column(f"{of}_id"), sa.column("folded"))
    connection = op.get_bind()
    for number, named, more in connection.execute(sa.select(*held.c)).all():
        finished = (words for tag, words in named["texts"].items() if named["states"].get(tag) != "draft")
        for folded in sorted({fold(words) for words in (*finished, *more)} - {""}):
            connection.execute(sa.insert(names).values({f"{of}_id": number, "folded": folded}))


def downgrade() -> None:
    op.drop_index(op.f("ix_service_hours_service"), "service_hours")
    for table in TABLES:
        op.drop_table(table)
