"""Changes one value of a case type file and leaves every other character, comments above all, as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from config.yaml_source import Span, read_yaml
from config.yaml_words import in_quotes


def set_model_basis(text: str, basis: str | None, *, file: str | Path = "case type") -> str:
    """The file's text with another `model_basis`: the law for running a model on these cases, or None.

    Raises:
        InputError: the text cannot be read.

    Example:
        >>> set_model_basis("model_basis: null  # ours to find", "Lov 1: § 2")
        'model_basis: "Lov 1: § 2"  # ours to find'
    """
    return _set(text, "model_basis", "null" if basis is None else in_quotes(basis), file)


def set_status(text: str, status: Literal["trial", "live"], *, file: str | Path = "case type") -> str:
    """The file's text with another `status`.

    Raises:
        InputError: the text cannot be read.

    Example:
        >>> set_status("status: trial  # until the steward says so\\nweight: light\\n", "live")
        'status: live  # until the steward says so\\nweight: light\\n'
    """
    return _set(text, "status", status, file)


def _set(text: str, name: str, value: str, file: str | Path) -> str:
    """`value`, already YAML, at the top-level key `name`; a key that is not there comes first."""
    located = read_yaml(text, file)
    span = located.values.get((name,))
    if span is not None and span.end > span.start:
        return _replaced(located.text, span, value)
    key = located.keys.get((name,))
    if key is not None:
        return f"{located.text[: key.end]}: {value}{located.text[key.end :].lstrip(' ').removeprefix(':')}"
    top = located.values[()]
    if located.text[top.start] == "{":
        return f"{located.text[: top.start + 1]}{name}: {value}, {located.text[top.start + 1 :]}"
    return f"{located.text[: top.start]}{name}: {value}\n{' ' * (top.column - 1)}{located.text[top.start :]}"


def _replaced(text: str, span: Span, value: str) -> str:
    return f"{text[: span.start]}{value}{text[span.end :]}"
