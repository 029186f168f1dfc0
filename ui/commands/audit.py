"""`stafet audit verify`: is the record whole?"""

from __future__ import annotations

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    group = typer.Typer(help="The audit trail.", rich_markup_mode=None)
    group.command("verify")(answering(verify))
    app.add_typer(group, name="audit")


def verify(run: Run) -> Answer:
    """Check the audit trail against its signed heads and the records; exit 1 and a sentence for each fault."""
    raise SystemExit
