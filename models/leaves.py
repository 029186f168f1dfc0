"""Commitments to stored rows: one SHA-256 a row, salted where the row speaks of a case.

The audit trail carries these (or the Merkle root of many), so that a row replaced behind its back is found, while
the trail itself says nothing about anybody. The bytes of a row are the same in both databases: texts with their
length before them, then whole numbers as 64-bit integers, then real numbers as float64, then each text (or yes and
no, as `true` and `false`) that a later version brought and that is not null, with its place among the columns and
its length before it; all little-endian.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa

from models import tables
from models.one_leaf import bytes_of_row

BLOCK_ROWS = 50_000
NO_INTEGER = np.iinfo(np.int64).min
NO_LEAF = b"\x00" * 32
NO_SALT = b"\x00" * 32


@dataclass(frozen=True)
class Sealed:
    """A table whose rows the trail commits to: which columns, and where each row's salt lies.

    `salt` is `case` (the case's own, in `case_salt`), `own` (a column of the row) or None (nothing personal).
    `later` are texts, and yes and no, among the columns that came with a later version; a row that has none of
    them keeps the commitment that it had before.
    """

    table: sa.Table
    columns: tuple[str, ...]
    salt: str | None
    later: tuple[str, ...] = ()

    @cached_property
    def kinds(self) -> list[tuple[str, pa.DataType]]:
        """The columns and their types."""
        return [(name, arrow_type(self.table.c[name].type)) for name in self.columns]

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns as Arrow sees them."""
        return pa.schema(self.kinds)


def sealed(
    table: sa.Table, salt: str | None, columns: Sequence[str] | None = None, later: Sequence[str] = ()
) -> Sealed:
    """A sealed table, by default with every column save the batch it belongs to."""
    chosen = columns or [column.name for column in table.columns if column.name != "audit_batch"]
    return Sealed(table, tuple(chosen), salt, tuple(later))


def arrow_type(kind: sa.types.TypeEngine[Any]) -> pa.DataType:
    """The Arrow type of a column; both databases store exactly these."""
    if isinstance(kind, sa.Boolean):
        return pa.bool_()
    if isinstance(kind, sa.BigInteger):
        return pa.int64()
    if isinstance(kind, sa.Integer):
        return pa.int32()
    if isinstance(kind, sa.Float):
        return pa.float64()
    return pa.binary() if isinstance(kind, sa.LargeBinary) else pa.string()


SEALED: Mapping[str, Sealed] = {
    "published": sealed(tables.PUBLISHED, None),
    "state_change": sealed(tables.STATE_CHANGE, "own"),
    "trained_model": sealed(tables.TRAINED_MODEL, None),
    "measurement": sealed(tables.MEASUREMENT, None),
    "assessment": sealed(tables.ASSESSMENT, "case"),
    "decision": sealed(tables.DECISION, "case", later=("draft_use", "checks", "fully_in_favour", "hearing")),
    "professional_assessment": sealed(tables.PROFESSIONAL_ASSESSMENT, "case"),
    "case_act": sealed(tables.CASE_ACT, "case"),
    "document": sealed(
        tables.DOCUMENT,
        "case",
        [one.name for one in tables.DOCUMENT.c if one.name not in ("content", "audit_batch")],
    ),
    "letter": sealed(tables.LETTER, "case"),
    "letter_file": sealed(
        tables.LETTER_FILE, "case", ("letter_id", "language", "format", "case_type", "case_id", "sha256")
    ),
    "case_facts": sealed(tables.CASE_FACTS, "case", later=("stated",)),
    "consent": sealed(tables.CONSENT, "case"),
    "user_account": sealed(tables.USER_ACCOUNT, "own", ("id", "name", "kind", "created_at")),
    "sign_in": sealed(
        tables.SIGN_IN,
        None,
        ("id", "user_id", "at", "method", "purpose", "token_hash", "csrf_secret", "expires_at"),
    ),
}
"""A sign-in needs no salt: its token's hash is as random as one. A letter's files and documents are sealed by
their hashes, and `letter_check.py` and `documents.py` hold the contents against these, one at a time."""


def new_batch() -> str:
    """A name for the rows that one audit entry commits to."""
    return secrets.token_hex(8)


def leaves(name: str, rows: pa.Table, salts: Sequence[bytes] | pa.Array | None = None) -> list[bytes]:
    """SHA-256 of salt, table name and each row's bytes: n commitments of 32 bytes.

    `rows` holds the table's sealed columns (n rows, others are ignored), `salts` n times 32 bytes.
    """
    found: list[bytes] = []
    for start in range(0, rows.num_rows, BLOCK_ROWS):
        block = rows.slice(start, BLOCK_ROWS).combine_chunks()
        salt = None if salts is None else pa.array(salts[start : start + BLOCK_ROWS], pa.binary())
        found += [hashlib.sha256(row).digest() for row in row_bytes(name, block, salt).to_pylist()]
    return found


def row_bytes(name: str, rows: pa.Table, salts: pa.Array | None) -> pa.Array:
    """Each row as one string of bytes, from which every value could be read back."""
    kept = SEALED[name]
    parts = [
        pa.repeat(NO_SALT, rows.num_rows) if salts is None else salts,
        pa.repeat(name.encode(), rows.num_rows),
    ]
    integers, reals, later = [], [], []
    for place, (column, kind) in enumerate(zip(kept.columns, kept.schema.types, strict=True)):
        values = rows[column].combine_chunks().cast(kind)
        if column in kept.later:
            later += [*later_text(place, values.cast(pa.string()))]
        elif pa.types.is_floating(kind):
            reals.append(values.fill_null(np.nan).to_numpy() + 0.0)
        elif pa.types.is_string(kind) or pa.types.is_binary(kind):
            lengths = pc.binary_length(values).fill_null(-1).to_numpy(zero_copy_only=False).astype("<i4")
            parts += [fixed_width(lengths), values.cast(pa.binary())]
        else:
            integers.append(values.cast(pa.int64()).fill_null(NO_INTEGER).to_numpy())
    if integers:
        parts.append(fixed_width(np.column_stack(integers).astype("<i8")))
    if reals:
        together = np.column_stack(reals)
        together[np.isnan(together)] = np.nan
        parts.append(fixed_width(together.astype("<f8")))
    parts += later
    return pc.binary_join_element_wise(*parts, b"", null_handling="replace", null_replacement=b"")


def later_text(place: int, values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """A text that a later version brought: its place and length, then itself; both null where it is null."""
    lengths = pc.binary_length(values).fill_null(-1).to_numpy(zero_copy_only=False)
    begins = fixed_width(np.column_stack([np.full(len(lengths), place), lengths]).astype("<i4"))
    return pc.if_else(values.is_valid(), begins, pa.scalar(None, pa.binary())), values.cast(pa.binary())


def fixed_width(values: np.ndarray[Any, Any]) -> pa.Array:
    """The memory of each row of `values` as one binary value, without copying it."""
    rows = np.ascontiguousarray(values)
    width = rows.itemsize * (rows.shape[1] if rows.ndim == 2 else 1)
    if width * len(rows) > np.iinfo(np.int32).max:
        raise ValueError(f"{len(rows)} rows of {width} bytes are more than 2 GB; take them in blocks")
    starts = np.arange(len(rows) + 1, dtype=np.int32) * np.int32(width)
    return pa.Array.from_buffers(pa.binary(), len(rows), [None, pa.py_buffer(starts), pa.py_buffer(rows)])


def leaf_of(name: str, row: Mapping[str, Any], salt: bytes | None = None) -> bytes:
    """The commitment to one row."""
    kept = SEALED[name]
    table = pa.Table.from_pylist([{column: row[column] for column in kept.columns}], schema=kept.schema)
    return leaves(name, table, None if salt is None else [salt])[0]


def stored_leaves(
    connection: sa.Connection, name: str, where: sa.ColumnElement[bool] | None = None
) -> Iterator[tuple[str, Mapping[str, Any], bytes]]:
    """Batch, row and commitment of each stored row, a block at a time; a case without salt gets none (zeros)."""
    kept = SEALED[name]
    columns = [kept.table.c[column] for column in kept.columns]
    extra = (kept.table.c.audit_batch.label("sealed_in"), salt_column(kept).label("sealed_salt"))
    query = sa.select(*extra, *columns).execution_options(yield_per=BLOCK_ROWS)
    if kept.salt == "case":
        salts = tables.CASE_SALT
        same = (salts.c.case_type == kept.table.c.case_type) & (salts.c.case_id == kept.table.c.case_id)
        query = query.select_from(kept.table.outerjoin(salts, same))
    if where is not None:
        query = query.where(where)
    for block in connection.execute(query).partitions():
        yield from leaves_of_block(name, block)


def leaves_of_block(name: str, block: Sequence[sa.Row[Any]]) -> Iterable[tuple[str, Mapping[str, Any], bytes]]:
    """Batch, row and commitment of the rows that `stored_leaves` has read.

    A row that somebody has given values no such column can hold gets a commitment that nothing has.
    """
    try:
        yield from read_block(name, block)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        if len(block) == 1:
            yield str(block[0][0]), {}, NO_LEAF
            return
        for row in block:
            yield from leaves_of_block(name, [row])


def read_block(name: str, block: Sequence[sa.Row[Any]]) -> list[tuple[str, Mapping[str, Any], bytes]]:
    """Batch, row and commitment of rows whose values are all of their column's type."""
    kept = SEALED[name]
    if len(block) == 1 and (alone := read_alone(kept, name, block[0])) is not None:
        return [alone]
    by_column = list(zip(*block, strict=True))
    values = [pa.array(found, kind) for found, kind in zip(by_column[2:], kept.schema.types, strict=True)]
    rows = pa.Table.from_arrays(values, schema=kept.schema)
    salts = None if kept.salt is None else [bytes(salt) if salt is not None else NO_SALT for salt in by_column[1]]
    return [
        (str(row[0]), dict(zip(kept.columns, row[2:], strict=True)), leaf)
        for row, leaf in zip(block, leaves(name, rows, salts), strict=True)
    ]


def read_alone(kept: Sealed, name: str, row: sa.Row[Any]) -> tuple[str, Mapping[str, Any], bytes] | None:
    """As `read_block`, of one row and at once; None where a value is not plainly of its column's type."""
    batch, salt, *values = list(row)
    content = bytes_of_row(kept.kinds, kept.later, values)
    if content is None or not (kept.salt is None or salt is None or isinstance(salt, bytes)):
        return None
    salted = NO_SALT if kept.salt is None or salt is None else salt
    leaf = hashlib.sha256(salted + name.encode() + content).digest()
    return str(batch), dict(zip(kept.columns, values, strict=True)), leaf


def salt_column(kept: Sealed) -> sa.ColumnElement[Any]:
    """Where a sealed table's salts lie."""
    if kept.salt == "case":
        return tables.CASE_SALT.c.salt
    return sa.null() if kept.salt is None else kept.table.c.salt
