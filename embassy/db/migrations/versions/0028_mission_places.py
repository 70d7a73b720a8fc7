"""Where a mission has its seat, and its telephone numbers; indexes for missions by country."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
BY_HOST = "ix_mission_host_kind_closed_latest_latitude_longitude"
BY_COUNTRY = "ix_accreditation_country_mission_id_ends_latest"


def upgrade() -> None:
    with op.batch_alter_table("mission") as mission:
        mission.add_column(sa.Column("city", FACTS, nullable=True))
        mission.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        mission.add_column(sa.Column("longitude", sa.Double(), nullable=True))
        mission.add_column(sa.Column("phones", FACTS, nullable=False, server_default="[]"))
        mission.create_check_constraint(
            op.f("ck_mission_point_is_whole"), "(latitude IS NULL) = (longitude IS NULL)"
        )
        mission.drop_index(op.f("ix_mission_host"))
    with op.batch_alter_table("mission") as mission:
        mission.alter_column("phones", existing_type=FACTS, existing_nullable=False, server_default=None)
        mission.create_index(op.f(BY_HOST), ["host", "kind", "closed_latest", "latitude", "longitude"])
    op.create_index(op.f(BY_COUNTRY), "accreditation", ["country", "mission_id", "ends_latest"])


def downgrade() -> None:
    op.drop_index(op.f(BY_COUNTRY), "accreditation")
    with op.batch_alter_table("mission") as mission:
        mission.drop_index(op.f(BY_HOST))
        mission.drop_constraint(op.f("ck_mission_point_is_whole"), type_="check")
        mission.drop_column("phones")
        mission.drop_column("longitude")
        mission.drop_column("latitude")
        mission.drop_column("city")
        mission.create_index(op.f("ix_mission_host"), ["host"])
