"""Takes cases into the records, again and again: the same file changes nothing, a later one only adds.

Everything runs as a few statements over whole tables inside the caller's unit of work, so that a run killed at any
moment has stored all of a file or nothing of it, and running it again completes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from models import audit
from models.arriving import Arriving, let_go, receive
from models.database import serialise
from models.leaves import new_batch, stored_leaves
from models.tables import CASE_FACTS, CONSENT

SAME_CASE = "c.case_type = :case_type AND c.case_id = i.case_id"


@dataclass(frozen=True)
class Imported:
    """What an import changed, in numbers of cases or rows.

    Attributes:
        changed_cases: known cases whose facts have a new version.
        closed_cases: known cases that were open and are now closed.
        facts_kept: known cases of which the file lacks the first event, so that its facts were not taken.
        erased_cases: cases whose data were deleted by law: the file does not bring them back.
    """

    new_cases: int = 0
    changed_cases: int = 0
    closed_cases: int = 0
    new_events: int = 0
    new_consents: int = 0
    facts_kept: int = 0
    erased_cases: int = 0

    @property
    def changes_anything(self) -> bool:
        """False for a file that was imported before."""
        return any((self.new_cases, self.changed_cases, self.closed_cases, self.new_events, self.new_consents))


ERASED = (
    "DELETE FROM incoming_case WHERE EXISTS (SELECT 1 FROM erasure e"
    " WHERE e.case_type = :case_type AND e.case_id = incoming_case.case_id)"
)
NEW_CASES = (
    "INSERT INTO case_file (case_type, case_id, received_at, closed_at, status, channel, citizen_ref, row_version)"
    " SELECT :case_type, i.case_id, i.received_at, i.closed_at,"
    " CASE WHEN i.closed_at IS NULL THEN 'open' ELSE 'closed' END, i.channel, i.citizen_ref, 1"
    f" FROM incoming_case i WHERE NOT EXISTS (SELECT 1 FROM case_file c WHERE {SAME_CASE}) ORDER BY i.case_id"
)
NEW_SALTS = (
    "INSERT INTO case_salt (case_type, case_id, salt) SELECT :case_type, i.case_id, i.salt FROM incoming_case i"
    f" WHERE NOT EXISTS (SELECT 1 FROM case_salt c WHERE {SAME_CASE}) ORDER BY i.case_id"
)
CLOSED = (
    "UPDATE case_file SET status = 'closed', closed_at = i.closed_at, row_version = case_file.row_version + 1"
    " FROM incoming_case i WHERE case_file.case_type = :case_type AND case_file.case_id = i.case_id"
    " AND case_file.status = 'open' AND i.closed_at IS NOT NULL"
)
FACTS_KEPT = (
    f"SELECT count(*) FROM incoming_case i JOIN case_file c ON {SAME_CASE}"
    " WHERE i.facts IS NOT NULL AND i.received_at > c.received_at"
)
NEW_FACTS = (
    "INSERT INTO case_facts (case_type, case_id, version, facts, recorded_at, origin, audit_batch)"
    " SELECT :case_type, i.case_id, 1 + coalesce((SELECT max(f.version) FROM case_facts f"
    " WHERE f.case_type = :case_type AND f.case_id = i.case_id), 0), i.facts, :now, :origin, :batch"
    f" FROM incoming_case i JOIN case_file c ON {SAME_CASE}"
    " WHERE i.facts IS NOT NULL AND i.received_at <= c.received_at AND i.facts <> coalesce((SELECT f.facts"
    " FROM case_facts f WHERE f.case_type = :case_type AND f.case_id = i.case_id AND f.origin = :origin"
    " ORDER BY f.version DESC LIMIT 1), '') ORDER BY i.case_id"
)
"""Compared with what the same origin said last: a person's correction is not undone by the same file again."""

NEW_EVENTS = (
    "INSERT INTO case_event (case_type, case_id, at, activity, resource, occurrence)"
    " SELECT :case_type, i.case_id, i.at, i.activity, i.resource, i.occurrence FROM incoming_event i"
    " WHERE EXISTS (SELECT 1 FROM incoming_case n WHERE n.case_id = i.case_id)"
    " ORDER BY i.case_id, i.at, i.activity, i.resource, i.occurrence ON CONFLICT DO NOTHING"
)
NEW_CONSENTS = (
    "INSERT INTO consent (case_type, case_id, field, answer, answered_at, recorded_at, audit_batch)"
    " SELECT :case_type, i.case_id, i.field, i.answer, i.answered_at, :now, :batch FROM incoming_consent i"
    " WHERE EXISTS (SELECT 1 FROM incoming_case n WHERE n.case_id = i.case_id)"
    f" AND NOT EXISTS (SELECT 1 FROM consent c WHERE {SAME_CASE} AND c.field = i.field"
    " AND c.answered_at = i.answered_at AND c.answer = i.answer) ORDER BY i.case_id, i.field"
)


def put_cases(
    connection: sa.Connection,
    case_type: str,
    arriving: Arriving,
    *,
    actor: str = audit.SYSTEM,
    origin: str = "import",
    evidence: Mapping[str, Any] | None = None,
) -> Imported:
    """Store cases, events, facts and consents; cases closed before stay closed.

    `evidence` goes into the audit entry (such as the file's SHA-256). Nothing is audited where nothing changed.

    Raises:
        InputError: a case id is empty or stands twice; nothing is stored.
    """
    unit = serialise(connection)
    batch = new_batch()
    values = {"case_type": case_type, "now": unit.now, "origin": origin, "batch": batch}

    def run(statement: str) -> int:
        return connection.execute(sa.text(statement), values).rowcount

    receive(connection, arriving)
    erased = run(ERASED)
    new_cases = run(NEW_CASES)
    run(NEW_SALTS)
    closed = run(CLOSED)
    kept = int(connection.execute(sa.text(FACTS_KEPT), values).scalar_one())
    facts, events, consents = run(NEW_FACTS), run(NEW_EVENTS), run(NEW_CONSENTS)
    changed = facts - new_cases if arriving.facts is not None else 0
    imported = Imported(new_cases, changed, closed, events, consents, kept, erased)
    if imported.changes_anything:
        counts = {name: count for name, count in asdict(imported).items() if count}
        audit.append(
            connection,
            actor=actor,
            action="cases.imported",
            subject=f"case_type:{case_type}",
            payload={**counts, **(evidence or {})},
            batch=batch,
            sealed=sealed_rows(connection, case_type, batch),
        )
    let_go(connection)
    return imported


def sealed_rows(connection: sa.Connection, case_type: str, batch: str) -> dict[str, list[bytes]]:
    """Commitments to the facts and consents that this import has stored."""
    found = {}
    arrived = sa.select(sa.table("incoming_case", sa.column("case_id")).c.case_id)
    for table in (CASE_FACTS, CONSENT):
        mine = (table.c.audit_batch == batch) & (table.c.case_type == case_type) & table.c.case_id.in_(arrived)
        rows = [leaf for _, _, leaf in stored_leaves(connection, table.name, mine)]
        if rows:
            found[table.name] = rows
    return found
