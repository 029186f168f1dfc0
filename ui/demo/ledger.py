"""One unit of work over many acts, stored when somebody must read what has been done and not after each act."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType

import sqlalchemy as sa

from models.database import Database


class Ledger:
    """Opens a unit of work for the first act after each `store`; an error undoes what was not stored."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._unit: AbstractContextManager[sa.Connection] | None = None
        self._connection: sa.Connection | None = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        unit, self._unit, self._connection = self._unit, None, None
        if unit is not None:
            unit.__exit__(kind, error, trace)

    @property
    def connection(self) -> sa.Connection:
        """The open unit of work."""
        if self._connection is None:
            self._unit = self.database.write()
            self._connection = self._unit.__enter__()
        return self._connection

    def store(self) -> None:
        """Store all that was done; the next act opens a new unit."""
        self.__exit__(None, None, None)
