"""Changes one value of a case type file and leaves every other character, comments above all, as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from config.yaml_source import Span, read_yaml


def set_status(text: str, status: Literal["trial", "live"], *, file: str | Path = "case type") -> str:
    """The file's text with another `status`.

    Raises:
        InputError: the text cannot be read.

    Example:
        >>> set_status("status: trial  # until the steward says so\\nweight: light\\n", "live")
        'status: live  # until the steward says so\\nweight: light\\n'
    """
    located = read_yaml(text, file)
    span = located.values.get(("status",))
    if span is not None and span.end > span.start:
        return _replaced(located.text, span, status)
    key = located.keys.get(("status",))
    if key is not None:
        return f"{located.text[: key.end]}: {status}{located.text[key.end :].lstrip(' ').removeprefix(':')}"
    top = located.values[()]
    if located.text[top.start] == "{":
        return f"{located.text[: top.start + 1]}status: {status}, {located.text[top.start + 1 :]}"
    return f"{located.text[: top.start]}status: {status}\n{' ' * (top.column - 1)}{located.text[top.start :]}"


def _replaced(text: str, span: Span, value: str) -> str:
    return f"{text[: span.start]}{value}{text[span.end :]}"
