"""Signed heads of the audit trail, kept outside the database, so that whoever rewrites it is found.

A head says: after this commit the trail ends with entry `seq`, whose hash is `hash`. It is written twice: before
the database commits, as `pending`; after it, as `committed`. A run killed between the two leaves a pending head
alone: the entry may be there or not, and neither is a fault. A committed head whose entry is gone is a cut tail.
Every later committed head covers, through the chain of hashes, all entries before it.

Heads lie in one file a day, one JSON object a line. Each line carries its number and the hash of the line before,
and is signed with an Ed25519 key that lies in `keys/`, readable by its owner alone. The first head names the key's
fingerprint, and so does the trail's own first entry: noting that fingerprint once on paper (or in another
organisation) anchors both.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import logging
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from config.errors import InputError, TamperError

KEY_FILE = "audit_signing_key.pem"
HEAD_FILE = re.compile(r".{4}-.{2}-.{2}\.jsonl")
START = "0" * 64
LAST_LINE_BYTES = 4096


@dataclass(frozen=True)
class Heads:
    """Where heads are written (`folder`, one file a day) and the key that signs them."""

    folder: Path
    key: Ed25519PrivateKey
    lock: threading.Lock = field(default_factory=threading.Lock, compare=False)

    @cached_property
    def fingerprint(self) -> str:
        """Hex SHA-256 of the public key: the anchor to note outside this machine."""
        return fingerprint(self.key.public_key())

    def pending(self, seq: int, digest: str, at: str) -> None:
        """Say before the commit where the trail is about to end.

        Raises:
            InputError: the heads cannot be written, so that nothing may be committed either.
        """
        self._write("pending", seq, digest, at)

    def committed(self, seq: int, digest: str, at: str) -> None:
        """Say after the commit where the trail ends. What is stored stays stored: a failure is only logged."""
        try:
            self._write("committed", seq, digest, at)
        except InputError as error:
            logging.getLogger("stafet.audit").warning("%s; the commit of entry %s stands", error, seq)

    def _write(self, state: str, seq: int, digest: str, at: str) -> None:
        try:
            with self.lock, locked_folder(self.folder):
                number, previous = last_line(self.folder)
                head: dict[str, Any] = {"number": number + 1, "state": state, "seq": seq, "hash": digest, "at": at}
                if number == 0:
                    head["key"] = self.fingerprint
                head["previous"] = previous
                head["signature"] = self.key.sign(canonical(head)).hex()
                append_line(day_file(self.folder, at), canonical(head))
        except OSError as error:
            raise InputError(f"the audit heads in {self.folder} cannot be written: {error.strerror}") from error


def canonical(head: dict[str, Any]) -> bytes:
    """The bytes of a head that are signed and stored: JSON without spaces, keys in the order written."""
    return json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(key: Ed25519PublicKey) -> str:
    """Hex SHA-256 of a public key's 32 bytes."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """One process at a time: heads of several workers make one numbered sequence."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def head_files(folder: Path) -> list[Path]:
    """The files of heads in the order of their days."""
    return [folder / name for name in head_file_names(folder)]


def head_file_names(folder: Path) -> list[str]:
    """Their names in that order; listed by every commit, of years, so no path is made of each."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if HEAD_FILE.fullmatch(entry.name))


def last_line(folder: Path) -> tuple[int, str]:
    """Number and SHA-256 of the newest head; (0, zeros) where there is none."""
    for name in reversed(head_file_names(folder)):
        line = last_complete_line(folder / name)
        if line:
            return int(json.loads(line)["number"]), hashlib.sha256(line).hexdigest()
    return 0, START


def day_file(folder: Path, at: str) -> Path:
    """The file of the day, or the newest one where the clock was set back, so that files stay in order."""
    newest = max(head_file_names(folder), default="")
    return folder / max(newest, f"{at[:10]}.jsonl")


def last_complete_line(path: Path) -> bytes:
    """The last line that ends in a newline; what a power cut left half-written after it is removed."""
    with path.open("rb+") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LAST_LINE_BYTES))
        tail = file.read()
        whole = tail.rfind(b"\n") + 1
        if whole != len(tail):
            file.truncate(size - (len(tail) - whole))
        lines = tail[:whole].splitlines()
    return lines[-1] if lines else b""


def append_line(path: Path, line: bytes) -> None:
    """Add one line and wait until it is on the disk."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        if os.write(descriptor, line + b"\n") != len(line) + 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's new entries are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_heads(folder: Path, keys: Path) -> Heads:
    """The heads in `folder`, signed by the key in `keys` (made on first use, mode 0600).

    Raises:
        InputError: the key file cannot be read or made.
        TamperError: heads exist, and the key that signed them is gone.
    """
    path = keys / KEY_FILE
    try:
        if not path.exists():
            if head_files(folder):
                raise TamperError(f"{path} is gone, yet it signed the heads in {folder}; restore it from a backup")
            make_key(path)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise InputError(f"the audit key {path} cannot be read or made: {error.strerror}") from error
    except ValueError as error:
        raise TamperError(f"the audit key {path} is damaged; restore it from a backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise TamperError(f"the audit key {path} is no Ed25519 key; restore it from a backup")
    return Heads(folder, key)


def make_key(path: Path) -> None:
    """Write a new key that its owner alone can read; of two first users one wins and both use that key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, text)
        os.fsync(descriptor)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.close(descriptor)
        draft.unlink()
    sync_folder(path.parent)


def is_signed_by(head: dict[str, Any], key: Ed25519PublicKey) -> bool:
    """True where the head carries this key's signature over everything else in it."""
    unsigned = {name: value for name, value in head.items() if name != "signature"}
    try:
        key.verify(bytes.fromhex(str(head.get("signature"))), canonical(unsigned))
    except (InvalidSignature, ValueError):
        return False
    return True
