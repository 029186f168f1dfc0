"""The draw: a keyed hash of the case, so that nobody can foresee it and anybody with the key can redo it.

HMAC-SHA256 (RFC 2104) of purpose, case type and case id; its first 53 bits are a number in [0, 1) that is compared
with the probability of being drawn. The same case always draws the same number for the same purpose.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from config.errors import InputError, Place

BLIND_REVIEW = "blind_review"
FIRST_VIEW = "first_view"
KEY_BYTES = 32


def drawn_numbers(key: bytes, purpose: str, case_type: str, case_ids: Iterable[object]) -> NDArray[np.float64]:
    """One number in [0, 1) for each case id, shape (n,).

    Example:
        >>> drawn_numbers(b"k" * 32, "blind_review", "fines", ["A1", "A2"]).round(3).tolist()
        [0.526, 0.128]
    """
    started = hmac.new(key, f"{len(purpose)}:{purpose}{len(case_type)}:{case_type}".encode(), hashlib.sha256)
    digests = bytearray()
    for case_id in case_ids:
        mac = started.copy()
        mac.update(str(case_id).encode())
        digests += mac.digest()[:8]
    first_53_bits = np.frombuffer(bytes(digests), dtype=">u8") >> np.uint64(11)
    return np.ldexp(first_53_bits.astype(np.float64), -53)


def read_draw_key(path: Path) -> bytes:
    """The key in `path`, made on first use and readable by its owner alone.

    Raises:
        InputError: the file holds something other than 32 bytes in hexadecimal.
    """
    if not path.exists():
        _make_key(path)
    return _parsed(path)


def _make_key(path: Path) -> None:
    """Written whole beside `path`, then linked, so that two processes never see two keys or half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(os.urandom(KEY_BYTES).hex() + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        Path(beside).unlink()


def _parsed(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise InputError(
            f"the draw key is not {KEY_BYTES} bytes in hexadecimal; restore it from backup, since a new key "
            "makes past draws impossible to redo",
            Place(path),
        )
    return key
