"""Runs migrations on the connection that `models.migrate` hands in, inside its unit of work."""

from __future__ import annotations

from alembic import context

from models.tables import metadata


def run() -> None:
    """Run what is asked of Alembic; the caller begins and commits."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transactional_ddl=False,
    )
    context.run_migrations()


run()
