"""The audit trail: who did what, when, to what; append-only, each entry hashed with the one before it.

`hash` is the hex SHA-256 of the previous hash, a newline and the JSON array [seq, at, actor, action, subject,
payload] as stored text. Actors are `user:ID` or `system`, subjects are salted (`case_salts.case_subject`), and
payloads hold counts, versions and commitments: nothing in the trail is personal, so it stays whole when a case's
data are deleted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from models.clock import JITTER, parse
from models.database import Unit, serialise
from models.merkle import merkle_root
from models.tables import AUDIT

START_HASH = "0" * 64
SYSTEM = "system"
BEGUN = "trail.begun"
LAST = sa.select(AUDIT.c.seq, AUDIT.c.at, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)


@dataclass(frozen=True)
class Entry:
    """One entry as it was appended."""

    seq: int
    at: str
    hash: str


def canonical(value: object) -> str:
    """JSON text as the trail stores it: keys sorted, no spaces, no NaN.

    Example:
        >>> canonical({"b": 1, "a": [None, "æ"]})
        '{"a":[null,"æ"],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def entry_hash(previous: str, fields: Sequence[int | str]) -> str:
    """The hash of an entry with the fields [seq, at, actor, action, subject, payload]."""
    text = json.dumps(list(fields), separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def append(
    connection: sa.Connection,
    *,
    actor: str,
    action: str,
    subject: str,
    payload: Mapping[str, Any],
    batch: str | None = None,
    sealed: Mapping[str, Sequence[bytes]] | None = None,
) -> Entry:
    """Add one entry inside the caller's unit of work; `Database.write` signs the trail's new end.

    `sealed` holds commitments to the rows stored under `batch`, by table; the entry carries their number and
    Merkle root (`sealed: {table: [count, root]}`).

    Raises:
        RuntimeError: the database was opened without heads, so that the trail's end could not be signed.
    """
    unit = serialise(connection)
    content: dict[str, Any] = dict(payload)
    if batch is not None and sealed:
        content["batch"] = batch
        content["sealed"] = {table: [len(rows), merkle_root(rows)] for table, rows in sealed.items()}
    last = last_entry(connection)
    if last is None:
        last = insert(connection, unit, None, SYSTEM, BEGUN, "trail", canonical({"key": fingerprint_of(unit)}))
    return insert(connection, unit, last, actor, action, subject, canonical(content))


def last_entry(connection: sa.Connection) -> Entry | None:
    """The trail's end, None while it is empty."""
    row = connection.execute(LAST).first()
    return None if row is None else Entry(row.seq, row.at, row.hash)


def insert(
    connection: sa.Connection, unit: Unit, last: Entry | None, actor: str, action: str, subject: str, payload: str
) -> Entry:
    """Write one entry after `last` and remember it as the end that has to be signed."""
    fingerprint_of(unit)
    seq, previous = (1, START_HASH) if last is None else (last.seq + 1, last.hash)
    at = unit.now
    if last is not None and at < last.at and parse(last.at) - parse(at) < JITTER:
        at = last.at
    digest = entry_hash(previous, [seq, at, actor, action, subject, payload])
    values = {"seq": seq, "at": at, "actor": actor, "action": action, "subject": subject, "payload": payload}
    connection.execute(AUDIT.insert(), {**values, "previous_hash": previous, "hash": digest})
    unit.tail = (seq, digest, at)
    return Entry(seq, at, digest)


def fingerprint_of(unit: Unit) -> str:
    """The fingerprint of the key that signs this unit of work."""
    if unit.heads is None:
        raise RuntimeError("this database was opened without audit heads, so nothing audited can be written")
    return unit.heads.fingerprint
