"""Alembic's way in: migrations run on the connection they are given, inside its transaction."""

from alembic import context

from embassy.db.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
    compare_type=True,
)
context.run_migrations()
