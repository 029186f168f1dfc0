"""Holds the files of letters against the hashes that they were sealed by: one changed byte is found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa

from models.row_check import RowsSealed
from models.tables import LETTER_FILE

FILES_AT_A_TIME = 100
"""A file is some ten kilobytes; no more of them than these are in memory at once."""


def check_letter_files(connection: sa.Connection, rows: RowsSealed) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for each file whose content is not what its hash says."""
    columns = [
        LETTER_FILE.c[name] for name in ("letter_id", "language", "format", "content", "sha256", "audit_batch")
    ]
    query = sa.select(*columns).execution_options(yield_per=FILES_AT_A_TIME)
    for letter_id, language, kind, content, sha256, batch in connection.execute(query):
        if digest_of(content) != sha256:
            seq, *_ = rows.expected.get(("letter_file", batch), (None,))
            yield seq, f"the {kind} in {language!r} of letter {letter_id} is not the one that was sent"


def digest_of(content: object) -> str | None:
    """Hex SHA-256 of what is stored as a file's content; None where somebody has stored no bytes there."""
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else None
