"""Writing a file whole or not at all: under another name first, then flushed to the disk, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.errors import InputError, Place

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; when the block ends well, it becomes `path`, else it vanishes.

    Raises:
        InputError: the disk is full, or the folder cannot be written; what stood at `path` still stands there.
    """
    made = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
        _flush(unfinished)
        unfinished.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise InputError(_sentence(path, error), Place(path)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        if not path.exists():
            _remove_empty(made)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in NO_ROOM:
        return "the disk is full, so nothing was written; make room there and run the command again"
    reason = (error.strerror or str(error)).lower()
    return f"{path.name} cannot be written ({reason}); nothing was changed, choose another place or mend this one"
