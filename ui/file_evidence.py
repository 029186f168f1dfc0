"""What the audit trail keeps of an imported file: its SHA-256, so that whoever has it can show that it is it."""

from __future__ import annotations

import hashlib
from pathlib import Path


def evidence_of(path: Path) -> dict[str, str]:
    """The file's hash; its name may be personal and is not kept."""
    with path.open("rb") as file:
        return {"file_sha256": hashlib.file_digest(file, "sha256").hexdigest()}
