"""`stafet letter CASE`: the letter that was sent about a case, or the draft of one, marked on every page."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering
from ui.commands.rules import Language


class Format(StrEnum):
    """How a letter is written."""

    HTML = "html"
    PDF = "pdf"
    TXT = "txt"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("letter")(answering(letter))


def letter(
    run: Run,
    case: Annotated[str, typer.Argument(help="The case's id.")],
    case_type: Annotated[
        str | None, typer.Option("--type", help="The case type, where several have such a case.", metavar="NAME")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the letter.")] = Language.DA,
    form: Annotated[Format, typer.Option("--format", help="A page, a PDF or plain text.")] = Format.TXT,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; else standard output.")] = None,
) -> Answer:
    """Write the letter that was sent about a case, or its draft, which says so on every page."""
    from ui.letter_shown import letter_shown

    with run.opened() as opened:
        shown = letter_shown(opened, case, case_type, lang.value, form.value)
    document = {**shown.told, "file": None if out is None else str(out)}
    if out is not None:
        write_whole(out, shown.content)
        return Answer(document, (f"{shown.sentence} It stands in {out}.",))
    if run.json_wanted:
        text = None if form == Format.PDF else shown.content.decode()
        return Answer({**document, "content": text}, (shown.sentence,))
    if form == Format.PDF:
        write_bytes(shown.content)
        return Answer(document, notes=(shown.sentence,))
    return Answer(document, (shown.content.decode().rstrip("\n"),), notes=(shown.sentence,))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all.

    Raises:
        InputError: it cannot be written there.
    """
    from config.errors import InputError, Place

    beside = path.with_name(f".{path.name}.writing")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise InputError(
            f"the letter cannot be written here: {reason}; choose another file", Place(path)
        ) from None


def write_bytes(content: bytes) -> None:
    """Write a PDF to standard output, unless that is a screen.

    Raises:
        InputError: it is a screen.
    """
    from config.errors import InputError

    if sys.stdout.isatty():
        raise InputError("a PDF is nothing for a screen; name a file with --out")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
