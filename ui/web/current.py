"""What is in force, read again only when something has been published or a case type's state has changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import sqlalchemy as sa

from models.tables import CASE_TYPE_STATE, PUBLISHED
from routing.in_force import InForce, load_in_force

Mark = tuple[int | None, str | None]


@dataclass
class Current:
    """The case types and rules that count at this moment, for pages; safe to share between threads."""

    in_force: InForce
    mark: Mark | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, connection: sa.Connection) -> InForce:
        """What is in force as of this connection's view; one small query where nothing has changed."""
        mark = mark_of(connection)
        with self.lock:
            if mark != self.mark:
                self.in_force, self.mark = load_in_force(connection), mark
            return self.in_force


def mark_of(connection: sa.Connection) -> Mark:
    """The newest published version and the newest change of a state: it differs whenever something else counts."""
    newest = sa.select(sa.func.max(PUBLISHED.c.id)).scalar_subquery()
    changed = sa.select(sa.func.max(CASE_TYPE_STATE.c.since)).scalar_subquery()
    row = connection.execute(sa.select(newest, changed)).one()
    return (row[0], row[1])
