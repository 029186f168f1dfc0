"""`stafet onboard LOG --as NAME`: a log that nobody prepared becomes a case type and closed cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.answer import Answer
from ui.command_frame import Run, answering


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("onboard")(answering(onboard))


def onboard(
    run: Run,
    log: Annotated[Path, typer.Argument(help="The log: .csv, .csv.gz, .parquet, .xes or .xes.gz.")],
    name: Annotated[str, typer.Option("--as", help="The new case type's name.", metavar="NAME")],
    case_id: Annotated[str, typer.Option(help="The column that names the case.")] = "case_id",
    activity: Annotated[str, typer.Option(help="The column that names what was done.")] = "activity",
    timestamp: Annotated[str, typer.Option(help="The column that says when.")] = "timestamp",
    resource: Annotated[str, typer.Option(help="The column that says by whom.")] = "resource",
    protected: Annotated[list[str] | None, typer.Option(help="A field to protect; may be repeated.")] = None,
    not_protected: Annotated[
        list[str] | None, typer.Option(help="A field that is not to be protected; may be repeated.")
    ] = None,
) -> Answer:
    """Write a case type file for a log of closed cases and import them; says what was left out, and why."""
    from config.fields import LogColumns
    from ui.onboarding_flow import LogToOnboard, onboard_log

    columns = LogColumns(case_id=case_id, activity=activity, timestamp=timestamp, resource=resource)
    return onboard_log(run, LogToOnboard(log, name, columns, tuple(protected or ()), tuple(not_protected or ())))
