"""Stores one row of an immutable record and commits the audit trail to it, in one unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from models import audit
from models.leaves import new_batch, stored_leaves


def record_row(
    connection: sa.Connection,
    table: sa.Table,
    values: Mapping[str, Any],
    *,
    actor: str,
    action: str,
    subject: str,
    payload: Mapping[str, Any],
) -> tuple[dict[str, Any], audit.Entry]:
    """Insert one row and append its audit entry, which carries the commitment to it; returns both as stored."""
    batch = new_batch()
    key = connection.execute(table.insert(), {**values, "audit_batch": batch}).inserted_primary_key
    if key is None:
        raise RuntimeError(f"the database did not say under which key it stored a row of {table.name}")
    same = sa.and_(*(column == value for column, value in zip(table.primary_key.columns, key, strict=True)))
    row = dict(connection.execute(sa.select(table).where(same)).one()._mapping)
    leaves = [leaf for _, _, leaf in stored_leaves(connection, table.name, same)]
    entry = audit.append(
        connection,
        actor=actor,
        action=action,
        subject=subject,
        payload=payload,
        batch=batch,
        sealed={table.name: leaves},
    )
    return row, entry
