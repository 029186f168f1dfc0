"""Finds whatever was done to the records behind Stafet's back: changed, cut, re-chained, replaced, set back.

Three things are held against each other: the chain of hashes in the trail, the signed heads outside the database,
and the commitments in the trail to the rows that were stored. Whoever changes one of them alone is found; whoever
changes the trail and every head needs the signing key, and is found by the key's fingerprint noted elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from config.errors import InputError
from models.audit import BEGUN, START_HASH, entry_hash
from models.case_type_states import STATE_SET
from models.database import Database
from models.database_errors import DAMAGED
from models.documents import check_documents
from models.head_check import Head, HeadsRead, read_heads
from models.heads import Heads
from models.letter_check import check_letter_files
from models.published_outcomes import check_outcomes
from models.row_check import RowsSealed, check_rows, check_states
from models.tables import AUDIT
from models.triggers import missing_triggers

BLOCK_ROWS = 10_000


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was recorded. `kind` is a fixed word, `seq` the entry it concerns if any.

    Kinds: `changed`, `missing`, `chain`, `clock`, `heads`, `signature`, `cut`, `unsigned`, `row`, `trigger`,
    `damaged`.
    """

    kind: str
    sentence: str
    seq: int | None = None


@dataclass
class Trail:
    """What reading the trail once has shown."""

    end: tuple[int, str] = (0, START_HASH)
    key: str | None = None
    rows: RowsSealed = field(default_factory=RowsSealed)
    faults: list[Fault] = field(default_factory=list)


def verify(database: Database, heads: Heads) -> list[Fault]:
    """Everything that is wrong; an empty list where all is whole. Reads the trail and every sealed row once.

    Others may go on writing meanwhile: committed heads are read before the database, so that each must be borne
    out by it, and the trail's end is looked up among the heads of afterwards, where its pending head must be.

    Raises:
        InputError: the database cannot be reached.
    """
    read = read_heads(heads.folder, heads.key.public_key())
    try:
        with database.read() as connection, tolerant_of_bad_text(connection):
            faults = [Fault("damaged", sentence) for sentence in damage(connection)]
            trail, met = read_trail(connection, {(head.seq, head.hash) for head in read.heads})
            faults += trail.faults + [Fault(kind, sentence) for kind, sentence in read.faults]
            if trail.end not in met:
                later = read_heads(heads.folder, heads.key.public_key()).heads
                met |= {(head.seq, head.hash) for head in later} & {trail.end}
            faults += compare_with_heads(trail, read, met)
            faults += [Fault("row", sentence, seq) for seq, sentence in check_rows(connection, trail.rows)]
            for check in (check_letter_files, check_documents, check_outcomes, check_states):
                faults += [Fault("row", sentence, seq) for seq, sentence in check(connection, trail.rows)]
            missing = missing_triggers(connection)
    except InputError as error:
        if not is_damage(error):
            raise
        return [Fault("damaged", error.sentence)]
    return faults + [Fault("trigger", f"the trigger {name} is gone, off or altered") for name in missing]


