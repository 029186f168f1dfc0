"""Holds the stored rows against the commitments that the audit trail carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from models.case_type_states import states
from models.leaves import SEALED, stored_leaves
from models.merkle import merkle_root


@dataclass
class RowsSealed:
    """What the trail says was stored: for each table and batch the entry, number and Merkle root; and what was
    erased by law since, as commitments; and where each case type was last set to stand."""

    expected: dict[tuple[str, str], tuple[int, int, str]] = field(default_factory=dict)
    erased: dict[tuple[str, str], list[bytes]] = field(default_factory=dict)
    states: dict[str, tuple[int, Mapping[str, Any]]] = field(default_factory=dict)

    def expect(self, seq: int, batch: str, sealed: Mapping[str, Any]) -> None:
        """Entry `seq` commits to rows of some tables."""
        for table, (count, root) in sealed.items():
            self.expected[table, batch] = (seq, int(count), str(root))

    def forget(self, erased: Mapping[str, Mapping[str, list[str]]]) -> None:
        """These rows were erased by law; their commitments stand in for them."""
        for table, batches in erased.items():
            for batch, leaves in batches.items():
                self.erased.setdefault((table, batch), []).extend(bytes.fromhex(leaf) for leaf in leaves)


def check_rows(connection: sa.Connection, rows: RowsSealed) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for each batch of rows that is not what was recorded."""
    for table in SEALED:
        found: dict[str, list[bytes]] = {}
        for batch, _, leaf in stored_leaves(connection, table):
            found.setdefault(batch, []).append(leaf)
        for (named, batch), expected in rows.expected.items():
            if named == table:
                there = found.pop(batch, []) + rows.erased.get((table, batch), [])
                yield from compare(table, there, expected)
        for batch, leaves in found.items():
            yield None, f"{len(leaves)} rows of {table} (batch {batch}) were stored without an audit entry"


def check_states(connection: sa.Connection, rows: RowsSealed) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for each case type that stands elsewhere than it was last set to stand."""
    for state in states(connection):
        subject = f"case_type:{state.name}"
        seq, last = rows.states.get(subject, (None, {}))
        found = {"weight": state.weight, "status": state.status, "phase": state.phase}
        if found != {what: last.get(what) for what in found}:
            yield seq, f"case type {state.name} stands in phase {state.phase}, and no audit entry has set it there"


def compare(table: str, there: list[bytes], expected: tuple[int, int, str]) -> Iterator[tuple[int, str]]:
    """Hold the commitments of one batch against number and root."""
    seq, count, root = expected
    if len(there) != count:
        yield seq, f"audit entry {seq} recorded {count} rows of {table}, and {len(there)} are there"
    elif merkle_root(there) != root:
        which = f"the row of {table}" if count == 1 else f"at least one of the {count} rows of {table}"
        yield seq, f"{which} that audit entry {seq} recorded was replaced"
