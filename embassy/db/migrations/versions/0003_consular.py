"""Missions with their accreditations, offices with their telephones, hours and closures."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "mission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", FACTS, nullable=False),
        sa.Column("summary", FACTS, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("sending", sa.String(2), nullable=False),
        sa.Column("host", sa.String(2), nullable=False),
        sa.Column("opened_earliest", sa.Date(), nullable=True),
        sa.Column("opened_latest", sa.Date(), nullable=True),
        sa.Column("closed_earliest", sa.Date(), nullable=True),
        sa.Column("closed_latest", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_mission_id_record"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mission")),
    )
    op.create_index(op.f("ix_mission_host"), "mission", ["host"])
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("resident", sa.Boolean(), nullable=False),
        sa.Column("begins_earliest", sa.Date(), nullable=True),
        sa.Column("begins_latest", sa.Date(), nullable=True),
        sa.Column("ends_earliest", sa.Date(), nullable=True),
        sa.Column("ends_latest", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mission_id"],
            ["mission.id"],
            name=op.f("fk_accreditation_mission_id_mission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
    )
    op.create_index(op.f("ix_accreditation_mission_id"), "accreditation", ["mission_id"])
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("title", FACTS, nullable=False),
        sa.Column("summary", FACTS, nullable=False),
        sa.Column("address", FACTS, nullable=False),
        sa.Column("postal_code", sa.String(20), nullable=False),
        sa.Column("city", FACTS, nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("districts", FACTS, nullable=False),
        sa.Column("fax", sa.String(16), nullable=False),
        sa.Column("emergency", sa.String(16), nullable=False),
        sa.Column("mailboxes", FACTS, nullable=False),
        sa.Column("directions", FACTS, nullable=True),
        sa.Column("notes", FACTS, nullable=True),
        sa.Column("hours_confirmed_on", sa.Date(), nullable=True),
        sa.Column("hours_confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_office_point_is_whole")),
        sa.ForeignKeyConstraint(
            ["hours_confirmed_by_id"], ["mission.id"], name=op.f("fk_office_hours_confirmed_by_id_mission")
        ),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_office_id_record"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_office_mission_id_mission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_index(op.f("ix_office_country"), "office", ["country"])
    op.create_index(op.f("ix_office_mission_id"), "office", ["mission_id"])
    op.create_table(
        "office_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("service", sa.String(40), nullable=True),
        sa.Column("cause", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("hours", FACTS, nullable=False),
        sa.Column("reason", FACTS, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_office_closure_in_order")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_office_closure_sequence_never_negative")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_office_closure_office_id_office"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_closure")),
        sa.UniqueConstraint("office_id", "uid", name=op.f("uq_office_closure_office_id_uid")),
    )
    op.create_table(
        "office_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_office_phone_office_id_office"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_phone")),
    )
    op.create_index(op.f("ix_office_phone_office_id"), "office_phone", ["office_id"])
    op.create_table(
        "service_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("weekday", sa.String(40), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("by_appointment", sa.Boolean(), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_service_hours_validity_in_order")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_service_hours_office_id_office"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_hours")),
    )
    op.create_index(op.f("ix_service_hours_office_id"), "service_hours", ["office_id"])


def downgrade() -> None:
    op.drop_table("service_hours")
    op.drop_table("office_phone")
    op.drop_table("office_closure")
    op.drop_table("office")
    op.drop_table("accreditation")
    op.drop_table("mission")
