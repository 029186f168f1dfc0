"""The one family of errors: each says what was found, where, and what to do, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """Where something was found: a file, and inside it a line and column (both counted from 1)."""

    file: str | Path
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [str(self.file), *(str(number) for number in (self.line, self.column) if number is not None)]
        return ":".join(parts)


class StafetError(Exception):
    """What a person can mend. `str(error)` is the one sentence shown on the command line and on the page.

    Example:
        >>> str(StafetError("unknown field 'incme'; did you mean 'income'?", Place("routing.yaml", 3, 7)))
        "routing.yaml:3:7: unknown field 'incme'; did you mean 'income'?"
    """

    exit_code = 2

    def __init__(self, sentence: str, place: Place | None = None) -> None:
        self.sentence = sentence
        self.place = place
        super().__init__(f"{place}: {sentence}" if place else sentence)


class InputError(StafetError):
    """A file, a value or a command holds something that cannot be used (exit code 2)."""


class RefusedError(StafetError):
    """Everything was understood, and the answer is no: a refused publish, a failed check (exit code 1)."""

    exit_code = 1


class TamperError(StafetError):
    """A stored thing is not what it was when it was recorded: a model file, an audit entry (exit code 1)."""

    exit_code = 1
