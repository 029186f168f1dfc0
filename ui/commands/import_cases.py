"""`stafet import NAME FILE`: open and closed cases into the workspace, again and again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("import")(answering(import_cases))


def import_cases(
    run: Run,
    name: Annotated[str, typer.Argument(help="The case type.")],
    file: Annotated[Path, typer.Argument(help="The file of events.")],
    closed: Annotated[bool, typer.Option("--closed", help="All cases of the file are closed.")] = False,
    closed_column: Annotated[
        str | None, typer.Option(help="The column that says when a case was closed.", metavar="COLUMN")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and change nothing.")] = False,
) -> Answer:
    """Import cases: the same file changes nothing, later events are added, changed facts become a new version."""
    from ui.importing import FileToImport, import_file
    from ui.named_case_type import named_case_type

    with run.opened(name=name) as opened:
        case_type = named_case_type(opened, name)
        return import_file(opened.database, case_type, FileToImport(file, closed, closed_column, dry_run))
