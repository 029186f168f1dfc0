"""Whatever stops a command becomes one sentence: what was found and what to do, never a bare traceback."""

from __future__ import annotations

import errno
import os
import re
import secrets
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from config.errors import StafetError

COULD_NOT = 2
"""Exit code where the command could not be carried out."""

WHAT_TO_DO = {
    errno.ENOSPC: "the disk is full; make room and run the command again",
    errno.EDQUOT: "the disk quota is used up; make room and run the command again",
    errno.EFBIG: "the file would become larger than is allowed here; raise the limit and run the command again",
    errno.ENOENT: "there is no such file or folder; check the path",
    errno.EACCES: "access was denied; check who owns it and who may read and write it",
    errno.EPERM: "access was denied; check who owns it and who may read and write it",
    errno.EROFS: "the disk is read-only; name another place",
    errno.EISDIR: "this is a folder and a file was expected; name the file",
    errno.ENOTDIR: "a part of the path is a file and a folder was expected; check the path",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.EADDRINUSE: "the port is in use; name another with --port",
}


def sentence_for(error: BaseException) -> str | None:
    """The sentence for an error that a person can mend, None for a fault of our own."""
    if isinstance(error, StafetError):
        return one_line(str(error))
    if isinstance(error, OSError) and error.errno is not None:
        advice = WHAT_TO_DO.get(error.errno, (error.strerror or "it failed").lower())
        return one_line(f"{error.filename}: {advice}" if error.filename else f"{advice[0].upper()}{advice[1:]}")
    if isinstance(error, MemoryError):
        return "There is not enough memory; close other programs, or give a smaller file."
    return None if error.__cause__ is None else _known_cause(error)


def _known_cause(error: BaseException) -> str | None:
    """A library's error that only wraps one of the operating system's (a full disk, above all)."""
    return sentence_for(error.__cause__) if isinstance(error.__cause__, OSError) else None


def one_line(text: str) -> str:
    """The text without line breaks and control characters, so that one error is one line.

    Example:
        >>> one_line("a cell held \\x1b[31m\\nand more")
        'a cell held \\\\x1b[31m and more'
    """
    on_one_line = re.sub(r"\s*[\r\n\t]+\s*", " ", text.strip())
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda found: f"\\x{ord(found[0]):02x}", on_one_line)


def record(error: BaseException, workspace: Path | None) -> str:
    """Keep the traceback of a fault of our own in a file only its owner can read; the sentence that names it."""
    reference = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    folder = Path(tempfile.gettempdir()) / "stafet-faults"
    if workspace is not None and workspace.is_dir():
        folder = workspace / "faults"
    told = f"Something went wrong inside Stafet ({type(error).__name__}), reference {reference}; "
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{reference}.txt"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return told + "its details could not be written down, so run the command again and report it."
    return told + f"report it with {path}, which may hold values from cases."
