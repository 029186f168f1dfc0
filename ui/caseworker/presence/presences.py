"""Writes down who has which case before them, after the page has been sent: no reader ever waits for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from config.errors import StafetError
from models.clock import stamp
from models.database import Database
from models.presence import be_present, leave, leave_before

FORGOTTEN_AFTER = timedelta(minutes=5)
Where = tuple[int, str, str]
"""A person's number, and a case."""


@dataclass
class Presences:
    """Who has come or gone and is not written down yet.

    One thread at a time writes, for all who have come meanwhile; while the database is locked the others leave
    what they have to tell and go, so that a long import stops nobody from reading.
    """

    waiting: dict[Where, bool] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    writer: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, database: Database, where: Where, *, is_here: bool = True) -> None:
        """Write down that a person is there, or has gone; where that fails colleagues are not told, no more."""
        with self.lock:
            self.waiting[where] = is_here
        if not self.writer.acquire(blocking=False):
            return
        try:
            while told := self.taken():
                write(database, told)
        finally:
            self.writer.release()

    def taken(self) -> dict[Where, bool]:
        """All that waits to be written, which then waits no more."""
        with self.lock:
            told, self.waiting = self.waiting, {}
        return told


def write(database: Database, told: dict[Where, bool]) -> None:
    """Write down who has come and gone; what is older than some minutes is forgotten."""
    try:
        with database.write() as connection:
            past = stamp(database.clock() - FORGOTTEN_AFTER)
            for (user_id, case_type, case_id), is_here in told.items():
                (be_present if is_here else leave)(connection, user_id, case_type, case_id)
                leave_before(connection, user_id, past)
    except StafetError as error:
        structlog.get_logger("stafet.web").warning("a presence was not written down", reason=str(error))
