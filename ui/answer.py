"""What a command answers: one JSON document for programs, sentences for people, and an exit code."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime
from typing import IO, Any


@dataclass(frozen=True)
class Answer:
    """The outcome of one command. `exit_code` 0: done, 1: done and the answer is no."""

    document: Mapping[str, Any]
    sentences: tuple[str, ...] = ()
    exit_code: int = 0
    notes: tuple[str, ...] = field(default=())
    """Warnings: to standard error whatever the form."""


def as_json(value: Any) -> Any:
    """The value in JSON's own types: NaN and infinity become null, arrays lists, dates and paths text.

    Example:
        >>> from pathlib import PurePath
        >>> as_json({"auc": float("nan"), "features": ("age",), "file": PurePath("fines.yaml")})
        {'auc': None, 'features': ['age'], 'file': 'fines.yaml'}
    """
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(as_json(item) for item in value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return as_json(asdict(value))
    if hasattr(value, "tolist"):  # numpy's scalars and arrays, without importing numpy here
        return as_json(value.tolist())
    return str(value)


def dumps(document: Mapping[str, Any]) -> str:
    """One JSON document on several lines, null never NaN."""
    return json.dumps(as_json(document), ensure_ascii=False, allow_nan=False, indent=2)


def show(answer: Answer, *, json_wanted: bool) -> None:
    """Print an answer: with `json_wanted` the document alone goes to standard output."""
    for note in answer.notes:
        say(note)
    if json_wanted:
        for sentence in answer.sentences:
            say(sentence)
        write(sys.stdout, dumps(answer.document))
    else:
        for sentence in answer.sentences:
            write(sys.stdout, sentence)


def say(sentence: str) -> None:
    """Progress, a warning or an error, to standard error: never folded, never read as markup."""
    write(sys.stderr, sentence)


def write(stream: IO[str], text: str) -> None:
    """One text and a line end; a reader that has gone away (`| head -1`) is no error, what was done is done."""
    try:
        stream.write(
            text.encode(stream.encoding or "utf-8", "backslashreplace").decode(stream.encoding or "utf-8")
        )
        stream.write("\n")
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
