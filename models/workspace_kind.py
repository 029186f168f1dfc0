"""Whether the workspace is a demo, whose people are invented; said once, before it holds any case."""

from __future__ import annotations

import sqlalchemy as sa

from models import audit
from models.tables import WORKSPACE_FACT


def mark_as_demo(connection: sa.Connection) -> None:
    """Say that everybody in this workspace is invented, so that its past may be told.

    Raises:
        RefusedError: the workspace holds cases, or was marked before.
    """
    connection.execute(WORKSPACE_FACT.insert().values(key="demo", value="yes"))
    audit.append(connection, actor=audit.SYSTEM, action="workspace.demo", subject="workspace", payload={})


def is_demo(connection: sa.Connection) -> bool:
    """True where everybody in this workspace is invented."""
    query = sa.select(WORKSPACE_FACT.c.value).where(WORKSPACE_FACT.c.key == "demo")
    return connection.execute(query).scalar() == "yes"
