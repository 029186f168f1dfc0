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
from models.citizens import HAS_A_CASE, forget_citizens, store_citizens
from models.corrections_kept import keep_corrections
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
        citizens: citizens who are new, or of whom something has changed.
        handed_cases: known cases that now name a citizen, or another one.
        corrections_kept: known cases of which a person's correction stands against what the file says.
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
    citizens: int = 0
    handed_cases: int = 0
    corrections_kept: int = 0

    @property
    def changes_anything(self) -> bool:
        """False for a file that was imported before."""
        changed = (self.new_cases, self.changed_cases, self.closed_cases, self.citizens, self.handed_cases)
        return any((*changed, self.new_events, self.new_consents))


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
ANOTHER_CITIZEN = (
    "case_file.case_type = :case_type AND case_file.case_id = i.case_id"
    " AND i.received_at <= case_file.received_at AND i.citizen_ref <> coalesce(case_file.citizen_ref, '')"
)
FORSAKEN = (
    "SELECT DISTINCT case_file.citizen_ref FROM case_file, incoming_case i"
    f" WHERE {ANOTHER_CITIZEN} AND case_file.citizen_ref IS NOT NULL"
)
HANDED = (
    "UPDATE case_file SET citizen_ref = i.citizen_ref, row_version = case_file.row_version + 1"
    f" FROM incoming_case i WHERE {ANOTHER_CITIZEN}"
)
OF_CASE = "f.case_type = :case_type AND f.case_id = i.case_id"
SAID_LAST = f"(SELECT f.{{column}} FROM case_facts f WHERE {OF_CASE}{{by}} ORDER BY f.version DESC LIMIT 1)"
BY_ORIGIN = " AND f.origin = :origin"
NEW_FACTS = (
    "INSERT INTO case_facts (case_type, case_id, version, facts, recorded_at, origin, audit_batch, stated)"
    f" SELECT :case_type, i.case_id, 1 + coalesce((SELECT max(f.version) FROM case_facts f WHERE {OF_CASE}), 0),"
    " i.facts, :now, :origin, :batch,"
    f" CASE WHEN i.stated IS NULL THEN {SAID_LAST.format(column='stated', by='')}"
    " ELSE nullif(i.stated, '{}') END"
    f" FROM incoming_case i JOIN case_file c ON {SAME_CASE}"
    " WHERE i.facts IS NOT NULL AND i.received_at <= c.received_at"
    f" AND (i.facts <> coalesce({SAID_LAST.format(column='facts', by=BY_ORIGIN)}, '')"
    f" OR i.stated <> coalesce({SAID_LAST.format(column='stated', by=BY_ORIGIN)}, '{{}}')) ORDER BY i.case_id"
)
"""Compared with what the same origin said last: a person's correction is not undone by the same file again. A file
that says nothing about what was stated leaves that as it is."""

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
    handed = 0 if arriving.citizen_refs is None else hand_over(connection, values)
    kept = int(connection.execute(sa.text(FACTS_KEPT), values).scalar_one())
    facts, events, consents = run(NEW_FACTS), run(NEW_EVENTS), run(NEW_CONSENTS)
    changed = facts - new_cases if arriving.facts is not None else 0
    stand = keep_corrections(connection, case_type, now=unit.now, batch=batch) if changed else 0
    told = arriving.citizens
    citizens = 0 if told is None else store_citizens(connection, told, where=HAS_A_CASE)
    imported = Imported(new_cases, changed, closed, events, consents, kept, erased, citizens, handed, stand)
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


def hand_over(connection: sa.Connection, values: Mapping[str, Any]) -> int:
    """Let known cases name the citizen that the file names; whoever has no case left by that is forgotten."""
    forsaken = list(connection.execute(sa.text(FORSAKEN), values).scalars())
    handed = connection.execute(sa.text(HANDED), values).rowcount
    forget_citizens(connection, forsaken)
    return handed


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
