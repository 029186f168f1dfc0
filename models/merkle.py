"""One hash for many records: a Merkle tree over a set of leaves, whatever their order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

FAN_OUT = 16
NODE = b"\x01"


def merkle_root(leaves: Iterable[bytes]) -> str:
    """Hex root of a set of 32-byte leaves, which are sorted first, so that a batch needs no order of its own.

    Each node is SHA-256 of the byte 1 and up to 16 children. The number of leaves is stored beside the root, so
    that the shape of the tree is fixed and no node can pass for a leaf.

    Example:
        >>> merkle_root([b"b" * 32, b"a" * 32]) == merkle_root([b"a" * 32, b"b" * 32])
        True
    """
    level = sorted(leaves)
    while True:
        level = [
            hashlib.sha256(NODE + b"".join(level[start : start + FAN_OUT])).digest()
            for start in range(0, max(len(level), 1), FAN_OUT)
        ]
        if len(level) == 1:
            return level[0].hex()
