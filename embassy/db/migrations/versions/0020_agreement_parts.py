"""What agreements lacked: relations, signatories, term, statements, guides and assessments."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
TERM: dict[str, sa.types.TypeEngine[Any]] = {
    "term": sa.String(40),
    "term_until": sa.Date(),
    "term_years": sa.Integer(),
    "renewal": sa.String(40),
    "notice_months": sa.Integer(),
}


def days(name: str) -> list[sa.Column[Any]]:
    """Return the columns of a date known in part."""
    return [sa.Column(f"{name}_{end}", sa.Date(), nullable=True) for end in ("earliest", "latest")]


def party() -> sa.Column[Any]:
    """Return the column that names a party."""
    return sa.Column("party", sa.String(12), nullable=False)


def source() -> list[sa.Column[Any]]:
    """Return the columns of a source."""
    return [
        sa.Column("citation", FACTS, nullable=False),
        sa.Column("url", sa.UnicodeText(), nullable=False),
    ]


def part(name: str, *columns: Any, refers: str = "", to: str = "record") -> None:
    """Make the table of a part, with its index on the agreement and on the record it refers to."""
    table = f"agreement_{name}"
    further = [sa.ForeignKeyConstraint([refers], [f"{to}.id"], name=op.f(f"fk_{table}_{refers}_{to}"))]
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f(f"fk_{table}_agreement_id_agreement"),
            ondelete="CASCADE",
        ),
        *(further if refers else ()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_agreement_id"), table, ["agreement_id"])
    if refers:
        op.create_index(op.f(f"ix_{table}_{refers}"), table, [refers])


def upgrade() -> None:
    for name, type_ in TERM.items():
        op.add_column("agreement", sa.Column(name, type_, nullable=True))
    part(
        "relation",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("agreement_id <> other_id", name=op.f("ck_agreement_relation_never_itself")),
        refers="other_id",
    )
    part(
        "signatory",
        party(),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("post", FACTS, nullable=True),
        refers="person_id",
        to="person",
    )
    part(
        "statement",
        party(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("answers", sa.String(12), nullable=True),
        *days("day"),
        sa.Column("text", FACTS, nullable=False),
        *source(),
        sa.CheckConstraint(
            "answers IS NULL OR kind = 'objection'", name=op.f("ck_agreement_statement_objections_answer")
        ),
    )
    part(
        "guide",
        sa.Column("reader", sa.String(40), nullable=False),
        sa.Column("text", FACTS, nullable=False),
        *days("begins"),
        sa.Column("form_name", FACTS, nullable=True),
        sa.Column("form_url", sa.UnicodeText(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("reviewed", sa.Date(), nullable=True),
        refers="office_id",
    )
    part(
        "assessment",
        party(),
        sa.Column("verdict", sa.String(40), nullable=False),
        *source(),
        *days("day"),
        sa.Column("known_from", sa.Date(), nullable=False),
    )


def downgrade() -> None:
    for name in ("assessment", "guide", "statement", "signatory", "relation"):
        op.drop_table(f"agreement_{name}")
    for name in TERM:
        op.drop_column("agreement", name)
