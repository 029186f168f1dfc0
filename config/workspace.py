"""The workspace: one folder with everything a municipality edits, learns and stores."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from config.case_type import check_case_type_name
from config.errors import InputError, Place

_VERSION = re.compile(r"[A-Za-z0-9_-]{1,80}")
EXAMPLES = resources.files("config") / "examples"
SHIPPED = EXAMPLES / "case_types"
"""Case types that ship with Stafet: one is copied when it is first named, never all of them unasked."""


@dataclass(frozen=True)
class Workspace:
    """Paths below `root`; nothing is created until `create` or `copy_missing_examples`."""

    root: Path

    @property
    def database_file(self) -> Path:
        """Where SQLite's file stands, if no other database is set."""
        return self.root / "stafet.db"

    @property
    def case_types(self) -> Path:
        """The folder of case type files."""
        return self.root / "case_types"

    @property
    def routing_file(self) -> Path:
        """The proposed routing rules."""
        return self.root / "routing.yaml"

    @property
    def routing_schema_file(self) -> Path:
        """The JSON Schema with which an editor completes field names in routing.yaml."""
        return self.root / "routing.schema.json"

    @property
    def letters(self) -> Path:
        """The folder of the municipality's letter texts."""
        return self.root / "letters"

    @property
    def trained(self) -> Path:
        """The folder of trained models."""
        return self.root / "trained"

    @property
    def audit_heads(self) -> Path:
        """The folder of signed heads of the audit trail."""
        return self.root / "audit-heads"

    @property
    def keys(self) -> Path:
        """The folder of secret keys, readable by its owner alone."""
        return self.root / "keys"

    def case_type_file(self, name: str) -> Path:
        """The file of one case type. Raises InputError for a name that could lead elsewhere."""
        return self.case_types / f"{check_case_type_name(name)}.yaml"

    def trained_folder(self, name: str, version: str | int) -> Path:
        """The folder of one model version. Raises InputError for a name that could lead elsewhere."""
        text = str(version)
        if not _VERSION.fullmatch(text):
            raise InputError(f"'{text[:60]}' cannot be the version of a model; use letters, digits, - and _")
        return self.trained / check_case_type_name(name) / text

    def case_type_names(self) -> list[str]:
        """Names of the case type files, in alphabetical order."""
        if not self.case_types.is_dir():
            return []
        return sorted(check_case_type_name(path.stem) for path in self.case_types.glob("*.yaml"))

    def create(self) -> Workspace:
        """Make the folders that are missing; `keys/` for its owner alone."""
        try:
            for folder in (self.root, self.case_types, self.letters, self.trained, self.audit_heads):
                folder.mkdir(parents=True, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
            self.keys.chmod(0o700)
        except OSError as error:
            raise InputError(
                f"the workspace cannot be made: {_reason(error)}; choose another folder", Place(self.root)
            ) from None
        return self

    def copy_missing_examples(self) -> list[Path]:
        """Copy the shipped rules and letters that are not here yet, never over a file; the copies."""
        self.create()
        return _copy_missing(EXAMPLES, self.root, skip=(SHIPPED.name,))

    def copy_shipped_case_type(self, name: str) -> Path | None:
        """Copy the shipped case type of that name and its scales, never over a file.

        None where none of that name ships, or a file of that name is here already. The scales come first, so that
        a copy cut short is made whole by the next one.
        """
        file = self.case_type_file(name)
        if name not in shipped_case_types() or file.exists():
            return None
        self.create()
        for entry in SHIPPED.iterdir():
            if entry.name.startswith(f"{name}_") and entry.name.endswith(".csv"):
                beside = self.case_types / entry.name
                if not beside.exists():
                    _write_new(beside, entry.read_bytes())
        _write_new(file, (SHIPPED / file.name).read_bytes())
        return file


def shipped_case_types() -> list[str]:
    """Names of the case types that ship with Stafet, in alphabetical order."""
    return sorted(entry.name.removesuffix(".yaml") for entry in SHIPPED.iterdir() if entry.name.endswith(".yaml"))


def _copy_missing(source: Traversable, target: Path, skip: Collection[str] = ()) -> list[Path]:
    copied: list[Path] = []
    for entry in sorted(source.iterdir(), key=lambda one: one.name):
        if entry.name.startswith(("_", ".")) or entry.name in skip:
            continue
        if entry.is_dir():
            (target / entry.name).mkdir(exist_ok=True)
            copied += _copy_missing(entry, target / entry.name)
        elif not (target / entry.name).exists():
            _write_new(target / entry.name, entry.read_bytes())
            copied.append(target / entry.name)
    return copied


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.rename(path)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
