"""What is said of a workspace once: that its people are invented, when letters began, how it counted days."""

from __future__ import annotations

import sqlalchemy as sa

from models import audit
from models.tables import WORKSPACE_FACT

LETTERS_SINCE = "letters_since"
CALENDAR_DAYS_UNTIL = "calendar_days_until"


def mark_as_demo(connection: sa.Connection) -> None:
    """Say that everybody in this workspace is invented, so that its past may be told.

    Raises:
        RefusedError: the workspace holds cases, or was marked before.
    """
    connection.execute(WORKSPACE_FACT.insert().values(key="demo", value="yes"))
    audit.append(connection, actor=audit.SYSTEM, action="workspace.demo", subject="workspace", payload={})


def begin_letters(connection: sa.Connection, since: str) -> None:
    """Say from which moment on (stored text) decisions are told by letters from here; earlier ones were elsewhere.

    Raises:
        RefusedError: it was said before.
    """
    connection.execute(WORKSPACE_FACT.insert().values(key=LETTERS_SINCE, value=since))
    payload = {"since": since}
    audit.append(connection, actor=audit.SYSTEM, action="letters.begun", subject="workspace", payload=payload)


def letters_since(connection: sa.Connection) -> str:
    """From which moment on decisions are told by letters from here; all of them where nothing was said."""
    query = sa.select(WORKSPACE_FACT.c.value).where(WORKSPACE_FACT.c.key == LETTERS_SINCE)
    return str(connection.execute(query).scalar() or "")


def sends_letters(connection: sa.Connection, now: str) -> bool:
    """Whether a decision of this moment (stored text) is told by a letter from here."""
    return now >= letters_since(connection)


def is_demo(connection: sa.Connection) -> bool:
    """True where everybody in this workspace is invented."""
    query = sa.select(WORKSPACE_FACT.c.value).where(WORKSPACE_FACT.c.key == "demo")
    return connection.execute(query).scalar() == "yes"


def calendar_days_until(connection: sa.Connection) -> str:
    """Up to which moment (stored text) assessments counted the days of a rule as days of 24 hours; "" for none."""
    query = sa.select(WORKSPACE_FACT.c.value).where(WORKSPACE_FACT.c.key == CALENDAR_DAYS_UNTIL)
    return str(connection.execute(query).scalar() or "")
