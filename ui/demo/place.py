"""Where a demo stands: built beside its folder and put there whole, and never in the place of anything else."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from config.errors import InputError, Place
from config.workspace import Workspace

Found = Literal["nothing", "of today", "older"]
MARK = Path("demo") / "demo.json"
IS_DEMO = "SELECT value FROM workspace_fact WHERE key = 'demo'"


def found_at(root: Path, today: date) -> Found:
    """What stands in a demo's folder.

    Raises:
        InputError: something that is no demo, and is left as it is.
    """
    if not root.exists() or (root.is_dir() and not any(root.iterdir())):
        return "nothing"
    if not says_demo(Workspace(root).database_file):
        raise InputError(
            "here stands something that is no demo, and it stays as it is; name another folder with --workspace",
            Place(root),
        )
    return "of today" if day_of_demo(root) == today else "older"


def says_demo(file: Path) -> bool:
    """Whether a database says that it is a demo's; it is only read, and nothing is brought up to date."""
    if not file.is_file():
        return False
    is_in_use = file.with_name(f"{file.name}-wal").exists()
    how = "mode=ro" if is_in_use else "mode=ro&immutable=1"  # else SQLite leaves files of its own beside it
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?{how}", uri=True)) as connection:
            return connection.execute(IS_DEMO).fetchone() == ("yes",)
    except sqlite3.Error:
        return False


def day_of_demo(root: Path) -> date | None:
    """The day whose open cases a demo shows; None where it does not say."""
    try:
        return date.fromisoformat(json.loads((root / MARK).read_text(encoding="utf-8"))["day"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def mark(folder: Path, today: date) -> None:
    """Say whose day a demo shows."""
    file = folder / MARK
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"day": today.isoformat()}) + "\n", encoding="utf-8")


@contextmanager
def built_beside(root: Path) -> Iterator[Path]:
    """An empty folder beside `root` that takes its place at the end; whatever a killed run left is gone first.

    Raises:
        InputError: another run is building here, or the folder cannot be made.
    """
    beside, before = (root.with_name(f".{root.name}.demo-{what}") for what in ("being-built", "before"))
    try:
        beside.mkdir(parents=True, exist_ok=True)
        held = os.open(beside, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputError(f"a demo cannot be built here: {reason}; name another folder", Place(root)) from None
    try:
        _refuse_a_second(held, root)
        _emptied(beside)
        yield beside
        shutil.rmtree(before, ignore_errors=True)
        if root.exists():
            root.rename(before)
        beside.rename(root)
        shutil.rmtree(before, ignore_errors=True)
    finally:
        os.close(held)


def _refuse_a_second(held: int, root: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError("another run is building this demo; wait for it", Place(root)) from None


def _emptied(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
