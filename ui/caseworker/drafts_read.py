"""How many facts each drafted case asks a person to check, worked out once for each assessment and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from models.queue import case_file
from routing.in_force import InForce
from ui.caseworker.case_record import read_case
from ui.caseworker.machine_roles import Named
from ui.caseworker.standing_draft import standing_draft

MOST_KEPT = 20_000


@dataclass
class DraftsRead:
    """The number of checks by assessment, None where the draft does not stand; safe to share between threads."""

    kept: OrderedDict[tuple[int, int], int | None] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def checks_of(
        self, connection: sa.Connection, drafted: Mapping[Named, tuple[int, int]], in_force: InForce
    ) -> dict[Named, int | None]:
        """For each case, named with its assessment's number and its file's version, how many facts to check."""
        return {named: self._checks(connection, named, key, in_force) for named, key in drafted.items()}

    def _checks(
        self, connection: sa.Connection, named: Named, key: tuple[int, int], in_force: InForce
    ) -> int | None:
        with self.lock:
            if key in self.kept:
                return self.kept[key]
        file = case_file(connection, *named)
        if file is None:
            return None
        draft = standing_draft(read_case(connection, file, in_force.case_types[named[0]]), in_force)
        checks = None if draft is None else len(draft.checks)
        with self.lock:
            self.kept[key] = checks
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return checks
