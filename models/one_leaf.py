"""The bytes of one row, as `leaves.row_bytes` makes them of many: for acts that store one row at a time."""

from __future__ import annotations

import math
import struct
from collections.abc import Collection, Sequence
from typing import Any

import pyarrow as pa

NO_INTEGER = -(2**63)
SMALL, LARGE = 2**31, 2**63


def bytes_of_row(
    kinds: Sequence[tuple[str, pa.DataType]], later: Collection[str], values: Sequence[Any]
) -> bytes | None:
    """The bytes of one row's values; None where a value is not plainly of its column's type.

    Example:
        >>> bytes_of_row([("id", pa.int64()), ("why", pa.string())], (), [7, "ja"])
        b'\\x02\\x00\\x00\\x00ja\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00'
        >>> bytes_of_row([("id", pa.int64())], (), ["7"]) is None
        True
    """
    texts, integers, reals, later_texts = [], [], [], []
    for place, ((column, kind), value) in enumerate(zip(kinds, values, strict=True)):
        if not is_plainly(kind, value):
            return None
        if column in later:
            if value is not None:
                content = as_later(value)
                later_texts.append(struct.pack("<ii", place, len(content)) + content)
        elif pa.types.is_floating(kind):
            reals.append(struct.pack("<d", math.nan if value is None or math.isnan(value) else value + 0.0))
        elif pa.types.is_string(kind) or pa.types.is_binary(kind):
            content = value.encode() if isinstance(value, str) else value
            texts.append(struct.pack("<i", -1 if content is None else len(content)) + (content or b""))
        else:
            integers.append(struct.pack("<q", NO_INTEGER if value is None else int(value)))
    return b"".join((*texts, *integers, *reals, *later_texts))


def as_later(value: str | bool) -> bytes:
    """A value of a column that a later version brought, as text."""
    return (str(value).lower() if isinstance(value, bool) else value).encode()


def is_plainly(kind: pa.DataType, value: Any) -> bool:
    """Whether a value is of a column's type as it stands, or nothing."""
    if value is None:
        return True
    if pa.types.is_string(kind):
        return type(value) is str
    if pa.types.is_binary(kind):
        return type(value) is bytes
    if pa.types.is_floating(kind):
        return type(value) is float
    if pa.types.is_boolean(kind):
        return type(value) is bool
    limit = SMALL if pa.types.is_int32(kind) else LARGE
    return type(value) is int and -limit < value < limit
