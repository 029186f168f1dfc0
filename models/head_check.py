"""Reads the signed heads back and says which of them cannot be trusted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from models.clock import JITTER, parse
from models.heads import START, canonical, fingerprint, head_files, is_signed_by


@dataclass(frozen=True)
class Head:
    """One signed head: the trail was about to end (`pending`) or ended (`committed`) with entry `seq`."""

    state: str
    seq: int
    hash: str
    at: str


@dataclass
class HeadsRead:
    """Every head whose signature holds, in order, and what was wrong as (kind, sentence)."""

    folder: Path
    fingerprint: str
    heads: list[Head] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def read_heads(folder: Path, key: Ed25519PublicKey) -> HeadsRead:
    """Every head in the folder. Heads are numbered and chained, so that one taken out or put in is found.

    A last line without its newline is what a power cut leaves, and no fault.
    """
    read = HeadsRead(folder, fingerprint(key))
    number, previous, last_at = 0, START, ""
    files = head_files(folder)
    for path in files:
        lines = path.read_bytes().split(b"\n")
        if lines[-1] and path != files[-1]:
            read.faults.append(("heads", f"{path}:{len(lines)}: the head is cut off"))
        for place, line in enumerate(lines[:-1], start=1):
            where = f"{path}:{place}"
            head = as_head(line)
            if head is None or not is_signed_by(head, key):
                read.faults.append(("signature", f"{where}: this head is not signed by the key of this workspace"))
                number, previous = number + 1, hashlib.sha256(line).hexdigest()
                continue
            if (head["number"], head["previous"]) != (number + 1, previous):
                read.faults.append(("heads", f"{where}: heads before this one were taken out or put in"))
            if head["state"] == "pending" and is_set_back(head["at"], last_at):
                sentence = f"{where}: signed at {head['at']}, after one of {last_at}: the clock was set back"
                read.faults.append(("clock", sentence))
            if head["number"] == 1 and head.get("key") != read.fingerprint:
                read.faults.append(("signature", f"{where}: the first head names another key"))
            number, previous = int(head["number"]), hashlib.sha256(line).hexdigest()
            last_at = max(last_at, head["at"]) if head["state"] == "pending" else last_at
            read.heads.append(Head(head["state"], int(head["seq"]), head["hash"], head["at"]))
    return read


def is_set_back(at: str, last_at: str) -> bool:
    """True where a head was signed clearly before the one before it (a clock's small steps are no fault)."""
    try:
        return bool(last_at) and parse(last_at) - parse(at) > JITTER
    except ValueError:
        return True


def as_head(line: bytes) -> dict[str, Any] | None:
    """A line as a head, None where it is none, or is written otherwise than Stafet writes it."""
    try:
        head = json.loads(line)
    except ValueError:
        return None
    wanted = {"number": int, "state": str, "seq": int, "hash": str, "at": str, "previous": str, "signature": str}
    if not isinstance(head, dict) or any(type(head.get(name)) is not kind for name, kind in wanted.items()):
        return None
    return head if canonical(head) == line else None