@contextmanager
def tolerant_of_bad_text(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite hand out text that is no UTF-8: a byte changed in the file must be found, not stumbled over."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.text_factory = lambda text: text.decode(errors="replace")
    try:
        yield
    finally:
        driver.text_factory = str


def damage(connection: sa.Connection) -> list[str]:
    """What SQLite itself finds wrong with its file (PostgreSQL has checksums of its own)."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA quick_check(3)").scalars().all()
    return [f"the database file is damaged: {text}" for text in found if text != "ok"]


def is_damage(error: InputError) -> bool:
    """True where the database could not be read because its file was changed."""
    original = getattr(error.__cause__, "orig", error.__cause__)
    name = getattr(original, "sqlite_errorname", "")
    return DAMAGED in error.sentence or str(name).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR"))


def read_trail(connection: sa.Connection, wanted: set[tuple[int, str]]) -> tuple[Trail, set[tuple[int, str]]]:
    """Walk the trail from its first entry; returns what was found and which of the `wanted` heads it bears out."""
    trail, met = Trail(), set()
    last_at = ""
    query = sa.select(AUDIT).order_by(AUDIT.c.seq).execution_options(yield_per=BLOCK_ROWS)
    for row in connection.execute(query):
        trail.faults += faults_of_entry(row, trail.end, last_at)
        trail.end, last_at = (row.seq, row.hash), max(last_at, str(row.at))
        if trail.end in wanted:
            met.add(trail.end)
        note_payload(trail, row)
    return trail, met


def faults_of_entry(row: sa.Row[Any], before: tuple[int, str], last_at: str) -> list[Fault]:
    """What is wrong with one entry, seen from the one before it."""
    faults = []
    seq, previous = before
    if row.seq != seq + 1:
        gone = f"entry {seq + 1}" if row.seq == seq + 2 else f"entries {seq + 1} to {row.seq - 1}"
        faults.append(Fault("missing", f"audit {gone} of the trail are gone", row.seq))
    elif row.previous_hash != previous:
        faults.append(Fault("chain", f"audit entry {row.seq} does not follow from the entry before it", row.seq))
    fields = [row.seq, row.at, row.actor, row.action, row.subject, row.payload]
    is_text = all(isinstance(value, str) for value in (*fields[1:], row.previous_hash, row.hash))
    if not is_text or entry_hash(row.previous_hash, fields) != row.hash:
        faults.append(Fault("changed", f"audit entry {row.seq} was changed after it was written", row.seq))
    if str(row.at) < last_at:
        sentence = f"audit entry {row.seq} says {row.at}, earlier than {last_at} before it: the clock was set back"
        faults.append(Fault("clock", sentence, row.seq))
    return faults


def note_payload(trail: Trail, row: sa.Row[Any]) -> None:
    """Keep what the entry commits to."""
    try:
        payload = json.loads(row.payload)
    except (ValueError, TypeError):
        return
    if not isinstance(payload, dict):
        return
    if row.action == BEGUN and row.seq == 1:
        trail.key = str(payload.get("key"))
    if "sealed" in payload:
        trail.rows.expect(row.seq, str(payload.get("batch")), payload["sealed"])
    if row.action == STATE_SET:
        trail.rows.states[str(row.subject)] = (row.seq, payload)
    if row.action == "case.erased":
        trail.rows.forget(payload.get("erased") or {})


def compare_with_heads(trail: Trail, read: HeadsRead, met: set[tuple[int, str]]) -> list[Fault]:
    """Hold the trail against the signed heads."""
    faults = []
    if trail.end[0] and not read.heads:
        faults.append(Fault("heads", f"the signed heads of the trail are gone from {read.folder}"))
        return faults
    if trail.key is not None and trail.key != read.fingerprint:
        sentence = f"the trail was begun with the key {trail.key[:16]}…, the heads are signed by another"
        faults.append(Fault("signature", sentence, 1))
    faults += faults_of_heads((head for head in read.heads if head.state == "committed"), trail.end[0], met)
    if trail.end[0] and trail.end not in met and not any(fault.kind in ("cut", "chain") for fault in faults):
        sentence = f"the trail ends with entry {trail.end[0]}, which no signed head vouches for"
        faults.append(Fault("unsigned", sentence, trail.end[0]))
    return faults


def faults_of_heads(committed: Iterable[Head], end: int, met: set[tuple[int, str]]) -> list[Fault]:
    """The first committed head that the trail has lost, and the first that it contradicts."""
    faults: dict[str, Fault] = {}
    for head in committed:
        if head.seq > end:
            sentence = (
                f"the trail ends with entry {end}, yet entry {head.seq} was committed at {head.at}: it was cut"
            )
            faults["cut"] = Fault("cut", sentence, head.seq)
        elif (head.seq, head.hash) not in met and "chain" not in faults:
            sentence = (
                f"audit entry {head.seq} is not the one that was signed at {head.at}: the trail was rewritten"
            )
            faults["chain"] = Fault("chain", sentence, head.seq)
    return list(faults.values())
